"""What a place has: which practices, small areas, and parts of locations and boards."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tripleaim.boards.official import OfficialTables
from tripleaim.boards.organisations import THIS_YEAR, Board

BOARD, COUNCIL, PRACTICES, AREAS = "board", "council", "practices", "areas"
HERE = """
here AS (
    SELECT areas.*, mine.lsoa IS NOT NULL AS here
    FROM areas LEFT JOIN (SELECT unnest($areas) AS lsoa) AS mine USING (lsoa)
)
"""
"""Begins a statement: every small area of England, and whether it is in $areas."""

_BOARDS = """
SELECT icb24, any_value(name24) AS name,
       sum(core) FILTER (mine.practice IS NOT NULL) / sum(core) AS of_board,
       sum(core) FILTER (mine.practice IS NOT NULL)
       / sum(sum(core) FILTER (mine.practice IS NOT NULL)) OVER () AS of_place
FROM need JOIN (SELECT DISTINCT icb24, name24 FROM boards) AS b USING (icb24)
LEFT JOIN (SELECT unnest($practices) AS practice) AS mine USING (practice)
GROUP BY icb24 HAVING of_board > 0 ORDER BY icb24
"""
LEAST_OF_A_BOARD = 0.01
"""What part of a place's need a board must have to be one of those whose tables are shared."""
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
    what to know about it, line by line. `year` is the year of the boards whose boundary it has.
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
    year: int = THIS_YEAR

    @property
    def short_name(self) -> str:
        """The commissioner's name as people say it: "NHS Kent and Medway"."""
        return self.name.removesuffix(" Integrated Care Board")

    @property
    def is_board(self) -> bool:
        """Whether it is a whole board of now or of 2024."""
        return self.kind == BOARD

    @property
    def status(self) -> str:
        """The status of what is published by board or location: shared by need where it is none."""
        return "public" if self.is_board else "assumed"

    @property
    def modelled(self) -> frozenset[str]:
        """The files that are measured in a board and are modelled here."""
        by_place = {"residents.csv", "lsoas.csv"} if self.kind == PRACTICES else set()
        return frozenset() if self.is_board else frozenset(by_place | {"residents_to_come.csv"})

    def instead(self, file: str) -> str:
        """What is used in a file for what is published of boards and locations only."""
        if file in ("residents.csv", "lsoas.csv"):
            return "the small areas that are nearest to its practices"
        if file == "residents_to_come.csv":
            return "the part of its locations' residents that its small areas had in mid-2022"
        return "the place's part of its boards, locations and trusts, by need and waiting lists"

    @property
    def commissioner_kind(self) -> str:
        """What its commissioner is, in words."""
        return "integrated care board" if self.is_board else "commissioner of a part"


@dataclass(frozen=True, slots=True)
class BoardShare:
    """What part of a board of 2024 is the place's by need, and what part of the place is its."""

    code: str
    name: str
    of_board: float
    of_place: float


def extent_of(board: Board, tables: OfficialTables) -> Extent:
    """What an integrated care board has: its practices, its small areas, its locations."""
    code, column = board.code, f"icb{board.year % 100}"
    practices = _codes(
        f"SELECT practice FROM practice_homes WHERE {column} = $board",  # noqa: S608 - our own words
        *(code, tables),
    )
    locations = (
        "SELECT sub_icb24, part FROM location_parts WHERE icb26 = $board"
        if board.year == THIS_YEAR
        else "SELECT DISTINCT sub_icb24, 1.0 AS part FROM sub_icbs WHERE icb24 = $board "
        "ORDER BY sub_icb24"
    )
    return Extent(
        BOARD,
        code,
        board.name,
        board.short_name,
        practices,
        _codes(f"SELECT lsoa FROM areas WHERE {column} = $board", code, tables),  # noqa: S608 - our own words
        {row["sub_icb24"]: row["part"] for row in tables.records(locations, board=code)},
        networks_of(practices, tables),
        board.before,
        board.whole,
        year=board.year,
    )


def networks_of(practices: Collection[str], tables: OfficialTables) -> dict[str, float]:
    """The part of the people of each primary care network that is on the lists of `practices`."""
    rows = tables.records(_NETWORKS, practices=sorted(practices))
    return {row["network"]: row["part"] for row in rows}


def board_shares(extent: Extent, tables: OfficialTables) -> tuple[BoardShare, ...]:
    """The boards of 2024 that have a hundredth or more of the place's need for core services."""
    rows = tables.records(_BOARDS, practices=list(extent.practices))
    return tuple(
        BoardShare(row["icb24"], row["name"], row["of_board"], row["of_place"])
        for row in rows
        if row["of_place"] >= LEAST_OF_A_BOARD
    )


def _codes(sql: str, code: str, tables: OfficialTables) -> tuple[str, ...]:
    return tuple(sorted(next(iter(row.values())) for row in tables.records(sql, board=code)))
