"""Staff and primary care as tables in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from tripleaim import wording
from tripleaim.capacity import SkillMix, StaffingCheck, Tracker, Workforce
from tripleaim.cli.tables import headed
from tripleaim.place import Place
from tripleaim.plan import claim_tag_of

if TYPE_CHECKING:
    from tripleaim.plan import StaffBySolution

_MILLION = 1_000_000


def workforce(out: Console, place: Place, result: Workforce) -> None:
    """Need, supply and gap of each staff group in the first and last year, then by organisation."""
    out.print(wording.sentence(result), highlight=False)
    first, last = result.years[0], result.years[-1]
    table = headed(
        f"{place.name}: staff by group, wte",
        "Staff group",
        "Band",
        *(f"{what} {year}" for year in (first, last) for what in ("Needed", "At work", "Short")),
        f"10% to 90%, {last}",
        f"Cost {last}, £m",
    )
    by_group = {(g.group, g.year): g for g in result.groups}
    for group in dict.fromkeys(g.group for g in result.groups):
        start, end = by_group[group, first], by_group[group, last]
        table.add_row(
            end.name,
            end.band,
            *(f"{v:,.0f}" for g in (start, end) for v in (g.needed, g.supplied, g.gap + 0.0)),
            f"{end.supplied_low:,.0f} to {end.supplied_high:,.0f}",
            f"{end.cost / _MILLION:,.1f}",
        )
    out.print(table)
    names = {o.id: o.short_name for o in place.organisations} | {"": "All other groups"}
    by_employer = headed(
        f"By organisation, {last}, wte", "Organisation", "Needed", "At work", "Short"
    )
    for organisation in dict.fromkeys(line.organisation for line in result.lines):
        own = [x for x in result.lines if (x.organisation, x.year) == (organisation, last)]
        by_employer.add_row(
            names[organisation],
            f"{sum(x.needed for x in own):,.0f}",
            f"{sum(x.supplied for x in own):,.0f}",
            f"{sum(x.gap for x in own):,.0f}",
        )
    out.print(by_employer)
    for note in wording.workforce_notes(result):
        out.print(note, highlight=False)


def skill_mix(out: Console, mix: SkillMix) -> None:
    """The printed primary care tables reproduced, and the cells that cannot be."""
    for title, attribute, total in (
        ("Primary care skill mix, wte", "wte", mix.total_wte),
        ("Contacts a week", "contacts", mix.total_contacts),
        ("Contact hours a week", "hours", mix.total_hours),
    ):
        table = headed(title, "Staff group", *mix.years)
        for row in mix.rows:
            values = getattr(row, attribute)
            if any(values.values()):
                table.add_row(row.name, *(f"{values[y]:,.0f}" for y in mix.years))
        table.add_row("Total", *(f"{total[y]:,.0f}" for y in mix.years))
        out.print(table)
    out.print(wording.sentence(mix), highlight=False)


def staffing_check(out: Console, check: StaffingCheck) -> None:
    """Whether the printed table can be staffed, year by year."""
    table = headed(
        f"{check.name}: the printed table and expected retirement and vacancies, wte",
        "Year",
        "Planned",
        "Retired",
        "Left",
        "Returned",
        "Recruited",
        "In post",
        "10% to 90%",
        "With agency",
    )
    for year in check.years:
        flow = year.flow
        table.add_row(
            year.year,
            f"{year.planned:,.0f}",
            *(f"{v:,.1f}" for v in (flow.retired, flow.left, flow.returned, flow.recruited)),
            f"{year.in_post:,.0f}",
            f"{year.low:,.0f} to {year.high:,.0f}",
            f"{year.with_agency:,.0f}",
        )
    out.print(table)
    out.print(f"{wording.sentence(check)} {wording.staffing_needs(check)}", highlight=False)


def by_solution(out: Console, place: Place, result: StaffBySolution) -> None:
    """Staff that each solution frees and needs, and where most of them work."""
    names = {o.id: o.short_name for o in place.organisations} | {"": "others"}
    table = headed(
        wording.tagged(
            f"Staff by solution, {wording.position_name(result.basis).lower()}, {result.year}, wte",
            claim_tag_of(place),
        ),
        "Solution",
        "Freed",
        "Mostly at",
        "Needed",
        "Mostly at",
        "Posts paid for by its investment",
    )
    for row in result.solutions:
        if row.moves:
            table.add_row(
                row.name,
                f"{row.freed:,.1f}",
                names[next(iter(row.freed_by_organisation))] if row.freed else "",
                f"{row.needed:,.1f}",
                names[next(iter(row.needed_by_organisation))] if row.needed else "",
                f"{row.posts_paid:,.0f}",
            )
    if table.row_count:
        out.print(table)
    out.print(wording.sentence(result.finding), highlight=False)


def primary_care(out: Console, tracker: Tracker) -> None:
    """What is tracked, by year; capacity; what the skill mix costs."""
    out.print(wording.sentence(tracker), highlight=False)
    table = headed("Primary care tracked", "Measure", "Unit", "Aim", *tracker.years, "Last value")
    for measure in tracker.measures:
        table.add_row(
            measure.name,
            measure.unit,
            measure.direction + ("" if measure.direction_printed else " (ours)"),
            *(f"{measure.by_year[y]:g}" for y in tracker.years),
            measure.points[-1].status,
        )
    out.print(table)
    capacity = headed(
        "Contacts a week", "Year", "In the printed table", "By those in post", "With agency"
    )
    for year in tracker.capacity:
        capacity.add_row(
            year.year, *(f"{v:,.0f}" for v in (year.planned, year.in_post, year.with_agency))
        )
    out.print(capacity)
    cost = headed(
        "Extra cost of the skill mix by the last year, £m", "Staff group", "Extra wte", "£m", ""
    )
    for group in tracker.extra_cost.groups:
        cost.add_row(
            group.name,
            f"{group.extra_wte:,.0f}",
            f"{group.cost / _MILLION:,.1f}",
            "already employed" if group.already_there else "",
        )
    out.print(cost)
    out.print(wording.sentence(tracker.extra_cost), highlight=False)
    for note in wording.primary_care_notes(tracker):
        out.print(note, highlight=False)
