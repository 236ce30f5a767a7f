"""A row of a table, where it stands, and what is told of how a table was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tripleaim.tables.cells import column_name
from tripleaim.tables.errors import InputError


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was read otherwise than it was written, or not read: told, never silent."""

    file: Path
    message: str
    line: int | None = None

    def __str__(self) -> str:
        at = f", line {self.line}" if self.line is not None else ""
        return f"{self.file}{at}: {self.message}{'' if self.message.endswith('?') else '.'}"

    @property
    def in_public(self) -> str:
        """The same without the folders of this machine."""
        return str(Note(Path(self.file.name), self.message, self.line))


@dataclass(frozen=True, slots=True)
class TableOrigin:
    """Where the rows of one table come from: a file, or a sheet of a workbook.

    `headings` are the column names as written, by the names they are read as; `at` gives the
    place of each column in the sheet, from 0.
    """

    file: Path
    sheet: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    at: Mapping[str, int] = field(default_factory=dict)

    def fault(
        self,
        line: int | None,
        column: str | None,
        value: object,
        expected: str,
        valid: Sequence[str] = (),
    ) -> InputError:
        """The error that says a cell, or a line without a column, is not what was expected."""
        named = self.headings.get(column, column) if column is not None else None
        if self.sheet:
            letter = column_name(self.at.get(column or "", 0))
            named = f"{self.sheet}!{letter}{line or 1}"
            line = None
        return InputError(
            expected, file=self.file, line=line, column=named, value=value, valid=valid
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its values by column, and where it stands.

    `others` are the texts of columns that nothing reads, by their names as written.
    """

    origin: TableOrigin
    line: int
    values: Mapping[str, Any]
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        """The file it was read from."""
        return self.origin.file

    @property
    def where(self) -> str:
        """The line, or the first cell of a sheet's row."""
        return f"{self.origin.sheet}!A{self.line}" if self.origin.sheet else f"line {self.line}"

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def fault(
        self, column: str, expected: str, valid: Sequence[str] = (), value: object = None
    ) -> InputError:
        """The error that says this row's value in `column` is not what was expected."""
        found = self.values.get(column) if value is None else value
        return self.origin.fault(self.line, column, found, expected, valid)
