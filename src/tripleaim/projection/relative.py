"""Factors that depend on which conditions a person has, looked up rather than multiplied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.core import Pieces

CHUNK = 11
"""Bits looked up at once: tables of so many bits' rows stay in the processor's cache."""

CHUNK_ROWS = 1 << CHUNK
"""Rows of such a table."""

CHUNK_MASK = np.uint32(CHUNK_ROWS - 1)
"""The bits of the first table."""


@dataclass(frozen=True)
class ConditionFactors:
    """The product of a factor for each condition that a person has, for one or several things.

    Built from `factors` of shape (conditions, things); `of(bits)` has shape (people, things).
    """

    tables: tuple[npt.NDArray[np.float32], ...]

    @classmethod
    def of_each(cls, factors: npt.NDArray[np.float64]) -> ConditionFactors:
        """Tables for conditions in the order of their bits."""
        return cls(
            tuple(
                _products(factors[first : first + CHUNK])
                for first in range(0, max(len(factors), 1), CHUNK)
            )
        )

    def of(self, bits: npt.NDArray[np.uint32]) -> npt.NDArray[np.float32]:
        """The product for each person, from their condition bits: shape (people, things)."""
        result = np.empty((len(bits), self.tables[0].shape[1]), dtype=np.float32)

        def fill(rows: slice) -> None:
            some = bits[rows]
            result[rows] = self.tables[0][some & CHUNK_MASK]
            for chunk, table in enumerate(self.tables[1:], start=1):
                result[rows] *= table[(some >> np.uint32(chunk * CHUNK)) & CHUNK_MASK]

        with Pieces(len(bits)) as pieces:
            pieces.each(fill)
        return result


def _products(factors: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    table = np.ones((CHUNK_ROWS, factors.shape[1]), dtype=np.float64)
    rows = np.arange(CHUNK_ROWS)
    for bit, factor in enumerate(factors):
        table[(rows >> bit) & 1 == 1] *= factor
    return table.astype(np.float32)
