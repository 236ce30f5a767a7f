"""Those who are born: whose child, when, with what frailty and ranks, and whether they live.

`children_of` gives the children of a whole generation in one compiled pass; `plain_births` says in
clear, for the mothers of one step, what they are to the byte.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tripleaim.compiling import COMPILING, compiled, inlined, part
from tripleaim.people import EPOCH_YEAR, HIGHEST, People, lane_stream, quantiles, shares_below_each
from tripleaim.projection.laws import Laws
from tripleaim.projection.newcomers import BORN, birth_keys, number_newcomers
from tripleaim.projection.random_numbers import draw, luck_of

Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]

LEAST_RANDOM = 2.0**-33
"""Lots lie in the middle of 2 ** 32 equal parts of what is between 0 and 1; this is the first."""

BLOCK = 512
"""Children whose random and normal numbers lie in the cache nearest the processor together."""

PIECE = 4096
"""Children whom a thread takes on at once."""


class Rules(NamedTuple):
    """What laws say of births, as the compiled pass reads it.

    streams, came   (steps,) luck of the year; by how much a child's number is above its mother's
    january, death  (steps,) months from January 1880 to the 1 January at its start; (steps, 2)
    keys            of the random numbers, in the order of `birth_keys`
    bits, at_birth  (C,) conditions that a child may be born with, as bits; (C, 2) how often
    ties, pull      (R, R) and (R, 5) as the laws have them; mean, scale (R,) of each row of `pull`
    """

    streams: npt.NDArray[np.uint64]
    came: npt.NDArray[np.uint64]
    january: npt.NDArray[np.int64]
    death: Floats
    keys: Words
    male_share: float
    bits: Words
    at_birth: Floats
    ties: Floats
    pull: Floats
    mean: Floats
    scale: Floats


class Columns(NamedTuple):
    """Columns of the children that the compiled pass fills: those of `People`, and who lives."""

    person: npt.NDArray[np.uint64]
    birth: npt.NDArray[np.int16]
    sex: npt.NDArray[np.int8]
    conditions: Words
    frailty: npt.NDArray[np.float32]
    ranks: npt.NDArray[np.uint16]
    survived: Mask


def children_of(
    people: People,
    mother: npt.NDArray[np.uint64],
    root: Rows,
    step: Rows,
    laws: Laws,
    *,
    threads: int,
) -> tuple[People, Mask]:
    """One child of each mother, in their order, and who of them lives to the next 1 January.

    Each mother has the number `mother`, is otherwise the person of `people` in row `root`, and
    gives birth in step `step`, from 0; all three are as long. The children are those of
    `plain_births`, to the byte, on any number of threads.
    """
    born = len(mother)
    lsoa = people.lsoa[root]
    columns = Columns(
        person=np.empty(born, dtype=np.uint64),
        birth=np.empty(born, dtype=np.int16),
        sex=np.empty(born, dtype=np.int8),
        conditions=np.empty(born, dtype=np.uint32),
        frailty=np.empty(born, dtype=np.float32),
        ranks=np.empty((len(laws.risk_levels), born), dtype=np.uint16),
        survived=np.empty(born, dtype=np.bool_),
    )
    mothers = (
        _as(np.uint64, mother),
        _as(np.int64, step),
        people.areas.quintile[lsoa],
    )
    rules = _rules(laws, people.seed)

    def add_births(cut: tuple[int, int]) -> None:
        _fill_births(*cut, mothers, rules, columns)

    with COMPILING:
        add_births((0, 0))  # nobody is born, but the pass compiled
    cuts = list(pairwise([*range(0, born, PIECE), born]))
    if threads == 1 or len(cuts) == 1:
        add_births((0, born))
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(add_births, cuts))
    born_columns = columns._asdict()
    survived: Mask = born_columns.pop("survived")
    practice, resident = people.practice[root], people.resident[root]
    return replace(
        people, **born_columns, lsoa=lsoa, practice=practice, resident=resident
    ), survived


def _as(kind: type[np.generic], array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """An array as the pass is compiled for: of that type, in rows, not read-only."""
    return np.require(array, kind, ["C", "W"])


def _rules(laws: Laws, seed: int) -> Rules:
    risks, years = len(laws.risk_levels), [int(year[:4]) for year in laws.years[:-1]]
    # Others than these are never below a random number, so that none of theirs has to be drawn.
    conditions = np.flatnonzero((laws.at_birth > LEAST_RANDOM).any(axis=1))
    pulls = laws.rank_gradient if len(laws.rank_gradient) else np.zeros((risks, 5))
    nobody = np.zeros(1, dtype=np.uint64)
    came = [number_newcomers(nobody, y, BORN)[0] for y in range(laws.steps)]
    return Rules(
        streams=np.array([lane_stream(seed, year) for year in years], dtype=np.uint64),
        came=np.array(came, dtype=np.uint64),
        january=np.array([(year + 1 - EPOCH_YEAR) * 12 for year in years], dtype=np.int64),
        death=_as(np.float64, laws.newborn_death),
        keys=birth_keys(laws, conditions),
        male_share=float(laws.male_share),
        bits=np.uint32(1) << conditions.astype(np.uint32),
        at_birth=_as(np.float64, laws.at_birth[conditions]),
        ties=_as(np.float64, laws.rank_ties if len(laws.rank_ties) else np.eye(risks)),
        pull=_as(np.float64, pulls),
        mean=np.array([pull.mean() for pull in pulls], dtype=np.float64),
        scale=np.array([np.sqrt(1 + pull.var()) for pull in pulls], dtype=np.float64),
    )


LAST = float(HIGHEST)


@inlined
def _random(low: Any, high: Any, key: Any) -> Any:
    """A draw as a number between 0 and 1, neither of them included."""
    return (np.float64(draw(low, high, key)) + 0.5) * 2.0**-32


@compiled
def _fill_births(first: Any, last: Any, mothers: Any, rules: Any, columns: Any) -> None:
    """Fills `columns` from row `first` to `last`, one block of children after the other."""
    mother, step, quintile = mothers
    keys, january, ranks = rules.keys, rules.january, columns.ranks
    person, birth, sex = columns.person, columns.birth, columns.sex
    conditions, frailty, survived = columns.conditions, columns.frailty, columns.survived
    low, high = np.empty(BLOCK, np.uint32), np.empty(BLOCK, np.uint32)
    random, normal = np.empty(BLOCK), np.empty((len(ranks) + 1, BLOCK))
    for a in range(first, last, BLOCK):
        b = min(a + BLOCK, last)
        n = b - a
        for i in range(n):
            person[a + i] = mother[a + i] + rules.came[step[a + i]]
            low[i], high[i] = luck_of(person[a + i], rules.streams[step[a + i]])
        for i in range(n):
            y, girl = step[a + i], _random(low[i], high[i], keys[0]) >= rules.male_share
            sex[a + i] = girl
            birth[a + i] = january[y] + np.int64(_random(low[i], high[i], keys[1]) * 12)
            survived[a + i] = _random(low[i], high[i], keys[2]) >= rules.death[y, np.int64(girl)]
            conditions[a + i] = 0
        at = 3
        for c in range(len(rules.bits)):
            _draw_random(keys[at], low[:n], high[:n], random)
            _add_condition(random, sex[a:b], rules.at_birth[c], rules.bits[c], conditions[a:b])
            at += 1
        for e in range(len(normal)):
            _draw_random(keys[at], low[:n], high[:n], random)
            quantiles(random[:n], normal[e])
            at += 1
        for i in range(n):
            frailty[a + i] = normal[0, i]
        for r in range(len(ranks)):
            _tie(rules.ties[r, : r + 1], normal[1:, :n], random)
            _pull(random, quintile[a:b], rules.pull[r], rules.mean[r], rules.scale[r])
            shares_below_each(random[:n], normal[0])  # frailty is told by now
            _rank(normal[0], ranks[r, a:b])


@part
def _draw_random(key: Any, low: Any, high: Any, random: Any) -> None:
    for i in range(len(low)):
        random[i] = _random(low[i], high[i], key)


@part
def _add_condition(random: Any, sex: Any, shares: Any, bit: Any, conditions: Any) -> None:
    """Adds one condition to those who are born with it."""
    boys, girls = shares[0], shares[1]
    for i in range(len(sex)):
        has = random[i] < (girls if sex[i] else boys)
        conditions[i] |= bit if has else np.uint32(0)


@part
def _tie(ties: Any, normal: Any, out: Any) -> None:
    """One risk factor's number of each child from its independent ones, added up in their order."""
    for i in range(normal.shape[1]):
        out[i] = 0.0
    for o in range(len(ties)):
        for i in range(normal.shape[1]):
            out[i] += ties[o] * normal[o, i]


@part
def _pull(random: Any, quintile: Any, pull: Any, mean: Any, scale: Any) -> None:
    for i in range(len(quintile)):
        random[i] = (random[i] + pull[quintile[i] - 1] - mean) / scale


@part
def _rank(share: Any, ranks: Any) -> None:
    for i in range(len(ranks)):
        ranks[i] = np.int32(min(share[i] * 65536.0, LAST))
