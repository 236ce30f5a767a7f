"""Own numbers: the list, the form for one cell, and taking one back."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect

from tripleaim.place import STATUSES, InputError, asked_for, undo_own_number
from tripleaim.web.pages.own_numbers import presenters
from tripleaim.web.pages.own_numbers.form import OwnNumberForm
from tripleaim.web.pages.own_numbers.place_now import PlaceNow
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.long_jobs.form_checks import uploads_open
from tripleaim.web.ui.paging import list_page

_HERE = "own-numbers/"


def listed(page: PlacePage) -> HttpResponse:
    """Own numbers beside the official ones."""
    return _list(page, PlaceNow.of(page))


def take_back(page: PlacePage) -> HttpResponse:
    """Undo one own number, and go back to the list; with the reason where it cannot be done."""
    now = PlaceNow.of(page)
    if page.request.method != "POST" or now.why_not:
        return _see(page)
    text = page.request.POST.get("number", "")[:9]
    try:
        undo_own_number(now.folder, int(text) if text.isdecimal() else 0)
    except InputError as fault:
        return _list(page, now, fault.in_public)
    return _see(page)


def enter(page: PlacePage) -> HttpResponse:
    """The form for a cell; without one, the tables and the rows to choose from."""
    now = PlaceNow.of(page)
    if now.place is None or now.why_not:
        return _closed(page, now)
    if page.request.method == "POST":
        form = OwnNumberForm.sent(page.request.POST)
        if form.put(now.folder) is not None:
            return _see(page)
        return _form(page, now, form)
    form = OwnNumberForm.sent(page.request.GET)
    return _form(page, now, form) if form.names_a_cell else _choice(page, now, form)


def _list(page: PlacePage, now: PlaceNow, fault: str = "") -> HttpResponse:
    return _fresh(
        page.show(
            "own_numbers/own_numbers.jinja",
            title="Your own numbers",
            answer=presenters.answer(now),
            fault=fault or now.fault,
            rows=presenters.rows(now),
            now=now,
            build=_build(page),
        )
    )


def _build(page: PlacePage) -> str:
    """Where the plan is built again with what has changed; "" where nothing has, or not here."""
    if page.workspace.changed_since and uploads_open(page.request):
        return page.building
    return ""


def _form(page: PlacePage, now: PlaceNow, form: OwnNumberForm) -> HttpResponse:
    place = now.place
    cell = form.cell(place) if place else None
    number = None
    if cell is not None:
        for one in now.in_use.values():
            if (one.cell.file.path, one.cell.line, one.cell.column, one.cell.texts) == (
                cell.file.path,
                cell.line,
                cell.column,
                cell.texts,
            ):
                number = one
    return _fresh(
        page.show(
            "own_numbers/form.jinja",
            title=f"{'Error: ' if form.faults else ''}Use your own number",
            form=form,
            cell=cell,
            number=number,
            statuses=STATUSES,
        )
    )


def _choice(page: PlacePage, now: PlaceNow, form: OwnNumberForm) -> HttpResponse:
    name, text = form.texts["file"], page.request.GET.get("q", "")[:100]
    tables = presenters.tables(now)
    fault, rows = "", []
    if name in {known for known, _, _ in tables}:
        try:
            rows = presenters.rows_of_table(now, name, text)
        except InputError as refusal:
            fault = refusal.in_public
    elif name:
        fault = f"The place has no table “{name}” with numbers: choose one of these"
        name = ""
    shown = list_page(rows, page.request.GET.get("page", "1"), presenters.ROWS)
    asked = list(asked_for(now.place)) if now.place else []
    return _fresh(
        page.show(
            "own_numbers/choice.jinja",
            title="Use your own number",
            fault=fault,
            name=name,
            text=text,
            tables=tables,
            asked=presenters.asked(asked),
            rows=shown.items,
            found=len(rows),
            now=shown.now,
            last=shown.last,
            query=urlencode({"file": name, "q": text}) + "&",
        )
    )


def _closed(page: PlacePage, now: PlaceNow) -> HttpResponse:
    return _fresh(page.show("own_numbers/closed.jinja", title="Use your own number", now=now))


def _see(page: PlacePage) -> HttpResponse:
    return HttpResponseRedirect(page.home + _HERE, status=303)


def _fresh(answer: HttpResponse) -> HttpResponse:
    """Never from a cache: it depends on who asks, and on the files as they are now."""
    answer.headers["Cache-Control"] = "no-store"
    return answer
