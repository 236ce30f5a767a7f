"""Carrying out an order: in a process of its own, or here while somebody waits in the terminal."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from tripleaim.core import Progress, RunContext, Stopped, made_folder, silent
from tripleaim.data_folder import Locked
from tripleaim.jobs.folder import Job, Report, State, now
from tripleaim.jobs.kinds import KINDS
from tripleaim.jobs.orders import Order
from tripleaim.jobs.remaining_time import WholeProgress
from tripleaim.place import InputError, Place, load

EVERY = 0.3
"""Seconds between two reports at least."""


class _Reporter:
    """Writes a job's progress down, not more often than anybody could read it, and passes it on."""

    def __init__(self, job: Job, also: Progress = silent) -> None:
        self.job, self.began, self.last, self.also = job, now(), 0.0, also
        self.what, self.done = "starting", 0.0
        self.left: float | None = None
        self.whole = WholeProgress(KINDS[job.order.kind].parts)

    def __call__(self, what: str, done: float) -> None:
        self.also(what, done)
        new = what != self.what
        self.what = what
        self.done, self.left = self.whole.at(what, done, now())
        if new or now() - self.last >= EVERY:
            self.write("running")

    def write(self, state: State, message: str = "") -> None:
        self.last = now()
        whole = 1.0 if state == "done" else self.done
        left = self.left if state == "running" else None
        self.job.write(
            Report(state, self.what, whole, self.began, self.last, os.getpid(), message, left)
        )


def work_here(data: Path, order: Order, place: Place, progress: Progress) -> Job:
    """Carry out an order in this process, in the folder where pages look for its result.

    An order that is done is left as it is; of one that is refused at once nothing is left. Raises
    InputError for bad input or an order that is being carried out elsewhere, and KeyboardInterrupt
    when stopped.
    """
    job = Job.of(data, order)
    if job.report.state == "done":
        return job
    new = not job.folder.exists()
    with made_folder(job.folder):
        try:
            _carry_out(job, place, progress)
        except InputError:
            if new:
                job.take_back()
            raise
    return job


def _carry_out(job: Job, place: Place, progress: Progress) -> None:
    order, report = job.order, _Reporter(job, progress)
    job.place_order()
    try:
        with job.locked():
            job.forget_to_stop()
            report.write("running")
            context = RunContext(order.seed, report, lambda: job.is_to_stop)
            KINDS[order.kind].work(place, order.settings, job.folder, context)
            report.write("done")
    except Locked:
        raise InputError("a job is already computing this; wait for it", value=order.id) from None
    except (KeyboardInterrupt, Stopped):
        report.write("stopped")
        raise KeyboardInterrupt from None
    except InputError as fault:
        report.write("failed", fault.in_public)
        raise


def work(folder: Path, say_begun: Callable[[], None]) -> int:
    """Carry out the order in `folder`; 0 when done, 130 when stopped, 2 for bad input, else 1.

    `say_begun` is called once the folder is this worker's and its first report is written. Where
    the folder is another's it never is, and there is nothing to do.
    """
    job = Job.open(folder)
    if job is None:
        raise InputError("expected the folder of a job with its order", value=str(folder))
    report = _Reporter(job)
    try:
        with job.locked():
            job.forget_to_stop()
            report.write("running")
            # Before anybody is told that it has begun: who stops it then finds it listening. The
            # machine that shuts down asks by a signal, everybody else by a file.
            shutting_down = threading.Event()
            signal.signal(signal.SIGTERM, lambda _signal, _frame: shutting_down.set())
            say_begun()
            return _worked(job, report, shutting_down)
    except Locked:
        return 0


def _worked(job: Job, report: _Reporter, shutting_down: threading.Event) -> int:
    context = RunContext(job.order.seed, report, lambda: shutting_down.is_set() or job.is_to_stop)
    try:
        context.report("starting", 0.0)
        place = load(job.order.place)
        if not job.order.is_of(place):
            raise InputError(
                "the place's files have changed since you asked for this; start the job again"
            )
        KINDS[job.order.kind].work(place, job.order.settings, job.folder, context)
    except Stopped:
        report.write("stopped")
        return 130
    except InputError as fault:
        report.write("failed", fault.in_public)
        return 2
    except Exception:  # whatever it was, the page says that it failed, and the log what it was
        traceback.print_exc()
        report.write(
            "failed",
            "The job failed, and the inputs are not the cause. The log says what went wrong.",
        )
        return 1
    report.write("done")
    return 0
