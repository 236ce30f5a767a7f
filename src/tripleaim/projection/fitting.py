"""Sums and solutions over people sorted by sex and age: what fitting spends its time on."""
# ruff: noqa: PLR0917
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from typing import Any

import numpy as np

from tripleaim.projection.chance import HIGHEST, exponential
from tripleaim.projection.compiling import compiled, part
from tripleaim.projection.relative import CHUNK, CHUNK_MASK
from tripleaim.projection.vitals import AGES, POOLED_FROM

SECOND, THIRD = np.uint32(CHUNK), np.uint32(2 * CHUNK)

MOST_ROUNDS = 30
CLOSE = 1e-6
"""How near expected events come to those wanted before the last round, which squares the rest."""

_exponential = part(exponential)


@compiled
def relatives(
    bits, quintile, factor, sex, age, levels, c0, c1, c2, tables, of_quintile, frail, risk, starts
):
    """(lanes, people) each person's relative risk: conditions, quintile, frailty, risk levels."""
    lanes, people = of_quintile.shape[2], len(bits)
    found = np.empty((lanes, people), np.float32)
    row = np.empty(lanes, np.float32)
    for i in range(people):
        b, q = bits[i], quintile[i]
        for lane in range(lanes):
            x = of_quintile[sex[i], q, lane] * c0[b & CHUNK_MASK, lane]
            if tables > 1:
                x *= c1[(b >> SECOND) & CHUNK_MASK, lane]
            if tables > 2:
                x *= c2[(b >> THIRD) & CHUNK_MASK, lane]
            row[lane] = x * (factor[i] if frail[lane] > 0 else np.float32(1))
        for r in range(levels.shape[0]):
            at = starts[r] + levels[r, i]
            for lane in range(lanes):
                row[lane] *= risk[sex[i], age[i], at, lane]
        for lane in range(lanes):
            found[lane, i] = row[lane]
    return found


@compiled
def solve(wanted, relative, weight, edges, factor):
    """Factors f by cell so that the mean of 1 - exp(-wanted f relative) is 1 - exp(-wanted).

    `wanted` (cells,) hazards by sex and age; people stand sorted by cell, `edges` says from where
    to where; means are weighted. Newton's method from below, which this concave function keeps
    below. Ages from POOLED_FROM share a factor. Fills `factor` (cells,), nan where there is nobody.
    """
    cells = len(wanted)
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
            found, slope = 0.0, 0.0
            for c in range(cell, to):
                h = wanted[c]
                for i in range(edges[c], edges[c + 1]):
                    s = h * relative[i]
                    missed = _exponential(-min(f * s, HIGHEST))
                    found += weight[i] * (1.0 - missed)
                    slope += weight[i] * s * missed
            gap = target - found
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
