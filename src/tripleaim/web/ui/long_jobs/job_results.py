"""What long jobs have worked out of a place: the newest under its inputs, or that of one job."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from tripleaim import __version__
from tripleaim.backtest import Backtest
from tripleaim.core import Part
from tripleaim.jobs import Job, jobs_of
from tripleaim.place import InputError
from tripleaim.plan import FUTURES_FILE, FuturesDocument, Workspace
from tripleaim.uncertainty import read_result
from tripleaim.web.ui.frame import Page

D = TypeVar("D", bound=Part)


@dataclass(frozen=True)
class Worked(Generic[D]):
    """A document, and the job that made it; None where it was made in the terminal.

    `asked` is what names the job in an address, empty for the newest.
    """

    document: D
    job: Job | None
    asked: str = ""


def backtest(page: Page, run_id: str = "") -> Worked[Backtest] | None:
    """The back-test of one job, or the newest; None where there is none.

    Raises InputError for one that cannot be read.
    """
    if run_id:
        job = named(page, "backtest", run_id)
        return None if job is None else of_job(page, job, Backtest)
    job = newest(page, "backtest")
    return None if job is None else Worked(read(page, job, Backtest), job)


def futures(page: Page, run_id: str = "") -> Worked[FuturesDocument] | None:
    """The futures of one job, or those last drawn of the plan as printed; None where none were.

    Raises InputError for one job's that cannot be read; of those last drawn such are as none, since
    whoever draws again writes a whole file over a damaged one.
    """
    if run_id:
        job = named(page, "futures", run_id)
        return None if job is None else of_job(page, job, FuturesDocument)
    workspace = page.workspace
    if not isinstance(workspace, Workspace) or workspace.folder is None:
        return None
    path = workspace.folder / FUTURES_FILE
    if not path.is_file():
        return None
    try:
        made = page.once(f"futures {path.stat().st_mtime_ns}", lambda: workspace.futures)
        return None if made is None else Worked(made, _maker(page, made))
    except InputError:
        return None


def of_job(page: Page, job: Job, shape: type[D]) -> Worked[D]:
    """The result of one job that is done. Raises InputError for one that cannot be read."""
    return Worked(read(page, job, shape), job, f"?run={job.order.id}")


def newest(page: Page, kind: str) -> Job | None:
    """The job of a kind finished last from the place's inputs, by this version."""
    return next((job for job in _of_now(page, kind) if job.report.state == "done"), None)


def at_work(page: Page, kind: str) -> Job | None:
    """The job of a kind that is at work now."""
    return next((job for job in _jobs(page, kind) if job.report.state == "running"), None)


def named(page: Page, kind: str, run_id: str) -> Job | None:
    """The job of a kind and an id, where it is done."""
    found = (job for job in _jobs(page, kind) if job.order.id == run_id)
    return next((job for job in found if job.report.state == "done"), None)


def read(page: Page, job: Job, shape: type[D]) -> D:
    """The result of a job that is done. Raises InputError for one that cannot be read."""

    def made() -> D:
        try:
            return read_result(job.result, shape, "start the work again")
        except OSError:
            raise InputError("expected the result of a job", file=job.result) from None

    return page.once(f"{job.order.id} {job.result.stat().st_mtime_ns}", made)


def _maker(page: Page, made: FuturesDocument) -> Job | None:
    """The job that these futures are from."""
    for job in _of_now(page, "futures"):
        same = job.order.seed == made.seed and job.report.state == "done"
        if same and read(page, job, FuturesDocument) == made:
            return job
    return None


def _of_now(page: Page, kind: str) -> Iterator[Job]:
    now = (page.place.inputs_sha256, __version__)
    for job in _jobs(page, kind):
        if (job.order.inputs_sha256, job.order.version) == now:
            yield job


def _jobs(page: Page, kind: str) -> Iterator[Job]:
    folder = page.workspace.folder
    if folder is not None:
        yield from (job for job in jobs_of(folder.parent, folder.name) if job.order.kind == kind)
