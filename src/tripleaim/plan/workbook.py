"""plan.xlsx: the plan as a workbook whose totals are live formulas over the lines below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from tripleaim.place import Place
from tripleaim.plan.document import PlanDocument

SCENARIO_NAMES: Mapping[str, str] = {
    "do_nothing_uncalibrated": "Do nothing, uncalibrated",
    "do_nothing": "Do nothing",
    "as_claimed": "As claimed",
    "as_claimed_after_stf": "As claimed, after STF",
    "after_overlap": "After overlap",
    "on_evidence": "On evidence",
    "as_chosen": "As chosen in this scenario",
}


def write_workbook(document: PlanDocument, place: Place, path: Path) -> None:
    """Write `document` to `path` as an Excel workbook.

    Money is in £m, contacts in the unit of their point of delivery. Sums are formulas with their
    values stored beside them, so that a viewer that does not calculate shows them too. The same
    document gives the same bytes.
    """
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {
            "title": f"{document.name}: plan",
            "comments": f"inputs {document.inputs_sha256}, seed {document.seed}, "
            f"scenario {document.scenario.sha256}, version {document.version}",
            # A fixed date: the same plan gives the same bytes.
            "created": datetime(2000, 1, 1, tzinfo=UTC),
        }
    )
    writer = _Writer(book, document)
    writer.read_me()
    writer.gap()
    writer.lines()
    writer.activity()
    writer.growth()
    writer.solutions()
    writer.evidence()
    writer.calibrated()
    writer.reconciliation()
    writer.figures(place)
    book.close()


class _Writer:
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

    def _sheet(self, name: str, title: str, widths: Sequence[int]) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, title, self.heading)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(3, 1)
        return sheet

    def _table(
        self, sheet: Any, head: Sequence[str], rows: Sequence[Sequence[Any]], formats: Sequence[Any]
    ) -> None:
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

    def _sum(self, sheet: Any, row: int, column: int, cells: str, value: float) -> None:
        sheet.write_formula(row, column, f"=SUM({cells})", self.total, value)

    def read_me(self) -> None:
        document = self.document
        sheet = self._sheet("Read me", f"{document.name}: plan", [26, 90])
        rows = [
            ("Years", f"{document.years[0]} to {document.years[-1]}"),
            ("Scenario", f"{document.scenario.name} ({document.scenario.sha256[:12]})"),
            ("Inputs", document.inputs_sha256),
            ("Seed, version", f"{document.seed}, {document.version}"),
            ("Money", "£m of the year; negative is a deficit"),
            (
                "People",
                "synthetic, drawn to official margins: they demonstrate, they find nothing out",
            ),
            *(("Note", note) for note in document.notes),
        ]
        for at, (name, said) in enumerate(rows, start=2):
            sheet.write_string(at, 0, name, self.head)
            sheet.write_string(at, 1, said, self.text)

    def gap(self) -> None:
        """Each scenario's two sides, then their sum by formula and the sum of years by formula."""
        sheet = self._sheet("Gap", "NHS position, £m a year (negative is a deficit)", [34, 16])
        head = ["Scenario", "Side", *self.years, "All years"]
        for column, name in enumerate(head):
            sheet.write_string(2, column, name, self.head)
        at, last = 3, 2 + len(self.years)
        for scenario, name in SCENARIO_NAMES.items():
            if scenario not in self.document.gap_gbp_m:
                continue
            sides = [(s, by[scenario]) for s, by in self.document.sides.items() if scenario in by]
            first = at
            for side, values in sides:
                sheet.write_string(at, 0, name)
                sheet.write_string(at, 1, side)
                for k, year in enumerate(self.years):
                    sheet.write_number(at, 2 + k, values[year], self.money)
                total = sum(values[year] for year in self.years)
                self._sum(sheet, at, last, xl_range(at, 2, at, last - 1), total)
                at += 1
            at = self._nhs_row(sheet, at, first, scenario, name)

    def _nhs_row(self, sheet: Any, at: int, first: int, scenario: str, name: str) -> int:
        gap, last = self.document.gap_gbp_m[scenario], 2 + len(self.years)
        stf = self.document.stf_gbp_m if scenario.endswith("after_stf") else {}
        if stf and first == at:
            # The plan gives STF to the footprint, not to a side: the row builds on "as claimed".
            before = at - 1
            sheet.write_string(at, 0, name)
            sheet.write_string(at, 1, "STF")
            for k, year in enumerate(self.years):
                sheet.write_number(at, 2 + k, stf.get(year, 0.0), self.money)
            at += 1
            cells = [
                f"{xl_rowcol_to_cell(before, 2 + k)},{xl_rowcol_to_cell(at - 1, 2 + k)}"
                for k in range(len(self.years))
            ]
        else:
            cells = [xl_range(first, 2 + k, at - 1, 2 + k) for k in range(len(self.years))]
        sheet.write_string(at, 0, name)
        sheet.write_string(at, 1, "NHS")
        for k, year in enumerate(self.years):
            self._sum(sheet, at, 2 + k, cells[k], gap[year])
        self._sum(sheet, at, last, xl_range(at, 2, at, last - 1), gap["cumulative"])
        return at + 1

    def lines(self) -> None:
        """Do-nothing income and cost lines by side, calibrated, with each side's sum by formula."""
        sheet = self._sheet("Do nothing", "Do nothing: income and cost lines, £m", [16, 44, 10])
        for column, name in enumerate(["Side", "Line", "Kind", *self.years]):
            sheet.write_string(2, column, name, self.head)
        at = 3
        for side in ("commissioner", "providers"):
            mine = [line for line in self.document.lines if line.side == side]
            first = at
            for line in mine:
                sheet.write_string(at, 0, side)
                sheet.write_string(at, 1, line.line)
                sheet.write_string(at, 2, line.kind)
                for k, year in enumerate(self.years):
                    sheet.write_number(at, 3 + k, line.calibrated[year], self.money)
                at += 1
            if not mine:
                continue
            sheet.write_string(at, 0, side)
            sheet.write_string(at, 1, "Position")
            for k, year in enumerate(self.years):
                total = sum(line.calibrated[year] for line in mine)
                self._sum(sheet, at, 3 + k, xl_range(first, 3 + k, at - 1, 3 + k), total)
            at += 2

    def activity(self) -> None:
        names = {p.id: f"{p.name} ({p.unit})" for p in self.document.points_of_delivery}
        rows = [
            [SCENARIO_NAMES.get(scenario, scenario), names[pod], *(by[y] for y in self.years)]
            for scenario, pods in self.document.activity.items()
            for pod, by in pods.items()
        ]
        sheet = self._sheet(
            "Activity", "Contacts by scenario, point of delivery and year", [30, 40]
        )
        formats = [self.text, self.text, *[self.count] * len(self.years)]
        self._table(sheet, ["Scenario", "Point of delivery", *self.years], rows, formats)

    def growth(self) -> None:
        head = [
            "Point of delivery",
            "Unit",
            "Growth, %",
            "Uncalibrated, %",
            "Size and age",
            "Morbidity",
            "Trend",
            "The rest",
            "Calibration adds",
            "… % a year",
        ]
        rows = [
            [
                p.name,
                p.unit,
                p.growth_pct,
                p.growth_uncalibrated_pct,
                p.size_and_age,
                p.morbidity,
                p.trend,
                p.rest,
                p.calibration_adds,
                p.calibration_adds_pct_a_year,
            ]
            for p in self.document.points_of_delivery
        ]
        title = f"Why activity grows, {self.years[0]} to {self.years[-1]}, in contacts"
        sheet = self._sheet("Growth", title, [26, 14])
        formats = [
            self.text,
            self.text,
            self.percent,
            self.percent,
            *[self.count] * 5,
            self.percent,
        ]
        self._table(sheet, head, rows, formats)

    def solutions(self) -> None:
        """Each solution on three words: claimed, after overlap, on evidence."""
        results = (
            ("As claimed", "claim_gbp_m"),
            ("After overlap", "after_overlap_gbp_m"),
            ("On evidence", "on_evidence_gbp_m"),
        )
        sheet = self._sheet("Solutions", "Savings by solution, £m a year", [44, 10, 34, 14, 16])
        head = ["Solution", "Priority", "Owner", "Maturity", "On whose word", *self.years]
        for column, name in enumerate(head):
            sheet.write_string(2, column, name, self.head)
        at = 3
        for word, field in results:
            first = at
            for s in self.document.solutions:
                for column, said in enumerate((s.name, s.priority, s.owner, s.maturity, word)):
                    sheet.write(at, column, said)
                for k, year in enumerate(self.years):
                    sheet.write_number(at, 5 + k, getattr(s, field)[year], self.money)
                at += 1
            if at == first:
                continue
            sheet.write_string(at, 0, "All solutions")
            sheet.write_string(at, 4, word)
            for k, year in enumerate(self.years):
                total = sum(getattr(s, field)[year] for s in self.document.solutions)
                self._sum(sheet, at, 5 + k, xl_range(first, 5 + k, at - 1, 5 + k), total)
            at += 2

    def evidence(self) -> None:
        rows = [
            [s.name, e.effect, e.value, e.low, e.high, e.design, e.used, e.source, e.where]
            for s in self.document.solutions
            for e in s.evidence
        ]
        share = self.book.add_format({"num_format": "0.0%"})
        sheet = self._sheet("Evidence", "What studies say of each effect", [44, 44])
        head = ["Solution", "Effect", "Change", "Low", "High", "Design", "Used", "Source", "Where"]
        text = self.text
        self._table(sheet, head, rows, [text, text, share, share, share, text, share, text, text])

    def calibrated(self) -> None:
        rows = [
            [
                c.parameter,
                c.unit,
                c.uncalibrated,
                c.value,
                c.low,
                c.high,
                c.credible,
                c.meets,
                c.adds,
                c.adds_unit,
            ]
            for c in self.document.calibrated
        ]
        number = self.book.add_format({"num_format": "#,##0.000"})
        sheet = self._sheet("Calibrated", "Values solved to meet published figures", [44, 14])
        head = [
            "Parameter",
            "Unit",
            "Uncalibrated",
            "Calibrated",
            "Credible from",
            "to",
            "Credible",
            "Meets",
            "Adds",
            "Unit",
        ]
        text = self.text
        self._table(sheet, head, rows, [text, text, *[number] * 4, text, text, number, text])

    def reconciliation(self) -> None:
        rows = [
            [r.name, r.unit, r.published, r.computed, r.difference_pct, r.status, r.figure]
            for r in self.document.reconciliation
        ]
        number = self.book.add_format({"num_format": "#,##0.0##"})
        sheet = self._sheet("Reconciliation", "Published figures and ours", [54, 14])
        head = ["Figure", "Unit", "Published", "Computed", "Difference, %", "Status", "Figure id"]
        text = self.text
        self._table(sheet, head, rows, [text, text, number, number, self.percent, text, text])

    def figures(self, place: Place) -> None:
        rows = [
            [
                f.id,
                f.value,
                f.low,
                f.high,
                f.unit,
                f.year,
                f.basis,
                f.status,
                place.sources[f.source].title,
                f.where,
                f.cause,
            ]
            for f in place.figures.values()
        ]
        general, text = self.book.add_format(), self.text
        sheet = self._sheet("Figures", "Every figure, with its status and source", [40])
        head = [
            "Figure",
            "Value",
            "Low",
            "High",
            "Unit",
            "Year",
            "Basis",
            "Status",
            "Source",
            "Where",
            "Why",
        ]
        self._table(sheet, head, rows, [text, general, general, general, *[text] * 7])
