"""Sheets with headings, drop-downs and notes; numbers keep the digits that are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tripleaim.core import write_whole
from tripleaim.tables import GENERAL, as_cell

_SPARE_ROWS = 200
_WIDTHS = (8, 48)


class Writer:
    """A workbook in the making."""

    def __init__(self, path: Path, title: str) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        # Written at once when it is whole: the library leaves an open archive on a full disk.
        self.path, self.content = path, BytesIO()
        self.book = xlsxwriter.Workbook(self.content, options)
        # A fixed date: the same folder gives the same bytes.
        self.book.set_properties({"title": title, "created": datetime(2000, 1, 1, tzinfo=UTC)})
        self.head = self.book.add_format({"bold": True, "bottom": 1})
        self.title = self.book.add_format({"bold": True, "font_size": 14})
        self.grey = self.book.add_format({"italic": True, "font_color": "#4c6272"})
        self.formats: dict[str, Any] = {}
        self.sources: dict[str, str] = {}

    def sheet(self, name: str) -> Any:
        """A new sheet."""
        return self.book.add_worksheet(name)

    def close(self) -> None:
        """Write the book. Raises OSError as writing does."""
        self.book.close()
        write_whole(self.path, self.content.getvalue())

    def lines(self, sheet: Any, title: str, sentences: Sequence[str]) -> None:
        """A heading and lines of prose."""
        sheet.set_column(0, 0, 120)
        sheet.write_string(0, 0, title, self.title)
        for at, line in enumerate(sentences, start=2):
            sheet.write_string(at, 0, line)

    def table(
        self,
        sheet: Any,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        as_text: bool = False,
    ) -> None:
        """A header and rows below it."""
        self.rows(sheet, [header, *rows], header_at=0, as_text=as_text)

    def rows(
        self,
        sheet: Any,
        rows: Sequence[Sequence[str]],
        *,
        header_at: int | None = None,
        as_text: bool = False,
    ) -> None:
        """Rows of texts from the first row on; numbers become numbers unless `as_text`."""
        widths: dict[int, int] = {}
        for at, row in enumerate(rows):
            comment = header_at is not None and len(row) == 1 and row[0].lstrip().startswith("#")
            for column, text in enumerate(row):
                if text == "":
                    continue
                if comment or at == header_at:
                    sheet.write_string(at, column, text, self.grey if comment else self.head)
                elif as_text:
                    sheet.write_string(at, column, text)
                else:
                    self.cell(sheet, at, column, text)
                if not comment:
                    widths[column] = max(widths.get(column, 0), len(text))
        for column, width in widths.items():
            sheet.set_column(column, column, min(max(width + 2, _WIDTHS[0]), _WIDTHS[1]))
        if header_at is not None:
            sheet.freeze_panes(header_at + 1, 1)
            if len(rows) > header_at + 1:
                sheet.autofilter(header_at, 0, len(rows) - 1, len(rows[header_at]) - 1)

    def cell(self, sheet: Any, row: int, column: int, text: str) -> None:
        """One text as a cell."""
        value, number_format = as_cell(text)
        form = None
        if number_format != GENERAL:
            if number_format not in self.formats:
                self.formats[number_format] = self.book.add_format({"num_format": number_format})
            form = self.formats[number_format]
        if isinstance(value, str):
            sheet.write_string(row, column, value, form)
        else:
            sheet.write_number(row, column, value, form)

    def note(self, sheet: Any, row: int, column: int, text: str) -> None:
        """A note on a cell."""
        height = 20 * (2 + sum(1 + len(line) // 42 for line in text.split("\n")))
        sheet.write_comment(
            row, column, text, {"author": "Triple Aim", "width": 320, "height": height}
        )

    def lists(self, name: str, lists: Mapping[str, Sequence[str]]) -> None:
        """The sheet that drop-downs take their choices from: one list a column."""
        sheet = self.sheet(name)
        for column, (heading, choices) in enumerate(lists.items()):
            sheet.write_string(0, column, heading, self.head)
            sheet.set_column(column, column, 24)
            for at, choice in enumerate(choices, start=1):
                self.cell(sheet, at, column, choice)
            if choices:
                letter = xl_col_to_name(column, col_abs=True)
                self.sources[heading] = f"='{name}'!{letter}$2:{letter}${1 + len(choices)}"

    def drop_down(
        self, sheet: Any, first: int, end: int, column: int, name: str, *, refuse: bool = True
    ) -> None:
        """Offer the list `name` in a column from row `first` on, with room for new rows."""
        if name not in self.sources:
            return
        sheet.data_validation(
            first,
            column,
            end + _SPARE_ROWS,
            column,
            {
                "validate": "list",
                "source": self.sources[name],
                "error_type": "stop" if refuse else "information",
                "error_title": "Not in the list",
                "error_message": f"Choose a {name} from the list."[:255],
            },
        )

    def pounds(self, sheet: Any, first: int, end: int, left: int, right: int) -> None:
        """Show pounds and pence in these columns, and take numbers only."""
        money = self.book.add_format({"num_format": "0.00"})
        sheet.set_column(left, right, 16, money)
        rule = {"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12}
        sheet.data_validation(first, left, end + _SPARE_ROWS, right, rule)
