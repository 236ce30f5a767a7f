"""Shares of people with each condition by sex and age, without the chance of who was drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tripleaim.people import SEXES, Disease, People
from tripleaim.projection.vitals import AGES

Floats = npt.NDArray[np.float64]
CELLS = len(SEXES) * AGES

SHARE_YEARS = 10.0
"""Standard deviation of the kernel over ages for how far people's shares are from the shape of the
disease's file.

As long as an age band of registers. Narrower, and chance in a rare condition makes shares wobble
from age to age: onsets on the way up, people who lose it on the way down.
"""

HIGHEST_SHARE = 0.95
"""No share of people with a condition goes beyond this."""

TINY = 1e-12
"""Fewer people than this are nobody."""

LOG_ODDS, HALVINGS = 30.0, 60
"""How far, and in how many halvings, a shape's log-odds are moved to meet a number of people."""

_DISTANCE = np.arange(AGES)[:, None] - np.arange(AGES)[None, :]
_WIDE = np.exp(-0.5 * (_DISTANCE / SHARE_YEARS) ** 2)


def shares_by_age(people: People, year: str, diseases: Sequence[Disease]) -> Floats:
    """Share of people with each condition on the 1 January in `year`, (conditions, 2, AGES)."""
    age = np.clip(people.age_in(year), 0, AGES - 1).astype(np.int64)
    cell = people.sex.astype(np.int64) * AGES + age
    heads = _by_age(cell)
    shares = [
        share_by_age(
            _by_age(cell[(people.conditions >> np.uint32(k)) & np.uint32(1) > 0]), heads, d.shape
        )
        for k, d in enumerate(diseases)
    ]
    return np.array(shares).reshape(-1, len(SEXES), AGES)


def share_by_age(having: Floats, heads: Floats, shape: Floats) -> Floats:
    """The shape of a disease's file, times how far people are from it, smoothed over SHARE_YEARS.

    All (2, AGES): people with it, people, log-odds. As many of a sex expect it as have it.
    """
    # Log-odds are moved as a whole until as many expect it as have it: registers do so too.
    low, high = -LOG_ODDS, LOG_ODDS
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        short = (heads * _share_of(shape + middle)).sum() < having.sum()
        low, high = (middle, high) if short else (low, middle)
    alike = _share_of(shape + (low + high) / 2)
    share = alike * (having @ _WIDE) / np.maximum((heads * alike) @ _WIDE, TINY)
    expected = (heads * share).sum(axis=1, keepdims=True)
    level = having.sum(axis=1, keepdims=True) / np.maximum(expected, TINY)
    return np.asarray(np.minimum(share * level, HIGHEST_SHARE))


def _by_age(cell: npt.NDArray[np.int64]) -> Floats:
    """(2, AGES) people of each sex and age."""
    return np.bincount(cell, minlength=CELLS).reshape(-1, AGES).astype(np.float64)


def _share_of(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-log_odds)))
