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
