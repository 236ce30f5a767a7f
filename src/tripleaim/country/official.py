"""What official projections say of a country, on the dates that a tally counts at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.place import Place

FILE = "official_projection.csv"


@dataclass(frozen=True, slots=True)
class OfficialYear:
    """Residents on 1 January of a calendar year, and births and deaths in it; None: not known."""

    people: float | None
    births: float | None
    deaths: float | None


def read_official(place: Place) -> Mapping[int, OfficialYear]:
    """The official projection of a place by calendar year; empty where its folder has none.

    The file's years go from July to June. What it says of two that meet inside a calendar year is
    averaged. Raises InputError at a fault.
    """
    if not place.own.has(FILE):
        return {}
    rows = {row["year"]: row for row in place.own.rows(FILE)}

    def mean(column: str, year: int) -> float | None:
        both = [rows[y][column] for y in (year, year + 1) if y in rows]
        known = [value for value in both if value is not None]
        return sum(known) / 2 if len(known) == 2 else None

    return {
        year: OfficialYear(mean("people", year - 1), mean("births", year), mean("deaths", year))
        for year in range(min(rows), max(rows) + 1)
    }
