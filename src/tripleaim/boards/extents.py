"""What a place has: which practices, small areas, and parts of locations and boards."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tripleaim.boards.official import OfficialTables
from tripleaim.boards.organisations import Board

BOARD = "board"
HERE = """
here AS (
    SELECT areas.*, mine.lsoa IS NOT NULL AS here
    FROM areas LEFT JOIN (SELECT unnest($areas) AS lsoa) AS mine USING (lsoa)
)
"""
"""Begins a statement: every small area of England, and whether it is in $areas."""

_NETWORKS = """
SELECT network, sum(patients) FILTER (mine.practice IS NOT NULL) / sum(patients) AS part
FROM practice_homes JOIN lists USING (practice)
LEFT JOIN (SELECT unnest($practices) AS practice) AS mine USING (practice)
WHERE network IN (SELECT network FROM networks)
GROUP BY network HAVING part > 0 ORDER BY network
"""


@dataclass(frozen=True, slots=True)
class Extent:
    """What a place has of England; every table of a made place is made from one.

    `code` and `name` are the commissioner's, `place` is the name of the place. `practices` are all
    that are or were in it, also those that have closed since; `areas` are small areas of 2021.
    `locations` has the part of each location of 2024 whose people are the place's, `networks` the
    part of each primary care network: 0 to 1. `before` are the boards of 2024 of which it has
    something, `whole` those of which it has all. `rule` says in a sentence how it was cut, `notes`
    what to know about it, line by line.
    """

    kind: str
    code: str
    name: str
    place: str
    practices: tuple[str, ...]
    areas: tuple[str, ...]
    locations: Mapping[str, float]
    networks: Mapping[str, float]
    before: tuple[str, ...]
    whole: tuple[str, ...]
    rule: str = ""
    notes: tuple[str, ...] = ()

    @property
    def short_name(self) -> str:
        """The commissioner's name as people say it: "NHS Kent and Medway"."""
        return self.name.removesuffix(" Integrated Care Board")

    @property
    def is_board(self) -> bool:
        """Whether it is a whole board of now or of 2024."""
        return self.kind == BOARD


def extent_of(board: Board, tables: OfficialTables) -> Extent:
    """What an integrated care board has: its practices, its small areas, its locations."""
    code = board.code
    practices = _codes("SELECT practice FROM practice_homes WHERE icb26 = $board", code, tables)
    return Extent(
        BOARD,
        code,
        board.name,
        board.short_name,
        practices,
        _codes("SELECT lsoa FROM areas WHERE icb26 = $board", code, tables),
        {
            row["sub_icb24"]: row["part"]
            for row in tables.records(
                "SELECT sub_icb24, part FROM location_parts WHERE icb26 = $board", board=code
            )
        },
        networks_of(practices, tables),
        board.before,
        board.whole,
    )


def networks_of(practices: Collection[str], tables: OfficialTables) -> dict[str, float]:
    """The part of the people of each primary care network that is on the lists of `practices`."""
    rows = tables.records(_NETWORKS, practices=sorted(practices))
    return {row["network"]: row["part"] for row in rows}


def _codes(sql: str, code: str, tables: OfficialTables) -> tuple[str, ...]:
    return tuple(sorted(next(iter(row.values())) for row in tables.records(sql, board=code)))
