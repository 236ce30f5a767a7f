"""Prevention's documents: the newest under the place's inputs as they are, or that of one run."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.jobs import Job
from tripleaim.place import InputError
from tripleaim.prevention import PreventionDocument
from tripleaim.web.ui.frame import Page
from tripleaim.web.ui.long_jobs import job_results as worked_out

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
        return self.lasting if self.named else "outcomes/"

    @property
    def lasting(self) -> str:
        """Where they stand whatever is run later."""
        return f"outcomes/run/{self.job.order.id}/"

    def is_of(self, page: Page) -> bool:
        """Whether it was made from the place's inputs as they are now."""
        return self.document.inputs_sha256 == page.place.inputs_sha256


def newest(page: Page) -> Found | None:
    """The run finished last under the inputs as they are; None if there is none to be read."""
    job = worked_out.newest(page, KIND)
    return _found(page, job, named=False) if job else None


def of_run(page: Page, run_id: str) -> Found | None:
    """The run of that id; None if there is none that is finished and can be read."""
    job = worked_out.named(page, KIND, run_id)
    return _found(page, job, named=True) if job else None


def _found(page: Page, job: Job, *, named: bool) -> Found | None:
    try:
        return Found(job, worked_out.read(page, job, PreventionDocument), named)
    except InputError:
        return None
