"""Cells of a table written over, all else as it was: lines keep their numbers and their places."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from tripleaim.tables.columns import Column, match
from tripleaim.tables.encoding import decode
from tripleaim.tables.errors import InputError, refuse
from tripleaim.tables.file import File
from tripleaim.tables.finding import find
from tripleaim.tables.rows import TableOrigin
from tripleaim.tables.typed_rows import CellReader

_MARK = b"\xef\xbb\xbf"


def with_cells(
    file: File,
    columns: Sequence[Column],
    changes: Mapping[int, Mapping[str, str]],
    comments: Sequence[str] = (),
) -> File:
    """The table with other texts in some cells: `changes` by line, and by column as declared.

    `comments` come below its last line. Only those lines are written again, in the file's own
    encoding where it can hold the texts. Raises InputError for a workbook, and for what
    `read_table` refuses.
    """
    records, at, _ = find(file, columns)
    if records.sheet:
        raise InputError(
            "expected a table in a text file, whose cells can be written over: save it as CSV",
            file=file.path,
        )
    line, header = records.lines[at]
    matched = match(header, line, columns, TableOrigin(file.path))
    refuse(matched.faults)
    text, _ = decode(file.raw, file.path)
    lines = list(io.StringIO(text, newline=""))
    at_name = {name: index for index, name in matched.names.items()}
    for number, cells in changes.items():
        places = {at_name[name]: cell for name, cell in cells.items()}
        _rewrite(lines, number - 1, places, records.separator)
    rewritten = "".join(lines)
    if comments and not rewritten.endswith("\n"):
        rewritten += "\n"
    below = "".join(f"# {' '.join(comment.split())}\n" for comment in comments)
    return File.of(file.path, _encoded(rewritten + below, file.raw))


def read_cell(column: Column, text: str) -> Any:
    """The value of a cell of a column. Raises ValueError with what was expected."""
    return CellReader(column, commas_are_thousands=True)(text)


def _rewrite(lines: list[str], first: int, cells: Mapping[int, str], separator: str) -> None:
    """Write a record again that begins at a line and ends where its quotation marks do."""
    last = first
    while "".join(lines[first : last + 1]).count('"') % 2 and last + 1 < len(lines):
        last += 1
    record = "".join(lines[first : last + 1])
    end = record[len(record.rstrip("\r\n")) :]
    (before,) = csv.reader(io.StringIO(record, newline=""), delimiter=separator)
    width = max(len(before), *(place + 1 for place in cells))
    padded = [*before, *[""] * (width - len(before))]
    after = [cells.get(i, text) for i, text in enumerate(padded)]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, lineterminator=end).writerow(after)
    lines[first : last + 1] = [written.getvalue(), *[""] * (last - first)]


def _encoded(text: str, before: bytes) -> bytes:
    """The text in the encoding that the file had; in UTF-8 where that lacks one of its letters."""
    mark = _MARK if before.startswith(_MARK) else b""
    try:
        before.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return text.encode("cp1252")
        except UnicodeEncodeError:
            return text.encode()
    return mark + text.encode()
