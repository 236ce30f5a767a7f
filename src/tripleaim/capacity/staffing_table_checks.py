"""Can a printed staffing table be staffed, given what its plan says of retirement and vacancies?"""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.capacity.inputs import StaffInputs
from tripleaim.capacity.skill_mix_tables import SkillMixRow
from tripleaim.capacity.supply import Assumptions, StaffFlow, staff_flows, supply

_HALF = 0.5
"""The rounding error of a table printed in whole wte."""


@dataclass(frozen=True, slots=True)
class StaffingYear:
    """One year: wte in the printed table, wte in post, interval (10% to 90%), flows."""

    year: str
    planned: float
    in_post: float
    low: float
    high: float
    with_agency: float
    holds: bool
    flow: StaffFlow


@dataclass(frozen=True, slots=True)
class AssumptionSwing:
    """The last year's wte in post with one assumption at either end of its range."""

    assumption: str
    low: float
    high: float
    in_post_at_low: float
    in_post_at_high: float


@dataclass(frozen=True, slots=True)
class StaffingCheck:
    """The check for one staff group: can the table be staffed, and what would that take?

    `departures` is the wte that leave by the last year if the table is followed, `recruits` the wte
    it then needs in addition to returners, `fill` the share of advertised posts that is filled. A
    year holds if the table lies within the interval; the table holds if every year does. `bearable`
    is the largest share (0 to 1) that could retire in the wave with the table still holding in
    every year, if nobody else left and every returner came. `wave` is the share that is expected
    to retire within `wave_years`, `returning` how many in post in the last year are returners.
    """

    group: str
    name: str
    years: tuple[StaffingYear, ...]
    swings: tuple[AssumptionSwing, ...]
    departures: float
    recruits: float
    fill: float
    bearable: float
    holds: bool
    wave: float
    wave_years: int
    returning: float


def staffing_checks(inputs: StaffInputs) -> tuple[StaffingCheck, ...]:
    """The check for each group of the printed skill mix that expects a wave of retirement."""
    return tuple(
        staffing_check(inputs.years, row, inputs.supply[row.group])
        for row in (inputs.mix.rows if inputs.mix else ())
        if inputs.supply[row.group].wave_years
    )


def staffing_check(years: tuple[str, ...], row: SkillMixRow, assumed: Assumptions) -> StaffingCheck:
    """Whether the wte of a row of the table can be staffed, year by year."""
    posts = [row.wte[y] for y in years]
    returning = [row.returning[y] for y in years]
    group_supply = supply(assumed, posts, returning)
    by_year = tuple(
        StaffingYear(
            year=y,
            planned=posts[i],
            in_post=flow.end,
            low=group_supply.in_post_low[i],
            high=group_supply.in_post_high[i],
            with_agency=flow.supplied,
            holds=group_supply.in_post_high[i] >= posts[i] - _HALF,
            flow=flow,
        )
        for i, (y, flow) in enumerate(zip(years, group_supply.flows, strict=True))
    )
    # Were every post filled, the table would be followed: who goes then, and who must come.
    followed = staff_flows(assumed.rates(fill=1.0, vacancy=0.0), posts, returning)
    departures = sum(f.retired + f.left for f in followed)
    recruits = sum(f.recruited for f in followed)
    bearable = _largest_wave(assumed, posts, returning)
    return StaffingCheck(
        group=row.group,
        name=row.name,
        years=by_year,
        swings=_swings(assumed, posts, returning),
        departures=departures,
        recruits=recruits,
        fill=assumed.rates().fill,
        bearable=bearable,
        holds=all(year.holds for year in by_year),
        wave=assumed.rates().wave,
        wave_years=assumed.rates().wave_years,
        returning=row.returning[years[-1]],
    )


def _swings(
    assumed: Assumptions, posts: list[float], returning: list[float]
) -> tuple[AssumptionSwing, ...]:
    swings = []
    for name, r in assumed.ranges.items():
        ends = [
            staff_flows(assumed.rates(**{name: end}), posts, returning) for end in (r.low, r.high)
        ]
        low, high = ends[0][-1].end, ends[1][-1].end
        if abs(high - low) > 1e-9:
            swings.append(AssumptionSwing(name, r.low, r.high, low, high))
    return tuple(sorted(swings, key=lambda s: -abs(s.in_post_at_high - s.in_post_at_low)))


def _largest_wave(assumed: Assumptions, posts: list[float], returning: list[float]) -> float:
    """The largest wave at which posts stay filled to within half a wte, by bisection."""
    lasts = assumed.wave_years + 1

    def holds(wave: float) -> bool:
        flows = staff_flows(assumed.rates(wave=wave, leavers=0.0, returning=1.0), posts, returning)
        return all(f.end >= f.posts - _HALF for f in flows[:lasts])

    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
