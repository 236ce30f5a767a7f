"""Ranks with the range that uncertainty leaves: never one without the other."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

OUTSIDE = 0.1
"""The share of draws that a range may leave out at each end."""


@dataclass(frozen=True, slots=True)
class RankRange:
    """A place in the order, 1 the highest value, and between which places it may be."""

    rank: int
    low: int
    high: int


def rank_ranges(values: Floats, drawn: Floats) -> list[RankRange]:
    """The rank of each of `values` (B,), and its range over `drawn` (D, B).

    A range leaves out at most a tenth of the draws at each end, and holds the rank itself. Equal
    values share the better rank.
    """
    by_draw = np.sort(np.stack([_ranks(row) for row in drawn]), axis=0)
    count = len(by_draw)
    low = by_draw[math.floor(OUTSIDE * (count - 1))]
    high = by_draw[math.ceil((1 - OUTSIDE) * (count - 1))]
    return [
        RankRange(int(rank), int(min(rank, a)), int(max(rank, b)))
        for rank, a, b in zip(_ranks(values), low, high, strict=True)
    ]


def _ranks(values: Floats) -> npt.NDArray[np.int64]:
    """1 + how many are higher."""
    return np.asarray(1 + (values[None, :] > values[:, None]).sum(axis=1))
