"""How complete a place is: what is measured here, modelled, borrowed from England, not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.boards.extents import Extent
from tripleaim.boards.official import OfficialTables, Record
from tripleaim.boards.own_tables import Cell, OwnTable
from tripleaim.place import Place

FILE = "completeness.csv"
MEASURED, MODELLED, BORROWED, UNKNOWN = "measured", "modelled", "borrowed", "not known"
WEIGHTS: Mapping[str, float] = {MEASURED: 1.0, MODELLED: 0.5, BORROWED: 0.0, UNKNOWN: 0.0}
"""What a part counts towards the score."""
_PERIODS = ("month", "period", "year")


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many parts of a place have each standing."""

    parts: Mapping[str, int]

    @property
    def score(self) -> float:
        """Parts that are measured, and half of those modelled, in all parts: 0 to 1."""
        whole = sum(self.parts.values())
        return sum(WEIGHTS[standing] * n for standing, n in self.parts.items()) / whole

    def __str__(self) -> str:
        whole = sum(self.parts.values())
        told = ", ".join(f"{self.parts.get(standing, 0)} {standing}" for standing in WEIGHTS)
        return f"Completeness {100 * self.score:.0f}%: of {whole} parts {told}."


def completeness_in(place: Place) -> Completeness | None:
    """How complete a place is by its own `completeness.csv`; None for a place without one."""
    if not place.own.has(FILE):
        return None
    return Completeness(Counter(row["standing"] for row in place.rows(FILE)))


def completeness_of(table: OwnTable) -> Completeness:
    """The count of a table that `completeness_table` gave."""
    return Completeness(Counter(str(row[2]) for row in table.rows))


def completeness_table(
    tables: OfficialTables, made: Mapping[str, OwnTable], extent: Extent
) -> OwnTable:
    """Every part of a place: what it is, its standing, its period and the file that replaces it.

    A part is measured only where the table made for it has rows of all that it should have. What
    is published by board or location is modelled in a place that is neither.
    """
    return OwnTable(
        FILE,
        (
            "What this place has: measured here, modelled from what is measured, borrowed from",
            "England, or not known. instead: what is used where nothing is measured; replaced_by:",
            "the file that would replace it. Sources stand in the files themselves.",
        ),
        ("part", "what", "standing", "period", "file", "instead", "replaced_by"),
        [_row(part, made, extent) for part in tables.records("SELECT * FROM parts")],
    )


def _row(part: Record, made: Mapping[str, OwnTable], extent: Extent) -> tuple[Cell, ...]:
    standing, table = part["standing"], made.get(part["file"])
    if standing == MEASURED:
        standing = _measured(part["what"], table)
        if standing == MEASURED and part["file"] in extent.modelled:
            standing = MODELLED
    period = part["period"] or (_last_period(table) if standing == MEASURED and table else "")
    instead = part["instead"] if standing != MEASURED else ""
    if part["standing"] == MEASURED and standing == MODELLED and not extent.is_board:
        instead = extent.instead(part["file"])
    return (
        part["part"],
        part["what"],
        standing,
        period,
        part["file"],
        instead,
        part["replaced_by"],
    )


def _measured(what: str, table: OwnTable | None) -> str:
    """Whether a part is measured: not known without rows, modelled where some are assumed."""
    if table is None or not table.rows:
        return UNKNOWN
    if "status" not in table.columns:
        return MEASURED
    at = table.columns.index("status")
    own = table.rows[1:] if what == "where the trusts start" else table.rows
    return MEASURED if all(row[at] == "public" for row in own) else MODELLED


def _last_period(table: OwnTable) -> str:
    at = next((table.columns.index(name) for name in _PERIODS if name in table.columns), None)
    return "" if at is None else f"up to {max(str(row[at]) for row in table.rows)}"
