"""Django views made from registry entries: of the page, of its tables, and of its other files.

A view of a subject sees only pages that can be shown. That there is no such place or scenario, that
a file of the footprint is missing, or that a long job has not been run, is answered here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from tripleaim import __version__
from tripleaim.data_folder import DamagedFileError
from tripleaim.place import InputError
from tripleaim.plan import Scenario, choose, from_token
from tripleaim.web.busy_page import AGAIN, busy_page
from tripleaim.web.plans import PlacePlan, open_plans
from tripleaim.web.ui.frame import PlacePage, ShownPage
from tripleaim.web.ui.long_jobs import job_results
from tripleaim.web.ui.long_jobs.not_built_yet import not_built_yet
from tripleaim.web.ui.missing_data import (
    gap_not_known,
    missing_data,
    missing_file,
    reason_of,
)
from tripleaim.web.ui.registry import Audience, PageEntry, SitePage, TableDownload, View

Shown = Callable[..., HttpResponse]

FAULT = "tripleaim.fault"
"""Where, in the WSGI environment, a request that cannot be answered has its fault: for those who
are not at the pages."""

FOLLOWS_FROM = "tripleaim.follows_from"
"""Where a public answer is said, in the WSGI environment, to follow from its address and from the
inputs alone: the place ("" for none) and the state that they were in (`OpenPlans.state`)."""


def page_view(entry: PageEntry) -> View:
    """The view of a page, or of a page that says why it cannot be shown."""

    def show(page: PlacePage, **captured: Any) -> HttpResponse:
        lacking = _lacking(page)
        if lacking is not None:
            return lacking
        try:
            if not entry.needs.job:
                return _written(entry.view(page, **captured))
            result = job_results.result(page, entry.needs.job, page.run_id)
            if result is not None:
                return _written(entry.view(page, result, **captured))
        except DamagedFileError as fault:
            if entry.needs.job and not page.run_id and not fault.is_whole:
                return not_built_yet(page, entry.needs.job, fault)
            raise
        except InputError as fault:
            return missing_data(page, reason_of(fault))
        if page.run_id:
            raise Http404(f"There is no readable finished run “{page.run_id}” here.")
        return not_built_yet(page, entry.needs.job)

    return _of_place(entry, show)


def _lacking(page: PlacePage) -> HttpResponse | None:
    """What is shown for a page that its place has not what it needs for; None where it has."""
    missing = page.missing_files()
    if missing:
        return missing_data(page, missing_file(page, missing[0]))
    if page.entry.needs.gap and not page.document.gap_known:
        return gap_not_known(page)
    return None


def _written(answer: HttpResponse) -> HttpResponse:
    """The answer, written as HTML if it is a page: what a template reads may be at fault too."""
    return answer.render() if isinstance(answer, ShownPage) else answer


def file_view(entry: PageEntry, file: View, *, tagged: bool | None = None) -> View:
    """The view of a file that a page offers; without what the page needs there is no such file.

    `tagged` says whether the file follows from the inputs and the scenario alone, and from no long
    job; without it, that is so where the page needs no job and shows none in its files.
    """

    def show(page: PlacePage, **captured: Any) -> HttpResponse:
        if entry.needs.gap and not page.document.gap_known:
            raise Http404(page.document.why_no_gap)
        try:
            if not entry.needs.job:
                return file(page, **captured)
            run_id = page.run_id or page.request.GET.get("run", "")
            result = job_results.result(page, entry.needs.job, run_id)
            if result is not None:
                return file(page, result, **captured)
        except DamagedFileError:
            raise
        except InputError as fault:
            raise Http404(f"This cannot be made for this place: {reason_of(fault)}") from None
        raise Http404("This has not been computed yet from these inputs.")

    if tagged is None:
        tagged = not (entry.needs.job or entry.shows_jobs)
    return _of_place(entry, show, tagged=tagged)


def table_view(entry: PageEntry, download: TableDownload) -> View:
    """The view of a table as CSV."""

    def file(page: PlacePage, *results: Any, **captured: str) -> HttpResponse:
        table = download.table(page, *results, **captured)
        if table is None:
            raise no_table(download.name)
        run_id = results[0].run_id if results else ""
        body = table.csv().encode()
        return attached(page, body, "text/csv; charset=utf-8", f"{table.name}.csv", run_id)

    return file_view(entry, file)


def no_table(name: str) -> Http404:
    """There is no table of that name."""
    return Http404(f"There is no table called “{name}”.")


def attached(
    page: PlacePage, body: bytes, content_type: str, name: str, run_id: str = ""
) -> HttpResponse:
    """A file to be kept: its name says the place, and the scenario or the run it is of."""
    return HttpResponse(
        body,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{file_name(page, name, run_id)}"'},
    )


def file_name(page: PlacePage, name: str, run_id: str = "") -> str:
    """The name of a file of a page, once it is on somebody's disk."""
    scenario = page.scenario.sha256[:8] if page.changed else ""
    return "-".join(filter(None, (page.place_id, scenario, run_id, name)))


def site_view(entry: SitePage) -> View:
    """The view of a page of no place."""

    @wraps(entry.view)
    def view(request: HttpRequest, **captured: Any) -> HttpResponse:
        state = open_plans().state()
        answer = _seen_by(entry, entry.view(request, question=entry.question, **captured))
        return _following(request, answer, "", state)

    view.takes_forms = entry.takes_forms  # type: ignore[attr-defined]
    view.takes_files = entry.takes_files  # type: ignore[attr-defined]
    return view


def result_tag(workspace: PlacePlan, scenario: Scenario, address: str) -> str:
    """The ETag of a file that is made from a run and a scenario alone: the hash of all it is of."""
    of = (__version__, workspace.place.sha256, workspace.seed, scenario.sha256, address)
    return f'"{hashlib.sha256(repr(of).encode()).hexdigest()}"'


def _of_place(entry: PageEntry, show: Shown, *, tagged: bool = False) -> View:
    """A view that gives `show` the page of the place and scenario in its address.

    An answer that is `tagged` follows from the inputs alone: their hash is its ETag, and whoever
    has it already is told so before anything is worked out.
    """

    @wraps(entry.view)
    @_telling_damage
    def view(
        request: HttpRequest, place_id: str, token: str = "", run_id: str = "", **captured: Any
    ) -> HttpResponse:
        # Taken before anything is read: what changes while a page is made is seen afterwards.
        state = open_plans().state(place_id)
        try:
            workspace = open_plans().workspace(place_id)
        except InputError as fault:
            return _cannot_be_shown(request, place_id, fault)
        if workspace is None:
            raise Http404(f"There is no plan of a place called “{place_id}” here.")
        try:
            scenario = (
                from_token(workspace.place, token)
                if token
                else choose(workspace.place, seed=workspace.seed)
            )
            tag = result_tag(workspace, scenario, request.get_full_path()) if tagged else ""
            unchanged = get_conditional_response(request, etag=tag) if tag else None
            if unchanged is not None:
                return unchanged
            document = open_plans().document(workspace, scenario)
            assuming = open_plans().under(workspace, scenario)
        except DamagedFileError:
            raise
        except InputError as fault:
            raise Http404(f"This scenario cannot be read: {fault.in_public}") from None
        page = PlacePage(request, entry, place_id, workspace, assuming, scenario, document, run_id)
        answer = _seen_by(entry, show(page, **captured))
        if tag and answer.status_code == HTTPStatus.OK:
            answer.headers["ETag"] = tag
        return _following(request, answer, place_id, state)

    view.takes_forms = entry.takes_forms  # type: ignore[attr-defined]
    return view


def _telling_damage(view: View) -> View:
    """The view, which answers 503 where a file that it needs is damaged."""

    @wraps(view)
    def whole_or_told(request: HttpRequest, place_id: str, **captured: Any) -> HttpResponse:
        try:
            return view(request, place_id, **captured)
        except DamagedFileError as fault:
            return _cannot_be_shown(request, place_id, fault)

    return whole_or_told


def cached_for(audience: Audience) -> str:
    """The Cache-Control header for an audience: a public page may be kept for a minute."""
    return "public, max-age=60, must-revalidate" if audience == "public" else "no-store"


def _seen_by(entry: PageEntry | SitePage, answer: HttpResponse) -> HttpResponse:
    """The answer with a Cache-Control header for its audience, unless the view has set one."""
    if answer.status_code == HTTPStatus.OK:
        answer.headers.setdefault("Cache-Control", cached_for(entry.audience))
    return answer


def _following(
    request: HttpRequest, answer: HttpResponse, place_id: str, state: Hashable | None
) -> HttpResponse:
    """The answer, said to follow from its address and this state alone, where both are known."""
    if state is not None and answer.status_code == HTTPStatus.OK:
        request.META[FOLLOWS_FROM] = (place_id, state)
    return answer


def busy() -> HttpResponse:
    """The answer where the machine has nothing left for a page; it opens no file."""
    page = busy_page("The machine has no room for this page at the moment.", AGAIN)
    return HttpResponse(page, status=503, headers={"Retry-After": str(AGAIN)})


def _cannot_be_shown(request: HttpRequest, place_id: str, fault: InputError) -> HttpResponse:
    request.META[FAULT] = fault
    if isinstance(fault, DamagedFileError) and fault.is_whole:
        return busy()
    return render(
        request,
        "ui/cannot_be_shown.jinja",
        {
            "title": "This plan cannot be shown",
            "message": fault.in_public,
            "building": open_plans().building(place_id),
        },
        status=503,
    )
