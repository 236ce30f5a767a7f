"""Open a workbook that somebody else made: what cannot be read safely is refused, by cell.

Nothing is opened before the archive has been measured. The sheets come out as texts; whatever
had to be interpreted on the way is told in `Book.flags`.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tripleaim.tables.archive import Archive, book_bytes, checked, look_through
from tripleaim.tables.cells import as_cell, column_name, decimals_of, number_text
from tripleaim.tables.errors import InputError

MOST_ROWS = 100_000
MOST_COLUMNS = 200
_WIDEST, _LONGEST = 2_000, 1_048_576

_HIDES_ROWS = "it has hidden rows or columns; they are read like the rest"
_ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!")


@dataclass(frozen=True)
class Sheet:
    """One sheet as texts: rows from the first, each without the empty cells at its end."""

    book: Path
    name: str
    rows: tuple[tuple[str, ...], ...]

    def at(self, row: int, column: int) -> str:
        """The name of a cell, row and column counted from 0, such as `figures!C12`."""
        return f"{self.name}!{column_name(column)}{row + 1}"

    def fault(
        self, row: int, column: int, expected: str, value: object = None, valid: Sequence[str] = ()
    ) -> InputError:
        """The error that says a cell is not what was expected."""
        return InputError(
            expected, file=self.book, column=self.at(row, column), value=value, valid=valid
        )


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that was accepted, and how it was read."""

    sheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}: {self.message}"


@dataclass(frozen=True)
class Book:
    """A workbook as texts by sheet, and what had to be interpreted to get them.

    `hidden` are sheets that were left out, `refused` those that cannot be read, each with why.
    """

    path: Path
    sheets: Mapping[str, Sheet]
    flags: tuple[Flag, ...]
    hidden: tuple[str, ...] = ()
    refused: Mapping[str, InputError] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet:
        """The sheet called `name`; else an InputError with the nearest name."""
        try:
            return self.sheets[name]
        except KeyError:
            raise InputError(
                "this sheet is required but is missing",
                file=self.path,
                value=name,
                valid=list(self.sheets),
            ) from None


def open_book(path: Path, raw: bytes | None = None, *, for_table: bool = False) -> Book:
    """Every sheet of the workbook at `path`, whose bytes are `raw` if it was read already.

    Raises InputError, naming sheet and cell where there is one, for a file over 20 MB or that
    unpacks to more than 150 MB, another format, macros, a hidden sheet, merged cells, a formula
    error, a formula without a stored value, a truth value, and more than 100,000 rows or 200
    columns. Formulas with a stored value, dates and numbers typed as text are taken and flagged.

    `for_table`, where one table is looked for, hidden sheets are left out and flagged, titles may
    be merged across columns, and a sheet that cannot be read is in `Book.refused`.
    """
    raw = book_bytes(path) if raw is None else checked(path, raw)
    try:
        archive = look_through(path, raw, for_table=for_table)
        return _texts(path, archive, for_table=for_table)
    except InputError:
        raise
    except MemoryError:
        raise InputError(
            "expected a workbook that fits into memory: close other programs, or split it",
            file=path,
        ) from None
    except Exception as fault:  # a damaged archive fails anywhere in two libraries
        message = f"{type(fault).__name__}: {fault}"[:120]
        raise InputError(
            f"expected an Excel workbook (.xlsx) that opens ({message})", file=path
        ) from None


def _texts(path: Path, archive: Archive, *, for_table: bool) -> Book:
    import openpyxl  # noqa: PLC0415 - most tables are texts, and a verb that reads them starts sooner

    flags = [Flag(name, "A1", _HIDES_ROWS) for name in archive.with_hidden_rows]
    # One reading for what is written in a cell, one for what its formula came to.
    written = openpyxl.load_workbook(io.BytesIO(archive.raw), read_only=True)
    worked_out = openpyxl.load_workbook(io.BytesIO(archive.raw), read_only=True, data_only=True)
    sheets: dict[str, Sheet] = {}
    refused: dict[str, InputError] = {}
    for name in archive.sheets:
        reader = _SheetReader(path, name, flags)
        try:
            reader.refuse_length(archive.last_rows[name])
            sheets[name] = Sheet(path, name, reader.rows(written[name], worked_out[name]))
        except InputError as fault:
            if not for_table:
                raise
            refused[name] = fault
    written.close()
    worked_out.close()
    return Book(path, sheets, tuple(flags), archive.hidden, refused)


class _SheetReader:
    def __init__(self, path: Path, name: str, flags: list[Flag]) -> None:
        self.path, self.name, self.flags = path, name, flags

    def refuse_length(self, last: int) -> None:
        """Raise InputError for a sheet whose `last` row that is numbered is beyond the limit."""
        if last > MOST_ROWS:
            raise self._fault(min(last - 1, _LONGEST), 0, f"expected at most {MOST_ROWS:,} rows")

    def rows(self, written: Any, worked_out: Any) -> tuple[tuple[str, ...], ...]:
        for sheet in (written, worked_out):
            sheet.reset_dimensions()  # what a book says of its size need not be so
        rows: list[tuple[str, ...]] = []
        last = 0
        pairs = zip(written.iter_rows(), worked_out.iter_rows(), strict=True)
        for at, (row, values) in enumerate(pairs):
            if len(row) > _WIDEST:  # empty cells without end
                raise self._fault(at, 0, f"expected at most {MOST_COLUMNS} columns")
            if at > _LONGEST:
                raise self._fault(_LONGEST, 0, f"expected at most {MOST_ROWS:,} rows")
            texts = [self._text(cell, value) for cell, value in self._filled(row, values)]
            while texts and texts[-1] == "":
                texts.pop()
            if texts and len(rows) >= MOST_ROWS:
                raise self._fault(at, 0, f"expected at most {MOST_ROWS:,} rows")
            if len(rows) < MOST_ROWS:
                rows.append(tuple(texts))
            if texts:
                last = len(rows)
        return tuple(rows[:last])

    def _filled(self, row: Sequence[Any], values: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        for index, (cell, value) in enumerate(zip(row, values, strict=True)):
            if index >= MOST_COLUMNS and cell.value not in (None, ""):
                raise self._fault(
                    cell.row - 1, index, f"expected at most {MOST_COLUMNS} columns", cell.value
                )
            if index < MOST_COLUMNS:
                yield cell, value

    def _text(self, cell: Any, worked_out: Any) -> str:
        if cell.value is None:
            return ""
        row, column = cell.row - 1, cell.column - 1
        value = cell.value
        if cell.data_type == "f":
            value = worked_out.value
            if value is None:
                raise self._fault(
                    row,
                    column,
                    "expected a value; this formula has no stored value (open the workbook in a "
                    "spreadsheet program, let it calculate, save it)",
                    _formula(cell.value),
                )
            self._flag(row, column, f"a formula; its value {value} is used")
        if cell.data_type == "e" or worked_out.data_type == "e" or value in _ERRORS:
            raise self._fault(row, column, "expected a value, not a formula error", value)
        return self._read(row, column, value, worked_out.number_format)

    def _read(self, row: int, column: int, value: object, number_format: str) -> str:
        if isinstance(value, bool):
            raise self._fault(row, column, "expected a number or a text; type yes or no", value)
        if isinstance(value, int | float):
            if not math.isfinite(value):
                raise self._fault(row, column, "expected a finite number", value)
            return number_text(value, decimals_of(number_format))
        if isinstance(value, datetime | date):
            text = value.isoformat()[:10]
            self._flag(row, column, f"a date; read as {text}")
            return text
        if not isinstance(value, str):
            raise self._fault(row, column, "expected a number or a text", value)
        if isinstance(as_cell(value.strip())[0], float):
            self._flag(row, column, f"a number typed as text; read as {value.strip()}")
        return value

    def _flag(self, row: int, column: int, message: str) -> None:
        self.flags.append(Flag(self.name, f"{column_name(column)}{row + 1}", message))

    def _fault(self, row: int, column: int, expected: str, value: object = None) -> InputError:
        return Sheet(self.path, self.name, ()).fault(row, column, expected, value)


def _formula(value: object) -> str:
    return str(getattr(value, "text", value))[:60]
