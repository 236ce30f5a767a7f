"""What is not known of a place, what is used instead, and who would know."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.place.model import Place

FILE = "not_known.csv"


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A file that the place does not hold: what would be in it, what is used instead, who knows."""

    file: str
    what: str
    instead: str
    who_would_know: str


def not_known(place: Place) -> tuple[NotKnown, ...]:
    """What the place does not hold of its own, of all that a place may hold."""
    rows = place.rows(FILE) if place.has(FILE) else ()
    return tuple(NotKnown(**row.values) for row in rows if not place.own.has(row["file"]))
