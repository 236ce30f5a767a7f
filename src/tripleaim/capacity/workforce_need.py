"""Staff needed for the planned activity compared with staff available, by group and organisation.

need (wte) = contacts a year x minutes / 60 / hours a year with patients. Where a skill mix is
printed, contacts are shared among its groups as the plan shares them in that year, and posts are
what it prints; elsewhere posts are what is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tripleaim.accounts import pounds
from tripleaim.activity import Activity
from tripleaim.capacity.counted_level import StaffLevel, at_level, staff_level
from tripleaim.capacity.inputs import StaffInputs
from tripleaim.capacity.need import WEEKS, Need, staff_needs
from tripleaim.capacity.staff import StaffGroup
from tripleaim.capacity.supply import StaffFlow, Supply, supply


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One staff group, point of delivery, organisation and year, in wte; cost in £ a year.

    `supplied` is in post and agency together; `gap` is needed less supplied: positive is short.
    An organisation of "" is everyone who is none of the partners.
    """

    group: str
    name: str
    band: str
    setting: str
    point_of_delivery: str
    organisation: str
    year: str
    needed: float
    posts: float
    in_post: float
    agency: float
    supplied: float
    gap: float
    cost: Decimal


@dataclass(frozen=True, slots=True)
class GroupYear:
    """One staff group in one year with intervals (10% to 90%), all organisations together.

    Where it comes from: in post at the start, who retired, left, returned, was recruited, newly
    trained or not.
    """

    group: str
    name: str
    band: str
    setting: str
    year: str
    needed: float
    needed_low: float
    needed_high: float
    posts: float
    start: float
    retired: float
    left: float
    returned: float
    recruited: float
    in_post: float
    agency: float
    supplied: float
    supplied_low: float
    supplied_high: float
    gap: float
    cost: Decimal
    counted: str


@dataclass(frozen=True, slots=True)
class Workforce:
    """Who does the work: by group and year, and by organisation.

    `uncounted` are points of delivery for which no staff are counted. `skill_mix_offers_more_pct`
    is by how much more contacts the printed skill mix offers in the last year than are forecast,
    for each point of delivery that it divides among groups. `levels` are the groups
    whose staff were counted: they start at the count, and need grows with activity from there.
    """

    years: tuple[str, ...]
    groups: tuple[GroupYear, ...]
    lines: tuple[StaffLine, ...]
    uncounted: tuple[str, ...]
    skill_mix_offers_more_pct: tuple[float, ...]
    levels: tuple[StaffLevel, ...] = ()


def workforce(inputs: StaffInputs, activity: Activity) -> Workforce:
    """Staff needed for `activity`, recorded or projected, and staff available.

    Raises KeyError if activity lacks a year.
    """
    estimated = staff_needs(inputs, activity)
    levels = _levels(inputs, estimated)
    needs = at_level(estimated, levels)
    groups: list[GroupYear] = []
    lines: list[StaffLine] = []
    for group in inputs.groups.values():
        own = [n for n in needs if n.group == group.id]
        if not own:
            continue
        posts = [sum(n.posts for n in own if n.year == y) for y in inputs.years]
        assumed = inputs.supply[group.id]
        group_supply = supply(assumed, posts, _returning(inputs, group.id))
        premium = assumed.ranges["premium"].value
        for i, year in enumerate(inputs.years):
            of_year = [n for n in own if n.year == year]
            supplied = _Supplied(group, group_supply, i, premium)
            groups.append(_group_year(year, of_year, supplied))
            lines += [
                _line(need, organisation, part, supplied)
                for need in of_year
                for organisation, part in inputs.shares.of(need.point_of_delivery, group.id).items()
            ]
    return Workforce(
        inputs.years,
        tuple(groups),
        tuple(lines),
        _uncounted(inputs, needs),
        _offered_pct(inputs, activity),
        tuple(levels.values()),
    )


def _levels(inputs: StaffInputs, needs: tuple[Need, ...]) -> dict[str, StaffLevel]:
    """The levels of groups that were counted; a printed skill mix goes before a count."""
    printed = {row.group for row in inputs.mix.rows} if inputs.mix else set()
    found: dict[str, StaffLevel] = {}
    for group, counted in inputs.counts.items():
        own = [need for need in needs if need.group == group]
        posts = [sum(n.posts for n in own if n.year == year) for year in inputs.years]
        name, assumed = inputs.groups[group].name, inputs.supply[group]
        level = staff_level(group, name, counted, assumed, posts)
        if level and group not in printed:
            found[group] = level
    return found


@dataclass(frozen=True, slots=True)
class _Supplied:
    """One staff group's supply in one year, with what agency cover costs on top."""

    group: StaffGroup
    found: Supply
    at: int
    premium: float

    @property
    def flow(self) -> StaffFlow:
        return self.found.flows[self.at]

    def cost(self, in_post: float, agency: float) -> Decimal:
        return pounds(self.group.cost.value * (in_post + agency * (1 + self.premium)))


def _returning(inputs: StaffInputs, group: str) -> list[float]:
    for row in inputs.mix.rows if inputs.mix else ():
        if row.group == group:
            return [row.returning[y] for y in inputs.years]
    return [0.0 for _ in inputs.years]


def _group_year(year: str, needs: list[Need], supplied: _Supplied) -> GroupYear:
    group, group_supply, i, flow = supplied.group, supplied.found, supplied.at, supplied.flow
    needed = sum(n.needed.value for n in needs)
    # Points of delivery share hours and habits: their ranges go together.
    return GroupYear(
        group=group.id,
        name=group.name,
        band=group.band,
        setting=group.setting,
        year=year,
        needed=needed,
        needed_low=sum(n.needed.low for n in needs),
        needed_high=sum(n.needed.high for n in needs),
        posts=flow.posts,
        start=flow.start,
        retired=flow.retired,
        left=flow.left,
        returned=flow.returned,
        recruited=flow.recruited,
        in_post=flow.end,
        agency=flow.agency,
        supplied=flow.supplied,
        supplied_low=group_supply.low[i],
        supplied_high=group_supply.high[i],
        gap=needed - flow.supplied,
        cost=supplied.cost(flow.end, flow.agency),
        counted=needs[0].counted,
    )


def _line(need: Need, organisation: str, part: float, supplied: _Supplied) -> StaffLine:
    group, flow = supplied.group, supplied.flow
    # Staff in post are where their posts are.
    share = part * need.posts / flow.posts if flow.posts else 0.0
    in_post, agency = flow.end * share, flow.agency * share
    needed = need.needed.value * part
    return StaffLine(
        group=group.id,
        name=group.name,
        band=group.band,
        setting=group.setting,
        point_of_delivery=need.point_of_delivery,
        organisation=organisation,
        year=need.year,
        needed=needed,
        posts=need.posts * part,
        in_post=in_post,
        agency=agency,
        supplied=in_post + agency,
        gap=needed - in_post - agency,
        cost=supplied.cost(in_post, agency),
    )


def _uncounted(inputs: StaffInputs, needs: Iterable[Need]) -> tuple[str, ...]:
    counted = {need.point_of_delivery for need in needs}
    return tuple(name for point, name in inputs.points.items() if point not in counted)


def _offered_pct(inputs: StaffInputs, activity: Activity) -> tuple[float, ...]:
    mix, last = inputs.mix, inputs.last_year
    if mix is None:
        return ()
    return tuple(
        100 * (WEEKS * mix.total_contacts[last] / activity.contacts[point][last] - 1)
        for point in {row.point_of_delivery for row in mix.rows} & set(activity.contacts)
    )
