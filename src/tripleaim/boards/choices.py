"""Which boards a person may mean who types a name, a postcode, a practice or a council."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tripleaim.boards.official import OfficialTables, Record
from tripleaim.boards.organisations import Board, bare_name, boards
from tripleaim.boards.own_tables import in_title_case

MOST_PRACTICES = 20
"""Practices of one name beyond which somebody has to type more of it."""

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)(?: ?[0-9][A-Z]{2})?")
_PRACTICE = re.compile(r"[A-Z][0-9]{5}")


@dataclass(frozen=True, slots=True)
class BoardChoice:
    """A board that may be meant, and why: "5 of its practices are in TA6"."""

    board: Board
    why: str


@dataclass(frozen=True, slots=True)
class BoardSize:
    """What a person sees of a board before its place is made."""

    registered: int
    practices: int


def board_choices(text: str, tables: OfficialTables) -> tuple[BoardChoice, ...]:
    """The boards that `text` may mean, the likeliest first; none where nothing matches.

    `text` is a board's code or a part of its name (of 2024 too), a postcode or its district, a
    practice's code or name, or a council or district. A postcode's boards are those of practices
    there: a district without a practice gives none.
    """
    asked = " ".join(text.split())
    now = {board.code: board for board in boards(tables)}
    if not asked:
        return ()
    for find in (_by_code, _by_postcode, _by_practice_code):
        choices = find(asked.upper(), tables, now)
        if choices:
            return choices
    words = set(bare_name(asked).split())
    if not words:
        return ()
    found = [
        *_by_name(words, tables, now),
        *_by_council(words, tables, now),
        *_by_practice(asked, tables, now),
    ]
    first: dict[str, BoardChoice] = {}
    for choice in found:
        first.setdefault(choice.board.code, choice)
    return tuple(first.values())


def board_size(board: Board, tables: OfficialTables) -> BoardSize:
    """The people on its practices' lists, and its practices with patients."""
    (row,) = tables.records(
        "SELECT sum(patients)::BIGINT AS registered, count(DISTINCT practice) AS practices "
        "FROM lists JOIN practice_homes USING (practice) WHERE icb26 = $code",
        code=board.code,
    )
    return BoardSize(row["registered"], row["practices"])


def _by_code(
    asked: str, tables: OfficialTables, now: Mapping[str, Board]
) -> tuple[BoardChoice, ...]:
    """A board by its code of 2024 or 2026, and the board of a location."""
    rows = tables.records(
        "SELECT icb26, name24 AS name FROM boards WHERE $code IN (icb24, ons24, icb26, ons26) "
        "UNION ALL SELECT icb26, 'the location ' || sub_icb24 AS name FROM sub_icbs "
        "WHERE $code IN (sub_icb24, sub_icb26)",
        code=asked,
    )
    return tuple(
        BoardChoice(
            board,
            "this is its code"
            if asked in (board.code, board.ons)
            else f"it has all or a part of {_one_name(rows, board)}",
        )
        for board in _boards_of(rows, now)
    )


def _by_postcode(
    asked: str, tables: OfficialTables, now: Mapping[str, Board]
) -> tuple[BoardChoice, ...]:
    match = _POSTCODE.fullmatch(asked)
    if not match:
        return ()
    district = match[1]
    rows = tables.records(
        "SELECT icb26 FROM practices JOIN practice_homes USING (practice) "
        "WHERE split_part(postcode, ' ', 1) = $district",
        district=district,
    )
    counts = Counter(row["icb26"] for row in rows)
    return tuple(
        BoardChoice(
            now[code],
            f"{number:,} of its practices {'is' if number == 1 else 'are'} in {district}",
        )
        for code, number in counts.most_common()
    )


def _by_practice_code(
    asked: str, tables: OfficialTables, now: Mapping[str, Board]
) -> tuple[BoardChoice, ...]:
    if not _PRACTICE.fullmatch(asked):
        return ()
    rows = tables.records(
        "SELECT icb26, coalesce(name, '') AS name, closed FROM practice_homes "
        "LEFT JOIN practices USING (practice) WHERE practice = $code AND icb26 <> ''",
        code=asked,
    )
    return tuple(
        BoardChoice(
            now[row["icb26"]],
            f"it has the practice {_practice(row['name'], asked)}"
            + (f", which closed on {row['closed']}" if row["closed"] else ""),
        )
        for row in rows
        if row["icb26"] in now
    )


def _by_name(
    words: set[str], tables: OfficialTables, now: Mapping[str, Board]
) -> Iterable[BoardChoice]:
    """Boards with these words in their name, or in that of a board of 2024 that came to them."""
    named = [board for board in now.values() if words <= set(bare_name(board.name).split())]
    for board in sorted(named, key=lambda board: len(bare_name(board.name))):  # a whole name first
        whole = words == set(bare_name(board.name).split())
        yield BoardChoice(board, "this is its name" if whole else "this is in its name")
    for row in tables.records("SELECT name24 AS name, icb26 FROM boards ORDER BY icb24, icb26"):
        if words <= set(bare_name(row["name"]).split()):
            yield BoardChoice(now[row["icb26"]], f"it has all or a part of {row['name']}")


def _by_council(
    words: set[str], tables: OfficialTables, now: Mapping[str, Board]
) -> Iterable[BoardChoice]:
    """Boards that small areas of a district or council of this name belong to, most areas first."""
    rows = tables.records(
        "SELECT name, council_name, icb26, count(*) AS areas FROM areas "
        "JOIN districts USING (district) GROUP BY ALL ORDER BY areas DESC, name"
    )
    for row in rows:
        for name in (row["name"], row["council_name"]):
            if words <= set(bare_name(name).split()):
                yield BoardChoice(now[row["icb26"]], f"people of {name} live there")


def _by_practice(
    asked: str, tables: OfficialTables, now: Mapping[str, Board]
) -> Iterable[BoardChoice]:
    """Boards of practices with this in their name, if these are few."""
    rows = tables.records(
        "SELECT icb26, name, practice FROM practices JOIN practice_homes USING (practice) "
        "WHERE contains(upper(name), $text) ORDER BY name, practice",
        text=asked.upper(),
    )
    if len(rows) <= MOST_PRACTICES:
        for row in rows:
            why = f"it has the practice {_practice(row['name'], row['practice'])}"
            yield BoardChoice(now[row["icb26"]], why)


def _boards_of(rows: Iterable[Record], now: Mapping[str, Board]) -> Iterable[Board]:
    return (now[code] for code in sorted({row["icb26"] for row in rows}))


def _one_name(rows: Iterable[Record], board: Board) -> str:
    """The name of the former board, or of the location, that a board has; boards come first."""
    return next(str(row["name"]) for row in rows if row["icb26"] == board.code)


def _practice(name: str, code: str) -> str:
    return f"{in_title_case(name)} ({code})" if name else code
