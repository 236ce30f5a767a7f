"""The one search: numbers, names, practices, organisations, solutions, words."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim import wording as words
from tripleaim.web.pages.search.entries import KINDS, entries
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.matching import LONGEST, SearchEntry, found

MOST = 20
"""So many of each kind are shown, unless one kind is asked for."""


def search(page: PlacePage) -> HttpResponse:
    """Everything that holds what was typed, kind by kind."""
    text = " ".join(page.request.GET.get("q", "").split())[:LONGEST]
    asked = page.request.GET.get("kind", "")
    everything = page.once_for_scenario("search", lambda: entries(page.place, page.document))
    matches = found(everything, text)
    groups = []
    for kind, heading in KINDS.items():
        several = [one for one in matches if one.kind == kind]
        if several and asked in ("", kind):
            shown = several if asked else several[:MOST]
            groups.append((kind, heading, len(several), shown))
    return page.show(
        "search/search.jinja",
        title=f"Search: {text}" if text else "Search",
        answer=_answer(text, matches, page.document.name),
        text=text,
        groups=groups,
        link=lambda one: one.href if one.href.startswith("/") else page.to(one.href),
    )


def _answer(text: str, matches: list[SearchEntry], name: str) -> str:
    if not text:
        return f"Type a number, a name or a word from {name}'s plan."
    if not matches:
        return f"Nothing here contains “{text}”. Try fewer words, or a number as it is printed."
    things = "result contains" if len(matches) == 1 else "results contain"
    return f"{words.capital(words.count(len(matches)))} {things} “{text}”."
