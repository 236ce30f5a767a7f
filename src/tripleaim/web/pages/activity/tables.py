"""Tables of activity."""

from __future__ import annotations

from tripleaim import wording as words
from tripleaim.plan import PlanDocument
from tripleaim.web.ui.tables import PageColumn, PageTable


def activity(document: PlanDocument) -> PageTable:
    """Contacts by point of delivery, scenario and year."""
    names = {p.id: f"{p.name} ({p.unit})" for p in document.points_of_delivery}
    rows = [
        {"name": names.get(point, point), "scenario": words.position_name(scenario), **series}
        for point in names
        for scenario, points in document.activity.items()
        if (series := points.get(point)) is not None
    ]
    years = [y for y in (document.base_year, *document.years) if any(y in row for row in rows)]
    return PageTable(
        "activity",
        "Contacts by point of delivery, scenario and year",
        [
            PageColumn("name", "Point of delivery"),
            PageColumn("scenario", "Scenario"),
            *(PageColumn(y, y, "count") for y in years),
        ],
        rows,
    )


def growth(document: PlanDocument) -> PageTable:
    """Growth of each point of delivery over the plan, split into what explains it, in contacts."""
    first, last = document.years[0], document.years[-1]
    return PageTable(
        "growth",
        f"Why activity grows from {first} to {last}, in contacts",
        [
            PageColumn("name", "Point of delivery"),
            PageColumn("printed_first", f"Printed {first}", "count"),
            PageColumn("printed_last", f"Printed {last}", "count"),
            PageColumn("growth_pct", "Growth, calibrated", "percent"),
            PageColumn("growth_uncalibrated_pct", "Growth, uncalibrated", "percent"),
            PageColumn("size_and_age", "Size and age", "count"),
            PageColumn("morbidity", "Morbidity", "count"),
            PageColumn("trend", "Official trend", "count"),
            PageColumn("rest", "Unexplained", "count"),
            PageColumn("calibration_adds", "Calibration adds", "count"),
            PageColumn("calibration_adds_pct_a_year", "Calibration adds, a year", "percent"),
        ],
        [
            {
                **p.model_dump(),
                "name": f"{p.name} ({p.unit})",
                "printed_first": p.printed.get(first),
                "printed_last": p.printed.get(last),
            }
            for p in document.points_of_delivery
        ],
    )
