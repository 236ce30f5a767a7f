"""A text or a sheet as records: cells by line, comments and nothing else left out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from tripleaim.tables.errors import InputError
from tripleaim.tables.file import File
from tripleaim.tables.rows import Note
from tripleaim.tables.workbook import Flag, open_book

MOST_COLUMNS = 2_000
"""Cells of a line, at most; the widest table that publishers print has some 400."""

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True)
class Records:
    """The records of one table: line and cells.

    `sheet` is the sheet's name in a workbook, `hidden` the book's sheets that are not read.
    """

    lines: list[tuple[int, list[str]]]
    sheet: str = ""
    separator: str = ","
    notes: tuple[Note, ...] = field(default=())
    hidden: tuple[str, ...] = ()


def of_text(text: str, path: Path, separator: str = ",") -> list[tuple[int, list[str]]]:
    """The records of a CSV text. Raises InputError for a line that is none."""
    return list(_records(text, path, separator))


def first_of_text(
    text: str, path: Path, separator: str, number: int
) -> list[tuple[int, list[str]]]:
    """The first records of a CSV text. Raises as `of_text` for what is wrong in them."""
    return list(islice(_records(text, path, separator), number))


def of_book(file: File) -> list[Records]:
    """The records of each sheet of a workbook that holds any.

    A sheet that cannot be read is left out where another can. Raises InputError as `open_book`.
    """
    book = open_book(file.path, file.raw, for_table=True)
    if book.refused and not any(any(map(any, sheet.rows)) for sheet in book.sheets.values()):
        raise next(iter(book.refused.values()))
    left_out = [
        Note(file.path, f"the sheet {name} is hidden and is not read") for name in book.hidden
    ]
    left_out += [
        Note(file.path, f"the sheet {name} is not read ({_without_end(fault.expected)})")
        for name, fault in book.refused.items()
    ]
    sheets = []
    for sheet in book.sheets.values():
        lines = [
            (at, [cell.strip() for cell in row])
            for at, row in enumerate(sheet.rows, start=1)
            if row and not row[0].lstrip().startswith("#")
        ]
        flags = _shortened([flag for flag in book.flags if flag.sheet == sheet.name], file.path)
        if lines:
            sheets.append(Records(lines, sheet.name, notes=(*left_out, *flags), hidden=book.hidden))
    return sheets


def _without_end(text: str) -> str:
    return text.partition(";")[0].rstrip(".")


def _shortened(flags: Sequence[Flag], path: Path) -> tuple[Note, ...]:
    """A note on each flagged cell, of those alike the first and how many more there are."""
    alike: dict[str, list[Flag]] = {}
    for flag in flags:
        alike.setdefault(flag.message.partition(";")[0], []).append(flag)
    return tuple(
        Note(path, f"{one[0]}{f' ({len(one)} cells in all are read so)' if one[1:] else ''}")
        for one in alike.values()
    )


def _records(content: str, path: Path, separator: str) -> Iterator[tuple[int, list[str]]]:
    texts = io.StringIO(content, newline="")
    line = first = 0

    def physical() -> Iterator[str]:
        # A comment is left out only between records: inside quotes a line may start with #.
        nonlocal line, first
        for text in texts:
            line += 1
            if first == 0 and text.lstrip().startswith("#"):
                continue
            first = first or line
            yield text

    reader = csv.reader(physical(), strict=True, delimiter=separator)
    while True:
        first = 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise InputError(f"not a CSV line ({fault})", file=path, line=first) from None
        if len(cells) > MOST_COLUMNS:
            raise InputError(
                f"expected at most {MOST_COLUMNS:,} columns",
                file=path,
                line=first,
                value=len(cells),
            )
        if cells:
            yield first, [cell.strip() for cell in cells]
