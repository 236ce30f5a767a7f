"""A table: words on a page, raw values in CSV, from the same rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from tripleaim import wording as words
from tripleaim.web.ui.sort_keys import sort_keys

Kind = Literal[
    "text", "money", "account", "count", "percent", "plain", "tenths", "worded", "status"
]
NUMBERS = ("money", "account", "count", "percent", "plain", "tenths", "worded")
LONG, LONGEST = 40, 120
"""Letters from which on a text gets a wider column, and a still wider one."""
FIRST_ROWS = 15
"""A table of more rows scrolls in its own box, and paper has this many (tripleaim.css)."""
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class PageColumn:
    """One column: the key of its value in a row, its header, and how its values are written."""

    key: str
    label: str
    kind: Kind = "text"

    @property
    def numeric(self) -> bool:
        """Whether the column holds numbers, which are aligned to the right."""
        return self.kind in NUMBERS

    def text_of(self, value: Any) -> str:
        """The value as the page says it."""
        if value is None or value == "":
            return "–"
        if self.kind in ("text", "status") or isinstance(value, str):
            return str(value)
        return _SAY[self.kind](value)


_SAY: Mapping[str, Callable[[Any], str]] = {
    "money": words.signed,
    "account": words.account,
    "count": words.count,
    "percent": words.percent,
    "plain": words.plain,
    "tenths": words.tenths,
    "worded": str,
}


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """What a page writes in one cell, and what a script sorts it by where its text does not do.

    `sort` is None where it is sorted by its text, "" where it comes last.
    """

    column: PageColumn
    text: str
    sort: str | None

    @property
    def style(self) -> str:
        """The class of the cell: numbers to the right, and room for long texts, also of numbers."""
        if self.column.numeric:
            wraps = " ta-table__wraps" if len(self.text) > LONG else ""
            return f"nhsuk-table__cell--numeric{wraps}"
        if len(self.text) <= LONG:
            return ""
        return "ta-table__longest" if len(self.text) > LONGEST else "ta-table__long"


@dataclass(frozen=True)
class PageTable:
    """Rows under columns. A row is a mapping by column key; `href` in it links its first cell.

    `total` says that the last row is the sum of the others; `name` is the file's name as CSV.
    """

    name: str
    caption: str
    columns: Sequence[PageColumn]
    rows: Sequence[Mapping[str, Any]]
    total: bool = False

    @property
    def long(self) -> bool:
        """Whether a page shows it in a box that scrolls, and paper the first rows alone."""
        return len(self.rows) > FIRST_ROWS

    @property
    def first(self) -> int:
        """How many of a long table's rows paper has; a sum below them not counted."""
        return FIRST_ROWS

    def only(self, *keys: str) -> PageTable:
        """The same table with these columns alone, in its own order."""
        return replace(self, columns=[c for c in self.columns if c.key in keys])

    def written(self) -> list[tuple[Mapping[str, Any], list[WrittenCell]]]:
        """Each row with its cells as a page writes them."""
        columns = []
        for column in self.columns:
            values = [row[column.key] for row in self.rows]
            texts = [column.text_of(value) for value in values]
            keys = sort_keys(values, texts)
            columns.append([WrittenCell(column, t, k) for t, k in zip(texts, keys, strict=True)])
        rows = zip(*columns, strict=True) if columns else ()
        return [(row, list(cells)) for row, cells in zip(self.rows, rows, strict=True)]

    def csv(self) -> str:
        """The table as CSV: ids as headers, raw values, and text that no spreadsheet will run."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.key for column in self.columns])
        for row in self.rows:
            writer.writerow([_cell(row.get(column.key)) for column in self.columns])
        return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(round(value, 6))
    text = str(value)
    if isinstance(value, str) and text.startswith(DANGEROUS):
        return "'" + text
    return text


def by_year(
    name: str,
    caption: str,
    label: str,
    rows: Iterable[tuple[str, Mapping[str, float]]],
    years: Sequence[str],
    *,
    kind: Kind = "account",
    total: bool = False,
) -> PageTable:
    """A table with a row for each named series and a column for each year."""
    columns = [PageColumn("name", label), *(PageColumn(y, y, kind) for y in years)]
    return PageTable(
        name,
        caption,
        columns,
        [{"name": n, **{y: series.get(y) for y in years}} for n, series in rows],
        total,
    )
