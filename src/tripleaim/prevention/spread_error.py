"""How far the spread over draws may be off, since few draws were simulated with few people.

There are two errors. A draw is out by what luck of the sample leaves in it after smoothing: luck as
the seeds show it is sent through the same maps. The spread itself, the standard deviation over all
draws, is out by which draws were simulated and by their luck: it is worked out again without each
group of them (the delete-a-group jackknife; Shao and Wu, Annals of Statistics 1989;17:1176).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from tripleaim.place import CENTRAL
from tripleaim.prevention.assemble_money import Results
from tripleaim.prevention.assemble_uncertainty import headline_values
from tripleaim.prevention.scenarios import Arrays
from tripleaim.prevention.spread import DrawSample, Spread, spread_over

Floats = npt.NDArray[np.float64]

OF_HEADLINES = ("contacts", "qalys", "joined", "members", "registered")
"""The results that headlines are worked out from."""

GROUPS = 8
"""Of simulated draws, one of which is left out at a time."""

LUCK_REPEATS = 4
"""How often luck is drawn anew."""


@dataclass(frozen=True)
class SpreadErrors:
    """Standard errors by headline outcome: of a draw, and of the standard deviation over draws.

    Empty where there are no draws, or (of a draw) too few seeds to measure luck by, or (of the
    standard deviation) too few simulated draws to leave some out.
    """

    of_draw: Mapping[str, float] = field(default_factory=dict)
    of_spread: Mapping[str, float] = field(default_factory=dict)


def spread_errors(
    sample: DrawSample, spread: Spread, central: Arrays, read: Results
) -> SpreadErrors:
    """The errors of `spread`, which is that of `sample`, around results of the `central` draw.

    `read` says with what place, programmes, years and prices they are read; its arrays are not.
    """
    if not sample.drawn:
        return SpreadErrors()
    few = {name: central[name] for name in OF_HEADLINES}
    return SpreadErrors(_of_draw(sample, spread, few, read), _of_spread(sample, few, read))


def _of_draw(
    sample: DrawSample, spread: Spread, central: Arrays, read: Results
) -> dict[str, float]:
    """How far draws are from the central one that differ from it by luck alone, after smoothing."""
    if not sample.measures_luck:
        return {}
    unmoved = replace(read, draws=(CENTRAL,) * (1 + len(sample.drawn)))
    squares: dict[str, list[float]] = {}
    for seed in range(LUCK_REPEATS):
        lucky = replace(spread, simulated=_luck(sample, seed)).around(central)
        for outcome, (_, _, values) in headline_values(replace(unmoved, arrays=lucky)).items():
            squares.setdefault(outcome, []).append(float(np.mean((values[1:] - values[0]) ** 2)))
    return {outcome: float(np.sqrt(np.mean(found))) for outcome, found in squares.items()}


def _luck(sample: DrawSample, seed: int) -> Arrays:
    """Results of simulated draws that differ from 0 by luck alone.

    They are normal mixtures of how the seeds differ from their mean, so that all of them have the
    variance and the correlation that the seeds have.
    """
    seeds = len(sample.by_seed)
    mixture = np.random.default_rng(seed).standard_normal((len(sample.simulated), seeds))
    mixture *= np.sqrt(sample.people_ratio / (seeds - 1))
    by_name = {name: np.stack([one[name] for one in sample.by_seed]) for name in OF_HEADLINES}
    return {
        name: np.tensordot(mixture, values - values.mean(axis=0), axes=1)
        for name, values in by_name.items()
    }


def _of_spread(sample: DrawSample, central: Arrays, read: Results) -> dict[str, float]:
    """The jackknife's error of the standard deviation over all draws."""
    count = len(sample.simulated)
    if count < 2 * GROUPS:
        return {}

    def without(group: int) -> dict[str, float]:
        left = [k for k in range(count) if k % GROUPS != group]
        rest = replace(
            sample,
            simulated=tuple(sample.simulated[k] for k in left),
            arrays={name: sample.arrays[name][left] for name in OF_HEADLINES},
        )
        around = replace(read, arrays=spread_over(rest).around(central))
        values = headline_values(around)
        return {outcome: float(np.std(v[1:], ddof=1)) for outcome, (_, _, v) in values.items()}

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        by_group = list(pool.map(without, range(GROUPS)))
    return {
        outcome: float(np.sqrt((GROUPS - 1) * np.var([one[outcome] for one in by_group])))
        for outcome in by_group[0]
    }
