"""The simple model in NumPy, three times: peers, no straw men.

`textbook` is what most would write: a column a fact, a double drawn for each event of everybody.
`packed` is what a careful modeller makes of it: conditions as bits, a float32 drawn for each event
of each living person, no selection where none is needed (an onset in somebody who has the condition
changes nothing), and the dead leave the columns.

`one_draw` is the trick of a packed-state kernel, in NumPy: one whole-number draw for each person
and year against the chance that anything happens at all, and more draws only for the few to whom
something does. It holds for this model alone, where nothing that a person has changes a chance.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bench.reference import Timed, reported
from bench.simple_inputs import AGES, CONDITIONS, Start, chances, start

K = len(CONDITIONS)
BLOCK = 1 << 16
Counts = npt.NDArray[np.int64]


def textbook(begin: Start, years: int, seed: int, timed: Timed) -> Counts:
    """Counts of each year, from whole columns; shape (years + 1, 7)."""
    rng = np.random.default_rng(seed)
    table = chances()
    counts = np.zeros((years + 1, K + 2), dtype=np.int64)
    with timed:
        sex, age = begin.sex.astype(np.intp), begin.age.astype(np.intp)
        alive = np.ones(len(age), dtype=np.bool_)
        has = [(begin.conditions >> np.uint8(k) & np.uint8(1)).view(np.bool_) for k in range(K)]
        for year in range(years + 1):
            none = alive & ~np.logical_or.reduce(has)
            counts[year] = [alive.sum(), *((alive & one).sum() for one in has), none.sum()]
            if year == years:
                break
            now = np.minimum(age + year, AGES - 1)
            died = alive & (rng.random(len(age)) < table[sex, now, 0])
            alive &= ~died
            for k in range(K):
                has[k] |= alive & (rng.random(len(age)) < table[sex, now, k + 1])
    return counts


def packed(begin: Start, years: int, seed: int, timed: Timed) -> Counts:
    """Counts of each year, from the living alone and bits; shape (years + 1, 7)."""
    rng = np.random.Generator(np.random.SFC64(seed))
    table = np.ascontiguousarray(chances().reshape(-1, K + 1).T.astype(np.float32))
    counts = np.zeros((years + 1, K + 2), dtype=np.int64)
    with timed:
        cell = begin.sex.astype(np.intp) * AGES + begin.age
        last = begin.sex.astype(np.intp) * AGES + AGES - 1
        bits = begin.conditions.copy()
        lot = np.empty(len(cell), dtype=np.float32)
        counts[0] = _counted(bits)
        for year in range(years):
            lot = lot[: len(cell)]
            for k in range(K):
                rng.random(dtype=np.float32, out=lot)
                bits |= (lot < table[k + 1].take(cell)).view(np.uint8) << np.uint8(k)
            rng.random(dtype=np.float32, out=lot)
            lives = lot >= table[0].take(cell)
            cell, last, bits = cell[lives], last[lives], bits[lives]
            np.minimum(cell + 1, last, out=cell)
            counts[year + 1] = _counted(bits)
    return counts


def one_draw(begin: Start, years: int, seed: int, timed: Timed) -> Counts:
    """Counts of each year by one draw a person and year; shape (years + 1, 7)."""
    rng = np.random.Generator(np.random.SFC64(seed))
    chance = chances().reshape(-1, K + 1)
    anything = 1 - np.prod(1 - chance, axis=1)
    threshold = np.round(anything * 2.0**32).astype(np.uint32)
    counts = np.zeros((years + 1, K + 2), dtype=np.int64)
    with timed:
        for at in range(0, len(begin.age), BLOCK):
            sex, age = begin.sex[at : at + BLOCK], begin.age[at : at + BLOCK]
            cell = sex.astype(np.intp) * AGES + age
            last = sex.astype(np.intp) * AGES + AGES - 1
            bits = begin.conditions[at : at + BLOCK].copy()
            counts[0] += _counted(bits)
            for year in range(years):
                words = rng.bit_generator.random_raw((len(cell) + 1) // 2)
                hit = np.flatnonzero(words.view(np.uint32)[: len(cell)] < threshold.take(cell))
                died = _events(rng, chance[cell[hit]], bits, hit)
                cell, last, bits = (np.delete(column, died) for column in (cell, last, bits))
                np.minimum(cell + 1, last, out=cell)
                counts[year + 1] += _counted(bits)
    return counts


def _events(
    rng: np.random.Generator,
    chance: npt.NDArray[np.float64],
    bits: npt.NDArray[np.uint8],
    hit: npt.NDArray[np.intp],
) -> npt.NDArray[np.intp]:
    """Onsets, written into `bits`, of people to whom something happens; returns who dies.

    Event by event: as long as nothing has happened to a person, the chance is that of this event
    given that it or a later one happens.
    """
    later = 1 - np.cumprod(1 - chance[:, ::-1], axis=1)[:, ::-1]
    given = np.divide(chance, later, out=np.zeros_like(chance), where=later > 0)
    nothing_yet = np.ones(len(hit), dtype=np.bool_)
    died = np.zeros(len(hit), dtype=np.bool_)
    for k in range(K + 1):
        p = np.where(nothing_yet, given[:, k], chance[:, k])
        happens = rng.random(len(hit)) < p
        nothing_yet &= ~happens
        if k == 0:
            died = happens
        else:
            bits[hit[happens]] |= np.uint8(1 << (k - 1))
    return hit[died]


def _counted(bits: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """The living, those with each condition, with none: by one histogram of the 32 states."""
    states = np.bincount(bits, minlength=1 << K)
    which = np.arange(1 << K)
    having = [states[which & (1 << k) > 0].sum() for k in range(K)]
    return np.array([len(bits), *having, states[0]])


if __name__ == "__main__":
    reported(
        {"textbook": textbook, "packed": packed, "one_draw": one_draw},
        f"NumPy {np.__version__}",
        start,
    )
