"""Start a job's worker, stop it, and find the one that is running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tripleaim.jobs.folder import Job, jobs_of
from tripleaim.jobs.order import Order
from tripleaim.place import InputError


def start(data: Path, order: Order) -> Job:
    """Begin an order, or take it up where it was stopped, in a process of its own.

    What is done or under way is left as it is. One job runs at a time in a data folder: raises
    InputError, naming the other, if one does.
    """
    job = Job.of(data, order)
    if job.report.state in ("done", "running"):
        return job
    other = running(data)
    if other is not None:
        raise InputError(
            "expected no other long job at work; wait for it or stop it",
            value=f"{other.order.kind} {other.order.id}",
        )
    job.place_order()
    log = (job.folder / "worker.log").open("ab")
    with log:
        subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-m", "tripleaim.jobs", str(job.folder)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    return job


def stop(job: Job) -> None:
    """Ask a running job to stop; it keeps what it has done. Nothing happens to one at rest."""
    report = job.report
    if report.state == "running" and report.process:
        os.kill(report.process, signal.SIGTERM)


def running(data: Path) -> Job | None:
    """The job at work in a data folder, if any."""
    for runs in sorted(data.glob("*/runs")):
        for job in jobs_of(data, runs.parent.name):
            if job.is_held:
                return job
    return None
