"""The table of practices, and the profile of one."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import Http404, HttpResponse

from tripleaim.place import InputError
from tripleaim.plan import PracticesDocument, read_practices_document
from tripleaim.web.pages.practices import presenters as words_of
from tripleaim.web.pages.practices.practice_facts import PracticeFacts, practice_facts
from tripleaim.web.plans import files_of
from tripleaim.web.ui.charts.ranges import ranges
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.tables import PageTable

CONDITIONS = "People with each condition, % of the number expected"


def every_practice(page: PlacePage) -> HttpResponse:
    """How do our practices differ?"""
    document, facts = _document(page), _facts(page)
    return page.show(
        "practices/practices.jinja",
        title="Practices",
        answer=words_of.list_answer(document, facts, page.place.name),
        table=practices_table(page),
        year=document.year,
        luck_note=words_of.luck_note(part.cost for part in document.practices.values()),
        official=words_of.official(page.place),
    )


def practices_table(page: PlacePage) -> PageTable:
    """All practices, a row each."""
    return words_of.every_practice(_document(page), _facts(page), page.workspace.people)


def practice(page: PlacePage, practice_id: str) -> HttpResponse:
    """Who is registered with this practice, and what care do they have?"""
    facts, document, name = _practice(page, practice_id), _document(page), page.place.name
    part = document.practices[practice_id]
    cut = {"by": "point_of_delivery", "locality": facts.locality}
    return page.show(
        "practices/practice.jinja",
        title=facts.name,
        question=facts.name,
        facts=facts,
        answer=words_of.answer(part, facts, document, name),
        picture=ranges(
            CONDITIONS,
            words_of.description(part, document),
            words_of.dots(part, document),
            100.0,
            unit="%",
        ).called("practice-conditions", words_of.caption(name)),
        tables={key: make(page, practice_id) for key, make in TABLES.items()},
        luck_note=words_of.luck_note([part.cost, *part.contacts.values()]),
        locality=page.to(f"activity/cut/?{urlencode(cut)}"),
    )


def _ages(page: PlacePage, practice: str) -> PageTable:
    return words_of.ages(_practice(page, practice), _facts(page), page.place.name)


def _deprivation(page: PlacePage, practice: str) -> PageTable:
    document, code = _document(page), _practice(page, practice).code
    return words_of.deprivation(document.practices[code], code, document, page.place.name)


def _conditions(page: PlacePage, practice: str) -> PageTable:
    document, code = _document(page), _practice(page, practice).code
    return words_of.conditions(document.practices[code], code, document)


def _contacts(page: PlacePage, practice: str) -> PageTable:
    document, code = _document(page), _practice(page, practice).code
    return words_of.contacts(document.practices[code], code, document, page.place)


def _neighbours(page: PlacePage, practice: str) -> PageTable:
    return words_of.neighbours(_practice(page, practice), _facts(page), _document(page))


TABLES: dict[str, Callable[[PlacePage, str], PageTable]] = {
    "ages": _ages,
    "deprivation": _deprivation,
    "conditions": _conditions,
    "contacts": _contacts,
    "neighbours": _neighbours,
}
"""The tables of one practice, each also the file practice-<name>-<practice>.csv."""


def _facts(page: PlacePage) -> dict[str, PracticeFacts]:
    return page.once("practice facts", lambda: dict(practice_facts(page.place)))


def _document(page: PlacePage) -> PracticesDocument:
    """The practices of the run. Raises InputError where it left none."""
    folder = files_of(page.workspace)
    if folder is None:
        raise InputError("the run of this plan was not kept; build the plan again")
    return page.once("practices", lambda: read_practices_document(folder))


def _practice(page: PlacePage, code: str) -> PracticeFacts:
    facts = _facts(page).get(code)
    if facts is None or code not in _document(page).practices:
        raise Http404(f"{page.place.name} has no practice with the code “{code}”.")
    return facts
