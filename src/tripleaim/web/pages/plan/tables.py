"""Tables of the plan on a page."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim import wording as words
from tripleaim.plan import PlanDocument
from tripleaim.web.ui.tables import PageColumn, PageTable, by_year

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


def care(document: PlanDocument) -> PageTable:
    """What care costs by year at the prices of the first year, where no position is known."""
    return by_year(
        "care",
        f"What care costs if nothing changes, £m at the prices of {document.years[0]}",
        "What",
        [("Care paid for by the commissioner", document.care_gbp_m)] if document.care_gbp_m else [],
        document.years,
    )


def cash(document: PlanDocument) -> PageTable:
    """Care avoided in the last year at average cost and as cash, £m, by basis."""
    last = document.years[-1]
    return PageTable(
        "cash",
        f"Care avoided in {last}: at average cost and as cash, £m",
        [
            PageColumn("name", "Basis"),
            PageColumn("average", "At average cost", "account"),
            PageColumn("cash", "As cash by then", "account"),
            PageColumn("capacity", "Capacity for other patients", "account"),
            PageColumn("position", "Position, average cost", "account"),
            PageColumn("in_cash", "Position in cash", "account"),
        ],
        [
            {
                "name": words.position_name(basis),
                "average": part.average_cost_gbp_m[last],
                "cash": part.cash_gbp_m[last],
                "capacity": part.average_cost_gbp_m[last] - part.cash_gbp_m[last],
                "position": document.gap_gbp_m[basis][last],
                "in_cash": part.position_gbp_m[last],
            }
            for basis, part in document.cash.items()
            if basis != "as_chosen" or document.scenario.choices
        ],
    )


def classes(document: PlanDocument) -> PageTable:
    """Solutions by what evidence shows of them, management apart, £m in the last year."""
    shown = document.evidence
    rows: list[dict[str, object]] = []
    for part in shown.classes if shown else ():
        rows.append(
            {
                "name": words.capital(part.evidence_class),
                "solutions": len(part.solutions),
                "claim": part.claim_gbp_m,
                "investment": part.investment_gbp_m,
                "net": "no verdict" if part.net_gbp_m is None else part.net_gbp_m,
                "low": part.net_range_gbp_m[0],
                "high": part.net_range_gbp_m[1],
            }
        )
    for managed in shown.management if shown else ():
        rows.append(
            {
                "name": f"of the not known: {words.inside(managed.name)}",
                "solutions": len(managed.solutions),
                "claim": managed.claim_gbp_m,
                "investment": managed.investment_gbp_m,
                "net": "no verdict",
                "low": 0.0 - managed.investment_gbp_m,
                "high": managed.claim_gbp_m,
            }
        )
    return PageTable(
        "classes",
        words.tagged(
            f"What evidence shows of the solutions, £m in {document.years[-1]}", document.claim_tag
        ),
        [
            PageColumn("name", "Evidence"),
            PageColumn("solutions", "Solutions", "count"),
            PageColumn("claim", "Claim, net", "tenths"),
            PageColumn("investment", "Investment", "tenths"),
            PageColumn("net", "Net on evidence", "tenths"),
            PageColumn("low", "From", "tenths"),
            PageColumn("high", "To", "tenths"),
        ],
        rows,
    )
