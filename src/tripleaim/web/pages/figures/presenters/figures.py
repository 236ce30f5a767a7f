"""Where does this number come from? Figures, searched and paged, each with status and source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tripleaim import wording as words
from tripleaim.place import STATUS_MEANING, STATUSES, Figure, Place
from tripleaim.plan import Finding, PlanDocument
from tripleaim.web.pages.figures.presenters.audit import address
from tripleaim.web.ui.matching import SearchEntry, found
from tripleaim.web.ui.names import figure_names
from tripleaim.web.ui.tables import PageColumn, PageTable

ROWS = 25
SORTS = {
    "": "Order of the files",
    "name": "Name",
    "year": "Year",
    "status": "Status",
    "source": "Source",
}
"""Ways of sorting the list. Not by value: what is measured in unlike units has no order."""
_NOTE = re.compile(r"(?P<file>.+?\.\w+)(?:, (?P<where>[^:]+))?: (?P<what>.+)", re.DOTALL)
"""How a note on the reading of a file is written: "ages.csv, line 4: what was read"."""


@dataclass(frozen=True)
class Search:
    """What a reader asked for: words, a status, a source, an order; empty means all, as it is."""

    text: str = ""
    status: str = ""
    source: str = ""
    sort: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for, as an address says it."""
        query = {"q": self.text, "status": self.status, "source": self.source, "sort": self.sort}
        return {name: value for name, value in query.items() if value}

    def in_order(self, place: Place) -> list[Figure]:
        """The figures found, in the order asked for; what has no such thing comes last."""
        if not self.sort:
            return self.matches(place)
        names = figure_names(place)
        of: Mapping[str, Callable[[Figure], str]] = {
            "name": lambda f: names[f.id].casefold(),
            "year": lambda f: f.year,
            "status": lambda f: f.status,
            "source": lambda f: _title(f, place).casefold(),
        }
        return sorted(self.matches(place), key=lambda f: (not of[self.sort](f), of[self.sort](f)))

    def matches(self, place: Place) -> list[Figure]:
        """The figures that words and numbers typed find, with the status and source asked for."""
        names = figure_names(place)
        asked = {
            f.id: f
            for f in place.figures.values()
            if self.status in ("", f.status) and self.source in ("", f.source)
        }
        if not self.text.strip():
            return list(asked.values())
        entries = (_entry(f, names[f.id]) for f in asked.values())
        return [asked[entry.href] for entry in found(entries, self.text)]


def _entry(figure: Figure, name: str) -> SearchEntry:
    also = (figure.id, figure.basis, figure.unit, figure.year, figure.where, figure.cause)
    return SearchEntry("figure", name, "", figure.id, " ".join(also), (figure.value,))


def answer(place: Place) -> str:
    """How many figures there are, of which statuses."""
    counted = [
        f"{words.count(n)} {s}"
        for s in STATUSES
        if (n := sum(f.status == s for f in place.figures.values()))
    ]
    return (
        f"Each of the {words.count(len(place.figures))} figures in this plan has a status and a "
        f"source: {words.listed(counted)}."
    )


def table(figures: Sequence[Figure], place: Place) -> PageTable:
    """Figures as rows with their name, value, unit, year, status and source."""
    names = figure_names(place)
    return PageTable(
        "figures",
        "Figures",
        [
            PageColumn("name", "Figure"),
            PageColumn("value", "Value", "plain"),
            PageColumn("unit", "Unit"),
            PageColumn("year", "Year"),
            PageColumn("status", "Status", "status"),
            PageColumn("whose", "Whose"),
            PageColumn("source", "Source"),
            PageColumn("id", "Id"),
        ],
        [
            {
                "id": f.id,
                "name": names[f.id],
                "href": f"figures/{f.id}/",
                "value": f.value,
                "unit": f.unit,
                "year": f.year,
                "status": f.status,
                "whose": owner(f, place),
                "source": _title(f, place),
            }
            for f in figures
        ],
    )


def notes_by_file(notes: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Notes on how files were read, below the file that each is of; "" where none is named.

    >>> notes_by_file(["ages.csv, line 1: not read.", "ages.csv: 2 lines of totals are left out."])
    [('ages.csv', ['Line 1: not read.', '2 lines of totals are left out.'])]
    """
    by_file: dict[str, list[str]] = {}
    for note in notes:
        match = _NOTE.fullmatch(note)
        where = f"{match['where']}: " if match and match["where"] else ""
        sentence = words.capital(f"{where}{match['what']}") if match else note
        by_file.setdefault(match["file"] if match else "", []).append(sentence)
    return list(by_file.items())


def owner(figure: Figure, place: Place) -> str:
    """Whether a figure is the place's own, or comes from the defaults because the place has "
    "none."""
    return f"{place.name}'s own" if place.is_own(figure) else "Default"


def _title(figure: Figure, place: Place) -> str:
    source = place.sources.get(figure.source)
    return source.title if source else figure.source


def one_answer(figure: Figure, place: Place) -> str:
    """What a figure is and where it comes from, in a sentence."""
    when = f" for {figure.year}" if figure.year else ""
    default = (
        ""
        if place.is_own(figure)
        else f" It is a default, because {place.name} has no figure of its own."
    )
    return (
        f"{words.quantity(figure.value, figure.unit)}{when}. It is {figure.status}: "
        f"{STATUS_MEANING[figure.status]}. Source: {_title(figure, place)}.{default}"
    )


def interval(figure: Figure) -> str:
    """The credible range, if one is held."""
    if figure.low is None and figure.high is None:
        return ""
    low = "no lower bound" if figure.low is None else words.quantity(figure.low, figure.unit)
    high = "no upper bound" if figure.high is None else words.quantity(figure.high, figure.unit)
    return f"{low} to {high}"


def used_by(
    figure_id: str, place: Place, document: PlanDocument, findings: Sequence[Finding]
) -> list[tuple[str, str]]:
    """Where a figure is used, as far as the plan says: text and address inside the plan."""
    used = [
        (f"{p.name}: printed activity", "activity/")
        for p in place.points_of_delivery
        if figure_id in (p.printed_base, p.printed_last)
    ]
    used += [
        (f"{p.name}: unit cost", "money/")
        for p in place.points_of_delivery
        if figure_id == p.unit_cost
    ]
    used += [(a.name, "") for a in document.aims if a.figure == figure_id]
    used += [(f"{a.name}: target", "") for a in document.aims if a.target_figure == figure_id]
    used += [
        (f"Reconciliation: {r.name}", "figures/")
        for r in document.reconciliation
        if r.figure == figure_id
    ]
    used += [(f"Audit: {f.statement}", address(f)) for f in findings if figure_id in f.figures]
    return used
