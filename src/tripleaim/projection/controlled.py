"""Migration and births solved year by year, so that residents follow an official projection.

Deaths stay the model's. Births are the place's own rates times one number a year, so that as many
children are in their first year as the official bands imply: else what births differ by would have
to leave as infants. People who come or leave at an age are the place's own rate (`migration.csv`)
plus one number for each sex and age band, so that the band has, at the end of the year, as many
residents in proportion to the base year as officially. What is solved is a balance: it holds what
official deaths differ by too. Everybody on the lists comes and leaves as often as residents of
their age.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tripleaim.people import RESIDENTS_TO_COME, SEXES, People, read_residents_to_come
from tripleaim.place import Place
from tripleaim.projection.laws import Laws
from tripleaim.projection.vitals import AGES, Vitals, read_vitals

Floats = npt.NDArray[np.float64]

MOST = 0.95
"""At most so many of an age come or leave in a year, for each who is there."""

SURE = 1 - 1e-9
"""No chance counts as more than this, so that it has a hazard."""

MOST_BIRTHS = 2.0
"""Births are at most so many times what the place's own rates give, and at least 1 over it."""


@dataclass(frozen=True)
class Goal:
    """Residents wanted at the end of a step, (2, bands), and how many of them are newborns."""

    residents: Floats
    in_first_year: float


@dataclass(frozen=True)
class Control:
    """What each step is held to: a goal, or None beyond the official projection.

    `band` is the band of each single year of age, (AGES,).
    """

    goals: tuple[Goal | None, ...]
    band: npt.NDArray[np.intp]

    @classmethod
    def of(cls, place: Place, people: People, years: Sequence[str]) -> Control | None:
        """The control of a place's people from the base year on; None where it holds none."""
        official = read_residents_to_come(place)
        if official is None:
            return None
        there = official.in_bands(residents_by_age(people, years[0]))
        start = official.on_1_january(years[0])
        if start is None:  # read_residents_to_come refuses this of the place's own base year
            raise ValueError(f"no official projection of {years[0]}")
        share = np.divide(there, start, out=np.zeros_like(start), where=start > 0)

        def goal(year: str) -> Goal | None:
            then = official.on_1_january(year)
            if then is None:
                return None
            return Goal(share * then, float((share[:, 0] * official.in_first_year(then)).sum()))

        return cls(tuple(goal(year) for year in years[1:]), official.band_of_age)

    def solve(self, laws: Laws, people: People, vitals: Vitals, y: int) -> None:
        """Fill the hazards of birth, coming and leaving in step y, whose people are those given.

        Beyond the official projection they stay as in its last year.
        """
        lanes, goal = laws.lanes, self.goals[y]
        solved = [lanes.birth, lanes.departure, lanes.arrival]
        if goal is None:
            laws.hazard[y, ..., solved] = laws.hazard[y - 1, ..., solved]
            return
        heads = residents_by_age(people, laws.years[y])
        times = solved_births(heads, vitals, y, goal.in_first_year)
        vitals = replace(vitals, birth=np.minimum(vitals.birth * times, SURE))
        net = solved_migration(heads, vitals, y, goal.residents, self.band)
        laws.hazard[y, SEXES.index("female"), :, lanes.birth] = -np.log1p(-vitals.birth[y])
        laws.hazard[y, ..., lanes.departure] = -np.log1p(-np.maximum(-net, 0))
        laws.hazard[y, ..., lanes.arrival] = -np.log1p(-np.maximum(net, 0))


def solved_births(
    heads: Floats, vitals: Vitals, y: int, in_first_year: float, most: float = MOST_BIRTHS
) -> float:
    """What births of step y are multiplied by, so that so many newborns are there at its end.

    Between 1 / `most` and `most`; 1 where nobody gives birth.
    """
    newborn = newborns(heads * (1 - vitals.death[y]), vitals, y).sum()
    return float(np.clip(in_first_year / newborn, 1 / most, most)) if newborn > 0 else 1.0


def solved_migration(
    heads: Floats, vitals: Vitals, y: int, wanted: Floats, band: npt.NDArray[np.intp]
) -> Floats:
    """Net migration by sex and age at the start of step y, (2, AGES), that leaves `wanted`.

    `heads` (2, AGES) are there at its start, `wanted` has shape (2, bands). A band without anybody
    to come or leave, and one that nobody is wanted in because nobody was in it in the base year,
    keep the place's own rates.
    """
    alive = heads * (1 - vitals.death[y])
    at_end = band[np.minimum(np.arange(AGES) + 1, AGES - 1)]
    bands = wanted.shape[1]
    there = _in_bands(alive, at_end, bands)
    moved = _in_bands(alive * (1 + vitals.net_migration), at_end, bands)
    moved[:, 0] += newborns(alive, vitals, y)
    more = np.divide(
        wanted - moved, there, out=np.zeros_like(wanted), where=(there > 0) & (wanted > 0)
    )
    net: Floats = np.clip(vitals.net_migration + more[:, at_end], -MOST, MOST)
    return net


def _in_bands(by_age: Floats, band: npt.NDArray[np.intp], bands: int) -> Floats:
    """Sums of (2, AGES) by band, (2, bands)."""
    return np.stack([np.bincount(band, row, minlength=bands) for row in by_age])


def newborns(alive: Floats, vitals: Vitals, y: int) -> Floats:
    """Those born in step y who are there at its end, by sex: `alive` (2, AGES) live through it."""
    born = float((alive[SEXES.index("female")] * vitals.birth[y]).sum())
    share = np.array([vitals.male_share, 1 - vitals.male_share])
    result: Floats = born * share * (1 - vitals.newborn_death[y])
    return result


def residents_by_age(people: People, year: str) -> Floats:
    """Residents on the 1 January inside the year, (2, AGES)."""
    age = people.age_in(year)
    here = (age >= 0) & people.resident
    cell = people.sex[here] * AGES + np.minimum(age[here], AGES - 1).astype(np.intp)
    return np.bincount(cell, minlength=len(SEXES) * AGES).reshape(-1, AGES).astype(np.float64)


def vitals_behind(place: Place, laws: Laws) -> Vitals:
    """The vitals that laws were fitted to: with births and migration as solved, where they were."""
    vitals = read_vitals(place, laws.steps)
    if not place.has(RESIDENTS_TO_COME):
        return vitals
    lanes = laws.lanes
    chance = -np.expm1(-laws.hazard.astype(np.float64))
    return replace(
        vitals,
        birth=chance[:, SEXES.index("female"), :, lanes.birth],
        net_migration=chance[..., lanes.arrival] - chance[..., lanes.departure],
    )
