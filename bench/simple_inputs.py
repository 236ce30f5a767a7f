"""The simple model that every engine is compared with, and what is expected of it.

Deaths by age and sex as the national projection assumes them for one year, held for all years;
five conditions that arise by age and sex, never end, and neither act on each other nor on death;
one step a year; nobody joins. Who dies in a year has no onset in it.

It needs NumPy alone, so that a reference model's own environment can read it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

ENGLAND = Path(__file__).parent.parent / "src" / "tripleaim" / "footprints" / "england"
BASE_YEAR = "2015"
SEXES = ("male", "female")
AGES = 106
"""Single years, the last one open."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Condition:
    """Onsets per 1,000 person-years: `men` and `women` at 65, doubling every so many years of age.

    None below age 30. The values are ours and assumed: of the size of common diseases, no finding.
    """

    id: str
    men: float
    women: float
    doubling: float


CONDITIONS = (
    Condition("diabetes", 8.0, 6.0, 18.0),
    Condition("coronary_heart_disease", 7.0, 3.5, 11.0),
    Condition("stroke", 3.5, 2.5, 8.0),
    Condition("copd", 4.0, 3.5, 12.0),
    Condition("dementia", 1.6, 1.8, 5.5),
)
YOUNGEST, HIGHEST = 30, 0.25
"""No onset below this age; no more than this many in a person-year at any age."""


def incidence() -> Floats:
    """Onsets per person-year without the condition, (2, AGES, 5)."""
    age = np.arange(AGES)
    table = np.zeros((len(SEXES), AGES, len(CONDITIONS)))
    for k, condition in enumerate(CONDITIONS):
        for s, level in enumerate((condition.men, condition.women)):
            rate = level / 1000 * 2 ** ((age - 65) / condition.doubling)
            table[s, :, k] = np.where(age < YOUNGEST, 0.0, np.minimum(rate, HIGHEST))
    return table


@cache
def death() -> Floats:
    """Chance of dying within the year by age at its start, (2, AGES)."""
    table = np.full((len(SEXES), AGES), np.nan)
    for row in _rows("mortality.csv"):
        if row["year"] == BASE_YEAR and int(row["age"]) >= 0:
            sex, age = SEXES.index(row["sex"]), int(row["age"])
            table[sex, age] = float(row["deaths_per_100000"]) / 1e5
    assert not np.isnan(table).any()
    return table


def chances() -> Floats:
    """Chance within a year of death, then of the onset of each condition, (2, AGES, 6)."""
    return np.concatenate([death()[..., None], -np.expm1(-incidence())], axis=2)


def prevalence() -> Floats:
    """Share who have each condition at the start: as many as its incidence makes by that age."""
    before = np.cumsum(incidence(), axis=1) - incidence()
    return -np.expm1(-before)


def cohorts(people: int) -> npt.NDArray[np.int64]:
    """`people` by sex and single year of age as England's of mid-2015, (2, AGES), to the person."""
    known, oldest = np.zeros((2, len(SEXES), AGES))
    for table, name in ((known, "population.csv"), (oldest, "oldest.csv")):
        for row in _rows(name):
            table[SEXES.index(row["sex"]), int(row["age"])] = float(row["population"])
    tail = oldest[:, 90:] / oldest[:, 90:].sum(axis=1, keepdims=True)
    known[:, 90:] = known[:, 90:91] * tail
    exact = (known * (people / known.sum())).ravel()
    whole = np.floor(exact).astype(np.int64)
    short = people - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:short]] += 1
    return whole.reshape(known.shape)


@dataclass(frozen=True)
class Start:
    """Everybody at the start, in no order: sex 0 or 1, age, and a bit for each condition."""

    sex: npt.NDArray[np.uint8]
    age: npt.NDArray[np.uint8]
    conditions: npt.NDArray[np.uint8]


def start(people: int, seed: int = 1) -> Start:
    """Ages and sexes exactly as `cohorts` has them; conditions drawn by `prevalence`."""
    rng = np.random.default_rng(seed)
    cell = np.repeat(np.arange(len(SEXES) * AGES), cohorts(people).ravel())
    rng.shuffle(cell)
    share = prevalence().reshape(-1, len(CONDITIONS))
    bits = np.zeros(people, dtype=np.uint8)
    for k in range(len(CONDITIONS)):
        bits |= (rng.random(people) < share[cell, k]).astype(np.uint8) << np.uint8(k)
    return Start((cell // AGES).astype(np.uint8), (cell % AGES).astype(np.uint8), bits)


def counted(alive: npt.NDArray[np.bool_], conditions: npt.NDArray[np.integer]) -> list[int]:
    """What every model reports of a year: the living, those with each condition, with none."""
    bits = conditions[alive]
    having = [int(np.count_nonzero(bits & bits.dtype.type(1 << k))) for k in range(len(CONDITIONS))]
    return [len(bits), *having, int(np.count_nonzero(bits == 0))]


def _rows(name: str) -> list[dict[str, str]]:
    lines = (ENGLAND / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))
