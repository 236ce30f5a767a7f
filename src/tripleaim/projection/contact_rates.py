"""Expected contacts: who is seen how often, where, before any calibration.

A person's rate at a point of delivery is the rate of their age, sex and deprivation quintile,
times the factors of their conditions over the base-year mean of those factors among people of
that age, sex and quintile, times the trend. Conditions therefore say who is seen within an age,
sex and quintile, and only a change in them moves the total.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.people import People
from tripleaim.place import Place
from tripleaim.projection.contact_tables import (
    CELLS,
    GROUPS,
    QUINTILES,
    ContactInputs,
    england_rates,
)
from tripleaim.projection.model import Trajectory
from tripleaim.projection.relative import ConditionFactors

Floats = npt.NDArray[np.float64]
Cells = npt.NDArray[np.intp]


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


def contacts(trajectory: Trajectory, year: str, model: ContactModel) -> npt.NDArray[np.float32]:
    """Uncalibrated expected contacts in `year`, shape (N, P): people by points of delivery.

    People who are not registered in that year have none. `model` is fitted to the base year of the
    whole population; part of it needs the model of the whole.
    """
    y = trajectory.years.index(year)
    result = model.factors.of(trajectory.conditions[y])
    result *= model.healthy[cells(trajectory.people, year)]
    result *= ((1 + model.trend) ** y).astype(np.float32)
    result[~trajectory.present[y]] = 0
    return result


def fit_contacts(inputs: ContactInputs, trajectory: Trajectory) -> ContactModel:
    """Rates by age, sex and quintile, set against the conditions of the base year's people."""
    people, base = trajectory.people, trajectory.years[0]
    here = trajectory.present[0]
    factors = ConditionFactors.of_each(inputs.multipliers)
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
    rate = inputs.rate
    unlevelled = ContactModel(
        rate=rate,
        healthy=(rate / mean).astype(np.float32),
        factors=factors,
        trend=inputs.trend,
        level=np.ones(rate.shape[1]),
    )
    level = _levels(inputs, trajectory, unlevelled)
    return ContactModel(
        rate=rate * level,
        healthy=(rate * level / mean).astype(np.float32),
        factors=factors,
        trend=unlevelled.trend,
        level=level,
    )


def contacts_at_england_rates(place: Place, people: People) -> dict[str, float]:
    """Contacts of the base year at England's rates by age, sex and quintile: no life is led.

    Conditions say who is seen within an age, sex and quintile, so the sum needs none. `people` are
    everybody registered in the base year, as `synthesise` gives them.
    """
    heads = np.bincount(cells(people, place.base_year), minlength=CELLS)
    of_points = heads @ england_rates(place)
    return {
        point.id: float(contacts)
        for point, contacts in zip(place.points_of_delivery, of_points, strict=True)
    }


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


def _levels(inputs: ContactInputs, trajectory: Trajectory, model: ContactModel) -> Floats:
    """(P,) 1 where England's rate stands, else what meets the printed first year of the plan."""
    first = totals(contacts(trajectory, inputs.first_year, model))
    level = np.ones(len(first))
    met = np.isfinite(inputs.to_meet) & (first > 0)
    level[met] = inputs.to_meet[met] / first[met]
    return level
