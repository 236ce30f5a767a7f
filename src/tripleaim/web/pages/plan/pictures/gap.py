"""The NHS gap by year, the first picture of a plan."""

from __future__ import annotations

from collections.abc import Mapping

from tripleaim.plan import PlanDocument
from tripleaim.web.pages.plan.tables import positions
from tripleaim.web.ui.charts.lines import BandLabels, PrintedPoint, line_picture
from tripleaim.web.ui.charts.picture import Picture

LABELS = BandLabels("Untested at zero", "Untested at claim")


def gap_by_year(
    document: PlanDocument,
    description: str,
    drawn: Mapping[str, tuple[float, float]],
    caption: str = "",
) -> Picture:
    """The NHS gap as claimed and after overlap, with the range that evidence leaves.

    `drawn` is the interval of draws in each year.
    """
    shown = positions(document, ("do_nothing", "as_claimed", "after_overlap"))
    series = {s: document.gap_gbp_m[s] for s in shown}
    return line_picture(
        "NHS gap, £m a year",
        description,
        series,
        document.years,
        document.evidence.range_by_year_gbp_m if document.evidence else {},
        printed=[
            PrintedPoint(row.basis, row.year, row.published)
            for row in document.reconciliation
            if row.part == "gap" and row.basis in shown and row.year in document.years
        ],
        labels=LABELS if document.evidence else None,
        drawn=drawn,
    ).called("gap", caption)
