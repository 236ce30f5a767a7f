"""The simple model as a kernel made for it: an upper limit, which no engine for real use reaches.

A person and year has one draw, hashed from the two (the finaliser of MurmurHash3), compared with
the chance that anything happens at all; more draws only where something does. A person's whole
life is led before the next one's.
"""

from __future__ import annotations

import numba as nb
import numpy as np
import numpy.typing as npt

from bench.reference import Timed, reported
from bench.simple_inputs import AGES, CONDITIONS, Start, chances, start

K = len(CONDITIONS)
Counts = npt.NDArray[np.int64]


@nb.njit(inline="always")
def _mixed(key):
    key = (key ^ (key >> nb.uint64(33))) * nb.uint64(0xFF51AFD7ED558CCD)
    key = (key ^ (key >> nb.uint64(33))) * nb.uint64(0xC4CEB9FE1A85EC53)
    return key ^ (key >> nb.uint64(33))


@nb.njit
def _one_year(bits, chance, key):
    """What happens to somebody to whom something does: new bits, and whether they die."""
    later = nb.float64(1.0)
    for k in range(K + 1):
        later *= 1.0 - chance[k]
    nothing_yet, died = True, False
    for k in range(K + 1):
        key = _mixed(key + nb.uint64(0x9E3779B97F4A7C15))
        # As long as nothing has happened: of this event, given that it or a later one happens.
        p = chance[k] / (1.0 - later) if nothing_yet else chance[k]
        later = later / (1.0 - chance[k]) if chance[k] < 1.0 else 0.0
        if (key >> nb.uint64(11)) * 2.0**-53 < p:
            nothing_yet = False
            if k == 0:
                died = True
            else:
                bits |= 1 << (k - 1)
    return bits, died


@nb.njit(parallel=True)
def _lives(sex, age, bits, threshold, chance, stream, years, threads):  # noqa: PLR0917
    """Changes in how many are in each state, (threads, years + 1, 32): at the start, by year."""
    change = np.zeros((threads, years + 1, 1 << K), dtype=np.int64)
    people = len(sex)
    for t in nb.prange(threads):
        mine = change[t]
        for i in range(people * t // threads, people * (t + 1) // threads):
            at, has = nb.int64(sex[i]) * (AGES + years) + nb.int64(age[i]), nb.int64(bits[i])
            counter = stream + nb.uint64(i) * nb.uint64(64)
            mine[0, has] += 1
            for year in range(years):
                key = _mixed(counter + nb.uint64(year))
                if (key >> nb.uint64(32)) < threshold[at + year]:
                    after, died = _one_year(has, chance[at + year], key)
                    mine[year + 1, has] -= 1
                    if died:
                        break
                    mine[year + 1, after] += 1
                    has = after
    return change


def led(begin: Start, years: int, seed: int, timed: Timed) -> Counts:
    """Counts of each year; shape (years + 1, 7)."""
    table = chances()
    oldest = np.repeat(table[:, -1:], years, axis=1)
    chance = np.concatenate([table, oldest], axis=1).reshape(-1, K + 1)
    threshold = np.round((1 - np.prod(1 - chance, axis=1)) * 2.0**32).astype(np.uint64)
    tables = (threshold, chance, np.uint64(seed) << np.uint64(40), years, nb.get_num_threads())
    _lives(begin.sex[:9], begin.age[:9], begin.conditions[:9], *tables)  # compiled beforehand
    with timed:
        change = _lives(begin.sex, begin.age, begin.conditions, *tables)
    states, which = change.sum(axis=0).cumsum(axis=0), np.arange(1 << K)
    having = [states[:, which & (1 << k) > 0].sum(axis=1) for k in range(K)]
    return np.stack([states.sum(axis=1), *having, states[:, 0]], axis=1)


if __name__ == "__main__":
    reported({"led": led}, f"Numba {nb.__version__}", start)
