"""The sheet of plan.xlsx on what evidence shows: four classes, management, the range."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tripleaim.plan.publish.evidence_parts import EvidencePart, EvidenceShownPart
from tripleaim.plan.publish.workbook_sheets import Sheets
from tripleaim.wording import CLASS_MEANING, MANAGEMENT_NAMES, capital, tagged

SHEET = "What evidence shows"


def strength(found: EvidencePart) -> list[Any]:
    """How many studies, how directly they speak, and how far they may mislead, as cells."""
    studies: int | str = "not stated" if found.studies is None else found.studies
    if found.studies and not found.measured:
        studies = f"{found.studies}, of something else"
    return [studies, found.directness, found.risk_of_bias]


def write_classes(sheets: Sheets) -> None:
    """Solutions by class with claim, investment and net; then management, then the range, £m."""
    shown = sheets.document.evidence
    if shown is None:
        return
    title = tagged(f"What evidence shows, £m in {shown.year}", sheets.document.claim_tag)
    sheet = sheets.sheet(SHEET, title, [44, 12, 14, 14, 14, 14, 14, 70])
    head = ["Class", "Solutions", "Claim", "Investment", "Net", "From", "To", "Which"]
    money, text = sheets.money, sheets.text
    formats = [text, sheets.count, *[money] * 5, text]
    sheets.table(sheet, head, [*_classes(sheets, shown), *_management(sheets, shown)], formats)
    for at, row in enumerate(
        _positions(shown), start=4 + len(shown.classes) + len(shown.management)
    ):
        sheet.write_string(at, 0, row[0], text)
        for column, value in zip((5, 6), row[1:], strict=False):
            sheet.write_number(at, column, value, money)


def _names(sheets: Sheets, ids: list[str]) -> str:
    names = {solution.id: solution.name for solution in sheets.document.solutions}
    return ", ".join(names[solution] for solution in ids)


def _classes(sheets: Sheets, shown: EvidenceShownPart) -> Iterator[list[Any]]:
    for part in shown.classes:
        yield [
            capital(part.evidence_class),
            len(part.solutions),
            part.claim_gbp_m,
            part.investment_gbp_m,
            "no verdict" if part.net_gbp_m is None else part.net_gbp_m,
            *part.net_range_gbp_m,
            f"{_names(sheets, part.solutions)}. {capital(CLASS_MEANING[part.evidence_class])}.",
        ]


def _management(sheets: Sheets, shown: EvidenceShownPart) -> Iterator[list[Any]]:
    for part in shown.management:
        record = "; ".join(f"{r.value:g} {r.unit}, {r.year}: {r.of}" for r in part.record)
        yield [
            f"of the not known: {MANAGEMENT_NAMES[part.side]}",
            len(part.solutions),
            part.claim_gbp_m,
            part.investment_gbp_m,
            "no verdict",
            0.0 - part.investment_gbp_m,
            part.claim_gbp_m,
            f"{_names(sheets, part.solutions)}. Delivered elsewhere: {record or 'not found'}.",
        ]


def _positions(shown: EvidenceShownPart) -> Iterator[tuple[str, float, float]]:
    yield ("NHS position, from no untested solution working to all of them", *shown.range_gbp_m)
    yield ("The same, without the limit from whole populations", *shown.range_before_cap_gbp_m)
    yield ("The same, claims added up", *shown.range_before_overlap_gbp_m)
    studied = shown.studied_alone_gbp_m
    yield ("Only what studies measured; all else left out, with its cost", studied, studied)
