"""Which of several processes takes the next reader: one that has no more of them than the others.

All wait at the same sockets. Without turns the first that wakes takes all who come at once, and the
others rest: half the time four readers who came together met one process of two, and got 13 new
scenarios a second between them, where two processes give 23.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import MutableSequence

NOBODY = -1
"""Stands for the readers of a process that takes none: it is starting, or has ended."""

STEP = 0.0003
"""Seconds for which a process lets others go first, each time."""

MOST_STEPS = 100
"""Times that one lets others go first; then it takes the reader, since the others may be stuck."""

SOON = 0.1
"""Seconds after which whom it let go first has been taken, and the next is another."""


class Turns:
    """How many readers each process has, seen by all; one object a process, for its number."""

    def __init__(self, readers: MutableSequence[int], number: int) -> None:
        self._readers, self._number = readers, number
        self._steps, self._last = 0, 0.0

    @classmethod
    def of(cls, processes: int) -> list[Turns]:
        """One for each process, to be handed to it when it is started."""
        readers = multiprocessing.get_context("spawn").RawArray("i", [NOBODY] * processes)
        return [cls(readers, number) for number in range(processes)]

    def tell(self, readers: int) -> None:
        """Let the others see how many readers this process has."""
        self._readers[self._number] = readers

    def leave(self) -> None:
        """Let the others see that this process takes nobody."""
        self.tell(NOBODY)

    def is_mine(self) -> bool:
        """Whether this process has no more readers than another, but for a quarter.

        The quarter keeps many short connections from waiting for a count that is a moment old.
        """
        others = [count for count in self._readers if count != NOBODY]
        return self._readers[self._number] <= 5 * min(others, default=0) // 4

    def let_others_first(self) -> bool:
        """Give another process a moment to take the reader who waits; False if it had its time."""
        if self.is_mine():
            return False
        now = time.monotonic()
        self._steps = 1 if now - self._last > SOON else self._steps + 1
        if self._steps > MOST_STEPS:
            self._steps = 0
            return False
        time.sleep(STEP)
        self._last = time.monotonic()
        return True
