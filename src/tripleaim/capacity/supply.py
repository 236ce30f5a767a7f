"""Staff supply: who leaves, retires, returns, is recruited or hired from an agency.

A group's posts are those planned. In each year end = start - retired - left + returned + recruited,
where recruited = fill x advertised and advertised = posts - (everything above but recruited), not
below zero: if half of vacancies go unfilled, half of the posts still to be filled stay empty. Those
newly trained are among the recruited. Agency staff cover a share of what is still empty, in that
year only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from math import sqrt

from tripleaim.capacity.staff import Range, check_known, read_range
from tripleaim.place import InputError, Place

ALL = "*"


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates at which a staff group gains and loses people in a year; shares are 0 to 1.

    leavers, retirement  of those in post
    wave                 of those in post, retiring within `wave_years` from the first year
    fill                 of advertised posts; agency: of posts still empty; vacancy: at the start
    returning            of planned returners; premium: what agency cover costs on top
    """

    leavers: float
    retirement: float
    wave: float
    wave_years: int
    fill: float
    agency: float
    vacancy: float
    returning: float
    premium: float

    def retiring(self, step: int) -> float:
        """The share that retires in the year `step` years after the first."""
        if step <= self.wave_years:
            return float(1 - (1 - self.wave) ** (1 / self.wave_years))
        return self.retirement


@dataclass(frozen=True, slots=True)
class StaffFlow:
    """One year of one staff group, wte: start - retired - left + joiners = end.

    `posts` is what is planned, `agency` what is hired on top of `end`.
    """

    start: float
    retired: float
    left: float
    returned: float
    advertised: float
    recruited: float
    end: float
    posts: float
    agency: float

    @property
    def supplied(self) -> float:
        """Everyone at work: in post and hired."""
        return self.end + self.agency


@dataclass(frozen=True)
class Assumptions:
    """The rates of a staff group with their ranges, by the names that `Rates` has."""

    ranges: dict[str, Range]
    wave_years: int

    def rates(self, **instead: float) -> Rates:
        """The middle of every range, but what is given `instead`."""
        values = {name: r.value for name, r in self.ranges.items()}
        return Rates(wave_years=self.wave_years, **(values | instead))


@dataclass(frozen=True, slots=True)
class Supply:
    """A staff group's supply along the years, and the interval around it (10% to 90%).

    In post and at work (agency counted) apart; the ranges of the assumptions are taken as
    independent, each moved alone, and added in quadrature.
    """

    flows: tuple[StaffFlow, ...]
    in_post_low: tuple[float, ...]
    in_post_high: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


ITEMS = tuple(f.name for f in fields(Rates) if f.name != "wave_years")


def supply_assumptions(place: Place, groups: Iterable[str]) -> dict[str, Assumptions]:
    """What is assumed or printed of each group's supply, from `staff_supply.csv`.

    The place's own rows go before England's, a group's own before those for all (`*`). Raises
    InputError for an unknown group or item, a range that leaves its value out, and an item that is
    in no file.
    """
    groups = list(groups)
    ranges: dict[tuple[str, str], Range] = {}
    wave_years: dict[str, int] = {}
    for folder in reversed(place.files.holding("staff_supply.csv")):
        for row in folder.rows("staff_supply.csv"):
            if row["group"] != ALL:
                check_known(row, "group", groups)
            if row["figure"] and row["figure"] not in place.figures:
                raise row.fault("figure", "expected the id of a figure", list(place.figures))
            if row["figure"] and row["status"] == "published":
                printed = place.value(row["figure"])
                # What is filled is what is not unfilled.
                if row["value"] not in (printed, 100 - printed):
                    raise row.fault("value", f"expected the figure's value, {printed:g}")
            bounds = read_range(row)
            if row["item"] != "premium" and bounds.high > 100:
                raise row.fault("high", "expected a share of 100% at most")
            ranges[row["group"], row["item"]] = Range(
                bounds.value / 100, bounds.low / 100, bounds.high / 100
            )
            if row["item"] == "wave":
                if row["years"] is None:
                    raise row.fault("years", "expected a number of years")
                wave_years[row["group"]] = int(row["years"])
    return {
        group: Assumptions(
            {item: _of(place, ranges, group, item) for item in ITEMS}, wave_years.get(group, 0)
        )
        for group in groups
    }


def _of(place: Place, ranges: dict[tuple[str, str], Range], group: str, item: str) -> Range:
    for group_key in (group, ALL):
        if (group_key, item) in ranges:
            return ranges[group_key, item]
    if item == "wave":
        return Range(0.0, 0.0, 0.0)
    raise InputError(
        f"expected a row for {item}, for all groups or for this one",
        file=place.path("staff_supply.csv"),
        value=group,
    )


def staff_flows(
    rates: Rates, posts: Sequence[float], returning: Sequence[float]
) -> tuple[StaffFlow, ...]:
    """The flows of every year; the first year only gives who is in post.

    `posts` are planned wte by year, with those who return; `returning` of them the planned stock of
    returners, whose growth is the number returning in a year.
    """
    at_first = posts[0] * (1 - rates.vacancy)
    flows = [_flow(rates, StaffFlow(at_first, 0, 0, 0, 0, 0, at_first, posts[0], 0))]
    for step in range(1, len(posts)):
        start = flows[-1].end
        retired = start * rates.retiring(step)
        left = (start - retired) * rates.leavers
        returned = max(0.0, returning[step] - returning[step - 1]) * rates.returning
        stay = start - retired - left + returned
        advertised = max(0.0, posts[step] - stay)
        recruited = rates.fill * advertised
        end = stay + recruited
        flow = StaffFlow(
            start, retired, left, returned, advertised, recruited, end, posts[step], 0.0
        )
        flows.append(_flow(rates, flow))
    return tuple(flows)


def _flow(rates: Rates, flow: StaffFlow) -> StaffFlow:
    return replace(flow, agency=rates.agency * max(0.0, flow.posts - flow.end))


def supply(assumed: Assumptions, posts: Sequence[float], returning: Sequence[float]) -> Supply:
    """The flows of a staff group with the interval that its assumptions leave."""
    middle = staff_flows(assumed.rates(), posts, returning)
    ends = [
        staff_flows(assumed.rates(**{name: end}), posts, returning)
        for name, r in assumed.ranges.items()
        for end in (r.low, r.high)
        if end != r.value
    ]
    in_post = [f.end for f in middle]
    at_work = [f.supplied for f in middle]
    post_low, post_high = _spread(in_post, [[f.end for f in e] for e in ends])
    low, high = _spread(at_work, [[f.supplied for f in e] for e in ends])
    return Supply(middle, post_low, post_high, low, high)


def _spread(
    middle: Sequence[float], ends: Sequence[Sequence[float]]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The interval by year: in each direction, the root of the sum of squared changes."""
    down, up = [], []
    for y, value in enumerate(middle):
        moves = [end[y] - value for end in ends]
        down.append(max(0.0, value - sqrt(sum(m * m for m in moves if m < 0))))
        up.append(value + sqrt(sum(m * m for m in moves if m > 0)))
    return tuple(down), tuple(up)
