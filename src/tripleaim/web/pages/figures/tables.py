"""Tables of figures, and of what we compute against what is printed."""

from __future__ import annotations

from tripleaim.place import Place
from tripleaim.plan import PlanDocument
from tripleaim.web.ui.names import figure_names
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
    """Every figure held about the place: status, source, and who would know where it has none."""
    names = figure_names(place)
    columns = (
        "id", "name", "value", "low", "high", "unit", "year", "basis", "status", "source", "where",
        "reason", "who_would_know", "held_by",
    )  # fmt: skip
    return PageTable(
        "figures",
        "Figures",
        [
            PageColumn(
                key, key.capitalize().replace("_", " "), "plain" if key in NUMBERS else "text"
            )
            for key in columns
        ],
        [
            {key: names[f.id] if key == "name" else getattr(f, key) for key in columns}
            for f in place.figures.values()
        ],
    )
