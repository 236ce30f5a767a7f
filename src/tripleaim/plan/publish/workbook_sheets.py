"""Formats, tables and sums of the sheets of plan.xlsx."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tripleaim.plan.publish.document import PlanDocument


class Sheets:
    """A workbook being written: its formats, and how to write a sheet, a table and a sum."""

    def __init__(self, book: Any, document: PlanDocument) -> None:
        self.book, self.document, self.years = book, document, list(document.years)
        add = book.add_format
        self.heading = add({"bold": True, "font_size": 14})
        self.head = add({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.money = add({"num_format": "#,##0.0;[Red](#,##0.0);-"})
        self.total = add({"num_format": "#,##0.0;[Red](#,##0.0);-", "bold": True, "top": 1})
        self.count = add({"num_format": "#,##0"})
        self.percent = add({"num_format": "0.0"})
        self.text = add({"text_wrap": True, "valign": "top"})

    def sheet(self, name: str, title: str, widths: Sequence[int]) -> Any:
        """A new sheet with a title; its table starts in the third row."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, title, self.heading)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(3, 1)
        return sheet

    def table(
        self, sheet: Any, head: Sequence[str], rows: Sequence[Sequence[Any]], formats: Sequence[Any]
    ) -> None:
        """A header in the third row and the rows below it."""
        for column, name in enumerate(head):
            sheet.write_string(2, column, name, self.head)
        for at, row in enumerate(rows, start=3):
            for column, value in enumerate(row):
                if isinstance(value, bool):
                    sheet.write_string(at, column, "yes" if value else "no")
                elif isinstance(value, int | float):
                    sheet.write_number(at, column, value, formats[column])
                elif value is not None:
                    sheet.write_string(at, column, str(value), formats[column])
        if rows:
            sheet.autofilter(2, 0, 2 + len(rows), len(head) - 1)

    def sum(self, sheet: Any, row: int, column: int, cells: str, value: float) -> None:
        """A sum over `cells` as a formula, with its value stored beside it."""
        sheet.write_formula(row, column, f"=SUM({cells})", self.total, value)
