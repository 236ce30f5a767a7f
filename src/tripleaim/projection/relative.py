"""Factors that hang on which conditions a person has, looked up rather than multiplied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

CHUNK = 11
"""Bits looked up at once: tables of 2,048 rows stay in the processor's cache."""


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
        mask = np.uint32((1 << CHUNK) - 1)
        result: npt.NDArray[np.float32] = self.tables[0][bits & mask]
        for chunk, table in enumerate(self.tables[1:], start=1):
            result *= table[(bits >> np.uint32(chunk * CHUNK)) & mask]
        return result


def _products(factors: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    table = np.ones((1 << CHUNK, factors.shape[1]), dtype=np.float64)
    rows = np.arange(1 << CHUNK)
    for bit, factor in enumerate(factors):
        table[(rows >> bit) & 1 == 1] *= factor
    return table.astype(np.float32)
