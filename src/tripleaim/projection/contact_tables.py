"""What expected contacts rest on, read and checked once: rates, gradients, trends, levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from tripleaim.activity import contact_rates
from tripleaim.people import SEXES, read_illness
from tripleaim.place import InputError, Place
from tripleaim.projection.vitals import POOLED_FROM

Floats = npt.NDArray[np.float64]

T = TypeVar("T")

QUINTILES = 5
GROUPS = POOLED_FROM + 1
CELLS = len(SEXES) * QUINTILES * GROUPS


@dataclass(frozen=True)
class ContactInputs:
    """All that expected contacts need besides people; arrays run along points of delivery (P).

    first_year   the first year of the plan
    rate         (CELLS, P) England's contacts a person a year, by cell of sex, quintile and age
    multipliers  (conditions, P) what each condition multiplies contacts by
    trend        (P,) growth a year beyond people and conditions
    to_meet      (P,) contacts of the plan's first year that the level is to meet; NaN where
                 England's rates stand
    """

    points_of_delivery: tuple[str, ...]
    first_year: str
    rate: Floats
    multipliers: Floats
    trend: Floats
    to_meet: Floats


def contact_inputs(place: Place) -> ContactInputs:
    """Read and check what the contacts of `place` rest on.

    Raises InputError for a table that leaves out a point of delivery, age or quintile.
    """
    return ContactInputs(
        points_of_delivery=tuple(point.id for point in place.points_of_delivery),
        first_year=place.years[0],
        rate=england_rates(place),
        multipliers=condition_multipliers(place),
        trend=read_trends(place),
        to_meet=_levels_to_meet(place),
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


def england_rates(place: Place) -> Floats:
    """England's rates by cell: age and sex, times the gradient by quintile."""
    points = [p.id for p in place.points_of_delivery]
    by_age = contact_rates(place, points)
    gradient = _quintiles(place, points)
    table = by_age[:, :, None, :GROUPS] * gradient[:, None, :, None]
    return table.reshape(len(points), CELLS).T.copy()


def _quintiles(place: Place, points: list[str]) -> Floats:
    path = place.path("quintile_contacts.csv")
    gradient = np.full((len(points), QUINTILES), np.nan)
    for row in place.rows("quintile_contacts.csv"):
        if row["point_of_delivery"] in points:
            gradient[points.index(row["point_of_delivery"]), row["quintile"] - 1] = row["ratio"]
    for p, q in np.argwhere(np.isnan(gradient)):
        raise InputError(f"expected a ratio for quintile {q + 1} at {points[p]}", file=path)
    return gradient


def read_trends(place: Place) -> Floats:
    """Growth a year beyond people and conditions, by point of delivery."""
    known = {row["point_of_delivery"]: row["pct_a_year"] / 100 for row in place.rows("trends.csv")}
    return np.array([_of(known, p.id, "trends.csv", place) for p in place.points_of_delivery])


def _levels_to_meet(place: Place) -> Floats:
    """The printed contacts of the plan's first year that a level is to meet; NaN for England's."""
    known = {row["point_of_delivery"]: row["level"] for row in place.rows("level.csv")}
    to_meet = np.full(len(place.points_of_delivery), np.nan)
    for p, point in enumerate(place.points_of_delivery):
        if _of(known, point.id, "level.csv", place) == "printed" and point.printed_base:
            to_meet[p] = place.value(point.printed_base)
    return to_meet


def _of(known: Mapping[str, T], point: str, file: str, place: Place) -> T:
    if point not in known:
        raise InputError(
            "expected a row for this point of delivery", file=place.path(file), value=point
        )
    return known[point]
