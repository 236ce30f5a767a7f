"""A very small spreadsheet: it works out sums, differences and references, nothing else."""

from __future__ import annotations

import re
from typing import Any

from openpyxl.utils import range_boundaries

_TERM = re.compile(r"([+-])?(SUM\(([^()]*)\)|('[^']+'!)?[A-Z]+[0-9]+)")


class Sheets:
    """The sheets of a workbook opened with its formulas, worked out on demand."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.known: dict[tuple[str, str], float] = {}

    def value(self, sheet: str, cell: str) -> float:
        """What a cell comes to, following every formula; an empty cell is a mistake here."""
        if (sheet, cell) not in self.known:
            held = self.book[sheet][cell].value
            assert held is not None, f"{sheet}!{cell} is empty"
            is_formula = isinstance(held, str)
            self.known[sheet, cell] = self._work_out(sheet, held) if is_formula else held
        return self.known[sheet, cell]

    def _work_out(self, sheet: str, formula: str) -> float:
        assert formula.startswith("="), formula
        terms = list(_TERM.finditer(formula, 1))
        assert "".join(term[0] for term in terms) == formula[1:], formula
        total = 0.0
        for term in terms:
            sign = -1 if term[1] == "-" else 1
            if term[3] is not None:
                total += sign * sum(self._range(sheet, part) for part in term[3].split(","))
            else:
                total += sign * self._reference(sheet, term[2])
        return total

    def _reference(self, sheet: str, text: str) -> float:
        name, _, cell = text.rpartition("!")
        return self.value(name.strip("'") or sheet, cell)

    def _range(self, sheet: str, text: str) -> float:
        left, top, right, bottom = range_boundaries(text)
        cells = self.book[sheet].iter_rows(top, bottom, left, right)
        return sum(self.value(sheet, cell.coordinate) for row in cells for cell in row)
