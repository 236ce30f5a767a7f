"""How long work has lately taken, and so when a reader who finds a queue is to come again."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LATELY = 64
"""Pieces of work whose times are remembered."""

SOONEST, LATEST = 1, 60
"""Seconds after which a reader is told to come again, at least and at most."""


class WorkTimes:
    """Times of the last pieces of work, and of those that threads are at now.

    `clock` gives seconds from any start. Threads may use it at the same time.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._taken: deque[float] = deque(maxlen=LATELY)
        self._begun: dict[object, float] = {}

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Time a piece of work, the block."""
        piece = object()
        with self._lock:
            self._begun[piece] = self._clock()
        try:
            yield
        finally:
            with self._lock:
                self._taken.append(self._clock() - self._begun.pop(piece))

    def come_again(self, waiting: int, threads: int) -> int:
        """Whole seconds after which `threads` will have answered `waiting` requests, about.

        A piece takes what the last ones and those at work took on average, so that a server whose
        threads all hang says more and more. From `SOONEST` to `LATEST`.
        """
        with self._lock:
            now = self._clock()
            seconds = [*self._taken, *(now - began for began in self._begun.values())]
        each = sum(seconds) / len(seconds) if seconds else 0.0
        return min(max(math.ceil(each * waiting / threads), SOONEST), LATEST)
