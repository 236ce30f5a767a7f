"""Which layout a sheet has, by its headings, wherever these stand; and its rows by column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tripleaim.official_files.opened import Line, OfficialSheet
from tripleaim.official_files.publication import Publication, RefusedLine
from tripleaim.tables import is_suppressed, plain_number

_LOOKED_AT = 40
"""Lines among which the headings are looked for: publishers put titles above them."""
_MOST_REFUSED = 10_000
_ROUNDING = 1e-6
"""What a workbook's sum of whole numbers may differ from a whole number by."""
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a publication is laid out: spellings of its columns, as `plain` writes them.

    `read` gives what the sheet has, or None where it turns out to be another.
    """

    kind: str
    title: str
    columns: Mapping[str, Sequence[str]]
    read: Callable[[SheetRows], Publication | None]
    may_miss: frozenset[str] = frozenset()


@dataclass
class SheetRows:
    """The rows below the headings of a sheet, `at` the place of each column; what is refused."""

    sheet: OfficialSheet
    layout: Layout
    header_line: int
    header: Sequence[str]
    at: Mapping[str, int]
    above: Sequence[Line]
    refused: list[RefusedLine] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    more_refused: int = 0

    def lines(self) -> Iterator[Line]:
        """Each line below the headings, as wide as these."""
        width = len(self.header)
        for line, cells in self.sheet.lines():
            if line > self.header_line:
                yield line, cells if len(cells) >= width else cells + [""] * (width - len(cells))

    def cell(self, cells: Sequence[str], column: str) -> str:
        """The text in a column; empty where the sheet has no such column."""
        at = self.at.get(column)
        return cells[at] if at is not None and at < len(cells) else ""

    def refuse(self, line: int, cells: Sequence[str], column: str, expected: str) -> None:
        """Leave a line out: it goes to the refused rows with what was expected."""
        at = self.at.get(column)
        if at is not None:
            self.refuse_at(line, cells, at, expected, column)
        else:
            self._refuse(line, cells, column, "", expected)

    def refuse_at(
        self, line: int, cells: Sequence[str], at: int, expected: str, column: str = ""
    ) -> None:
        """The same for the column at a place; `column` names it where the sheet has no headings."""
        named = (self.header[at] if at < len(self.header) else "") or column
        self._refuse(line, cells, named, cells[at], expected)

    def _refuse(
        self, line: int, cells: Sequence[str], column: str, value: str, expected: str
    ) -> None:
        if len(self.refused) < _MOST_REFUSED:
            text = ",".join(cells)[:500]
            self.refused.append(RefusedLine(self.sheet.file, line, column, value, expected, text))
        else:
            self.more_refused += 1

    def number(self, line: int, cells: Sequence[str], column: str) -> float | None:
        """The number in a column, not below zero; None, and the line refused, where it is none."""
        text = plain_number(cells[self.at[column]])
        if _DECIMAL.fullmatch(text) and float(text) >= 0:
            return float(text)
        if not text or is_suppressed(text):
            expected = (
                "expected a number; it is suppressed or missing, which is not zero: ask the "
                "publisher, or leave the place's own number"
            )
        else:
            expected = "expected a number of zero or more: compare with the published file"
        self.refuse(line, cells, column, expected)
        return None

    def whole(self, line: int, cells: Sequence[str], column: str) -> int | None:
        """The same for a count: 113.0 and 112.9999999999 are 113, and 113.5 is refused."""
        value = self.number(line, cells, column)
        if value is not None and abs(value - round(value)) > _ROUNDING:
            self.refuse(line, cells, column, "expected a whole number of people")
            return None
        return None if value is None else round(value)

    def publication(
        self,
        edition: str,
        counted: int,
        tables: Mapping[str, Sequence[tuple[str | int | float | None, ...]]],
        kind: str = "",
        title: str = "",
    ) -> Publication:
        """What was read, with the rows that were refused and the notes."""
        if self.more_refused:
            self.notes.append(
                f"{self.more_refused:,} more lines were refused, which are too many to list"
            )
        return Publication(
            kind or self.layout.kind,
            title or self.layout.title,
            self.sheet.file,
            edition,
            counted,
            tables,
            tuple(self.refused),
            tuple(self.notes),
        )


def plain(heading: str) -> str:
    """A heading in small letters, digits and underscores: "A&E Type 1" is a_e_type_1."""
    words = heading.lower().replace("<", " under ").replace(">", " over ")
    return re.sub(r"[^a-z0-9]+", "_", words).strip("_")


def rows_of(sheet: OfficialSheet, layout: Layout) -> SheetRows | None:
    """The rows of a sheet that has the headings of a layout, or None."""
    first = list(islice(sheet.lines(), _LOOKED_AT))
    for number, (line, cells) in enumerate(first):
        above = first[number - 1][1] if number else []
        names = _named(cells, above)
        at = _matched(names, layout)
        if at is not None:
            return SheetRows(sheet, layout, line, cells, at, first[:number])
    return None


def _named(cells: Sequence[str], above: Sequence[str]) -> list[tuple[str, str]]:
    """Each heading alone, and below the heading of its group, which stands over the first of it."""
    group, names = "", []
    for at, cell in enumerate(cells):
        group = above[at] if at < len(above) and above[at] else group
        names.append((plain(cell), plain(f"{group} {cell}")))
    return names


def _matched(names: Sequence[tuple[str, str]], layout: Layout) -> dict[str, int] | None:
    at: dict[str, int] = {}
    for column, spellings in layout.columns.items():
        places = [
            place for spelling in spellings for place, both in enumerate(names) if spelling in both
        ]
        if places:
            at[column] = places[0]
        elif column not in layout.may_miss:
            return None
    return at
