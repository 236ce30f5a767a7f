"""A page whose long job nobody has run yet: what it would show, and the way to start it."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse

from tripleaim.data_folder import DamagedFileError
from tripleaim.jobs import KINDS, order
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.long_jobs import job_results, job_words
from tripleaim.web.ui.long_jobs.form_checks import runs_open
from tripleaim.web.ui.long_jobs.start_form import MOST_SEED, StartForm


def not_built_yet(
    page: PlacePage, kind: str, fault: DamagedFileError | None = None
) -> HttpResponse:
    """Say that nobody knows yet, and offer to find out; 503 where what was known is damaged."""
    known, job = KINDS[kind], job_results.at_work(page, kind)
    minutes = f"{known.minutes:.0f} minute{'' if known.minutes == 1 else 's'}"
    answer = page.show(
        "ui/not_built_yet.jinja",
        title=page.question,
        caption=known.name,
        answer=(
            f"A job is computing this now, {job_words.left(job.report, known.minutes)}."
            if job
            else f"The result cannot be shown. {fault.in_public}"
            if fault
            else (
                "This has not been computed yet from these inputs. It usually takes about "
                f"{minutes}."
            )
        ),
        kind=known,
        what=job_words.WHAT[kind],
        job=job,
        form=StartForm.usual(kind, page.seed),
        most_seed=MOST_SEED,
        may_start=runs_open(page.request) and page.workspace.folder is not None,
        command=job_words.command(order(page.place, kind, page.seed, {})),
    )
    answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE if fault else HTTPStatus.OK
    # It will be there in a minute or so: nobody should be shown this from a cache.
    answer.headers["Cache-Control"] = "no-store"
    return answer
