"""Prevention's documents: the newest under the place's inputs as they are, or that of one run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tripleaim.jobs import KINDS, Job, jobs_of
from tripleaim.prevention.document import PreventionDocument
from tripleaim.prevention.job import read_document
from tripleaim.web.frame import Page

KIND = "prevention"


@dataclass(frozen=True)
class Found:
    """One finished run and what it found; `named` says that the address names the run."""

    job: Job
    document: PreventionDocument
    named: bool

    @property
    def path(self) -> str:
        """Where the pages of this run stand, after the address of the place."""
        return f"{self.lasting}" if self.named else "outcomes/"

    @property
    def lasting(self) -> str:
        """Where they stand whatever is run later."""
        return f"outcomes/run/{self.job.order.id}/"

    def is_of(self, page: Page) -> bool:
        """Whether it was made from the place's inputs as they are now."""
        return self.document.inputs_sha256 == page.place.inputs_sha256


def newest(page: Page) -> Found | None:
    """The run finished last under the inputs as they are; None if there is none."""
    for job in _jobs(page):
        same = job.order.inputs_sha256 == page.place.inputs_sha256
        if same and job.report.state == "done" and job.result.is_file():
            return Found(job, _document(page, job), named=False)
    return None


def of_run(page: Page, run_id: str) -> Found | None:
    """The run of that id; None if there is none that is finished."""
    for job in _jobs(page):
        if job.order.id == run_id and job.report.state == "done" and job.result.is_file():
            return Found(job, _document(page, job), named=True)
    return None


def under_way(page: Page) -> Job | None:
    """The run of prevention in this place that is at work now, if any."""
    return next((job for job in _jobs(page) if job.report.state == "running"), None)


def _jobs(page: Page) -> Iterator[Job]:
    folder = page.workspace.folder
    if folder is not None and KIND in KINDS:
        yield from (j for j in jobs_of(folder.parent, folder.name) if j.order.kind == KIND)


def _document(page: Page, job: Job) -> PreventionDocument:
    made = job.result.stat().st_mtime_ns
    return page.once(f"{KIND} {job.order.id} {made}", lambda: read_document(job.result))
