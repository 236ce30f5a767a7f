"""Start a job's worker, stop it, and find the one that is running."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from tripleaim.core import own_session
from tripleaim.data_folder import locked, refuse_link
from tripleaim.jobs.folder import Job, Report, jobs_of, now
from tripleaim.jobs.kinds import KINDS
from tripleaim.jobs.orders import Order
from tripleaim.place import InputError


def start(data: Path, order: Order) -> Job:
    """Start an order, or continue it where it was stopped, in a process of its own.

    A job that is finished or running is left as it is. One job of plans that are there runs at a
    time in a data folder, and one that makes a plan: raises InputError, naming the other, if one
    does, or if the folder cannot be written.
    """
    job = Job.of(data, order)
    if job.report.state == "done":
        return job
    try:
        data.mkdir(parents=True, exist_ok=True)
        # One process at a time looks for a running job and starts another.
        with locked(data / ".starting.lock", wait=-1):
            other = running(data, order.kind)
            if other is not None and other != job:
                raise InputError(
                    "expected no other long job to be running; wait for it or stop it",
                    value=f"{other.order.kind} {other.order.id}",
                )
            if other is None:
                job.place_order()
                _begin(job)
    except OSError as refusal:
        raise InputError(f"cannot write there ({refusal.strerror})", file=data) from None
    return job


def _begin(job: Job) -> None:
    """A worker of its own for `job`, waited for until it holds the folder's lock.

    So nobody finds the job at rest once this is done.
    """
    log_file = job.folder / "worker.log"
    refuse_link(log_file, "remove it")
    with log_file.open("ab") as log:
        worker = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-X", "utf8", "-m", "tripleaim.jobs", str(job.folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            **own_session(),
        )
    assert worker.stdout is not None  # noqa: S101 - it was asked for
    with worker.stdout as words:
        begun = words.readline()
    if not begun and worker.wait() != 0:
        message = "The process ended before the job began. The log says why."
        job.write(Report("failed", "starting", 0.0, now(), now(), worker.pid, message))
    # Waited for, so that it leaves nothing behind in the list of processes.
    threading.Thread(target=worker.wait, daemon=True).start()


def stop(job: Job) -> None:
    """Ask a running job to stop; it keeps what it has done. Any other is left alone."""
    if job.report.state == "running":
        job.ask_to_stop()


def running(data: Path, kind: str) -> Job | None:
    """The job in a data folder for whose end one of a `kind` must wait, if any."""
    for runs in sorted(data.glob("*/runs")):
        for job in jobs_of(data, runs.parent.name):
            alike = KINDS[job.order.kind].of_a_plan == KINDS[kind].of_a_plan
            if alike and job.report.state == "running":
                return job
    return None
