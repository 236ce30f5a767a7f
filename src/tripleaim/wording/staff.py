"""Staff needed and staff there will be, and primary care, in sentences."""

from __future__ import annotations

from decimal import Decimal

from tripleaim.capacity import (
    ExtraCost,
    SkillMix,
    StaffingCheck,
    TrackedMeasure,
    Tracker,
    Workforce,
)
from tripleaim.wording.numbers import capital, millions
from tripleaim.wording.sentences import sentence

HALF = 0.5
"""Whole-time staff: less than half of one is neither short nor spare."""


@sentence.register
def _(result: Workforce) -> str:
    year = result.years[-1]
    last = [g for g in result.groups if g.year == year]
    if not last:
        return "No staff can be counted, because the staff tables name no point of delivery."
    short = sorted((g for g in last if g.gap > HALF), key=lambda g: -g.gap)
    shortages = ", ".join(f"{g.name.lower()} ({g.gap:,.0f} short)" for g in short[:3])
    spare = -sum(g.gap for g in last if g.gap < -HALF)
    lacking = (
        f" {capital(_lack(len(short)))} {sum(g.gap for g in short):,.0f}. The shortage is largest "
        f"in these: {shortages}."
        if short
        else " No group is short."
    )
    others = f" Other groups have {spare:,.0f} more than is needed." if spare else ""
    return (
        f"In {year} the planned activity needs {sum(g.needed for g in last):,.0f} whole-time "
        f"staff.{lacking}{others}"
    )


def _lack(groups: int) -> str:
    return "one group lacks" if groups == 1 else f"{groups} groups between them lack"


def workforce_notes(result: Workforce) -> tuple[str, ...]:
    """What a reader must know of how staff are counted."""
    notes = [
        "For trusts, the council and care homes there is no count of staff in post. We assume as "
        "many posts as the first year's activity needs, and supply starts from there.",
    ]
    if result.uncounted:
        notes.append(f"No staff are counted for: {', '.join(result.uncounted)}.")
    notes += [
        "Where a skill mix is printed, it says which group makes which contacts. In "
        f"{result.years[-1]} it provides {abs(more_pct):.0f}% "
        f"{'more' if more_pct > 0 else 'fewer'} contacts than are forecast."
        for more_pct in result.skill_mix_offers_more_pct
    ]
    return tuple(notes)


@sentence.register
def _(mix: SkillMix) -> str:
    reproduced = sum(cell.verdict == "reproduced" for cell in mix.cells)
    near = sum(cell.verdict == "within rounding" for cell in mix.cells)
    failures = "; ".join(
        f"{c.row}, {c.year}, is printed as {c.printed:,g} but is {c.computed:,g}"
        for c in mix.cannot
    )
    return (
        f"Of {len(mix.cells)} printed cells, we can reproduce {reproduced} from staff, hours and "
        f"minutes. {near} more agree within rounding, and {len(mix.cannot)} cannot be reproduced"
        + (f": {failures}." if failures else ".")
    )


@sentence.register
def _(check: StaffingCheck) -> str:
    last = check.years[-1]
    widest = max(check.years, key=lambda y: y.planned - y.in_post)
    if all(y.in_post >= y.planned - HALF for y in check.years):
        verdict = "holds"
    elif check.holds:
        verdict = "holds only at the favourable end of the range"
    else:
        verdict = "does not hold"
    of_whom = f" ({check.returning:.0f} of them returners)" if check.returning else ""
    return (
        f"The printed table {verdict}. Suppose that {100 * check.wave:.0f}% retire within "
        f"{check.wave_years} years and {100 * (1 - check.fill):.0f}% of advertised posts stay "
        f"unfilled. Then {last.in_post:.0f} whole-time {check.name.lower()} ({last.low:.0f} to "
        f"{last.high:.0f}) are in post in {last.year}. The table assumes "
        f"{last.planned:.0f}{of_whom}. The largest shortfall is "
        f"{widest.planned - widest.in_post:.0f}, in {widest.year}."
    )


def staffing_needs(check: StaffingCheck) -> str:
    """What a printed table needs of recruitment, and how much retirement it could withstand."""
    share = f", {100 * check.recruits / check.departures:.0f}%" if check.departures else ""
    return (
        f"The table needs {check.recruits:.0f} recruits for {check.departures:.0f} "
        f"leavers{share}. If nobody left except by retirement and every returner came back, the "
        f"table would still work with {100 * check.bearable:.0f}% retiring within "
        f"{check.wave_years} years."
    )


@sentence.register
def _(cost: ExtraCost) -> str:
    verdict = "agrees with" if cost.low <= cost.printed <= cost.high else "does not agree with"
    with_all = sum((g.cost for g in cost.groups), Decimal(0))
    return (
        f"The printed extra cost of {millions(cost.printed)}, £{cost.per_head} for each person, "
        f"{verdict} the table. The table's posts cost {millions(cost.total)} a year more "
        f"({millions(cost.low)} to {millions(cost.high)}) by {cost.by_year}. This leaves out staff "
        f"who already have a job. With them it is {millions(with_all)}."
    )


@sentence.register
def _(measure: TrackedMeasure) -> str:
    years = list(measure.by_year)
    first, last = measure.by_year[years[0]], measure.by_year[years[-1]]
    status = next(p.status for p in measure.points if p.period == years[-1])
    expected = "the plan says" if measure.direction_printed else "we expect"
    as_expected = f"{'as' if measure.goes_that_way else 'not as'} {expected}"
    return (
        f"{measure.name}: from {first:g} to {last:g} {measure.unit} by {years[-1]}, "
        f"{as_expected} ({measure.direction}); the last value is {status}."
    )


@sentence.register
def _(tracker: Tracker) -> str:
    first, last = tracker.years[0], tracker.years[-1]
    roll_out = next((m for m in tracker.measures if m.kind == "roll-out"), None)
    opening = ""
    if roll_out and tracker.roll_out_of is not None:
        opening = (
            f"{roll_out.name} reaches {roll_out.by_year[first]:g} of {tracker.roll_out_of:g} "
            f"practices in {first}. "
        )
    end = tracker.capacity[-1]
    return (
        f"{opening}By {last} there are {tracker.practices[last]:g} practices. There were "
        f"{tracker.practices[first]:g}. Their staff can make {end.with_agency:,.0f} contacts a "
        f"week. The table has {end.planned:,.0f}."
    )


def primary_care_notes(tracker: Tracker) -> tuple[str, ...]:
    """What a reader must know of tracked values."""
    notes = []
    wrong = [m.name for m in tracker.measures if not m.goes_that_way]
    if wrong:
        notes.append(f"Not in the printed direction: {', '.join(wrong)}.")
    if tracker.unchanged:
        notes.append(
            "The table keeps these posts unchanged in every year, so shared units save no posts: "
            f"{', '.join(tracker.unchanged)}."
        )
    assumed = sum(p.status == "assumed" for m in tracker.measures for p in m.points)
    every = sum(len(m.points) for m in tracker.measures)
    notes.append(
        f"{every - assumed} of {every} tracked values are printed; the others are assumed to move "
        "in the printed direction until results replace them."
    )
    return tuple(notes)
