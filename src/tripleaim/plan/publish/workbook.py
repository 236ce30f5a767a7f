"""plan.xlsx: the plan as a workbook whose totals are live formulas over the lines below them."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter

from tripleaim.core import write_whole
from tripleaim.place import Place
from tripleaim.plan.publish.document import PlanDocument
from tripleaim.plan.publish.workbook_evidence import strength, write_classes
from tripleaim.plan.publish.workbook_money import write_money
from tripleaim.plan.publish.workbook_sheets import Sheets
from tripleaim.wording import position_name


def write_workbook(document: PlanDocument, place: Place, path: Path) -> None:
    """Write `document` to `path` as an Excel workbook.

    Money is in £m, contacts in the unit of their point of delivery. Sums are formulas with their
    values stored beside them, so that a viewer that does not calculate shows them too. The same
    document gives the same bytes.
    """
    # Written at once when it is whole: the library leaves an open archive on a full disk.
    content = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(content, options)
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
    write_money(writer)
    writer.activity()
    writer.growth()
    write_classes(writer)
    writer.evidence()
    writer.printed()
    writer.calibrated()
    writer.reconciliation()
    writer.figures(place)
    book.close()
    write_whole(path, content.getvalue())


class _Writer(Sheets):
    def read_me(self) -> None:
        document = self.document
        sheet = self.sheet("Read me", f"{document.name}: plan", [26, 90])
        rows = [
            ("Years", f"{document.years[0]} to {document.years[-1]}"),
            ("Scenario", f"{document.scenario.name} ({document.scenario.sha256[:12]})"),
            ("Inputs", document.inputs_sha256),
            ("Seed, version", f"{document.seed}, {document.version}"),
            ("Money", "£m of the year; negative is a deficit"),
            (
                "People",
                "synthetic, matched to official totals: a demonstration, not a finding",
            ),
            *(("To be entered", f"{one.what} ({one.unit})") for one in document.asked_for),
            *(("Warning", warning) for warning in document.warnings),
            *(("Note", note) for note in document.notes),
        ]
        for at, (name, text) in enumerate(rows, start=2):
            sheet.write_string(at, 0, name, self.head)
            sheet.write_string(at, 1, text, self.text)

    def activity(self) -> None:
        names = {p.id: f"{p.name} ({p.unit})" for p in self.document.points_of_delivery}
        rows = [
            [position_name(position), names[pod], *(by[y] for y in self.years)]
            for position, pods in self.document.activity.items()
            for pod, by in pods.items()
        ]
        sheet = self.sheet("Activity", "Contacts by position, point of delivery and year", [30, 40])
        formats = [self.text, self.text, *[self.count] * len(self.years)]
        self.table(sheet, ["Position", "Point of delivery", *self.years], rows, formats)

    def growth(self) -> None:
        head = [
            "Point of delivery",
            "Unit",
            "Growth, %",
            "Uncalibrated, %",
            "Size and age",
            "Morbidity",
            "Trend",
            "Unexplained",
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
        sheet = self.sheet("Growth", title, [26, 14])
        formats = [
            self.text,
            self.text,
            self.percent,
            self.percent,
            *[self.count] * 5,
            self.percent,
        ]
        self.table(sheet, head, rows, formats)

    def evidence(self) -> None:
        rows = [
            [
                s.name,
                e.effect,
                *([e.value, e.low, e.high] if e.measured else ["not measured", None, None]),
                e.design,
                e.used,
                *strength(e),
                e.source,
                e.where,
            ]
            for s in self.document.solutions
            for e in s.evidence
        ]
        share = self.book.add_format({"num_format": "0.0%"})
        sheet = self.sheet("Evidence", "What studies say about each effect", [44, 44])
        head = ["Solution", "Effect", "Change", "Low", "High", "Design", "Used"]
        head += ["Studies", "Directness", "Risk of bias", "Source", "Where"]
        text = self.text
        formats = [text, text, share, share, share, text, share, *[text] * 5]
        self.table(sheet, head, rows, formats)

    def printed(self) -> None:
        rows = [
            [s.name, line.thing, line.says or "not printed", line.where, line.status, line.cause]
            for s in self.document.solutions
            for line in s.printed
        ]
        sheet = self.sheet("As printed", "What the plan says about each solution", [44, 14, 60, 44])
        head = ["Solution", "Part", "Printed", "Where", "Status", "Why we say so"]
        self.table(sheet, head, rows, [self.text] * len(head))

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
        sheet = self.sheet(
            "Calibrated", "Values solved so that the model matches published figures", [44, 14]
        )
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
        self.table(sheet, head, rows, [text, text, *[number] * 4, text, text, number, text])

    def reconciliation(self) -> None:
        rows = [
            [r.name, r.unit, r.published, r.computed, r.difference_pct, r.status, r.figure]
            for r in self.document.reconciliation
        ]
        number = self.book.add_format({"num_format": "#,##0.0##"})
        sheet = self.sheet("Reconciliation", "Published figures compared with ours", [54, 14])
        head = ["Figure", "Unit", "Published", "Computed", "Difference, %", "Status", "Figure id"]
        text = self.text
        self.table(sheet, head, rows, [text, text, number, number, self.percent, text, text])

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
                place.name if place.is_own(f) else "default",
                place.sources[f.source].title,
                f.where,
                f.cause,
            ]
            for f in place.figures.values()
        ]
        general, text = self.book.add_format(), self.text
        sheet = self.sheet("Figures", "Every figure, with its status and source", [40])
        head = [
            "Figure",
            "Value",
            "Low",
            "High",
            "Unit",
            "Year",
            "Basis",
            "Status",
            "Contained in",
            "Source",
            "Where",
            "Why",
        ]
        self.table(sheet, head, rows, [text, general, general, general, *[text] * 8])
