"""The simple model through Triple Aim's own engine: laws written by hand, nothing else special.

`simulate` is the kernel that the plan runs on, `plainly` the clear NumPy projection that it must
equal. Both follow all that the engine follows (places, risk factors, programmes, migration,
births), of which this model has none.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from bench.reference import Timed, reported
from bench.simple_inputs import AGES, CONDITIONS, SEXES, Start, chances, start
from tripleaim import __version__
from tripleaim.people import Areas, People
from tripleaim.people.model import EPOCH_YEAR
from tripleaim.projection import (
    Expected,
    Lanes,
    Laws,
    Run,
    Tally,
    simulate,
)
from tripleaim.projection.plain import simulate_plainly

BASE = 2015
IDS = tuple(condition.id for condition in CONDITIONS)
Counts = npt.NDArray[np.int64]


def laws_of(years: int) -> Laws:
    """The simple model's chances as hazards; every other factor 1, every other lane empty."""
    lanes, (sexes, ages) = Lanes(IDS), (len(SEXES), AGES)
    chance = chances()
    hazard = np.zeros((years, sexes, ages, lanes.size), dtype=np.float32)
    hazard[..., : len(IDS)] = -np.log1p(-chance[..., 1:])
    hazard[..., lanes.death] = -np.log1p(-chance[..., 0])
    return Laws(
        years=tuple(f"{BASE + y}/{(BASE + y + 1) % 100:02}" for y in range(years + 1)),
        lanes=lanes,
        risk_levels=(),
        hazard=hazard,
        ending=np.zeros_like(hazard),
        conditions=(np.ones((2048, lanes.size), dtype=np.float32),),
        quintile=np.ones((2, 5, lanes.size), dtype=np.float32),
        risk=(),
        frail=np.zeros(lanes.size, dtype=np.float32),
        frailty_power=0.0,
        thresholds=(),
        at_birth=np.zeros((len(IDS), sexes)),
        newborn_death=np.zeros((years, sexes)),
        male_share=0.5,
        expected=Expected(
            names=(),
            rate=np.zeros((years + 1, sexes, 5, ages, 0), dtype=np.float32),
            conditions=(np.ones((2048, 0), dtype=np.float32),),
            risk=(),
        ),
    )


def people_of(begin: Start, seed: int) -> People:
    """Everybody as the engine wants them, all at home in one place."""
    n = len(begin.age)
    months = (BASE + 1 - EPOCH_YEAR) * 12 - 12 * begin.age.astype(np.int32) - 6
    return People(
        person=np.arange(n, dtype=np.uint64),
        birth=months.astype(np.int16),
        sex=begin.sex.astype(np.int8),
        lsoa=np.zeros(n, dtype=np.int16),
        practice=np.zeros(n, dtype=np.int16),
        resident=np.ones(n, dtype=np.bool_),
        conditions=begin.conditions.astype(np.uint32),
        frailty=np.zeros(n, dtype=np.float32),
        ranks=np.zeros((0, n), dtype=np.uint16),
        areas=Areas(("one",), np.array([3], dtype=np.int8), ("one",), ("one",), ("one",)),
        condition_ids=IDS,
        priority_ids=(),
        risk_ids=(),
        seed=seed,
    )


def counts_of(tally: Tally) -> Counts:
    """Counts of each year, (years + 1, 6): a tally does not hold who has no condition."""
    everywhere = (1, 2, 3)
    alive = tally.people.sum(axis=everywhere)
    return np.column_stack([alive, tally.with_condition.sum(axis=everywhere)])


def led(engine: Callable[[People, Laws], Run]) -> Callable[..., Counts]:
    """A variant for the bench: the engine is compiled before the clock starts."""

    def run(begin: Start, years: int, seed: int, timed: Timed) -> Counts:
        laws, people = laws_of(years), people_of(begin, seed)
        engine(people.take(np.arange(min(99, len(people)))), laws)
        with timed:
            found = engine(people, laws)
        return counts_of(found.tally)

    return run


if __name__ == "__main__":
    variants = {"simulate": led(simulate), "plainly": led(simulate_plainly)}
    reported(variants, f"Triple Aim {__version__}", start)
