"""A job's worker: `python -m tripleaim.jobs FOLDER [LOCK]` works off the order that stands there.

LOCK is the descriptor of the folder's lock, where whoever started the worker took it.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from pathlib import Path
from types import FrameType

from tripleaim.jobs.folder import Job, Report, State, now
from tripleaim.jobs.kinds import KINDS
from tripleaim.jobs.pace import Pace
from tripleaim.place import InputError, load

EVERY = 0.3
"""Seconds between two reports at least."""

POLITE = 10
"""How far a worker stands back for other work on the machine: added to its niceness."""


class _Reporter:
    """Writes a job's progress down, not more often than anybody could read it."""

    def __init__(self, job: Job) -> None:
        self.job, self.began, self.last = job, now(), 0.0
        self.what, self.done = "starting", 0.0
        self.left: float | None = None
        self.pace = Pace(KINDS[job.order.kind].parts)

    def __call__(self, what: str, done: float) -> None:
        new = what != self.what
        self.what = what
        self.done, self.left = self.pace.at(what, done, now())
        if new or now() - self.last >= EVERY:
            self.say("running")

    def say(self, state: State, said: str = "") -> None:
        self.last = now()
        whole = 1.0 if state == "done" else self.done
        left = self.left if state == "running" else None
        self.job.write(
            Report(state, self.what, whole, self.began, self.last, os.getpid(), said, left)
        )


def work(folder: Path, lock: int | None = None) -> int:
    """Work off the order in `folder`; 0 when done, 130 when stopped, 2 for bad input, else 1.

    `lock` is the descriptor of the folder's lock if it is held already.
    """
    job = Job.open(folder)
    if job is None:
        raise InputError("expected a job's folder with its order", value=str(folder))
    if lock is not None:
        return _worked(job, _Reporter(job))
    try:
        with job.held():
            return _worked(job, _Reporter(job))
    except BlockingIOError:
        return 0


def _worked(job: Job, report: _Reporter) -> int:
    signal.signal(signal.SIGTERM, _interrupt)
    report("starting", 0.0)
    try:
        place = load(job.order.place)
        if place.inputs_sha256 != job.order.inputs_sha256:
            raise InputError("the place's files have changed since this was asked for; ask again")
        KINDS[job.order.kind].work(place, job.order.seed, job.order.settings, job.folder, report)
    except KeyboardInterrupt:
        report.say("stopped")
        return 130
    except InputError as fault:
        report.say("failed", fault.in_public)
        return 2
    except Exception:
        traceback.print_exc()
        report.say("failed", "Something went wrong that is not in the inputs; the log says what.")
        return 1
    report.say("done")
    return 0


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    os.nice(POLITE)
    sys.exit(work(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None))
