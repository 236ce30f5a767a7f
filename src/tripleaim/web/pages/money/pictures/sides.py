"""The position of each printed side by year."""

from __future__ import annotations

from tripleaim.plan import PlanDocument
from tripleaim.web.pages.money.presenters.money import Side
from tripleaim.web.pages.plan.tables import positions
from tripleaim.web.ui.charts.lines import line_picture
from tripleaim.web.ui.charts.picture import Picture


def position_by_side(document: PlanDocument, side: Side, description: str) -> Picture:
    """One side's position by year: do nothing before and after calibration, and as claimed."""
    by_scenario = document.sides[side]
    # Where nothing was calibrated the two are one line.
    before = ("do_nothing_uncalibrated",) if document.calibrated else ()
    order = (*before, "do_nothing", "as_claimed", "after_overlap", "on_evidence")
    series = {s: by_scenario[s] for s in positions(document, order) if s in by_scenario}
    return line_picture(
        f"Position of {side_name(side)}, £m a year", description, series, document.years, {}
    ).called(f"position-{side}")


def side_name(side: str) -> str:
    """How a side is called in a sentence."""
    return {"commissioner": "the commissioner", "providers": "the providers"}.get(side, side)
