"""The cells that people's contacts are summed into: locality, age, sex, deprivation, segment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from tripleaim.activity.schema import AGE_BANDS, SEGMENTS
from tripleaim.compiling import compiled
from tripleaim.people import SEXES, People

Cells = npt.NDArray[np.int64]
QUINTILES = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class CellGrid:
    """Every combination of locality, age band, sex, quintile and segment, numbered from 0."""

    localities: tuple[str, ...]

    @classmethod
    def of(cls, people: People) -> CellGrid:
        """The grid of the localities that these people's practices are in."""
        return cls(tuple(sorted(set(people.areas.locality))))

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many labels each dimension has, in the order of the numbering."""
        return (len(self.localities), len(AGE_BANDS), len(SEXES), len(QUINTILES), len(SEGMENTS))

    def __len__(self) -> int:
        return int(np.prod(self.sizes))

    def cells(self, people: People, year: str, conditions: npt.NDArray[np.uint32]) -> Cells:
        """The cell of each person in `year`, given the condition bits they then have: (N,)."""
        locality = np.searchsorted(self.localities, people.areas.locality)[people.practice]
        numbered: Cells = np.ravel_multi_index(
            (
                locality,
                _band(people.age_in(year), [first for _, first in AGE_BANDS]),
                people.sex.astype(np.intp),
                people.quintile.astype(np.intp) - 1,
                _band(np.bitwise_count(conditions).astype(np.int16), [n for _, n in SEGMENTS]),
            ),
            self.sizes,
        )
        return numbered


def sums_by(group: Cells, values: npt.NDArray[np.floating], count: int) -> npt.NDArray[np.float64]:
    """The sums of `values` (N, P) over the rows of each group 0 to count - 1: (count, P)."""
    sums = np.zeros((count, values.shape[1]))
    _add_rows(group, np.ascontiguousarray(values), sums)
    return sums


@compiled
def _add_rows(group: Any, values: Any, sums: Any) -> None:
    """Adds each row to that of its group, in the order of rows."""
    for i in range(len(group)):
        for p in range(values.shape[1]):
            sums[group[i], p] += values[i, p]


def _band(values: npt.NDArray[np.int16], starts: list[int]) -> npt.NDArray[np.intp]:
    """Which band each value is in; below the first start counts as the first."""
    return np.maximum(np.searchsorted(starts, values, side="right") - 1, 0)
