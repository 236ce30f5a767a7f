"""The printed plan's own sums, and every figure with its source."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, HttpResponse

from tripleaim.boards import completeness_in
from tripleaim.place import STATUSES, InputError, Place, file_of_figure, row_of
from tripleaim.plan import assumptions_of, what_was_understood
from tripleaim.web.pages.figures import tables
from tripleaim.web.pages.figures.pictures import by_verdict
from tripleaim.web.pages.figures.presenters import audit as audit_words
from tripleaim.web.pages.figures.presenters import figures as figure_words
from tripleaim.web.pages.figures.presenters import unknown as unknown_words
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.names import figure_names
from tripleaim.web.ui.own_number_links import own_number_form
from tripleaim.web.ui.paging import list_page


def audit(page: PlacePage) -> HttpResponse:
    """Does the printed plan add up?"""
    findings = page.workspace.audit
    query = page.request.GET
    filters = audit_words.AuditFilters.of(query.get("verdict", ""), query.get("severity", ""))
    counts = audit_words.counts(findings)
    items = audit_words.items(findings, filters.verdict, filters.severity)
    asked = audit_words.page_with(items, query.get("at", "")) or query.get("page", "1")
    shown = list_page(items, asked, audit_words.ITEMS)
    return page.show(
        "figures/audit.jinja",
        title="Audit of the printed plan",
        answer=audit_words.answer(findings, page.document.name),
        picture=by_verdict([(r["name"], r["count"]) for r in counts.rows]) if findings else None,
        counts=counts,
        groups=audit_words.groups(shown.items),
        severities=audit_words.severities(findings, filters.verdict),
        shown=len(items),
        now=shown.now,
        last=shown.last,
        filters=filters,
        query=urlencode(filters.asked) + "&" if filters.asked else "",
        options=[(r["verdict"], f"{r['name']} ({r['count']})") for r in counts.rows],
        total=len(findings),
        reconciliation=tables.reconciliation(page.document),
    )


def assumptions(page: PlacePage) -> HttpResponse:
    """What the printed plan assumes, and what the model does with each."""
    return page.show(
        "figures/assumptions.jinja",
        title="What the plan assumes",
        answer=unknown_words.assumptions_answer(page.place),
        table=unknown_words.assumptions(page.place),
    )


def not_known_here(page: PlacePage) -> HttpResponse:
    """What the place does not hold of its own, what is used instead, and who would know."""
    found = completeness_in(page.place)
    old = unknown_words.old_defaults(page.place)
    return page.show(
        "figures/not_known.jinja",
        title="What is not known",
        answer=unknown_words.not_known_answer(page.place),
        table=unknown_words.not_known_table(page.place),
        measured=unknown_words.completeness_answer(page.place, found) if found else "",
        parts=unknown_words.completeness(page.place) if found else None,
        old_answer=unknown_words.old_defaults_answer(page.place) if old.rows else "",
        old=old,
    )


def figures(page: PlacePage) -> HttpResponse:
    """Where does this number come from?"""
    query = page.request.GET
    place = page.place
    status = query.get("status", "")
    search = figure_words.Search(
        text=query.get("q", "")[:100],
        status=status if status in STATUSES else "",
        source=query.get("source", "") if query.get("source", "") in place.sources else "",
        sort=query.get("sort", "") if query.get("sort", "") in figure_words.SORTS else "",
    )
    matches = search.in_order(place)
    shown = list_page(matches, query.get("page", "1"), figure_words.ROWS)
    used = {f.source for f in place.figures.values()}
    return page.show(
        "figures/figures.jinja",
        title="Figures",
        answer=figure_words.answer(place),
        search=search,
        matches=len(matches),
        table=figure_words.table(shown.items, place),
        now=shown.now,
        last=shown.last,
        query=urlencode(search.asked) + "&" if search.asked else "",
        sorts=[
            (text, "?" + urlencode(replace(search, sort=key).asked), key == search.sort)
            for key, text in figure_words.SORTS.items()
        ],
        sources=[(k, s.title) for k, s in place.sources.items() if k in used],
        statuses=[(s, s.capitalize()) for s in STATUSES],
        files_read=figure_words.notes_by_file(page.document.files_read),
        understood=page.once("understood", lambda: _understood(place)),
    )


def _understood(place: Place) -> tuple[str, ...]:
    """What was understood of the place's files; why, where they can no longer be read."""
    try:
        return what_was_understood(place)
    except InputError as fault:
        return (f"The files of {place.name} cannot be read: {fault.in_public}",)


def figure(page: PlacePage, figure_id: str) -> HttpResponse:
    """One number and where it comes from."""
    one = page.place.figures.get(figure_id)
    if one is None:
        raise Http404(f"There is no figure called “{figure_id}” in this plan.")
    name = figure_names(page.place)[figure_id]
    return page.show(
        "figures/figure.jinja",
        title=name,
        name=name,
        figure=one,
        can_be_assumed=figure_id in {offered.id for offered in assumptions_of(page.built.place)},
        answer=figure_words.one_answer(one, page.place),
        source=page.place.sources.get(one.source),
        interval=figure_words.interval(one),
        own_number=own_number_form(
            file_of_figure(page.place.files, figure_id), row_of({"id": figure_id}), "value"
        ),
        used=figure_words.used_by(figure_id, page.place, page.document, page.workspace.audit),
    )
