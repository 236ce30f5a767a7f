"""Long jobs: what there are, how far each is, starting and stopping one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect

from tripleaim.jobs import KINDS, Job, jobs_of, running, start, stop
from tripleaim.place import InputError
from tripleaim.web.pages.outcomes.views import backtest
from tripleaim.web.pages.plan.views import futures
from tripleaim.web.pages.runs import presenters as words_of
from tripleaim.web.ui.frame import Page, of_place
from tripleaim.web.ui.long_jobs.form_checks import runs_open
from tripleaim.web.ui.long_jobs.start_form import MOST_SEED, StartForm


@of_place
def every_run(page: Page) -> HttpResponse:
    """What has been worked out at length here, and what is at work?"""
    return _list(page, None)


@of_place
def begin(page: Page) -> HttpResponse:
    """Start what the form asks for, and go to its page; else the form again with its faults."""
    if page.request.method != "POST":
        return HttpResponseRedirect(f"{page.home}runs/", status=303)
    form = StartForm.typed(page.request)
    asked = form.order(page)
    if asked is None:
        return _list(page, form)
    if KINDS[asked.kind].needs and not page.place.has(KINDS[asked.kind].needs):
        form.faults["kind"] = f"This place has no {KINDS[asked.kind].needs}, which that needs"
        return _list(page, form)
    try:
        job = start(_data(page), asked)
    except InputError as fault:
        form.other = running(_data(page))
        form.faults["kind"] = (
            f"“{KINDS[form.other.order.kind].name}” is at work; wait for it or stop it"
            if form.other
            else fault.in_public
        )
        return _list(page, form)
    return HttpResponseRedirect(f"{page.home}runs/{job.order.id}/?follow=1", status=303)


@of_place
def halt(page: Page, run_id: str) -> HttpResponse:
    """Stop a job, and go to its page."""
    if page.request.method == "POST":
        stop(_job(page, run_id))
    return HttpResponseRedirect(f"{page.home}runs/{run_id}/", status=303)


@of_place
def one_run(page: Page, run_id: str) -> HttpResponse:
    """How far is it, and what came of it?"""
    job = Job.open(_runs(page) / run_id)
    if job is None:
        return _none(page, run_id)
    said = words_of.run_said(job, page.place)
    state = job.report.state
    request = page.request
    if request.headers.get("HX-Request") == "true":
        # Whoever watches gets the new numbers; and the whole page, or the result, at the end.
        if state != "running":
            where = _result(page, job) if state == "done" else f"{page.home}runs/{run_id}/"
            return _fresh(HttpResponse(status=200, headers={"HX-Redirect": where}))
        answer = page.show("runs/run_progress.jinja", section="", title="", said=said)
        return _fresh(answer)
    if state == "done" and request.GET.get("follow"):
        return HttpResponseRedirect(_result(page, job), status=303)
    answer = page.show(
        "runs/run.jinja",
        section="",
        title=f"{said.name}: {said.state.lower()}",
        said=said,
        job=job,
        running=state == "running",
        done=state == "done",
        look=words_of.LOOKED_AT[job.order.kind],
        result=_result(page, job),
        same=job.order.inputs_sha256 == page.place.inputs_sha256,
        command=words_of.command(job.order),
        may_start=runs_open(request),
        what=words_of.WHAT[job.order.kind],
        back=f"{page.home}runs/",
    )
    return _fresh(answer)


@of_place
def result(page: Page, run_id: str) -> HttpResponse:
    """The result of one job, at an address that lasts."""
    job = _job(page, run_id)
    if job.report.state != "done" or job.order.kind not in _SHOWN:
        return HttpResponseRedirect(f"{page.home}runs/{run_id}/", status=303)
    try:
        return _SHOWN[job.order.kind](page, job)
    except InputError:
        return _none(page, run_id)


_SHOWN = {"backtest": backtest.of_job, "futures": futures.of_job}


def _result(page: Page, job: Job) -> str:
    if job.order.kind in _SHOWN:
        return f"{page.home}runs/{job.order.id}/result/"
    return f"{page.home}outcomes/run/{job.order.id}/"


def _list(page: Page, form: StartForm | None) -> HttpResponse:
    folder = page.workspace.folder
    jobs = jobs_of(folder.parent, folder.name) if folder else ()
    forms = [
        form if form and form.kind == kind else StartForm.usual(kind, page.seed)
        for kind, known in KINDS.items()
        if not known.needs or page.place.has(known.needs)
    ]
    answer = page.show(
        "runs/runs.jinja",
        section="",
        title="Error: Long jobs" if form else "Long jobs",
        answer=words_of.list_answer(jobs),
        table=words_of.every_run(jobs, page.place) if jobs else None,
        forms=forms,
        faulty=form,
        kinds=KINDS,
        what=words_of.WHAT,
        most_seed=MOST_SEED,
        may_start=runs_open(page.request) and folder is not None,
        root=page.home,
    )
    return _fresh(answer)


def _none(page: Page, run_id: str) -> HttpResponse:
    """There is no such job, or its folder cannot be read: say which."""
    folder = _runs(page) / run_id
    if not folder.is_dir():
        raise Http404(f"No long job of {page.place.name} has the address “{run_id}”.")
    content: dict[str, Any] = {"run_id": run_id, "back": f"{page.home}runs/"}
    answer = page.show(
        "runs/run_damaged.jinja", section="", title="This job cannot be read", status=404, **content
    )
    return _fresh(answer)


def _job(page: Page, run_id: str) -> Job:
    job = Job.open(_runs(page) / run_id)
    if job is None:
        raise Http404(f"No long job of {page.place.name} can be read at “{run_id}”.")
    return job


def _folder(page: Page) -> Path:
    folder = page.workspace.folder
    if folder is None:
        raise Http404(f"The run of {page.place.name}'s plan was not kept: nothing can be added.")
    return folder


def _data(page: Page) -> Path:
    return _folder(page).parent


def _runs(page: Page) -> Path:
    return _folder(page) / "runs"


def _fresh(answer: HttpResponse) -> HttpResponse:
    """Never from a cache: how far a job is changes while one looks."""
    answer.headers["Cache-Control"] = "no-store"
    return answer
