"""The file of own numbers: what each replaces, on what source, by whom, when, why, until when."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tripleaim.place.figures import STATUSES
from tripleaim.tables import Column, File, InputError, Row, read_table, refuse, whole

OWN_NUMBERS = "own_numbers.csv"
LOCK = ".own_numbers.lock"
"""Whoever holds it is the only one who changes the file, which is beside it."""

_MARKS = re.compile(r"([;=\\])")
_WITH_BAR = r"\\\1"


def day(text: str) -> str:
    """A day such as 2026-07-31."""
    try:
        if len(text) != len("2026-07-31"):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("expected a day such as 2026-07-31") from None


COLUMNS = (
    Column("number", whole, minimum=1, maximum=100_000, unit="number of the entry"),
    Column("file"),
    Column("row"),
    Column("column"),
    Column("value"),
    Column("replaces", may_be_empty=True),
    Column("status", choices=STATUSES, may_be_empty=True),
    Column("source"),
    Column("who"),
    Column("when", day),
    Column("why"),
    Column("undone", may_be_empty=True),
)


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number that people of the place put in place of the official one.

    `row` names the row by its columns ("practice=L85001; sex=female"), `replaces` is the official
    value that it was written against, `undone` the day since which it is not used ("" while it is).
    """

    number: int
    file: str
    row: str
    column: str
    value: str
    replaces: str
    status: str
    source: str
    who: str
    when: str
    why: str
    undone: str = ""

    @property
    def key(self) -> Mapping[str, str]:
        """The columns that name the row, with their values. Raises ValueError where it is none."""
        return key_of(self.row)


def key_of(row: str) -> dict[str, str]:
    r"""The columns that name a row, with their values.

    Raises ValueError for what names none.

    >>> key_of("practice=L85001; name=A\\; B")
    {'practice': 'L85001', 'name': 'A; B'}
    """
    key: dict[str, str] = {}
    for part in _divided(row, ";"):
        name, *values = _divided(part.strip(), "=")
        value = ["=".join(values)] if values else []
        if not value or not name.strip() or name.strip() in key:
            raise ValueError(
                "expected columns that name one row, such as practice=L85001; sex=male"
            )
        key[name.strip()] = re.sub(r"\\([;=\\])", r"\1", value[0].strip())
    return key


def _divided(text: str, mark: str) -> list[str]:
    """The text divided at a mark, except where a bar stands before it."""
    parts, letters = [""], iter(text)
    for letter in letters:
        if letter == mark:
            parts.append("")
        else:
            parts[-1] += letter + (next(letters, "") if letter == "\\" else "")
    return parts


def row_of(key: Mapping[str, str]) -> str:
    """The columns that name a row, as they are written; the other way round than `key_of`."""
    return "; ".join(f"{name}={_MARKS.sub(_WITH_BAR, value)}" for name, value in key.items())


def read_entries(file: File) -> tuple[tuple[OwnNumber, Row], ...]:
    """The entries of a file of own numbers, each with its row, those that are undone too.

    Raises InputError with every fault at once.
    """
    table = read_table(file, COLUMNS)
    faults = list(table.faults)
    seen: dict[int, int] = {}
    for row in table.rows:
        number = row["number"]
        if number in seen:
            faults.append(row.fault("number", f"line {seen[number]} has this number too"))
        seen.setdefault(number, row.line)
        faults += _faults_of(row)
    refuse(faults)
    return tuple((_entry(row), row) for row in table.rows)


def written(entries: Sequence[OwnNumber]) -> bytes:
    """The file of these entries."""
    text = io.StringIO(newline="")
    text.write(
        "# Own numbers in place of official ones: which cell, on what source, by whom, when, why.\n"
        "# An entry with a day in the column undone is not used any more.\n"
    )
    writer = csv.writer(text, lineterminator="\n")
    names = [column.name for column in COLUMNS]
    writer.writerow(names)
    writer.writerows([getattr(entry, name) for name in names] for entry in entries)
    return text.getvalue().encode()


def undo(entries: Sequence[OwnNumber], number: int, today: date) -> list[OwnNumber]:
    """The entries with one undone from today on. Raises InputError where none of it is in use."""
    if number not in {entry.number for entry in entries if not entry.undone}:
        valid = [str(entry.number) for entry in entries if not entry.undone]
        in_use = f"in use: {', '.join(valid)}" if valid else "none is in use"
        raise InputError(
            f"expected the number of an own number that is in use ({in_use})", value=number
        )
    return [
        replace(entry, undone=today.isoformat()) if entry.number == number else entry
        for entry in entries
    ]


def _entry(row: Row) -> OwnNumber:
    values: dict[str, Any] = {**row.values}
    return OwnNumber(**values)


def _faults_of(row: Row) -> list[InputError]:
    faults = []
    try:
        key_of(row["row"])
    except ValueError as refusal:
        faults.append(row.fault("row", str(refusal)))
    if row["undone"]:
        try:
            day(row["undone"])
        except ValueError as refusal:
            faults.append(row.fault("undone", str(refusal)))
    return faults
