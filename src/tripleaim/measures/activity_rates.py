"""Activity as rates of people: crude, and directly standardised by age band and sex."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from tripleaim.activity import OF_WHOM, Activity, PeopleByCell, Question
from tripleaim.measures.intervals import Interval, rate
from tripleaim.measures.standardise import directly_standardised_rate
from tripleaim.place import InputError

RATES_BY = ("locality", "quintile", "segment")
"""What people are grouped by for rates: dimensions that age and sex can be taken out of."""

_STRATA = ("age_band", "sex")


@dataclass(frozen=True, slots=True)
class ActivityRate:
    """How much of one kind of care a group of people has a year, per 1,000 of them.

    `standardised` is what it would be if the group had the ages and sexes of all people of the
    place; None where the group lacks people of some age band and sex. Both have 95% limits as if
    every contact were by itself: people who come often make the true limits wider.
    """

    point_of_delivery: str
    group: str
    quantity: float
    people: int
    crude: Interval
    standardised: Interval | None


def activity_rates(
    activity: Activity,
    people: PeopleByCell,
    group: str,
    *,
    year: str,
    where: Mapping[str, Sequence[str]] | None = None,
) -> tuple[ActivityRate, ...]:
    """Rates of every point of delivery by locality, quintile or segment, in one year.

    `activity` is of one scenario, recorded or projected; `people` counts who is registered, by the
    same bands. `where` keeps to some values of dimensions, of activity and of people alike. The
    standard is the people of the place in that year. Groups without people have no rate. Raises
    InputError for another grouping, a dimension that people do not have, and as `Activity.by`.
    """
    if group not in RATES_BY:
        raise InputError("expected the dimension of the rates", value=group, valid=RATES_BY)
    filters = {name: list(values) for name, values in (where or {}).items()}
    of_people = {name: values for name, values in filters.items() if name in OF_WHOM}
    heads = people.by(group, *_STRATA, year=year, **of_people)
    standard = people.by(*_STRATA, year=year, **of_people)
    groups = list(dict.fromkeys(value for value, *_ in sorted(heads)))
    sums = activity.by("point_of_delivery", group, *_STRATA, year=year, **filters)
    contacts: dict[str, dict[tuple[str, ...], float]] = defaultdict(dict)
    for row in sums.to_pylist():
        contacts[row["point_of_delivery"]][str(row[group]), row["age_band"], row["sex"]] = row[
            "quantity"
        ]
    ordered = [value for value in activity.values(group) if value in groups]
    return tuple(
        _rate(point, value, by_cell, heads, standard)
        for point, by_cell in contacts.items()
        for value in ordered
    )


def rates_table(activity: Activity, people: PeopleByCell, question: Question) -> pa.Table:
    """The rates that a question asks for: its group by point of delivery, one scenario, one year.

    A row has `point_of_delivery`, the group, `quantity`, `people`, and both rates with their
    limits. Raises InputError where the question is not one that rates answer.
    """
    groups = [name for name in question.by if name not in ("point_of_delivery", "year")]
    if len(groups) != 1:
        raise InputError(
            "expected one of locality, quintile and segment for rates",
            value=", ".join(question.by),
            valid=RATES_BY,
        )
    if len(question.years) != 1:
        raise InputError("expected one year for rates", value=", ".join(question.years))
    if question.measure != "quantity":
        raise InputError(
            "expected quantity: rates count quantities only",
            value=question.measure,
            valid=("quantity",),
        )
    if question.compare:
        raise InputError("expected one scenario for rates", value=question.compare)
    (year,) = question.years
    of_scenario = activity.of_scenario(question.scenario)
    rates = activity_rates(of_scenario, people, groups[0], year=year, where=question.where)
    return pa.table(
        {
            "point_of_delivery": [r.point_of_delivery for r in rates],
            groups[0]: [r.group for r in rates],
            "quantity": [r.quantity for r in rates],
            "people": [r.people for r in rates],
            **_limits("crude", [r.crude for r in rates]),
            **_limits("standardised", [r.standardised for r in rates]),
        }
    )


def _limits(name: str, rates: Sequence[Interval | None]) -> dict[str, pa.Array]:
    return {
        f"{name}{end}": pa.array([getattr(r, of) if r else None for r in rates], pa.float64())
        for end, of in (("", "value"), ("_low", "low"), ("_high", "high"))
    }


def _rate(
    point: str,
    group: str,
    contacts: Mapping[tuple[str, ...], float],
    heads: Mapping[tuple[str, ...], int],
    standard: Mapping[tuple[str, ...], int],
) -> ActivityRate:
    quantity = sum(n for (value, *_), n in contacts.items() if value == group)
    people = sum(n for (value, *_), n in heads.items() if value == group)
    strata = list(standard)
    inside = [heads.get((group, *stratum), 0) for stratum in strata]
    standardised = None
    if min(inside) > 0:
        standardised = directly_standardised_rate(
            [contacts.get((group, *stratum), 0.0) for stratum in strata],
            inside,
            [standard[stratum] for stratum in strata],
        )
    return ActivityRate(point, group, quantity, people, rate(quantity, people), standardised)
