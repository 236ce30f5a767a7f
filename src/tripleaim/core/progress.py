"""How a long job says what it is doing."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called with what is being done, in a few words, and the share of it that is done (0 to 1)."""

    def __call__(self, what: str, done: float) -> None:
        """Report `what` as `done`."""


def silent(what: str, done: float) -> None:
    """Report nothing."""
