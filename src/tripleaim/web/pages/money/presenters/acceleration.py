"""Savings that come earlier, as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tripleaim.place import Place
from tripleaim.web.ui.tables import PageTable, by_year


def table(place: Place, positions: Sequence[Mapping[str, float]]) -> PageTable:
    """The position as claimed, by year, with every saving as printed or some years earlier."""
    return by_year(
        "acceleration",
        "NHS position as claimed, £m a year, if every saving comes earlier",
        "Every saving comes",
        [(_label(years, place), position) for years, position in enumerate(positions)],
        place.years,
        kind="tenths",
    )


def _label(years: int, place: Place) -> str:
    if not years:
        return place.as_stated.capitalize()
    return f"{years} year{'s' if years > 1 else ''} earlier"
