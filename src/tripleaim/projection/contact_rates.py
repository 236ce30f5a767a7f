"""Expected contacts: who is seen how often, where, before any calibration.

A person's rate at a point of delivery is the rate of their age, sex and deprivation quintile,
times the factors of their conditions over the base-year mean of those factors among people of
that age, sex and quintile, times the trend. Conditions therefore say who is seen within an age,
sex and quintile, and only a change in them moves the total.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from tripleaim.people import SEXES, People, read_illness
from tripleaim.place import STATUSES, Column, InputError, Place, number, whole
from tripleaim.projection.model import Trajectory
from tripleaim.projection.relative import ConditionFactors
from tripleaim.projection.vitals import AGES, POOLED_FROM

Floats = npt.NDArray[np.float64]
Cells = npt.NDArray[np.intp]

T = TypeVar("T")

QUINTILES = 5
GROUPS = POOLED_FROM + 1
CELLS = len(SEXES) * QUINTILES * GROUPS


@dataclass(frozen=True)
class ContactModel:
    """Rates of contact fitted to the base year; arrays run along cells and points of delivery.

    rate      (CELLS, P) contacts a person a year of a cell (sex, quintile, age) in the base year
    healthy   (CELLS, P) the rate of someone of the cell without any condition
    factors   what conditions multiply it by, (people, P) for condition bits
    trend     (P,) growth a year beyond people and conditions
    level     (P,) what England's rates were multiplied by
    """

    rate: Floats
    healthy: npt.NDArray[np.float32]
    factors: ConditionFactors
    trend: Floats
    level: Floats


def contacts(
    place: Place, trajectory: Trajectory, year: str, model: ContactModel | None = None
) -> npt.NDArray[np.float32]:
    """Uncalibrated expected contacts in `year`, shape (N, P): people by points of delivery.

    People who are not registered in that year have none. `model` is fitted to the trajectory's
    base year unless given; part of a population needs the model of the whole.
    """
    model = model or fit_contacts(place, trajectory)
    y = trajectory.years.index(year)
    result = model.factors.of(trajectory.conditions[y])
    result *= model.healthy[cells(trajectory.people, year)]
    result *= ((1 + model.trend) ** y).astype(np.float32)
    result[~trajectory.present[y]] = 0
    return result


def fit_contacts(place: Place, trajectory: Trajectory) -> ContactModel:
    """Rates by age, sex and quintile, set against the conditions of the base year's people.

    Raises InputError for a table that leaves out a point of delivery, age or quintile.
    """
    people, base = trajectory.people, trajectory.years[0]
    here = trajectory.present[0]
    factors = ConditionFactors.of_each(condition_multipliers(place))
    cell = cells(people, base)[here]
    product = factors.of(trajectory.conditions[0][here])
    heads = np.bincount(cell, minlength=CELLS)
    mean = np.stack(
        [
            np.bincount(cell, weights=column, minlength=CELLS) / np.maximum(heads, 1)
            for column in product.T
        ],
        axis=1,
    )
    mean = _fill(mean, heads)
    rate = england_rates(place)
    unlevelled = ContactModel(
        rate=rate,
        healthy=(rate / mean).astype(np.float32),
        factors=factors,
        trend=read_trends(place),
        level=np.ones(rate.shape[1]),
    )
    level = _levels(place, trajectory, unlevelled)
    return ContactModel(
        rate=rate * level,
        healthy=(rate * level / mean).astype(np.float32),
        factors=factors,
        trend=unlevelled.trend,
        level=level,
    )


def condition_multipliers(place: Place) -> Floats:
    """What each condition multiplies contacts by, shape (conditions, points of delivery).

    To take a condition from a person is to divide their contacts by it.
    """
    points = [p.id for p in place.points_of_delivery]
    return np.array(
        [
            [d.contacts[p].value if p in d.contacts else 1.0 for p in points]
            for d in read_illness(place).conditions
        ]
    )


def cells(people: People, year: str) -> Cells:
    """The cell of sex, quintile and age that each person is in, from 0 to CELLS - 1."""
    age = np.clip(people.age_in(year), 0, GROUPS - 1).astype(np.intp)
    return (people.sex.astype(np.intp) * QUINTILES + (people.quintile - 1)) * GROUPS + age


def totals(values: npt.NDArray[np.float32]) -> Floats:
    """The sum over people, for each point of delivery, in double precision."""
    return np.asarray(values.sum(axis=0, dtype=np.float64))


def _fill(mean: Floats, heads: npt.NDArray[np.int64]) -> Floats:
    """A cell without people takes the mean of the nearest age of its sex and quintile, else 1."""
    shaped = mean.reshape(-1, GROUPS, mean.shape[1])
    for row, count in zip(shaped, heads.reshape(-1, GROUPS), strict=True):
        known = np.flatnonzero(count)
        if not len(known):
            row[:] = 1.0
            continue
        nearest = known[np.abs(known[:, None] - np.arange(GROUPS)).argmin(axis=0)]
        row[:] = row[nearest]
    return shaped.reshape(mean.shape)


def england_rates(place: Place) -> Floats:
    """England's rates by cell: age and sex, times the gradient by quintile."""
    points = [p.id for p in place.points_of_delivery]
    by_age = np.full((len(points), len(SEXES), AGES), np.nan)
    path = place.path("contact_rates.csv")
    columns = (
        Column("point_of_delivery"),
        Column("sex", choices=SEXES),
        Column("age_from", whole, minimum=0, maximum=AGES - 1),
        Column("age_to", whole, minimum=0),
        Column("rate", number, minimum=0),
        Column("status", choices=STATUSES),
        Column("source"),
    )
    for row in place.rows("contact_rates.csv", columns):
        if row["point_of_delivery"] in points:
            by_age[
                points.index(row["point_of_delivery"]),
                SEXES.index(row["sex"]),
                row["age_from"] : row["age_to"] + 1,
            ] = row["rate"]
    for p, s, age in np.argwhere(np.isnan(by_age)):
        raise InputError(
            f"expected the rate of {SEXES[s]} people of age {age} at {points[p]}", file=path
        )
    gradient = _quintiles(place, points)
    table = by_age[:, :, None, :GROUPS] * gradient[:, None, :, None]
    return table.reshape(len(points), CELLS).T.copy()


def _quintiles(place: Place, points: list[str]) -> Floats:
    path = place.path("quintile_contacts.csv")
    columns = (
        Column("point_of_delivery"),
        Column("quintile", whole, minimum=1, maximum=QUINTILES),
        Column("ratio", number, minimum=0.01, maximum=100),
        Column("status", choices=STATUSES),
        Column("source"),
        Column("cause", may_be_empty=True),
    )
    gradient = np.full((len(points), QUINTILES), np.nan)
    for row in place.rows("quintile_contacts.csv", columns):
        if row["point_of_delivery"] in points:
            gradient[points.index(row["point_of_delivery"]), row["quintile"] - 1] = row["ratio"]
    for p, q in np.argwhere(np.isnan(gradient)):
        raise InputError(f"expected a ratio for quintile {q + 1} at {points[p]}", file=path)
    return gradient


def read_trends(place: Place) -> Floats:
    """Growth a year beyond people and conditions, by point of delivery."""
    columns = (
        Column("point_of_delivery"),
        Column("pct_a_year", number, minimum=-20, maximum=20),
        Column("status", choices=STATUSES),
        Column("source"),
        Column("cause"),
    )
    known = {
        row["point_of_delivery"]: row["pct_a_year"] / 100
        for row in place.rows("trends.csv", columns)
    }
    return np.array([_of(known, p.id, "trends.csv", place) for p in place.points_of_delivery])


def _levels(place: Place, trajectory: Trajectory, model: ContactModel) -> Floats:
    """1 where England's rate stands, else what meets the printed first year of the plan."""
    columns = (
        Column("point_of_delivery"),
        Column("level", choices=("england", "printed")),
        Column("cause"),
    )
    known = {row["point_of_delivery"]: row["level"] for row in place.rows("level.csv", columns)}
    first = totals(contacts(place, trajectory, place.years[0], model))
    level = np.ones(len(place.points_of_delivery))
    for p, point in enumerate(place.points_of_delivery):
        if _of(known, point.id, "level.csv", place) == "printed" and point.printed_base:
            level[p] = place.value(point.printed_base) / first[p] if first[p] else 1.0
    return level


def _of(known: Mapping[str, T], point: str, file: str, place: Place) -> T:
    if point not in known:
        raise InputError(
            "expected a row for this point of delivery", file=place.path(file), value=point
        )
    return known[point]
