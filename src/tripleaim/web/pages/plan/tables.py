"""Tables of the plan on a page."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim import wording as words
from tripleaim.plan import PlanDocument
from tripleaim.web.ui.tables import PageTable, by_year

CUMULATIVE = "cumulative"


def positions(document: PlanDocument, order: Sequence[str]) -> list[str]:
    """The positions that the document holds, in order; the scenario's own last, if it has one."""
    chosen = ("as_chosen",) if document.scenario.choices else ()
    return [s for s in (*order, *chosen) if s in document.gap_gbp_m]


def gap(document: PlanDocument) -> PageTable:
    """The NHS position by scenario and year, with the sum over the years."""
    return by_year(
        "gap",
        "NHS position by year, £m; a deficit is in brackets",
        "Scenario",
        [(words.position_name(s), values) for s, values in document.gap_gbp_m.items()],
        [*document.years, CUMULATIVE],
    )
