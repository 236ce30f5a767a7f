"""Residents in three ways: as official, as projected, and as they would be without the control."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.people import SEXES, read_residents_to_come
from tripleaim.place import Place
from tripleaim.projection.controlled import newborns, residents_by_age
from tripleaim.projection.model import Trajectory
from tripleaim.projection.vitals import AGES, Vitals, read_vitals

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ResidentsCompared:
    """Residents of a sex and age band on the 1 January inside a year.

    `not_controlled` is what the residents of the base year are expected to become at the place's
    own rates of birth, death and migration.
    """

    year: str
    sex: str
    age_band: str
    official: float
    projected: int
    not_controlled: float


def residents_compared(place: Place, trajectory: Trajectory) -> tuple[ResidentsCompared, ...]:
    """By year, sex and age band; nothing for a place without an official projection."""
    official = read_residents_to_come(place)
    if official is None:
        return ()
    vitals = read_vitals(place, len(trajectory.years) - 1)
    rows, expected = [], np.zeros((len(SEXES), AGES))
    for y, year in enumerate(trajectory.years):
        here = trajectory.people.take(np.flatnonzero(trajectory.present[y]))
        there = residents_by_age(here, year)
        expected = a_year_on(expected, vitals, y - 1) if y else there
        then = official.on_1_january(year)
        if then is None:
            break
        projected, free = official.in_bands(there), official.in_bands(expected)
        rows += [
            ResidentsCompared(
                year,
                sex,
                official.names[b],
                round(float(then[s, b]), 1),
                int(projected[s, b]),
                round(float(free[s, b]), 1),
            )
            for s, sex in enumerate(SEXES)
            for b in range(len(official.bands))
        ]
    return tuple(rows)


def a_year_on(heads: Floats, vitals: Vitals, y: int) -> Floats:
    """Whom those of (2, AGES) are expected to become in step y at the place's own rates."""
    alive = heads * (1 - vitals.death[y])
    stay = alive * (1 + vitals.net_migration)
    after = np.zeros_like(heads)
    after[:, 1:] = stay[:, :-1]
    after[:, -1] += stay[:, -1]
    after[:, 0] = newborns(alive, vitals, y)
    return after
