"""Waiting for another process, which says nothing when it is there."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOOK = 0.05
"""Seconds between two looks."""

LATEST = 600.0
"""Seconds after which something is taken to have gone wrong, however busy the machine is."""


def wait(until: Callable[[], bool], seconds: float = LATEST) -> None:
    """Look until it is so; fail once it has taken too long."""
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "it took too long"
        time.sleep(LOOK)


@contextmanager
def paused(process: int) -> Iterator[None]:
    """Another process stands still, so that what it says can be looked at however long it takes."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)
