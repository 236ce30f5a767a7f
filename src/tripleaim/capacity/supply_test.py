"""Does a printed staffing table hold against what its plan says of retirement and vacancies?"""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.capacity.skill_mix import Row, has_skill_mix, skill_mix
from tripleaim.capacity.staff import staff_groups
from tripleaim.capacity.supply import Assumptions, Flow, roll, supply, supply_assumptions
from tripleaim.place import Place


@dataclass(frozen=True, slots=True)
class SupplyYear:
    """One year: wte in the printed table, wte in post, interval (10% to 90%), flows."""

    year: str
    planned: float
    in_post: float
    low: float
    high: float
    with_agency: float
    holds: bool
    flow: Flow


@dataclass(frozen=True, slots=True)
class SupplySwing:
    """The last year's wte in post if one assumption stands at the ends of its range."""

    assumption: str
    low: float
    high: float
    in_post_at_low: float
    in_post_at_high: float


@dataclass(frozen=True, slots=True)
class SupplyTest:
    """The answer for one staff group: does the table hold, and what would it take?

    `departures` is how many wte go by the last year if the table is followed, `recruits` how many
    it then needs besides returners, `fill` the share of advertised posts that is filled. A year
    holds if the table lies within the interval; the table holds if every year does.
    """

    group: str
    name: str
    years: tuple[SupplyYear, ...]
    swings: tuple[SupplySwing, ...]
    departures: float
    recruits: float
    fill: float
    holds: bool
    sentence: str


def supply_tests(place: Place) -> tuple[SupplyTest, ...]:
    """The test for every group of the printed skill mix with a wave of retirement of its own."""
    if not has_skill_mix(place):
        return ()
    assumed = supply_assumptions(place, staff_groups(place))
    return tuple(
        supply_test(place.years, row, assumed[row.group])
        for row in skill_mix(place).rows
        if assumed[row.group].wave_years
    )


def supply_test(years: tuple[str, ...], row: Row, assumed: Assumptions) -> SupplyTest:
    """Whether the wte of a row of the table can be had, year by year."""
    posts = [row.wte[y] for y in years]
    returning = [row.returning[y] for y in years]
    found = supply(assumed, posts, returning)
    by_year = tuple(
        SupplyYear(
            year=y,
            planned=posts[i],
            in_post=flow.end,
            low=found.in_post_low[i],
            high=found.in_post_high[i],
            with_agency=flow.supplied,
            holds=found.in_post_high[i] >= posts[i] - 0.5,
            flow=flow,
        )
        for i, (y, flow) in enumerate(zip(years, found.flows, strict=True))
    )
    # Were every post filled, the table would be followed: who goes then, and who must come.
    followed = roll(assumed.rates(fill=1.0, vacancy=0.0), posts, returning)
    departures = sum(f.retired + f.left for f in followed)
    recruits = sum(f.recruited for f in followed)
    return SupplyTest(
        group=row.group,
        name=row.name,
        years=by_year,
        swings=_swings(assumed, posts, returning),
        departures=departures,
        recruits=recruits,
        fill=assumed.rates().fill,
        holds=all(year.holds for year in by_year),
        sentence=_sentence(row, assumed, by_year, departures, recruits),
    )


def _swings(
    assumed: Assumptions, posts: list[float], returning: list[float]
) -> tuple[SupplySwing, ...]:
    found = []
    for name, r in assumed.ranges.items():
        ends = [roll(assumed.rates(**{name: end}), posts, returning) for end in (r.low, r.high)]
        low, high = ends[0][-1].end, ends[1][-1].end
        if abs(high - low) > 1e-9:
            found.append(SupplySwing(name, r.low, r.high, low, high))
    return tuple(sorted(found, key=lambda s: -abs(s.in_post_at_high - s.in_post_at_low)))


def _sentence(
    row: Row,
    assumed: Assumptions,
    years: tuple[SupplyYear, ...],
    departures: float,
    recruits: float,
) -> str:
    rates, last = assumed.rates(), years[-1]
    widest = max(years, key=lambda y: y.planned - y.in_post)
    if all(y.in_post >= y.planned - 0.5 for y in years):
        verdict = "holds"
    else:
        verdict = "holds only with luck" if all(y.holds for y in years) else "does not hold"
    returned = row.returning[last.year]
    of_whom = f" ({returned:.0f} of them returners)" if returned else ""
    needed = f", {100 * recruits / departures:.0f}%" if departures else ""
    return (
        f"The printed table {verdict}: if {100 * rates.wave:.0f}% retire within "
        f"{rates.wave_years} years and {100 * (1 - rates.fill):.0f}% of advertised posts stay "
        f"unfilled, {last.in_post:.0f} whole-time {row.name.lower()} ({last.low:.0f} to "
        f"{last.high:.0f}) are in post in {last.year} where the table counts on "
        f"{last.planned:.0f}{of_whom}; it is furthest off in {widest.year}, "
        f"{widest.planned - widest.in_post:.0f} short. The table needs {recruits:.0f} recruits "
        f"for {departures:.0f} who go{needed}."
    )
