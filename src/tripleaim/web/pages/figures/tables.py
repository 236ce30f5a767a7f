"""Tables of figures, and of what we compute against what is printed."""

from __future__ import annotations

from tripleaim.place import Place
from tripleaim.plan import PlanDocument
from tripleaim.web.ui.tables import PageColumn, PageTable

NUMBERS = ("value", "low", "high")


def reconciliation(document: PlanDocument) -> PageTable:
    """Published figures against what is computed here."""
    return PageTable(
        "reconciliation",
        "Published figures and what we compute",
        [
            PageColumn("name", "Figure"),
            PageColumn("unit", "Unit"),
            PageColumn("published", "Published", "plain"),
            PageColumn("computed", "Computed", "plain"),
            PageColumn("uncalibrated", "Before calibration", "plain"),
            PageColumn("difference_pct", "Difference", "percent"),
            PageColumn("status", "Result"),
        ],
        [
            {**r.model_dump(), "href": f"figures/{r.figure}/", "status": r.status}
            for r in document.reconciliation
        ],
    )


def figures(place: Place) -> PageTable:
    """Every figure held about the place, with its status and its source."""
    return PageTable(
        "figures",
        "Figures",
        [
            PageColumn(key, key.capitalize(), "plain" if key in NUMBERS else "text")
            for key in (
                "id", "value", "low", "high", "unit", "year", "basis", "status", "source", "where",
                "cause",
            )
        ],
        [
            {k: getattr(f, k) for k in f.__dataclass_fields__} for f in place.figures.values()
        ],
    )  # fmt: skip
