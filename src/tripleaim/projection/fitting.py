"""Sums and solutions over people sorted by sex and age: what fitting spends its time on."""
# ruff: noqa: PLR0917
# Arrays for arguments, not a record of them: what the compiler does best on.
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from typing import Any

import numpy as np

from tripleaim.compiling import compiled, part
from tripleaim.projection.probabilities import HIGHEST, exponential
from tripleaim.projection.relative import CHUNK, CHUNK_MASK
from tripleaim.projection.vector_ops import times_row
from tripleaim.projection.vitals import AGES, POOLED_FROM

ONE = np.float32(1)
BLOCK = 256
"""People whose relative risks lie in the cache nearest the processor together."""

SECOND, THIRD = np.uint32(CHUNK), np.uint32(2 * CHUNK)

MOST_ROUNDS = 30
CLOSE = 1e-6
"""How near expected events come to those wanted before the last round, which squares the rest."""

_exponential = part(exponential)


@compiled
def relatives(
    size, first, last, bits, quintile, factor, sex, age, ranks, cut_of, thresholds, c0, c1, c2,
    tables, of_quintile, frail, risk, starts, relative,
):  # fmt: skip
    """Fills `found` (lanes, people) from person `first` to `last` with each one's relative risks.

    The product runs: quintile and conditions; frailty; risk factors in their order. `thresholds`
    (2, AGES, cuts) are the ranks at which a factor's next level begins, `cut_of` whose each is.
    """
    product = np.empty((BLOCK, len(size)), np.float32)
    own = np.ones((1, len(size)), np.float32)
    level = np.zeros(ranks.shape[0], np.int64)
    for begin in range(first, last, BLOCK):
        end = min(begin + BLOCK, last)
        for i in range(begin, end):
            at, b, s, a = i - begin, bits[i], sex[i], age[i]
            times_row(size, product, at, c0, b & CHUNK_MASK, of_quintile[s], quintile[i])
            if tables > 1:
                times_row(size, product, at, c1, (b >> SECOND) & CHUNK_MASK, product, at)
            if tables > 2:
                times_row(size, product, at, c2, (b >> THIRD) & CHUNK_MASK, product, at)
            for lane in range(len(size)):
                own[0, lane] = factor[i] if frail[lane] > 0 else ONE
            times_row(size, product, at, own, 0, product, at)
            for r in range(len(level)):  # a slice takes the compiler seconds
                level[r] = starts[r]
            for c in range(len(cut_of)):
                level[cut_of[c]] += ranks[cut_of[c], i] >= thresholds[s, a, c]
            for r in range(len(level)):
                times_row(size, product, at, risk[s, a], level[r], product, at)
        for lane in range(len(size)):
            for i in range(begin, end):
                relative[lane, i] = product[i - begin, lane]


@part
def _miss(f, wanted, relative, hazard, missed):
    """Each person's hazard, and the chance that it misses them once it is times `f`."""
    for i in range(len(relative)):
        hazard[i] = wanted * relative[i]
    for i in range(len(relative)):
        missed[i] = _exponential(-min(f * hazard[i], HIGHEST))


@compiled
def exposed(conditions, k, alive):
    """The share of each person who is `alive`, zero where they have condition `k` already."""
    share = np.empty(len(alive))
    for i in range(len(alive)):
        share[i] = 0.0 if (conditions[i] >> k) & np.uint32(1) else alive[i]
    return share


@compiled
def solve(wanted, relative, weight, edges, factor):
    """Factors f by cell so that the mean of 1 - exp(-wanted f relative) is 1 - exp(-wanted).

    `wanted` (cells,) hazards by sex and age; people stand sorted by cell, `edges` says from where
    to where; means are weighted. Newton's method from below, which this concave function keeps
    below. Ages from POOLED_FROM share a factor. Fills `factor` (cells,), nan where there is nobody.
    """
    cells = len(wanted)
    hazard, missed = np.empty(BLOCK), np.empty(BLOCK)
    for cell in range(cells):
        age = cell % AGES
        if age > POOLED_FROM:
            factor[cell] = factor[cell - 1]
            continue
        to = cell + 1 if age < POOLED_FROM else cell + AGES - POOLED_FROM
        target, first = 0.0, 0.0
        for c in range(cell, to):
            chance = 1.0 - _exponential(-min(wanted[c], HIGHEST))
            for i in range(edges[c], edges[c + 1]):
                target += weight[i] * chance
                first += weight[i] * wanted[c] * relative[i]
        if first <= 0:
            factor[cell] = np.nan
            continue
        f = target / first
        for _ in range(MOST_ROUNDS):
            expected, slope = 0.0, 0.0
            for c in range(cell, to):
                for begin in range(edges[c], edges[c + 1], BLOCK):
                    end = min(begin + BLOCK, edges[c + 1])
                    # Apart from the sums, which are in order, so that the processor takes several
                    # people at a time.
                    _miss(f, wanted[c], relative[begin:end], hazard, missed)
                    for i in range(begin, end):
                        s, m = hazard[i - begin], missed[i - begin]
                        expected += weight[i] * (1.0 - m)
                        slope += weight[i] * s * m
            gap = target - expected
            if slope > 0:
                f += gap / slope
            if gap <= CLOSE * target:
                break
        factor[cell] = f


@compiled
def deaths_expected(wanted, relative, edges, dying):
    """Fills `dying` with each person's chance, for hazards by cell times their relative."""
    for c in range(len(wanted)):
        for i in range(edges[c], edges[c + 1]):
            dying[i] = 1.0 - _exponential(-min(wanted[c] * relative[i], HIGHEST))


def nearest(factor: Any) -> Any:
    """A cell without people takes the factor of the nearest age of its sex, else 1."""
    for row in factor.reshape(-1, AGES):
        known = np.flatnonzero(np.isfinite(row))
        if len(known):
            row[:] = row[known[np.abs(known[:, None] - np.arange(AGES)).argmin(axis=0)]]
        else:
            row[:] = 1.0
    return factor
