"""What a place gains and loses when it is cut to the boards of another year, and from or to whom.

Every practice, small area and pound of England is in one piece: what went from one board of 2024
to one of 2026. A board of either year is all pieces with its code, so that sums add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from tripleaim.boards.allocations import STREAMS
from tripleaim.boards.official import OfficialTables
from tripleaim.boards.organisations import THIS_YEAR, YEAR_BEFORE, Board, boards, boards_before
from tripleaim.tables import InputError

_PIECES = """
WITH listed AS (
    SELECT h.icb24, h.icb26, count(DISTINCT practice) AS practices, sum(patients) AS registered
    FROM lists JOIN practice_homes AS h USING (practice) GROUP BY ALL
), living AS (
    SELECT icb24, icb26, count(*) AS areas, sum(people_2022) AS residents FROM areas GROUP BY ALL
)
SELECT b.icb24, b.icb26, coalesce(practices, 0) AS practices, coalesce(registered, 0) AS registered,
       coalesce(areas, 0) AS areas, coalesce(residents, 0) AS residents
FROM boards AS b LEFT JOIN listed USING (icb24, icb26) LEFT JOIN living USING (icb24, icb26)
ORDER BY b.icb24, b.icb26
"""
_SHARED = """
WITH needed AS (
    SELECT n.icb24, h.icb26, sum(n.{by}) AS need FROM need AS n
    JOIN practice_homes AS h USING (practice) GROUP BY ALL
)
SELECT icb24, icb26, value * need / sum(need) OVER (PARTITION BY icb24) AS pounds
FROM boards JOIN needed USING (icb24, icb26) JOIN allocations USING (icb24)
WHERE stream = $stream AND measure = $measure
"""
"""A board of 2024 that was split goes to its successors by the need of their practices."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of a place or of a piece of it.

    Practices with patients and the people registered with them on 1 July 2026, small areas of 2021
    and their residents of mid-2022, £ allocated in 2025/26, recurrent, all streams.
    """

    practices: int = 0
    registered: int = 0
    areas: int = 0
    residents: int = 0
    pounds: float = 0.0

    def __add__(self, other: Counted) -> Counted:
        return Counted(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class BoundaryChange:
    """A place before and after, what it keeps, and what it gains or loses by board.

    `gained` is what comes from each board of the year that the place had, `lost` what goes to each
    board of the year that it is cut to; before less lost, and kept with gained, is after.
    """

    before: Board
    after: Board
    had: Counted
    kept: Counted
    gained: tuple[tuple[Board, Counted], ...]
    lost: tuple[tuple[Board, Counted], ...]
    has: Counted


@dataclass(frozen=True, slots=True)
class BoundaryPiece:
    """What went from one board of 2024 to one of 2026."""

    code24: str
    code26: str
    counted: Counted

    def of(self, year: int) -> str:
        """The code of the board that has it in a year."""
        return self.code26 if year == THIS_YEAR else self.code24


def boards_of(year: int, tables: OfficialTables) -> tuple[Board, ...]:
    """Every board of 2024 or of 2026, by code. Raises InputError for another year."""
    if year == THIS_YEAR:
        return boards(tables)
    if year == YEAR_BEFORE:
        return boards_before(tables)
    raise InputError(
        f"expected a year whose boards are known: {YEAR_BEFORE} or {THIS_YEAR}", value=year
    )


def pieces_of_england(tables: OfficialTables) -> tuple[BoundaryPiece, ...]:
    """Every pair of a board of 2024 and a successor of it, with what it has."""
    pounds = _pounds(tables)
    return tuple(
        BoundaryPiece(
            row["icb24"],
            row["icb26"],
            Counted(
                *(row["practices"], row["registered"], row["areas"], row["residents"]),
                pounds[row["icb24"], row["icb26"]],
            ),
        )
        for row in tables.records(_PIECES)
    )


def boards_that_share(
    board: Board, year: int, pieces: Iterable[BoundaryPiece], tables: OfficialTables
) -> tuple[Board, ...]:
    """The boards of another year that have a part of a board, by code."""
    codes = {piece.of(year) for piece in pieces if piece.of(board.year) == board.code}
    return tuple(one for one in boards_of(year, tables) if one.code in codes)


def boundary_change(
    before: Board, after: Board, pieces: Iterable[BoundaryPiece], tables: OfficialTables
) -> BoundaryChange:
    """What a place changes that was cut to one board and is cut to another of another year."""
    every = list(pieces)
    mine = [piece for piece in every if piece.of(before.year) == before.code]
    theirs = [piece for piece in every if piece.of(after.year) == after.code]
    return BoundaryChange(
        before,
        after,
        _sum(mine),
        _sum(piece for piece in mine if piece in theirs),
        _by_board([piece for piece in theirs if piece not in mine], before.year, tables),
        _by_board([piece for piece in mine if piece not in theirs], after.year, tables),
        _sum(theirs),
    )


def _pounds(tables: OfficialTables) -> dict[tuple[str, str], float]:
    """£ allocated to each piece: all of a board that went whole, or the part of its need."""
    found: dict[tuple[str, str], float] = {}
    for stream, (measure, by, _) in STREAMS.items():
        rows = tables.records(_SHARED.format(by=by), stream=stream, measure=measure)
        for row in rows:
            key = row["icb24"], row["icb26"]
            found[key] = found.get(key, 0.0) + row["pounds"]
    return found


def _by_board(
    pieces: Sequence[BoundaryPiece], year: int, tables: OfficialTables
) -> tuple[tuple[Board, Counted], ...]:
    return tuple(
        (board, _sum(piece for piece in pieces if piece.of(year) == board.code))
        for board in boards_of(year, tables)
        if any(piece.of(year) == board.code for piece in pieces)
    )


def _sum(pieces: Iterable[BoundaryPiece]) -> Counted:
    return sum((piece.counted for piece in pieces), Counted())
