"""Everything that lives follow, as arrays: read once, fitted once, then used on any shard."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt

from tripleaim.projection.lanes import Lanes

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Expected:
    """Quantities that each person is expected to have in a year, by product of factors.

    names       E quantities: points of delivery, then late outcomes, then "good health" and "qaly"
    rate        (steps + 1, 2, 5, AGES, E) of a person of that sex, quintile and age without any
                condition, trend included
    conditions  tables of products of factors, (2 ** CHUNK, E) for each CHUNK condition bits
    risk        for each risk factor (levels, E)
    """

    names: tuple[str, ...]
    rate: Floats
    conditions: tuple[Floats, ...]
    risk: tuple[Floats, ...]


@dataclass(frozen=True)
class Laws:
    """Hazards of every lane. A chance in a year is 1 - exp(-hazard x what makes a person differ).

    hazard      (steps, 2, AGES, lanes) of a person of relative 1; for a condition, of its onset
    ending      (steps, 2, AGES, lanes) of losing a condition, 0 on all other lanes
    conditions  what other conditions multiply a hazard by: tables (2 ** CHUNK, lanes)
    quintile    (2, 5, lanes); risk: for each risk factor (levels, 2, AGES, lanes)
    frail       (lanes,) 1 where a person's frailty factor applies, else 0
    frailty_power   a person's factor is exp(frailty_power x frailty)
    thresholds  for each risk factor (steps + 1, 2, AGES, levels - 1) uint16 ranks
    at_birth    (K, 2) share of newborns with a condition; newborn_death (steps, 2)
    rank_gradient, rank_ties   of newborns' ranks: (R, 5) by how many standard deviations a quintile
                lies higher; (R, R) the Cholesky factor of the correlation between risk factors;
                empty: none, and no correlation
    """

    years: tuple[str, ...]
    lanes: Lanes
    risk_levels: tuple[tuple[str, tuple[str, ...]], ...]
    hazard: Floats
    ending: Floats
    conditions: tuple[Floats, ...]
    quintile: Floats
    risk: tuple[Floats, ...]
    frail: Floats
    frailty_power: float
    thresholds: tuple[npt.NDArray[np.uint16], ...]
    at_birth: npt.NDArray[np.float64]
    newborn_death: npt.NDArray[np.float64]
    male_share: float
    expected: Expected
    rank_gradient: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 5)))
    rank_ties: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))

    @property
    def steps(self) -> int:
        """Years that can be projected."""
        return len(self.years) - 1

    @cached_property
    def closed(self) -> bool:
        """Whether nobody is born, comes or leaves."""
        lanes = self.lanes
        moves = (lanes.departure, lanes.arrival, lanes.birth)
        return not self.hazard[..., moves].any()

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Risk factors in two groups, so that a table of each group's combined levels is small.

        The first goes with the hazards of an age and sex, the second with the quintiles of a sex.
        """
        sizes = [len(levels) for _, levels in self.risk_levels]
        everyone = range(len(sizes))

        def rows(chosen: tuple[int, ...]) -> int:
            return math.prod(sizes[r] for r in chosen)

        def cost(first: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
            return rows(first) + 5 * rows(tuple(r for r in everyone if r not in first)), first

        splits = (c for n in range(len(sizes) + 1) for c in combinations(everyone, n))
        first = min(splits, key=cost)
        return first, tuple(r for r in everyone if r not in first)


def levels_of(
    ranks: npt.NDArray[np.uint16],
    laws: Laws,
    y: int,
    sex: npt.NDArray[np.intp],
    age: npt.NDArray[np.intp],
) -> npt.NDArray[np.intp]:
    """The level of each person in each risk factor in year y, (R, people)."""
    levels = np.zeros((len(laws.risk_levels), len(age)), dtype=np.intp)
    for r, thresholds in enumerate(laws.thresholds):
        for cut in np.moveaxis(thresholds[y], -1, 0):
            levels[r] += ranks[r] >= cut[sex, age]
    return levels
