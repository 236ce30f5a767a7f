"""A text or a sheet as records: cells by line, comments and nothing else left out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tripleaim.tables.errors import InputError
from tripleaim.tables.file import File
from tripleaim.tables.rows import Note
from tripleaim.tables.workbook import open_book

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}


@dataclass(frozen=True)
class Records:
    """The records of one table: line and cells. `sheet` is the sheet's name in a workbook."""

    lines: list[tuple[int, list[str]]]
    sheet: str = ""
    separator: str = ","
    notes: tuple[Note, ...] = field(default=())


def of_text(text: str, path: Path, separator: str = ",") -> list[tuple[int, list[str]]]:
    """The records of a CSV text. Raises InputError for a line that is none."""
    return list(_records(text, path, separator))


def of_book(file: File) -> list[Records]:
    """The records of each sheet of a workbook that holds any. Raises InputError as `open_book`."""
    book = open_book(file.path, file.raw)
    sheets = []
    for sheet in book.sheets.values():
        lines = [
            (at, [cell.strip() for cell in row])
            for at, row in enumerate(sheet.rows, start=1)
            if row and not row[0].lstrip().startswith("#")
        ]
        flags = tuple(Note(file.path, str(f)) for f in book.flags if f.sheet == sheet.name)
        if lines:
            sheets.append(Records(lines, sheet.name, notes=flags))
    return sheets


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
        if cells:
            yield first, [cell.strip() for cell in cells]
