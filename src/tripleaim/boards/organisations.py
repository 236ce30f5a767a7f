"""Integrated care boards: which there are, what became of those of 2024, how they are named."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from tripleaim.boards.official import OfficialTables
from tripleaim.place import InputError

THIS_YEAR, YEAR_BEFORE = 2026, 2024
"""The years of the boards of now, and of those before them."""
CHANGED_ON = "1 April 2026"
_ONS_CODE = re.compile(r"E?54(0*)(\d{1,3})")
_ONS_DIGITS = 6
_LONG = " Integrated Care Board"
_SUFFIX = re.compile(r"\b(nhs|integrated care board|icb|ics)\b")


@dataclass(frozen=True, slots=True)
class Board:
    """An integrated care board as it is since April 2026.

    `code` is the NHS's (Q.. or five characters), `ons` the ONS's (E54..). `before` are the codes of
    the boards of 2024 that it has all or a part of, `whole` those of them that it has all of.
    `year` is 2024 for one of the boards before.
    """

    code: str
    ons: str
    name: str
    region: str
    before: tuple[str, ...]
    whole: tuple[str, ...]
    year: int = THIS_YEAR

    @property
    def short_name(self) -> str:
        """Its name as people say it: "NHS Kent and Medway"."""
        return self.name.removesuffix(_LONG)


@dataclass(frozen=True, slots=True)
class _Former:
    """A board of 2024 and the codes of its successors."""

    code: str
    ons: str
    name: str
    after: tuple[str, ...]


def boards(tables: OfficialTables) -> tuple[Board, ...]:
    """Every board of April 2026, by code."""
    parts = _parts(tables)
    rows = tables.records(
        "SELECT icb26, any_value(ons26) AS ons, any_value(name26) AS name, "
        "any_value(region26) AS region, list(icb24 ORDER BY icb24) AS before "
        "FROM boards GROUP BY icb26 ORDER BY icb26"
    )
    return tuple(
        Board(
            row["icb26"],
            row["ons"],
            row["name"],
            row["region"],
            tuple(row["before"]),
            tuple(code for code in row["before"] if parts[code] == 1),
        )
        for row in rows
    )


def boards_before(tables: OfficialTables) -> tuple[Board, ...]:
    """Every board of 2024, by code."""
    rows = tables.records(
        "SELECT icb24, any_value(ons24) AS ons, any_value(name24) AS name, "
        "any_value(region26) AS region FROM boards GROUP BY icb24 ORDER BY icb24"
    )
    return tuple(
        Board(
            *(row["icb24"], row["ons"], row["name"], row["region"]),
            *((row["icb24"],), (row["icb24"],), YEAR_BEFORE),
        )
        for row in rows
    )


def clusters(tables: OfficialTables) -> dict[str, tuple[str, ...]]:
    """The boards that share their staff, by the code of each that does."""
    rows = tables.records(
        "SELECT list(DISTINCT icb26 ORDER BY icb26) AS codes FROM boards "
        "WHERE cluster26 <> '' GROUP BY cluster26"
    )
    return {code: tuple(row["codes"]) for row in rows for code in row["codes"]}


def _parts(tables: OfficialTables) -> dict[str, int]:
    """Into how many boards of 2026 each board of 2024 went, by code."""
    rows = tables.records("SELECT icb24, count(*) AS parts FROM boards GROUP BY icb24")
    return {row["icb24"]: row["parts"] for row in rows}


def board_called(text: str, tables: OfficialTables) -> Board:
    """The board that a code or a name means, of 2024 or 2026.

    A board of 2024 that is no more is refused with its successors, a name that several share with
    all of them, and a code that has lost zeros with the whole one. Raises InputError.
    """
    now = boards(tables)
    asked = text.strip()
    by_code = {code: board for board in now for code in (board.code, board.ons)}
    if asked.upper() in by_code:
        return by_code[asked.upper()]
    former = _former(tables)
    gone = {code: one for one in former for code in (one.code, one.ons)}
    if asked.upper() in gone:
        raise _became(gone[asked.upper()], text, now)
    _refuse_lost_zeros(asked, [*by_code, *gone])
    _refuse_location(asked, tables)
    return _by_name(text, now, former)


def _by_name(text: str, now: tuple[Board, ...], former: Collection[_Former]) -> Board:
    wanted = bare_name(text)
    same = [board for board in now if bare_name(board.name) == wanted]
    if len(same) == 1:
        return same[0]
    for one in former:
        if bare_name(one.name) == wanted:
            raise _became(one, text, now)
    words = set(wanted.split())
    alike = [board for board in now if words and words <= set(bare_name(board.name).split())]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise InputError(
            f"{len(alike)} boards have this in their name: {_listed(alike)}; give one of the codes",
            value=text,
        )
    names = [*(board.name for board in now), *(one.name for one in former)]
    raise InputError(
        "expected an integrated care board by its code (such as "
        f"{now[0].code} or {now[0].ons}) or its name; `tripleaim place boards` lists all",
        value=text,
        valid=[name.removeprefix("NHS ").removesuffix(_LONG) for name in names],
    )


def _former(tables: OfficialTables) -> list[_Former]:
    """The boards of 2024 that no board of 2026 has the code of both kinds of."""
    rows = tables.records(
        "SELECT icb24, any_value(ons24) AS ons, any_value(name24) AS name, "
        "list(icb26 ORDER BY icb26) AS after FROM boards GROUP BY icb24 ORDER BY icb24"
    )
    return [_Former(row["icb24"], row["ons"], row["name"], tuple(row["after"])) for row in rows]


def _became(one: _Former, text: str, now: tuple[Board, ...]) -> InputError:
    after = [board for board in now if board.code in one.after]
    if len(after) == 1 and one.code == after[0].code:
        said = f"{one.name} took a new code on {CHANGED_ON}: use {after[0].code}"
    elif len(after) == 1:
        said = f"{one.name} became part of {_listed(after)} on {CHANGED_ON}: use {after[0].code}"
    else:
        said = f"{one.name} was split on {CHANGED_ON} between {_listed(after)}: use one of these"
    return InputError(said, value=text)


def _refuse_lost_zeros(asked: str, codes: Collection[str]) -> None:
    match = _ONS_CODE.fullmatch(asked.upper())
    if not match:
        return
    whole = f"E54{int(match[2]):0{_ONS_DIGITS}d}"
    if whole in codes:
        raise InputError(
            f"expected nine characters: zeros were lost, as a spreadsheet does; use {whole}",
            value=asked,
        )


def _refuse_location(asked: str, tables: OfficialTables) -> None:
    """Refuse the code of a location of a board, or of one with its zeros lost."""
    rows = tables.records(
        "SELECT DISTINCT sub_icb24, icb26 FROM sub_icbs "
        "WHERE $code IN (sub_icb24, sub_icb26, ons24, ons26) "
        "OR ltrim($code, '0') = ltrim(sub_icb24, '0')",
        code=asked.upper(),
    )
    if rows:
        names = " or ".join(sorted({row["icb26"] for row in rows}))
        raise InputError(
            f"expected a board; {rows[0]['sub_icb24']} is a location of one: use {names}",
            value=asked,
        )


def _listed(found: Collection[Board]) -> str:
    return ", ".join(f"{board.short_name} ({board.code})" for board in found)


def bare_name(name: str) -> str:
    """A name without what all boards are called, in lower case."""
    words = _SUFFIX.sub(" ", name.lower().replace("&", " and ").replace(",", " "))
    return " ".join(word for word in words.split() if word != "and")
