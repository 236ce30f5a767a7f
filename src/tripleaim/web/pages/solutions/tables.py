"""Tables of solutions."""

from __future__ import annotations

from tripleaim import wording as words
from tripleaim.plan import PlanDocument
from tripleaim.web.ui.tables import PageColumn, PageTable


def solutions(document: PlanDocument) -> PageTable:
    """Every solution with its three results in the last year of the plan."""
    last = document.years[-1]
    return PageTable(
        "solutions",
        f"Solutions: savings in {last}, £m",
        [
            PageColumn("name", "Solution"),
            PageColumn("priority", "Priority"),
            PageColumn("owner", "Owner"),
            PageColumn("maturity", "Maturity"),
            PageColumn("release", "Kind of saving"),
            PageColumn("claim", "As claimed", "tenths"),
            PageColumn("overlap", "After overlap", "tenths"),
            PageColumn("evidence", "On evidence", "tenths"),
            PageColumn("range", "Interval of evidence"),
        ],
        [
            {
                "id": s.id,
                "href": f"solutions/{s.id}/",
                "name": s.name,
                "priority": s.priority,
                "owner": s.owner,
                "maturity": s.maturity,
                "release": s.release,
                "claim": s.as_claimed_gbp_m.get(last, 0.0),
                "overlap": s.after_overlap_gbp_m.get(last, 0.0),
                "evidence": s.on_evidence_gbp_m.get(last, 0.0),
                "range": f"{words.tenths(s.on_evidence_low_gbp_m.get(last, 0.0))} to "
                f"{words.tenths(s.on_evidence_high_gbp_m.get(last, 0.0))}",
            }
            for s in document.solutions
        ],
    )


def solutions_by_year(document: PlanDocument) -> PageTable:
    """Every solution's three results in every year."""
    rows = [
        {
            "name": s.name,
            "basis": words.position_name(basis),
            **values,
            "href": f"solutions/{s.id}/",
        }
        for s in document.solutions
        for basis, values in (
            ("as_claimed", s.as_claimed_gbp_m),
            ("after_overlap", s.after_overlap_gbp_m),
            ("on_evidence", s.on_evidence_gbp_m),
        )
    ]
    return PageTable(
        "solutions-by-year",
        "Savings by solution and year, £m",
        [
            PageColumn("name", "Solution"),
            PageColumn("basis", "Basis"),
            *(PageColumn(y, y, "tenths") for y in document.years),
        ],
        rows,
    )
