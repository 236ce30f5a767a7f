"""What a page rests on: what is measured here, modelled, borrowed from England, or not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim import wording as words
from tripleaim.boards import Completeness, completeness_in
from tripleaim.place import Place, Row

PARTS_OF_SECTIONS: Mapping[str, frozenset[str]] = {
    "People": frozenset({"People"}),
    "Activity": frozenset({"People", "Care"}),
    "Outcomes": frozenset({"People", "Care"}),
    "Staff": frozenset({"People", "Care", "Staff"}),
    "Money": frozenset({"People", "Care", "Money"}),
}
"""The parts of `completeness.csv` that the pages of a section are made from; others: from all."""

_HEADINGS: Mapping[str, str] = {
    "measured": "Measured here",
    "modelled": "Modelled from what is measured here",
    "borrowed": "Borrowed from England",
    "not known": "Not known",
}
_COUNTED: Mapping[str, str] = {
    "measured": "measured here",
    "modelled": "modelled",
    "borrowed": "borrowed from England",
    "not known": "not known",
}


@dataclass(frozen=True, slots=True)
class CompletenessHere:
    """What the pages of one section rest on: a sentence, and the parts of each standing."""

    sentence: str
    standings: Sequence[tuple[str, Sequence[str]]]


def completeness_here(place: Place, section: str) -> CompletenessHere | None:
    """What the pages of a section rest on; None for a place that does not declare its parts."""
    whole = completeness_in(place)
    if whole is None:
        return None
    wanted = PARTS_OF_SECTIONS.get(section)
    rows = [row for row in place.rows("completeness.csv") if not wanted or row["part"] in wanted]
    parts = {
        standing: [_in_words(row) for row in rows if row["standing"] == standing]
        for standing in _HEADINGS
    }
    return CompletenessHere(
        _sentence({standing: len(of_it) for standing, of_it in parts.items()}, whole),
        [(_HEADINGS[standing], of_it) for standing, of_it in parts.items() if of_it],
    )


def _sentence(counts: Mapping[str, int], whole: Completeness) -> str:
    told = [f"{words.count(number)} {_COUNTED[name]}" for name, number in counts.items() if number]
    return (
        f"Made from {words.counted(sum(counts.values()), 'part')}: {words.listed(told)}. "
        f"The place is {words.percent(100 * whole.score, 0)} complete"
    )


def _in_words(row: Row) -> str:
    """A part with its date; where it is not measured, what is used and what would replace it."""
    what = words.capital(row["what"]) + (f" ({row['period']})" if row["period"] else "")
    if row["standing"] == "measured":
        return what
    used = f". Used instead: {row['instead']}" if row["instead"] else ""
    return f"{what}{used}. To replace it: {row['replaced_by']}."
