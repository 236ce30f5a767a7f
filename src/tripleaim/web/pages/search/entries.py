"""Everything of a plan that can be found."""

from __future__ import annotations

from collections.abc import Iterator

from tripleaim import wording as words
from tripleaim.place import Place
from tripleaim.plan import PlanDocument
from tripleaim.web.pages.home.static_pages import words as glossary_words
from tripleaim.web.ui.matching import SearchEntry
from tripleaim.web.ui.names import figure_names
from tripleaim.web.ui.registry import registry

KINDS = {
    "headline": "Headlines",
    "page": "Pages",
    "solution": "Solutions",
    "organisation": "Organisations",
    "practice": "Practices",
    "figure": "Figures",
    "word": "Words",
}
"""Kinds of entries in the order in which they are shown, with their headings."""


def entries(place: Place, document: PlanDocument) -> list[SearchEntry]:
    """All entries of a place's plan, kind by kind."""
    return [
        *_headlines(document),
        *_pages(place),
        *_solutions(document),
        *_organisations(place),
        *_practices(place),
        *_figures(place),
        *(SearchEntry("word", w, meaning, f"/glossary/#{a}") for a, w, meaning in glossary_words()),
    ]


def _headlines(document: PlanDocument) -> Iterator[SearchEntry]:
    for name, by_year in document.gap_gbp_m.items():
        for year, value in by_year.items():
            when = "over all years" if year == "cumulative" else f"in {year}"
            title = f"Gap {when}, {words.inside(words.position_name(name))}"
            yield SearchEntry(
                "headline", title, words.capital(words.position(value)), "", numbers=(value,)
            )
    for solution in document.solutions:
        for year, value in solution.as_claimed_gbp_m.items():
            if value:
                yield SearchEntry(
                    "headline",
                    f"Saving in {year}, as claimed: {solution.name}",
                    words.tagged(words.signed(value), solution.claim_tag),
                    f"solutions/{solution.id}/",
                    numbers=(value,),
                )


def _pages(place: Place) -> Iterator[SearchEntry]:
    for page in registry().pages:
        reachable = page.above is None and "<" not in page.address
        if reachable and all(place.has(name) for name in page.needs.files):
            question = page.question.format(place=place.name)
            yield SearchEntry("page", question, f"{page.section}: {page.name}", page.address)


def _solutions(document: PlanDocument) -> Iterator[SearchEntry]:
    for one in document.solutions:
        yield SearchEntry("solution", one.name, one.summary, f"solutions/{one.id}/", one.id)


def _organisations(place: Place) -> Iterator[SearchEntry]:
    for one in place.organisations:
        href = f"money/organisations/{one.id}/" if place.has("flows.csv") else "figures/"
        yield SearchEntry("organisation", one.name, one.kind, href, f"{one.id} {one.short_name}")


def _practices(place: Place) -> Iterator[SearchEntry]:
    if not (place.has("practices.csv") and place.has("registered.csv")):
        return
    for row in place.rows("practices.csv"):
        detail = f"Practice in {row['locality']}"
        also = f"{row['practice']} {row['postcode']}"
        href = f"people/practices/{row['practice']}/"
        yield SearchEntry("practice", row["name"], detail, href, also)


def _figures(place: Place) -> Iterator[SearchEntry]:
    names = figure_names(place)
    for one in place.figures.values():
        value = words.quantity(one.value, one.unit)
        when = f", {one.year}" if one.year else ""
        yield SearchEntry(
            "figure",
            names[one.id],
            f"{words.capital(value)}{when}; {one.status}",
            f"figures/{one.id}/",
            f"{one.id} {one.basis}",
            (one.value,),
        )
