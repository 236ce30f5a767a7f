"""Several orders worked off one after the other, beside whatever else a process does."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tripleaim.jobs.folder import Job
from tripleaim.jobs.orders import Order
from tripleaim.jobs.starting import running, start, stop
from tripleaim.place import InputError

LOOK = 0.5
"""Seconds between two looks at a job."""


@contextmanager
def one_after_the_other(data: Path, orders: Sequence[Order]) -> Iterator[threading.Event]:
    """Work off `orders` in `data` while the block runs; the event says that all is at rest.

    What is done already is passed over, and another's job is waited for. A job that somebody stops
    ends it: they want the machine. What is at work at the end of the block is stopped, and keeps
    what it has done.
    """
    leave, rested = threading.Event(), threading.Event()
    working = threading.Thread(target=_work_off, args=(data, orders, leave, rested), daemon=True)
    working.start()
    try:
        yield rested
    finally:
        leave.set()
        working.join(timeout=10)


def _work_off(
    data: Path, orders: Sequence[Order], leave: threading.Event, rested: threading.Event
) -> None:
    try:
        for order in orders:
            job = _begun(data, order, leave)
            if job is None or not _worked_off(job, leave):
                return
    finally:
        rested.set()


def _begun(data: Path, order: Order, leave: threading.Event) -> Job | None:
    """The job of an order, begun once no other is at work; None if that cannot be."""
    while not leave.is_set():
        try:
            return start(data, order)
        except InputError:
            if running(data) is None and not leave.wait(LOOK):
                return None
            leave.wait(LOOK)
    return None


def _worked_off(job: Job, leave: threading.Event) -> bool:
    """Wait for a job; False where it is not to be followed by another."""
    while job.report.state == "running":
        if leave.wait(LOOK):
            stop(job)
            return False
    return job.report.state != "stopped"
