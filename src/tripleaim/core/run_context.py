"""What a long job is given beside its inputs: seed, whom to tell how far it is, when to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

USUAL_SEED = 7
"""The seed of the pages, and of a run that asks for no other."""


class Progress(Protocol):
    """Called with what is being done, in a few words, and the share of it that is done (0 to 1)."""

    def __call__(self, what: str, done: float, /) -> None:
        """Report `what` as `done`."""


class Stopped(Exception):  # noqa: N818 - nothing went wrong: somebody asked
    """A job was asked to stop and did so between two steps. What it had kept by then is there."""

    def __init__(self, what: str, done: float) -> None:
        super().__init__(f"stopped with {done:.0%} of this done: {what}")
        self.what, self.done = what, done


def silent(what: str, done: float) -> None:
    """Report nothing."""


def never() -> bool:
    """Do not stop."""
    return False


@dataclass(frozen=True, slots=True)
class RunContext:
    """What a long job is given beside its inputs.

    seed       of everyone's luck; the only part that a result depends on
    progress   who is told how far the job is
    stop       whether the job is to stop; asked at every report, from any thread
    """

    seed: int
    progress: Progress = silent
    stop: Callable[[], bool] = never

    def report(self, what: str, done: float) -> None:
        """Say that the share `done` (0 to 1) of `what` is done. Raises Stopped if asked to stop."""
        self.progress(what, done)
        if self.stop():
            raise Stopped(what, done)

    def within(self, what: str, first: float = 0.0, last: float = 1.0) -> RunContext:
        """The context of a part of `what`, from its share `first` to its share `last`.

        Whatever the part calls its own steps, they are reported as `what`.
        """

        def as_part(_step: str, done: float) -> None:
            self.progress(what, first + (last - first) * done)

        return replace(self, progress=as_part)


UNWATCHED = RunContext(seed=0)
"""For what draws no luck of its own, where nobody waits to be told or may ask it to stop."""
