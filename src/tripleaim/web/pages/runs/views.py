"""Long jobs: what there are, how far each is, starting and stopping one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect

from tripleaim.data_folder import DamagedFileError
from tripleaim.jobs import KINDS, Job, jobs_of, running, start, stop
from tripleaim.place import InputError
from tripleaim.web.pages.runs import presenters as words_of
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.long_jobs import job_results, job_words
from tripleaim.web.ui.long_jobs.form_checks import runs_open
from tripleaim.web.ui.long_jobs.start_form import MOST_SEED, StartForm
from tripleaim.web.ui.registry import registry


def every_run(page: PlacePage) -> HttpResponse:
    """What has been worked out at length here, and what is at work?"""
    return _list(page, None)


def begin(page: PlacePage) -> HttpResponse:
    """Start what the form asks for, and go to its page; else the form again with its faults."""
    if page.request.method != "POST":
        return HttpResponseRedirect(f"{page.home}runs/", status=303)
    form = StartForm.typed(page.request)
    asked = form.order(page)
    if asked is None:
        return _list(page, form)
    if KINDS[asked.kind].needs and not page.place.has(KINDS[asked.kind].needs):
        form.faults["kind"] = f"This place has no {KINDS[asked.kind].needs}, which that job needs"
        return _list(page, form)
    try:
        job = start(_data(page), asked)
    except InputError as fault:
        form.other = running(_data(page), asked.kind)
        form.faults["kind"] = (
            f"“{KINDS[form.other.order.kind].name}” is running; wait for it or stop it"
            if form.other
            else fault.in_public
        )
        return _list(page, form)
    return HttpResponseRedirect(f"{page.home}runs/{job.order.id}/?follow=1", status=303)


def halt(page: PlacePage) -> HttpResponse:
    """Stop a job, and go to its page."""
    if page.request.method == "POST":
        stop(_job(page))
    return HttpResponseRedirect(f"{page.home}runs/{page.run_id}/", status=303)


def one_run(page: PlacePage) -> HttpResponse:
    """How far is it, and what is the result?"""
    job = Job.open(_runs(page) / page.run_id)
    if job is None:
        return _no_such_job(page)
    summary = words_of.run_summary(job, page.place)
    state = job.report.state
    request = page.request
    if request.headers.get("HX-Request") == "true":
        # Whoever watches gets the new numbers; and the whole page, or the result, at the end.
        if state != "running":
            where = _result(page) if state == "done" else f"{page.home}runs/{page.run_id}/"
            return _fresh(HttpResponse(status=200, headers={"HX-Redirect": where}))
        answer = page.show("runs/run_progress.jinja", title="", summary=summary)
        return _fresh(answer)
    if state == "done" and request.GET.get("follow"):
        return HttpResponseRedirect(_result(page), status=303)
    answer = page.show(
        "runs/run.jinja",
        title=f"{summary.name}: {summary.state.lower()}",
        summary=summary,
        job=job,
        running=state == "running",
        done=state == "done",
        look=words_of.LOOKED_AT[job.order.kind],
        result=_result(page),
        same=job.order.is_of(page.place),
        command=job_words.command(job.order),
        may_start=runs_open(request) and (state == "running" or KINDS[job.order.kind].of_a_plan),
        what=job_words.WHAT[job.order.kind],
        back=f"{page.home}runs/",
    )
    return _fresh(answer)


def result(page: PlacePage) -> HttpResponse:
    """The result of one job, at an address that lasts: the page that shows such a result."""
    job = _job(page)
    entry = registry().for_job(job.order.kind)
    if job.report.state != "done":
        return HttpResponseRedirect(f"{page.home}runs/{page.run_id}/", status=303)
    if entry is None:
        return HttpResponseRedirect(_result(page), status=303)
    if entry.run_address:
        return HttpResponseRedirect(page.to_entry(entry), status=303)
    try:
        return entry.view(replace(page, entry=entry), job_results.of_job(page, job))
    except InputError:
        return _no_such_job(page)


def _result(page: PlacePage) -> str:
    """Where the result of the job of this page is."""
    kind = _job(page).order.kind
    if not KINDS[kind].of_a_plan:
        return page.home
    entry = registry().for_job(kind)
    return (
        page.to_entry(entry)
        if entry and entry.run_address
        else f"{page.home}runs/{page.run_id}/result/"
    )


def _list(page: PlacePage, form: StartForm | None) -> HttpResponse:
    folder = page.workspace.folder
    jobs = jobs_of(folder.parent, folder.name) if folder else ()
    forms = [
        form if form and form.kind == kind else StartForm.usual(kind, page.seed)
        for kind, known in KINDS.items()
        if known.of_a_plan and (not known.needs or page.place.has(known.needs))
    ]
    answer = page.show(
        "runs/runs.jinja",
        title="Error: Long jobs" if form else "Long jobs",
        answer=words_of.list_answer(jobs),
        table=words_of.every_run(jobs, page.place) if jobs else None,
        forms=forms,
        faulty=form,
        kinds=KINDS,
        what=job_words.WHAT,
        most_seed=MOST_SEED,
        may_start=runs_open(page.request) and folder is not None,
        root=page.home,
    )
    return _fresh(answer)


def _no_such_job(page: PlacePage) -> HttpResponse:
    """There is no such job, or its folder cannot be read: say which, and name the file."""
    folder = _runs(page) / page.run_id
    if not folder.is_dir():
        raise Http404(f"No long job of {page.place.name} has the address “{page.run_id}”.")
    content: dict[str, Any] = {"run_id": page.run_id, "back": f"{page.home}runs/", "fault": ""}
    try:
        Job.read(folder)
    except DamagedFileError as fault:
        content["fault"] = fault.in_public
    answer = page.show(
        "runs/run_damaged.jinja", section="", title="This job cannot be read", status=503, **content
    )
    return _fresh(answer)


def _job(page: PlacePage) -> Job:
    job = Job.open(_runs(page) / page.run_id)
    if job is None:
        raise Http404(f"No long job of {page.place.name} can be read at “{page.run_id}”.")
    return job


def _folder(page: PlacePage) -> Path:
    folder = page.workspace.folder
    if folder is None:
        raise Http404(
            f"The run of {page.place.name}'s plan was not kept, so nothing can be added. Build "
            "the plan again."
        )
    return folder


def _data(page: PlacePage) -> Path:
    return _folder(page).parent


def _runs(page: PlacePage) -> Path:
    return _folder(page) / "runs"


def _fresh(answer: HttpResponse) -> HttpResponse:
    """Never from a cache: how far a job is changes while one looks."""
    answer.headers["Cache-Control"] = "no-store"
    return answer
