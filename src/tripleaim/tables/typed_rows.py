"""Cells as typed values, rows of them, and the faults of those that are none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tripleaim.tables.columns import Column, Matched
from tripleaim.tables.errors import InputError
from tripleaim.tables.rows import Note, Row, TableOrigin
from tripleaim.tables.values import NUMERIC, number, plain_number, plain_whole, whole, yes_no
from tripleaim.tables.years import YEARS

_NONE: Mapping[str, str] = {}
_FEW = 5
"""Texts of a column that are told as examples of how they were read."""
_MOST_FAULTS = 20
"""Faults of one column and kind that are told one by one; the rest are counted."""


class CellReader:
    """How the cells of one column are read; each text is read once and its result is kept."""

    def __init__(self, column: Column, commas_are_thousands: bool) -> None:
        self.column = column
        self.commas = commas_are_thousands
        self.aliases = dict(column.aliases)
        self.folded = {choice.casefold(): choice for choice in column.choices}
        self.kept: dict[str, Any] = {}
        self.taken: dict[str, str] = {}

    def __call__(self, text: str) -> Any:
        """The value. Raises ValueError with what was expected."""
        try:
            return self.kept[text]
        except KeyError:
            value = self.kept[text] = self._read(text)
            return value

    def _read(self, text: str) -> Any:
        column = self.column
        if text == "":
            if column.may_be_empty or column.may_be_missing:
                return None if column.read in (number, whole) else ""
            raise ValueError("expected a value")
        plain, value = self._understood(text)
        if column.minimum is not None and value < column.minimum:
            raise ValueError(f"expected {column.minimum:g} or more")
        if column.maximum is not None and value > column.maximum:
            raise ValueError(f"expected {column.maximum:g} or less")
        if plain != text:
            self.taken[text] = plain
        return value

    def _understood(self, text: str) -> tuple[str, Any]:
        """The text as it is read, and its value."""
        column = self.column
        if column.read in NUMERIC:
            try:
                return text, column.read(text)
            except ValueError:  # it may be a number that is written otherwise
                plain = plain_number(text, commas_are_thousands=self.commas)
                plain = plain_whole(plain) if column.read is whole else plain
                return plain, column.read(plain)
        if column.read in YEARS:
            year = column.read(text)
            return year, year
        plain = self._plain(text)
        if column.choices and plain not in column.choices:
            raise ValueError(f"expected one of {', '.join(column.choices)}")
        return plain, column.read(plain)

    def _plain(self, text: str) -> str:
        column = self.column
        if text in column.choices:
            return text
        small = text.casefold()
        if small in self.aliases:
            return self.aliases[small]
        if column.read is yes_no:
            return small
        return self.folded.get(small, text)


class RowReader:
    """Rows of typed values, and the faults of those that have none."""

    def __init__(
        self, columns: Sequence[Column], matched: Matched, origin: TableOrigin, commas: bool
    ) -> None:
        self.origin, self.others, self.names = origin, matched.others, matched.names
        self.cells: list[tuple[str, int, CellReader]] = []
        self.absent: dict[str, Any] = {}
        for column in columns:
            cell = CellReader(column, commas or bool(origin.sheet))
            if column.name in matched.at:
                self.cells.append((column.name, matched.at[column.name], cell))
            else:
                self.absent[column.name] = cell("")
        self.order = [column.name for column in columns]
        self.faults: list[InputError] = []
        self.counts: Counter[str] = Counter()

    def read(self, lines: Sequence[tuple[int, list[str]]]) -> list[Row]:
        """The rows of which every cell can be read; the faults of the others are kept."""
        rows: list[Row] = []
        absent = dict.fromkeys(self.order) | self.absent if self.absent else {}
        columns = [(n, i, read, read.kept, read.taken) for n, i, read in self.cells]
        for line, cells in lines:
            values = dict(absent)
            whole_row = True
            for name, index, read, kept, taken in columns:
                text = cells[index]
                try:
                    values[name] = kept[text] if text in kept else read(text)
                except ValueError as refusal:
                    whole_row = False
                    self._fault(line, name, text, str(refusal), read.column)
                if taken and text in taken:
                    self.counts[name] += 1
            if whole_row:
                others = {n: cells[i] for n, i in self.others.items()} if self.others else _NONE
                rows.append(Row(self.origin, line, values, others))
        return rows

    def _fault(self, line: int, name: str, text: str, expected: str, column: Column) -> None:
        valid = column.choices if expected.startswith("expected one of") else ()
        self.faults.append(self.origin.fault(line, name, text, expected, valid))

    def plain_texts(self) -> dict[int, Mapping[str, str]]:
        """For each column by its position: what texts are read as, where that is another text."""
        plain: dict[int, Mapping[str, str]] = {index: {} for index in self.names}
        return plain | {index: read.taken for _, index, read in self.cells}

    def notes(self) -> Iterator[Note]:
        """What was read otherwise than it was written, by column."""
        for name, _, read in self.cells:
            if not read.taken:
                continue
            pairs = [f"{seen} as {plain}" for seen, plain in list(read.taken.items())[:_FEW]]
            more = " and so on" if len(read.taken) > _FEW else ""
            lines = self.counts[name]
            heading = self.origin.headings.get(name, name)
            yield Note(
                self.origin.file,
                f'in the column "{heading}" {lines:,} line{"s are" if lines > 1 else " is"} read '
                f"so: {', '.join(pairs)}{more}",
            )


def shortened(faults: Sequence[InputError]) -> Iterator[InputError]:
    """The faults, of each kind in a column the first few: a wrong column is told once."""
    alike: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], InputError] = {}
    for fault in faults:
        kind = (re.sub(r"\d+", "", fault.column or ""), fault.expected)
        alike[kind] += 1
        last[kind] = fault
        if alike[kind] <= _MOST_FAULTS:
            yield fault
    for kind, count in alike.items():
        if count > _MOST_FAULTS:
            at = last[kind]
            yield InputError(
                f"{count - _MOST_FAULTS} more lines like this, up to here",
                file=at.file,
                line=at.line,
                column=at.column,
                value=at.value,
            )
