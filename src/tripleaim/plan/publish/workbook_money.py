"""The money sheets of plan.xlsx, linked from total to line.

A finance lead can follow any total: Gap points at the positions of Do nothing and at the savings of
Solutions by side, and those are sums of the lines above them. What no line explains (a cap for the
whole population, a solution that a scenario changes) has a row of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from tripleaim.plan.basis import Basis
from tripleaim.plan.publish.workbook_sheets import Sheets
from tripleaim.wording import POSITION_NAMES, position_name

_Side = Literal["commissioner", "providers"]
_SIDES: tuple[_Side, ...] = ("commissioner", "providers")
_LINES = {"do_nothing": "calibrated", "do_nothing_uncalibrated": "uncalibrated"}
_SAVINGS = {
    Basis.AS_CLAIMED: "as_claimed_gbp_m",
    Basis.AFTER_OVERLAP: "after_overlap_gbp_m",
    Basis.ON_EVIDENCE: "on_evidence_gbp_m",
}
_TOLERANCE = 1e-6  # £m: below this a difference is floating point, not money


@dataclass
class _Links:
    """Cells that Gap points at, by position and side: the sheet, its row, its first year."""

    positions: dict[tuple[str, str], tuple[str, int, int]] = field(default_factory=dict)
    savings: dict[tuple[str, str], tuple[str, int, int]] = field(default_factory=dict)


def write_money(sheets: Sheets) -> None:
    """Write the sheets Gap, Do nothing (calibrated and not) and Solutions."""
    gap = sheets.sheet("Gap", "NHS position, £m a year (negative is a deficit)", [34, 16])
    links = _Links()
    for position in ("do_nothing", "do_nothing_uncalibrated"):
        _lines(sheets, links, position)
    _solutions(sheets, links)
    _Gap(sheets, gap, links).write()


def _lines(sheets: Sheets, links: _Links, position: str) -> None:
    """Income and cost lines by side, with each side's position by formula."""
    document, years = sheets.document, sheets.years
    name = position_name(position)
    sheet = sheets.sheet(name, f"{name}: income and cost lines, £m", [16, 44, 10])
    _head(sheets, sheet, ["Side", "Line", "Kind", *years])
    at = 3
    for side in _SIDES:
        side_lines = [line for line in document.lines if line.side == side]
        first = at
        for line in side_lines:
            for column, text in enumerate((side, line.line, line.kind)):
                sheet.write_string(at, column, text)
            values = getattr(line, _LINES[position])
            _numbers(sheets, sheet, at, 3, [values[year] for year in years])
            at += 1
        if not side_lines:
            continue
        sheet.write_string(at, 0, side)
        sheet.write_string(at, 1, "Position")
        totals = [
            sum(getattr(line, _LINES[position])[year] for line in side_lines) for year in years
        ]
        for k, total in enumerate(totals):
            sheets.sum(sheet, at, 3 + k, xl_range(first, 3 + k, at - 1, 3 + k), total)
        if _agree(totals, document.sides.get(side, {}).get(position), years):
            links.positions[position, side] = (name, at, 3)
        at += 2


def _solutions(sheets: Sheets, links: _Links) -> None:
    """Each solution's saving on three bases, then the sum by side."""
    document, years = sheets.document, sheets.years
    title = "Savings by solution, £m a year; claims marked as split assumed are our split"
    sheet = sheets.sheet("Solutions", title, [44, 10, 34, 14, 16])
    _head(sheets, sheet, ["Solution", "Priority", "Owner", "Maturity", "Basis", *years, "Claim"])
    at = 3
    for basis, name in _SAVINGS.items():
        if not document.solutions:
            return
        word, first = position_name(basis), at
        for s in document.solutions:
            for column, text in enumerate((s.name, s.priority, s.owner, s.maturity, word)):
                sheet.write(at, column, text)
            _numbers(sheets, sheet, at, 5, [getattr(s, name)[year] for year in years])
            sheet.write_string(at, 5 + len(years), s.claim_tag)
            at += 1
        by_line = [sum(getattr(s, name)[year] for s in document.solutions) for year in years]
        in_all = _saved(sheets, basis) or by_line
        rest = [whole - part for whole, part in zip(in_all, by_line, strict=True)]
        if max(map(abs, rest)) > _TOLERANCE:
            sheet.write_string(at, 0, _reason(sheets, basis, rest))
            sheet.write_string(at, 4, word)
            _numbers(sheets, sheet, at, 5, rest)
            at += 1
        sheet.write_string(at, 0, "All solutions")
        sheet.write_string(at, 4, word)
        for k, total in enumerate(in_all):
            sheets.sum(sheet, at, 5 + k, xl_range(first, 5 + k, at - 1, 5 + k), total)
        at = _by_side(sheets, sheet, links, basis, at) + 2


def _by_side(sheets: Sheets, sheet: Any, links: _Links, basis: Basis, total_at: int) -> int:
    """The sum of solutions by side below `total_at`: one side as it is, the other what is left."""
    in_all = _saved(sheets, basis)
    if in_all is None:
        return total_at
    commissioner = [_saved_by(sheets, basis, "commissioner", year) for year in sheets.years]
    for at, side in enumerate(_SIDES, start=total_at + 1):
        sheet.write_string(at, 0, f"of which {side}")
        sheet.write_string(at, 4, position_name(basis))
        for k, (whole, part) in enumerate(zip(in_all, commissioner, strict=True)):
            if side == "commissioner":
                sheet.write_number(at, 5 + k, part, sheets.money)
                continue
            total, above = (xl_rowcol_to_cell(row, 5 + k) for row in (total_at, at - 1))
            sheet.write_formula(at, 5 + k, f"={total}-{above}", sheets.money, whole - part)
        links.savings[basis, side] = ("Solutions", at, 5)
    return total_at + 2


def _saved(sheets: Sheets, basis: Basis) -> list[float] | None:
    """What is saved on a basis against doing nothing, by year; None if the plan does not say."""
    sides = sheets.document.sides
    if any(not {basis, "do_nothing"} <= set(sides.get(side, {})) for side in _SIDES):
        return None
    return [sum(_saved_by(sheets, basis, s, year) for s in _SIDES) for year in sheets.years]


def _saved_by(sheets: Sheets, basis: Basis, side: _Side, year: str) -> float:
    positions = sheets.document.sides[side]
    return positions[basis][year] - positions["do_nothing"][year]


def _reason(sheets: Sheets, basis: Basis, rest: Sequence[float]) -> str:
    cap = sheets.document.evidence_cap_gbp_m
    if basis is Basis.ON_EVIDENCE and _agree(rest, cap, sheets.years):
        return "Limit from studies of whole populations"
    return "Left out or changed in this scenario"


class _Gap:
    """The sheet of positions: every position's two sides, then their sum."""

    def __init__(self, sheets: Sheets, sheet: Any, links: _Links) -> None:
        self.sheets, self.sheet, self.links = sheets, sheet, links
        self.document, self.years = sheets.document, sheets.years
        self.last = 2 + len(self.years)

    def write(self) -> None:
        _head(self.sheets, self.sheet, ["Position", "Side", *self.years, "All years"])
        at = 3
        for position, name in POSITION_NAMES.items():
            if position not in self.document.gap_gbp_m:
                continue
            first = at
            for side, positions in self.document.sides.items():
                if position in positions:
                    self._side(at, position, name, side, positions[position])
                    at += 1
            at = self._nhs(at, first, position, name)

    def _side(
        self, at: int, position: str, name: str, side: str, values: Mapping[str, float]
    ) -> None:
        self.sheet.write_string(at, 0, name)
        self.sheet.write_string(at, 1, side)
        for k, year in enumerate(self.years):
            formula = self._formula(position, side, k)
            if formula:
                self.sheet.write_formula(at, 2 + k, formula, self.sheets.money, values[year])
            else:
                self.sheet.write_number(at, 2 + k, values[year], self.sheets.money)
        total = sum(values[year] for year in self.years)
        self.sheets.sum(self.sheet, at, self.last, xl_range(at, 2, at, self.last - 1), total)

    def _formula(self, position: str, side: str, k: int) -> str:
        """Where a side's position comes from; empty if no sheet of the book holds it."""
        own = self.links.positions.get((position, side))
        if own:
            return f"={_cell(own, k)}"
        nothing = self.links.positions.get(("do_nothing", side))
        saved = self.links.savings.get((position, side))
        return f"={_cell(nothing, k)}+{_cell(saved, k)}" if nothing and saved else ""

    def _nhs(self, at: int, first: int, position: str, name: str) -> int:
        gap = self.document.gap_gbp_m[position]
        stf = self.document.stf_gbp_m if position.endswith("after_stf") else {}
        if stf and first == at:
            # The plan gives STF to the footprint, not to a side: the row builds on "as claimed".
            before = at - 1
            self.sheet.write_string(at, 0, name)
            self.sheet.write_string(at, 1, "STF")
            _numbers(self.sheets, self.sheet, at, 2, [stf.get(year, 0.0) for year in self.years])
            at += 1
            cells = [
                f"{xl_rowcol_to_cell(before, 2 + k)},{xl_rowcol_to_cell(at - 1, 2 + k)}"
                for k in range(len(self.years))
            ]
        else:
            cells = [xl_range(first, 2 + k, at - 1, 2 + k) for k in range(len(self.years))]
        self.sheet.write_string(at, 0, name)
        self.sheet.write_string(at, 1, "NHS")
        for k, year in enumerate(self.years):
            self.sheets.sum(self.sheet, at, 2 + k, cells[k], gap[year])
        across = xl_range(at, 2, at, self.last - 1)
        self.sheets.sum(self.sheet, at, self.last, across, gap["cumulative"])
        return at + 1


def _cell(where: tuple[str, int, int], k: int) -> str:
    name, row, first = where
    return f"'{name}'!{xl_rowcol_to_cell(row, first + k)}"


def _head(sheets: Sheets, sheet: Any, names: Sequence[str]) -> None:
    for column, name in enumerate(names):
        sheet.write_string(2, column, name, sheets.head)


def _numbers(sheets: Sheets, sheet: Any, at: int, first: int, values: Sequence[float]) -> None:
    for k, value in enumerate(values):
        sheet.write_number(at, first + k, value, sheets.money)


def _agree(
    values: Sequence[float], expected: Mapping[str, float] | None, years: Sequence[str]
) -> bool:
    return expected is not None and all(
        abs(value - expected.get(year, 0.0)) <= _TOLERANCE
        for value, year in zip(values, years, strict=True)
    )
