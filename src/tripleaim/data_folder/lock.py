"""The lock of a folder: whoever holds it is the only one who works there.

The operating system frees it when its holder ends, however that ends.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from tripleaim.core import is_alive
from tripleaim.tables import InputError

LOOK = 0.01
"""Seconds between two tries."""

LOOKS = 10
"""How often a lock is tried that somebody holds who is not known to be at work."""

WAIT = 0.5
"""Seconds for which a lock is tried; a process that only looks holds it for an instant."""


class Locked(Exception):  # noqa: N818 - nothing went wrong: somebody was first
    """Another process, or another part of this one, holds the lock."""


@contextmanager
def locked(path: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the lock for the block; wait for ever with a `wait` below 0.

    Raises Locked if another holds it for longer than `wait` seconds, OSError where nothing can be
    written, InputError for a lock that is a link. The file stays where it is.
    """
    if path.is_symlink():  # what it leads to would be emptied
        raise InputError(
            "this is a link, and the program does not write through links; remove it", file=path
        )
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(timeout=wait, poll_interval=LOOK)
    except Timeout:
        raise Locked from None
    try:
        yield
    finally:
        lock.release()


def is_locked(path: Path, by: int) -> bool:
    """Whether the lock is held, `by` a process of this number as far as is known."""
    if path.is_symlink() or not path.exists():
        return False
    for _ in range(LOOKS):
        try:
            with locked(path, wait=0):
                return False
        except Locked:
            if is_alive(by):
                return True
        except OSError:  # read-only, or another's: who may not hold it can only look for its holder
            return is_alive(by)
        # Another who only looks, perhaps: not all of them are to look again at once.
        time.sleep(random.uniform(0, 2 * LOOK))  # noqa: S311 - no secret
    return True
