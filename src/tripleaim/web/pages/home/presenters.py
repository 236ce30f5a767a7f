"""What the product is, said with one place's numbers, and where each kind of reader starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim import wording as words
from tripleaim.place import Place
from tripleaim.plan import PlanDocument
from tripleaim.web.ui.registry import PageEntry, registry


@dataclass(frozen=True)
class TextPart:
    """A piece of a sentence; with `href`, a number that opens where it comes from."""

    text: str
    href: str = ""


Paragraph = Sequence[TextPart]


@dataclass(frozen=True)
class ReaderRoute:
    """Where a kind of reader starts: who they are, and questions with the pages that answer."""

    reader: str
    links: Sequence[tuple[str, str]]


ROUTES = (
    (
        "You look after the money",
        ("money/", "money/organisations/", "money/open-book/", "solutions/"),
    ),
    ("You plan and analyse", ("activity/", "scenario/assumptions/", "audit/", "figures/")),
    ("You give care, or live here", ("people/", "people/practices/", "solutions/", "not-known/")),
)
"""The readers of the design, and the pages that answer their first questions."""


def paragraphs(document: PlanDocument, base: str) -> tuple[Paragraph, Paragraph, Paragraph]:
    """The people, the gap, and what is known of it, in short sentences with linked numbers."""
    return _people(document, base), _gap(document, base), _evidence(document, base)


def _people(document: PlanDocument, base: str) -> Paragraph:
    first, last = document.base_year, document.years[-1]
    old = document.aged_75_and_over_pct
    to_people = f"{base}people/"
    return (
        TextPart(f"{document.name} has "),
        TextPart(f"{words.count(document.population[first])} people", to_people),
        TextPart(". Now "),
        TextPart(words.percent(old[first]), to_people),
        TextPart(f" of them are 75 or older. In {last} it will be "),
        TextPart(words.percent(old[last]), to_people),
        TextPart(". Older people need more care."),
    )


def _gap(document: PlanDocument, base: str) -> Paragraph:
    last = document.years[-1]
    if not document.gap_known:
        return (
            TextPart(words.care_without_gap(document.years, document.care_gbp_m) + " "),
            TextPart(document.why_no_gap, f"{base}#enter"),
        )
    start = (
        TextPart("If nothing changes, the NHS there will be "),
        _position(document, base, "do_nothing"),
        TextPart(f" in {last}. "),
    )
    if not document.solutions:
        return (*start, TextPart("Nobody has entered yet what would close this gap."))
    many = len(document.solutions)
    return (
        *start,
        TextPart("Its partners have "),
        TextPart(f"{many} solution{'' if many == 1 else 's'}", f"{base}solutions/"),
        TextPart(". If all they say comes true, it will be "),
        _position(document, base, "as_claimed"),
        TextPart(". But some savings are counted twice. Without those, it will be "),
        _position(document, base, "after_overlap"),
        TextPart("."),
    )


def _evidence(document: PlanDocument, base: str) -> Paragraph:
    shown = document.evidence
    made_up = TextPart(
        "The people you see here are made up, so that they match official counts. Nobody is real."
    )
    links = TextPart("Every number links to its source. ")
    if shown is None or not document.solutions:
        return (links, made_up)
    low, high = shown.range_gbp_m
    to_evidence = f"{base}#evidence"
    return (
        TextPart("Most solutions have not been tested. So the NHS may be "),
        TextPart(words.position(low), to_evidence),
        TextPart(" if none of those works, or "),
        TextPart(words.position(high), to_evidence),
        TextPart(" if they all do. "),
        links,
        made_up,
    )


def _position(document: PlanDocument, base: str, basis: str) -> TextPart:
    """The position of the last year; it opens the printed figure that it meets, if there is one."""
    last = document.years[-1]
    rows = (r for r in document.reconciliation if r.part == "gap" and r.year == last)
    figure = next((row.figure for row in rows if row.basis == basis), "")
    href = f"{base}figures/{figure}/" if figure else base
    return TextPart(words.position(document.gap_gbp_m[basis][last]), href)


def routes(place: Place, base: str) -> list[ReaderRoute]:
    """For each kind of reader the questions that pages of this place answer."""
    pages = {page.address: page for page in registry().pages}
    return [
        ReaderRoute(
            reader, [_link(pages[a], place, base) for a in addresses if _is_page(a, pages, place)]
        )
        for reader, addresses in ROUTES
    ]


def _is_page(address: str, pages: dict[str, PageEntry], place: Place) -> bool:
    page = pages.get(address)
    return page is not None and all(place.has(name) for name in page.needs.files)


def _link(page: PageEntry, place: Place, base: str) -> tuple[str, str]:
    return page.question.format(place=place.name), base + page.address
