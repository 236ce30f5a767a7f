"""Rows taken a piece at a time, on every core; what is worked out for a row depends on no other."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

PIECE = 1 << 15
"""Rows that a thread takes on at once: a few columns of them lie in its core's cache."""


class Pieces:
    """The rows 0 to `length` as slices, worked off by as many threads as there are cores.

    Threads help where the work is NumPy's or compiled. To be used in a `with` block.
    """

    def __init__(self, length: int, threads: int | None = None) -> None:
        self.slices = [slice(at, min(at + PIECE, length)) for at in range(0, length, PIECE)]
        threads = min(threads or os.cpu_count() or 1, len(self.slices))
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None

    def __enter__(self) -> Pieces:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown()

    def each(self, work: Callable[[slice], object]) -> None:
        """Do `work` for every slice; raises what it raises."""
        if self._pool is None:
            for rows in self.slices:
                work(rows)
        else:
            for _ in self._pool.map(work, self.slices):
                pass
