"""A job's folder: its order, how far it is, its result."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from tripleaim.jobs.kinds import KINDS
from tripleaim.jobs.order import Order

State = Literal["not started", "running", "done", "stopped", "failed"]


@dataclass(frozen=True)
class Report:
    """The last that a worker wrote: what it is doing, how much is done, when it began and wrote."""

    state: State
    what: str
    done: float
    began: float
    written: float
    process: int
    said: str = ""


@dataclass(frozen=True)
class Job:
    """One order and the folder that it is worked off in."""

    order: Order
    folder: Path

    @classmethod
    def of(cls, data: Path, order: Order) -> Job:
        """The job of an order in a data folder; nothing is made."""
        return cls(order, data / Path(order.place).name / "runs" / order.id)

    @classmethod
    def open(cls, folder: Path) -> Job | None:
        """The job kept in `folder`; None if there is none that can be read."""
        try:
            order = Order(**json.loads((folder / "order.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return cls(order, folder) if order.id == folder.name and order.kind in KINDS else None

    @property
    def result(self) -> Path:
        """Where the result stands once the job is done."""
        return self.folder / KINDS[self.order.kind].result

    @property
    def report(self) -> Report:
        """How far it is. A worker that has gone without a word counts as stopped."""
        try:
            held = Report(**json.loads((self.folder / "report.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return Report("not started", "", 0.0, 0.0, 0.0, 0)
        if held.state == "running" and not self.is_held:
            return Report(**{**asdict(held), "state": "stopped"})
        return held

    @property
    def is_held(self) -> bool:
        """Whether a living worker holds the folder."""
        try:
            with (self.folder / "worker.lock").open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder as its only worker. Raises BlockingIOError if another does."""
        with (self.folder / "worker.lock").open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield

    def place_order(self) -> None:
        """Make the folder and write the order down."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _write_whole(self.folder / "order.json", self.order.as_json())

    def write(self, report: Report) -> None:
        """Say how far the job is."""
        _write_whole(self.folder / "report.json", json.dumps(asdict(report)))


def jobs_of(data: Path, place_id: str) -> tuple[Job, ...]:
    """The jobs kept of a place, the last one worked on first."""
    found = [Job.open(folder) for folder in (data / place_id / "runs").glob("[0-9a-f]*")]
    return tuple(
        sorted((job for job in found if job), key=lambda job: (-job.report.written, job.order.id))
    )


def now() -> float:
    """Seconds since 1970."""
    return time.time()


def _write_whole(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}-{os.getpid()}")
    part.write_text(text + "\n", encoding="utf-8")
    part.replace(path)
