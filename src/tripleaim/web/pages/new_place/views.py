"""A new place: its form, what was understood of its file, and its plan being built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tripleaim.boards import completeness_in
from tripleaim.core import USUAL_SEED
from tripleaim.data_folder import FOOTPRINTS
from tripleaim.jobs import Job, Order, order, running, start, stop
from tripleaim.place import InputError, Place, load, new_place
from tripleaim.web.pages.new_place import uploads
from tripleaim.web.pages.new_place.form import MEGABYTES, NewPlaceForm
from tripleaim.web.pages.new_place.presenters import people_table
from tripleaim.web.pages.runs.presenters import RunSummary, run_summary
from tripleaim.web.plans import open_plans
from tripleaim.web.ui.frame import place_address
from tripleaim.web.ui.long_jobs.form_checks import uploads_open

TITLE = "Make your own place"


def new(request: HttpRequest, question: str) -> HttpResponse:
    """The form; once it is sent, what was understood or every fault."""
    data = open_plans().folder
    if data is None or not uploads_open(request):
        return _shown(request, "new_place/closed.jinja", question=question)
    if request.method != "POST":
        return _form(request, question, NewPlaceForm.typed(request.GET, data))
    form = NewPlaceForm.sent(request, data)
    understood = form.understood(data)
    if form.upload:
        try:
            uploads.keep(data, form.upload)
        except InputError as fault:
            form.faults["file"] = [fault.in_public]
            return _form(request, question, form)
    if understood is None:
        return _form(request, question, form)
    return _shown(
        request,
        "new_place/understood.jinja",
        title=f"{form.name}: what was understood",
        form=form,
        understood=understood,
        table=people_table(understood.people),
    )


def build(request: HttpRequest, question: str) -> HttpResponse:
    """Make the place of the form, and start its plan."""
    data = open_plans().folder
    if request.method != "POST" or data is None or not uploads_open(request):
        return see("/new/")
    form = NewPlaceForm.typed(request.POST, data)
    understood = form.understood(data)
    if understood is None or form.upload is None:
        return _form(request, question, form)
    folder = data / FOOTPRINTS / understood.own_id
    try:
        new_place(folder, form.upload.file, form.name, form.area or None, form.year or None)
    except InputError as fault:
        form.faults["name"] = [fault.in_public]
        return _form(request, question, form)
    uploads.forget(data, form.upload)
    start_plan(data, load(folder))
    return see(address_of_building(understood.own_id))


def progress(request: HttpRequest, place_id: str, question: str) -> HttpResponse:
    """How far the plan of a place is; when it is built, the plan itself."""
    data, place = _place(place_id)
    job = Job.of(data, _order(place))
    summary, state = run_summary(job, place), job.report.state
    if state == "done" and place_id in open_plans().places():
        return _to_plan(request, place_id)
    watched = request.headers.get("HX-Request") == "true"
    if watched and state != "running":
        return fresh(HttpResponse(headers={"HX-Redirect": address_of_building(place_id)}))
    other = running(data, "plan") if state != "running" else None
    return _shown(
        request,
        "runs/run_progress.jinja" if watched else "new_place/building.jinja",
        title=f"{place.name}: {summary.state.lower()}",
        question=question,
        answer=_answer(summary, state),
        place=place,
        place_id=place_id,
        summary=summary,
        running=state == "running",
        other=other.folder.parents[1].name if other else "",
        files=f"{FOOTPRINTS}/{place_id}",
        may_start=uploads_open(request),
        from_official=completeness_in(place) is not None,
    )


def begin(request: HttpRequest, place_id: str, question: str) -> HttpResponse:  # noqa: ARG001 - of a page
    """Start the plan of a place whose files are here, or go on with it."""
    if request.method == "POST" and uploads_open(request):
        data, place = _place(place_id)
        start_plan(data, place)
    return see(address_of_building(place_id))


def halt(request: HttpRequest, place_id: str, question: str) -> HttpResponse:  # noqa: ARG001 - of a page
    """Stop building the plan of a place."""
    if request.method == "POST" and uploads_open(request):
        data, place = _place(place_id)
        stop(Job.of(data, _order(place)))
    return see(address_of_building(place_id))


def _place(place_id: str) -> tuple[Path, Place]:
    """The data folder and a place that a page has made. Raises Http404 where there is none."""
    data = open_plans().folder
    folder = open_plans().footprint(place_id)
    if data is None or folder is None or not folder.is_dir():
        raise Http404(f"No place “{place_id}” has been made from a page here.")
    try:
        return data, load(folder)
    except InputError as fault:
        raise Http404(f"The files of “{place_id}” cannot be read: {fault.in_public}") from None


def _order(place: Place) -> Order:
    return order(place, "plan", USUAL_SEED, {})


def start_plan(data: Path, place: Place) -> None:
    """Start building, unless another plan is being built: then the page of this one says so."""
    try:
        start(data, _order(place))
    except InputError:
        if running(data, "plan") is None:
            raise


def _to_plan(request: HttpRequest, place_id: str) -> HttpResponse:
    there = place_address(place_id)
    if request.headers.get("HX-Request") == "true":
        return fresh(HttpResponse(headers={"HX-Redirect": there}))
    return see(there)


def _answer(summary: RunSummary, state: str) -> str:
    return (
        "Its files are here. Its plan is not built yet."
        if state == "not started"
        else (summary.answer)
    )


def _form(request: HttpRequest, question: str, form: NewPlaceForm) -> HttpResponse:
    return _shown(
        request,
        "new_place/form.jinja",
        title=f"Error: {TITLE}" if form.faults else TITLE,
        question=question,
        form=form,
        most=MEGABYTES,
    )


def _shown(request: HttpRequest, template: str, **content: Any) -> HttpResponse:
    return fresh(render(request, template, {"title": TITLE, **content}))


def see(address: str) -> HttpResponse:
    """Lead a browser on to another page once what it asked for is done."""
    return HttpResponseRedirect(address, status=303)


def address_of_building(place_id: str) -> str:
    """Where one sees how far the plan of a place is that a page has made."""
    return f"/building/{place_id}/"


def fresh(answer: HttpResponse) -> HttpResponse:
    """Never from a cache: it depends on who asks, and on what is here now."""
    answer.headers["Cache-Control"] = "no-store"
    return answer
