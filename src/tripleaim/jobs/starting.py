"""Start a job's worker, stop it, and find the one that is running."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tripleaim.jobs.folder import Job, Report, jobs_of, now
from tripleaim.jobs.orders import Order
from tripleaim.place import InputError


def start(data: Path, order: Order) -> Job:
    """Start an order, or continue it where it was stopped, in a process of its own.

    A job that is finished or running is left as it is. One job runs at a time in a data folder:
    raises InputError, naming the other, if one does, or if the folder cannot be written.
    """
    job = Job.of(data, order)
    if job.report.state == "done":
        return job
    try:
        data.mkdir(parents=True, exist_ok=True)
        with _alone(data):
            other = running(data)
            if other is not None and other != job:
                raise InputError(
                    "expected no other long job at work; wait for it or stop it",
                    value=f"{other.order.kind} {other.order.id}",
                )
            job.place_order()
            _begin(job)
    except BlockingIOError:
        pass  # it is at work already
    except OSError as refusal:
        raise InputError(f"cannot write there ({refusal.strerror})", file=data) from None
    return job


def _begin(job: Job) -> None:
    """A worker of its own for `job`. Raises BlockingIOError if it has one."""
    # The lock is taken here and handed on, so that nobody finds the job at rest in between.
    with job.locked() as lock, (job.folder / "worker.log").open("ab") as log:
        worker = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-m", "tripleaim.jobs", str(job.folder), str(lock)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=(lock,),
        )
        job.write(Report("running", "starting", 0.0, now(), now(), worker.pid))
    # Waited for, so that it leaves nothing behind in the list of processes.
    threading.Thread(target=worker.wait, daemon=True).start()


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One process at a time looks for a running job and starts another."""
    with (data / ".starting.lock").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def stop(job: Job) -> None:
    """Ask a running job to stop; it keeps what it has done. Any other is left alone."""
    report = job.report
    if report.state == "running" and report.process:
        with suppress(ProcessLookupError):
            os.kill(report.process, signal.SIGTERM)


def running(data: Path) -> Job | None:
    """The job that is running in a data folder, if any."""
    for runs in sorted(data.glob("*/runs")):
        for job in jobs_of(data, runs.parent.name):
            if job.is_locked:
                return job
    return None
