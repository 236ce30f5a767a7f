"""Figures that nobody has published and that people of the place must enter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.place.figures import year_in_id
from tripleaim.place.model import Place

FILE = "asked_for.csv"


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A figure that is not known: its id, what it is, its unit, who would know it.

    `until_then` says what is done without it.
    """

    id: str
    what: str
    unit: str
    who_would_know: str
    until_then: str


def asked_for(place: Place) -> Mapping[str, AskedFor]:
    """The figures of `asked_for.csv` that the place itself has not stated yet, by id.

    A default does not answer for the place. A yearly figure is answered by one figure ("name"), or
    by one of every year of the plan ("name.2026_27").
    """
    return {name: one for name, one in _listed(place).items() if not _stated(place, name)}


def place_alone_answers(place: Place, name: str) -> bool:
    """Whether a figure is one of `asked_for.csv`, answered or not, so that no default counts."""
    return name in _listed(place)


def _listed(place: Place) -> Mapping[str, AskedFor]:
    def read() -> Mapping[str, AskedFor]:
        rows = place.rows(FILE) if place.has(FILE) else ()
        return {row["id"]: AskedFor(**row.values) for row in rows}

    return place.files.once(FILE, read)


def _stated(place: Place, name: str) -> bool:
    by_year = [f"{name}.{year_in_id(year)}" for year in place.years]
    return _own(place, name) or all(_own(place, one) for one in by_year)


def _own(place: Place, figure_id: str) -> bool:
    figure = place.figures.get(figure_id)
    return figure is not None and place.is_own(figure)
