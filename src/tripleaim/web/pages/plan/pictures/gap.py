"""The NHS gap by year, the first picture of a plan."""

from __future__ import annotations

from tripleaim.plan import PlanDocument
from tripleaim.web.pages.plan.tables import positions
from tripleaim.web.ui.charts.lines import PrintedPoint, line_picture
from tripleaim.web.ui.charts.picture import Picture


def gap_by_year(document: PlanDocument, description: str) -> Picture:
    """The NHS gap with savings on each basis, with the interval on evidence."""
    shown = positions(document, ("do_nothing", "as_claimed", "after_overlap", "on_evidence"))
    series = {s: document.gap_gbp_m[s] for s in shown}
    return line_picture(
        "NHS gap, £m a year",
        description,
        series,
        document.years,
        document.gap_interval_gbp_m.get("on_evidence", {}),
        printed=[
            PrintedPoint(row.basis, row.year, row.published)
            for row in document.reconciliation
            if row.part == "gap" and row.basis in shown and row.year in document.years
        ],
    )
