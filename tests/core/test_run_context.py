"""A long job says how far it is, and stops between two steps when it is asked to."""

from __future__ import annotations

import pytest

from tripleaim.core import UNWATCHED, RunContext, Stopped


def test_a_report_reaches_whoever_watches() -> None:
    told: list[tuple[str, float]] = []
    RunContext(7, lambda what, done: told.append((what, done))).report("counting", 0.5)
    assert told == [("counting", 0.5)]


def test_a_part_is_reported_as_the_whole_that_it_belongs_to() -> None:
    told: list[tuple[str, float]] = []
    context = RunContext(7, lambda what, done: told.append((what, done)))
    part = context.within("the whole", 0.5, 1.0)
    part.report("a step", 0.0)
    part.within("of no matter").report("a smaller step", 1.0)
    assert told == [("the whole", 0.5), ("the whole", 1.0)]
    assert part.seed == 7


def test_a_job_that_is_asked_to_stop_does_so_at_its_next_report() -> None:
    asked = False
    context = RunContext(7, stop=lambda: asked)
    context.report("counting", 0.25)
    asked = True
    with pytest.raises(Stopped, match="25% of this done: counting"):
        context.within("counting").report("counting", 0.25)


def test_a_job_without_a_watcher_is_not_stopped() -> None:
    UNWATCHED.report("counting", 1.0)
