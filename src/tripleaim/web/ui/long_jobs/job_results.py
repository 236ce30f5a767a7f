"""Results of long jobs of a place: the newest under its inputs, or that of one run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tripleaim import __version__
from tripleaim.backtest import Backtest
from tripleaim.core import Part
from tripleaim.data_folder import RUNS, DamagedFileError, file_state
from tripleaim.jobs import AGAIN, Job, jobs_of
from tripleaim.plan import FUTURES_FILE, FuturesDocument, Workspace
from tripleaim.prevention import PreventionDocument
from tripleaim.uncertainty import read_result
from tripleaim.web.ui.frame import PlacePage

D = TypeVar("D", bound=Part)

RUN_ID = re.compile(r"[0-9a-f]{12}")

DOCUMENTS: Mapping[str, type[Part]] = {
    "backtest": Backtest,
    "futures": FuturesDocument,
    "prevention": PreventionDocument,
}
"""What each kind of long job leaves."""


@dataclass(frozen=True)
class JobResult(Generic[D]):
    """A document, and the job that made it; None where it was made in the terminal.

    `named` says that the address names the job, so that it shows this result for ever.
    """

    document: D
    job: Job | None
    named: bool = False

    @property
    def run_id(self) -> str:
        """The id of the job; empty where the document was made in the terminal."""
        return self.job.order.id if self.job else ""


def result(page: PlacePage, kind: str, run_id: str = "") -> JobResult[Any] | None:
    """The result of one run, or without its id the newest under the inputs; None without one.

    One that is damaged is passed over for an older one; without such, DamagedFileError says what
    is wrong with it.
    """
    if run_id:
        job = _finished(page, kind, run_id)
        if job is not None:
            return of_job(page, job)
        _refuse_damage(page, run_id)
        return None
    if kind == "futures":
        return _last_drawn(page)
    damage: DamagedFileError | None = None
    for job in _of_these_inputs(page, kind):
        try:
            job.refuse_damage()
            if job.report.state == "done":
                return JobResult(_document(page, job), job)
        except DamagedFileError as fault:
            damage = damage or fault
    if damage is not None:
        raise damage
    return None


def if_readable(page: PlacePage, kind: str) -> JobResult[Any] | None:
    """The newest result, for a page that shows it beside other things; None for a damaged one."""
    try:
        return result(page, kind)
    except DamagedFileError:
        return None


def of_job(page: PlacePage, job: Job) -> JobResult[Any]:
    """The result of one job that is done. Raises InputError for one that cannot be read."""
    return JobResult(_document(page, job), job, named=True)


def at_work(page: PlacePage, kind: str) -> Job | None:
    """The job of a kind that is at work now."""
    return next((job for job in _jobs(page, kind) if job.report.state == "running"), None)


def _last_drawn(page: PlacePage) -> JobResult[Any] | None:
    """The draws kept beside the plan as printed, which a job or the terminal has made."""
    workspace = page.workspace
    if not isinstance(workspace, Workspace) or workspace.folder is None:
        return None
    path = workspace.folder / FUTURES_FILE
    if not file_state(path):
        return None
    document = page.once(f"futures {file_state(path)}", lambda: workspace.futures)
    return None if document is None else JobResult(document, _maker(page, document))


def _maker(page: PlacePage, document: FuturesDocument) -> Job | None:
    """The job that these futures are from."""
    for job in _of_these_inputs(page, "futures"):
        same = job.order.seed == document.seed and job.report.state == "done"
        if same and _document(page, job) == document:
            return job
    return None


def _document(page: PlacePage, job: Job) -> Part:
    """What a job that is done has left. Raises InputError where it cannot be read."""

    def read() -> Part:
        try:
            return read_result(job.result, DOCUMENTS[job.order.kind], AGAIN)
        except FileNotFoundError:
            raise DamagedFileError("is missing", file=job.result, mend=AGAIN) from None

    return page.once(f"{job.order.id} {file_state(job.result)}", read)


def _finished(page: PlacePage, kind: str, run_id: str) -> Job | None:
    """The job of a kind and an id, where it is done."""
    jobs = (job for job in _jobs(page, kind) if job.order.id == run_id)
    return next((job for job in jobs if job.report.state == "done"), None)


def _refuse_damage(page: PlacePage, run_id: str) -> None:
    """Raise DamagedFileError where a run is there of which a file is damaged."""
    of_plan = page.workspace.folder
    if of_plan is not None and RUN_ID.fullmatch(run_id) and (of_plan / RUNS / run_id).is_dir():
        Job.read(of_plan / RUNS / run_id).refuse_damage()


def _of_these_inputs(page: PlacePage, kind: str) -> Iterator[Job]:
    """The jobs of a kind from the place's inputs as they are, by this version, the newest first."""
    for job in _jobs(page, kind):
        if job.order.is_of(page.place) and job.order.version == __version__:
            yield job


def _jobs(page: PlacePage, kind: str) -> Iterator[Job]:
    folder = page.workspace.folder
    if folder is not None:
        yield from (job for job in jobs_of(folder.parent, folder.name) if job.order.kind == kind)
