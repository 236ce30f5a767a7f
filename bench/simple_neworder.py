"""The simple model in neworder (Smith, Journal of Open Source Software 6(63), 2021).

Its timeline and its Monte Carlo engine, in serial; state in NumPy columns rather than in a data
frame, which is quicker for it.
"""

from __future__ import annotations

import neworder
import numpy as np
import numpy.typing as npt

from bench.reference import Timed, reported
from bench.simple_inputs import AGES, CONDITIONS, Start, chances, counted, start

K = len(CONDITIONS)


class SimpleModel(neworder.Model):
    """Deaths and onsets by `mc.hazard`, which draws from an array of probabilities."""

    def __init__(self, begin: Start, years: int, seed: int) -> None:
        super().__init__(neworder.LinearTimeline(0, years, years), lambda: seed)
        self.table = np.ascontiguousarray(chances().reshape(-1, K + 1).T)
        self.cell = begin.sex.astype(np.intp) * AGES + begin.age
        self.last = begin.sex.astype(np.intp) * AGES + AGES - 1
        self.bits = begin.conditions.copy()
        self.counts = [self._count()]

    def step(self) -> None:
        """A year: onsets, then deaths (who dies is counted no more), then a birthday."""
        for k in range(K):
            onset = self.mc.hazard(self.table[k + 1].take(self.cell))
            self.bits |= onset.astype(np.uint8) << np.uint8(k)
        lives = self.mc.hazard(self.table[0].take(self.cell)) == 0
        self.cell, self.last, self.bits = self.cell[lives], self.last[lives], self.bits[lives]
        self.cell = np.minimum(self.cell + 1, self.last)

    def check(self) -> bool:
        """Called after each step: the year's counts."""
        self.counts.append(self._count())
        return True

    def _count(self) -> list[int]:
        return counted(np.ones(len(self.bits), dtype=np.bool_), self.bits)


def stepped(begin: Start, years: int, seed: int, timed: Timed) -> npt.NDArray[np.int64]:
    """Counts of each year; shape (years + 1, 7)."""
    model = SimpleModel(begin, years, seed)
    with timed:
        neworder.run(model)
    return np.array(model.counts)


if __name__ == "__main__":
    reported({"stepped": stepped}, f"neworder {neworder.__version__}", start)
