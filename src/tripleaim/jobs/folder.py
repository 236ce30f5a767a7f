"""A job's folder: its order, progress and result. Changes made to it by hand are noticed."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from tripleaim.core import patiently, write_whole
from tripleaim.data_folder import (
    RUNS,
    WORKER_LOCK,
    DamagedFileError,
    file_state,
    is_locked,
    locked,
    read_bytes,
    refuse_link,
    sha256_of,
    taking_apart,
)
from tripleaim.jobs.kinds import KINDS
from tripleaim.jobs.orders import Order

ORDER_FILE, REPORT_FILE = "order.json", "report.json"

AGAIN = "start the work again"
"""What mends a job's folder."""

State = Literal["not started", "running", "done", "stopped", "failed"]

MOST_PROCESS = 1 << 32
"""Above the number of any process of any system."""

MOST_SECONDS = 1e11
"""Above any time that a page can write as a date."""

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Moment = Annotated[float, Field(ge=0, le=MOST_SECONDS, allow_inf_nan=False)]

_ORDER = TypeAdapter(Order)


@dataclass(frozen=True)
class Report:
    """The last report that a worker wrote on its job.

    what      the step that it is at, in words
    done      the share of the whole that is done, 0 to 1
    began     when this worker began, seconds since 1970
    written   when it wrote this
    message   what failed, in words
    left      seconds to go, about; None while it is not known
    result_sha256   of the result, once it is made
    """

    state: State
    what: str
    done: Share
    began: Moment
    written: Moment
    process: Annotated[int, Field(ge=0, le=MOST_PROCESS)]
    message: str = ""
    left: Moment | None = None
    result_sha256: str = ""


_REPORT = TypeAdapter(Report)

NOT_STARTED = Report("not started", "", 0.0, 0.0, 0.0, 0)


@dataclass(frozen=True)
class Job:
    """One order and the folder in which it is carried out."""

    order: Order
    folder: Path

    @classmethod
    def of(cls, data: Path, order: Order) -> Job:
        """The job of an order in a data folder; nothing is made."""
        return cls(order, data / Path(order.place).name / RUNS / order.id)

    @classmethod
    def open(cls, folder: Path) -> Job | None:
        """The job in `folder`; None if there is none that can be read."""
        try:
            return cls.read(folder)
        except DamagedFileError:
            return None

    @classmethod
    def read(cls, folder: Path) -> Job:
        """The job in `folder`. Raises DamagedFileError if there is none that can be read."""
        path = folder / ORDER_FILE
        refuse_link(folder, AGAIN)
        raw = read_bytes(path, AGAIN)
        with taking_apart(path, AGAIN, "does not contain the order of a job"):
            order = _ORDER.validate_json(raw)
            own = order.id == folder.name
        if not own or not order.can_be:
            raise DamagedFileError("is the order of another job", file=path, mend=AGAIN)
        return cls(order, folder)

    @property
    def result(self) -> Path:
        """Where the result is once the job is done."""
        return self.folder / KINDS[self.order.kind].result

    @property
    def report(self) -> Report:
        """How far it is.

        A worker that ended without a report counts as stopped; a job whose result is missing or
        has been changed, as failed.
        """
        if not (self.folder / REPORT_FILE).exists():
            return NOT_STARTED
        try:
            report = self.read_report()
        except DamagedFileError:
            return NOT_STARTED
        if report.state == "running" and not is_locked(self._lock, by=report.process):
            return replace(report, state="stopped", left=None)
        if report.state == "done":
            return self._checked(report)
        return report

    def read_report(self) -> Report:
        """The last report as it was written. Raises DamagedFileError for one that is not."""
        path = self.folder / REPORT_FILE
        raw = read_bytes(path, AGAIN)
        with taking_apart(path, AGAIN, "does not contain the report of a job"):
            content = json.loads(raw)
            written = content.pop("sha256", None)  # earlier versions wrote none
            report = _REPORT.validate_python(content)
        if written not in (None, _sha256(content)):
            raise DamagedFileError("has been changed since it was written", file=path, mend=AGAIN)
        return report

    def refuse_damage(self) -> None:
        """Raise DamagedFileError where its report cannot be read, or its result is not as made."""
        if not file_state(self.folder / REPORT_FILE):
            return
        report = self.read_report()
        if report.state == "done" and self._checked(report).state != "done":
            sha256_of(self.result, AGAIN)
            what = "has been changed since it was made"
            raise DamagedFileError(what, file=self.result, mend=AGAIN)

    def _checked(self, report: Report) -> Report:
        try:
            now = sha256_of(self.result, AGAIN)
        except DamagedFileError:
            return replace(report, state="failed", message="Its result is no longer in its folder.")
        if report.result_sha256 not in ("", now):
            message = "Its result has been changed since it was made, and is not shown."
            return replace(report, state="failed", message=message)
        return report

    @property
    def _lock(self) -> Path:
        return self.folder / WORKER_LOCK

    @property
    def _stop(self) -> Path:
        return self.folder / "stop"

    def locked(self) -> AbstractContextManager[None]:
        """Hold the folder as its only worker. Raises Locked if another does."""
        return locked(self._lock)

    @property
    def is_to_stop(self) -> bool:
        """Whether somebody has asked its worker to stop."""
        return self._stop.exists()

    def ask_to_stop(self) -> None:
        """Ask its worker to stop, wherever that runs; it looks at each of its steps."""
        write_whole(self._stop, b"")

    def forget_to_stop(self) -> None:
        """Take away what a worker before this one was asked."""
        patiently(lambda: self._stop.unlink(missing_ok=True))

    def place_order(self) -> None:
        """Make the folder and write the order down. Raises DamagedFileError where it is a link."""
        for folder in (self.folder.parent.parent, self.folder.parent, self.folder):
            refuse_link(folder, "remove it")
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(self.folder / ORDER_FILE, self.order.as_json() + "\n")

    def take_back(self) -> None:
        """Remove what there is of a job that was refused before it had any result to keep."""
        ours = {self.folder / name for name in (ORDER_FILE, REPORT_FILE)} | {self._lock}
        if ours >= set(self.folder.iterdir()):
            for path in ours:
                path.unlink(missing_ok=True)

    def write(self, report: Report) -> None:
        """Say how far the job is; once done, with the hash of its result."""
        if report.state == "done" and not report.result_sha256 and self.result.is_file():
            sha256 = hashlib.sha256(self.result.read_bytes()).hexdigest()
            report = replace(report, result_sha256=sha256)
        content = asdict(report)
        whole = json.dumps({**content, "sha256": _sha256(content)}, allow_nan=False)
        write_whole(self.folder / REPORT_FILE, whole + "\n")


def _sha256(content: Mapping[str, object]) -> str:
    """The hash of what a report says."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def jobs_of(data: Path, place_id: str) -> tuple[Job, ...]:
    """The jobs of a place, the last one worked on first."""
    jobs = [Job.open(folder) for folder in (data / place_id / RUNS).glob("[0-9a-f]*")]
    return tuple(
        sorted((job for job in jobs if job), key=lambda job: (-job.report.written, job.order.id))
    )


def now() -> float:
    """Seconds since 1970."""
    return time.time()
