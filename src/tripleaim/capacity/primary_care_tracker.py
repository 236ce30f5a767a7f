"""The primary care tracker: how practices are organised, what is rolled out, and what it costs.

The printed plan names the measures and the direction of each; where it prints no number the
footprint assumes one and says so. With them: how many contacts the available staff could make, and
what the new skill mix costs when every post is paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tripleaim.accounts import pounds
from tripleaim.capacity.extra_cost import ExtraCost, extra_cost
from tripleaim.capacity.inputs import staff_inputs
from tripleaim.capacity.skill_mix_tables import SkillMix, skill_mix
from tripleaim.capacity.staff import StaffGroup, check_known
from tripleaim.capacity.supply import Assumptions, supply
from tripleaim.place import InputError, Place, Row

Kind = Literal["form", "among", "roll-out", "count", "share", "cost"]
Direction = Literal["increase", "decrease"]

ROLL_OUT_OF = "enhanced-care.practices"


@dataclass(frozen=True, slots=True)
class TrackedValue:
    """A measure at the end of a period: a year, or a month of one ("2016/17-M09")."""

    period: str
    value: float
    low: float
    high: float
    figure: str
    status: str
    source: str
    where: str
    cause: str


@dataclass(frozen=True, slots=True)
class TrackedMeasure:
    """One tracked measure, the direction set for it, and whether it moves in that direction.

    `kind`: practices of one form; some among all practices; a roll-out; a count; a share; a cost.
    """

    id: str
    name: str
    unit: str
    kind: Kind
    direction: Direction
    direction_printed: bool
    points: tuple[TrackedValue, ...]
    by_year: dict[str, float]
    goes_that_way: bool


@dataclass(frozen=True, slots=True)
class CapacityYear:
    """Contacts a week that the table offers, that those in post could make, and with agency."""

    year: str
    planned: float
    in_post: float
    with_agency: float
    enhanced_practices_pct: float


@dataclass(frozen=True, slots=True)
class MoneyYear:
    """Against the first year, £: extra staff, staff whom others paid for, less what falls away."""

    year: str
    extra_staff: Decimal
    taken_over: Decimal
    saved: dict[str, Decimal]
    net: Decimal


@dataclass(frozen=True, slots=True)
class Tracker:
    """Primary care in numbers: measures, practices by form, capacity and money.

    `roll_out_of` is how many practices a roll-out may reach, where that is known. `unchanged` are
    staff groups of which the printed table keeps as many in every year.
    """

    years: tuple[str, ...]
    measures: tuple[TrackedMeasure, ...]
    practices: dict[str, float]
    capacity: tuple[CapacityYear, ...]
    extra_cost: ExtraCost
    money: tuple[MoneyYear, ...]
    roll_out_of: float | None
    unchanged: tuple[str, ...]

    def measure(self, measure_id: str) -> TrackedMeasure:
        """The measure called `measure_id`. Raises KeyError if it is not tracked."""
        return {m.id: m for m in self.measures}[measure_id]


def primary_care(place: Place) -> Tracker:
    """What is tracked of primary care, and what it does to capacity and money.

    Raises InputError if the place has no `primary_care.csv` or `skill_mix.csv`, for an unknown
    measure or period, one that is listed twice or lacks a year, and more practices than there are.
    """
    inputs = staff_inputs(place)
    groups, mix = inputs.groups, inputs.mix or skill_mix(place)
    measures = _measures(place)
    practices = {y: sum(m.by_year[y] for m in measures if m.kind == "form") for y in place.years}
    _check_among(place, measures, practices)
    capacity = _capacity(inputs.supply, mix, measures, practices)
    return Tracker(
        years=place.years,
        measures=measures,
        practices=practices,
        capacity=capacity,
        extra_cost=extra_cost(place, mix, groups),
        money=_money(place, mix, groups, measures),
        roll_out_of=place.value(ROLL_OUT_OF) if ROLL_OUT_OF in place.figures else None,
        unchanged=tuple(r.name for r in mix.rows if len(set(r.wte.values())) == 1),
    )


def _measures(place: Place) -> tuple[TrackedMeasure, ...]:
    rows = place.rows("primary_care_measures.csv")
    points = _points(place, [row["measure"] for row in rows])
    return tuple(_measure(place, row, tuple(points[row["measure"]])) for row in rows)


def _points(place: Place, measures: list[str]) -> dict[str, list[TrackedValue]]:
    months = [f"{y}-M{m:02d}" for y in place.years for m in range(1, 13)]
    points: dict[str, list[TrackedValue]] = {measure: [] for measure in measures}
    for row in place.rows("primary_care.csv"):
        check_known(row, "measure", measures)
        check_known(row, "period", [*place.years, *months])
        own = points[row["measure"]]
        if row["period"] in {p.period for p in own}:
            raise row.fault("period", "the period is listed twice for this measure")
        value = row["value"]
        low = value if row["low"] is None else row["low"]
        high = value if row["high"] is None else row["high"]
        if not low <= value <= high:
            raise row.fault("value", f"expected a value from {low:g} to {high:g}")
        if row["status"] == "published" and row["figure"] and value != place.value(row["figure"]):
            raise row.fault("value", f"expected the value of the figure {row['figure']}")
        texts = ("figure", "status", "source", "where", "cause")
        own.append(TrackedValue(row["period"], value, low, high, *(row[t] for t in texts)))
    for measure, own in points.items():
        for year in place.years:
            if year not in {p.period for p in own}:
                raise InputError(
                    f"expected {measure} for every year of the plan",
                    file=place.path("primary_care.csv"),
                    value=year,
                )
    return points


def _measure(place: Place, row: Row, points: tuple[TrackedValue, ...]) -> TrackedMeasure:
    by_period = {p.period: p for p in points}
    by_year = {y: by_period[y].value for y in place.years}
    first, last = by_year[place.years[0]], by_year[place.last_year]
    direction, printed = row["direction"], row["direction_printed"] == "yes"
    right = last > first if direction == "increase" else last < first
    return TrackedMeasure(
        id=row["measure"],
        name=row["name"],
        unit=row["unit"],
        kind=row["kind"],
        direction=direction,
        direction_printed=printed,
        points=points,
        by_year=by_year,
        goes_that_way=right,
    )


def _check_among(
    place: Place, measures: tuple[TrackedMeasure, ...], practices: dict[str, float]
) -> None:
    for measure in measures:
        for year, value in measure.by_year.items():
            if measure.kind == "among" and value > practices[year]:
                raise InputError(
                    f"expected {measure.id} of {year} to be at most the {practices[year]:g} "
                    "practices of all forms",
                    file=place.path("primary_care.csv"),
                    value=f"{value:g}",
                )


def _capacity(
    assumed: Mapping[str, Assumptions],
    mix: SkillMix,
    measures: tuple[TrackedMeasure, ...],
    practices: dict[str, float],
) -> tuple[CapacityYear, ...]:
    unstaffed = {y: mix.total_contacts[y] - sum(r.contacts[y] for r in mix.rows) for y in mix.years}
    in_post, at_work = dict(unstaffed), dict(unstaffed)
    for row in mix.rows:
        posts = [row.wte[y] for y in mix.years]
        group_supply = supply(assumed[row.group], posts, [row.returning[y] for y in mix.years])
        for year, flow in zip(mix.years, group_supply.flows, strict=True):
            in_post[year] += flow.end * row.contacts_a_wte
            at_work[year] += flow.supplied * row.contacts_a_wte
    enhanced = next((m.by_year for m in measures if m.id == "enhanced.county"), {})
    return tuple(
        CapacityYear(
            year=y,
            planned=mix.total_contacts[y],
            in_post=in_post[y],
            with_agency=at_work[y],
            enhanced_practices_pct=100 * enhanced.get(y, 0.0) / practices[y],
        )
        for y in mix.years
    )


def _money(
    place: Place,
    mix: SkillMix,
    groups: Mapping[str, StaffGroup],
    measures: tuple[TrackedMeasure, ...],
) -> tuple[MoneyYear, ...]:
    first = place.years[0]
    years = []
    for year in place.years:
        extra = sum(
            (r.wte[year] - r.wte[first]) * groups[r.group].cost.value
            for r in mix.rows
            if not r.already_there
        )
        saved = {
            m.id: pounds((m.by_year[first] - m.by_year[year]) * 1e6)
            for m in measures
            if m.kind == "cost"
        }
        over = pounds(sum(r.taken_over[year] * groups[r.group].cost.value for r in mix.rows))
        net = pounds(extra) + over - sum(saved.values(), Decimal(0))
        years.append(MoneyYear(year, pounds(extra), over, saved, net))
    return tuple(years)
