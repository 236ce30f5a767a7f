"""Several orders carried out one after the other, while the process does other things."""

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
    """Carry out `orders` in `data` while the block runs; the event is set when no more will run.

    Finished jobs are skipped, and a job that somebody else started is waited for. If somebody stops
    a job, no other is started: they want the machine. A job that runs at the end of the block is
    stopped and keeps what it has done.
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
    """The job of an order, started once no other is running; None if it cannot be started."""
    while not leave.is_set():
        try:
            return start(data, order)
        except InputError:
            if running(data, order.kind) is None and not leave.wait(LOOK):
                return None
            leave.wait(LOOK)
    return None


def _worked_off(job: Job, leave: threading.Event) -> bool:
    """Wait for a job; False if no other is to follow."""
    while job.report.state == "running":
        if leave.wait(LOOK):
            stop(job)
            return False
    return job.report.state != "stopped"
