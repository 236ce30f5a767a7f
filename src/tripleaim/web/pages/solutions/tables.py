"""Tables of solutions."""

from __future__ import annotations

from tripleaim import wording as words
from tripleaim.plan import PlanDocument, SolutionPart
from tripleaim.web.pages.solutions import strength
from tripleaim.web.ui.tables import PageColumn, PageTable


def solutions(document: PlanDocument) -> PageTable:
    """Every solution with its three results in the last year of the plan."""
    last = document.years[-1]
    return PageTable(
        "solutions",
        words.tagged(f"Solutions: savings in {last}, £m", document.claim_tag),
        [
            PageColumn("name", "Solution"),
            PageColumn("priority", "Priority"),
            PageColumn("owner", "Owner"),
            PageColumn("maturity", "Maturity"),
            PageColumn("release", "Kind of saving"),
            PageColumn("claim", "As claimed", "tenths"),
            PageColumn("tag", "The claim is"),
            PageColumn("overlap", "After overlap", "tenths"),
            PageColumn("class", "Evidence"),
            PageColumn("band", "It may save, net"),
            PageColumn("design", "Design"),
            PageColumn("studies", "Studies"),
            PageColumn("directness", "Directness"),
            PageColumn("bias", "Risk of bias"),
            PageColumn("evidence", words.position_name("on_evidence"), "tenths"),
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
                "tag": s.claim_tag,
                "class": strength.class_of(s),
                "band": _band(s) if s.amount_known else "not known",
                **_results(s, last),
                **_strength(s),
            }
            for s in document.solutions
        ],
    )


def _results(solution: SolutionPart, year: str) -> dict[str, float | None]:
    """The three results of one solution; nothing where nobody has put an amount on it."""
    if not solution.amount_known:
        on_evidence = solution.on_evidence_gbp_m.get(year) if solution.cost_per_person else None
        return {"claim": None, "overlap": None, "evidence": on_evidence}
    return {
        "claim": solution.as_claimed_gbp_m.get(year, 0.0),
        "overlap": solution.after_overlap_gbp_m.get(year, 0.0),
        "evidence": solution.on_evidence_gbp_m.get(year, 0.0),
    }


def _band(solution: SolutionPart) -> str:
    """What a solution may save net of its investment, all its parts together."""
    if not solution.classes:
        return ""
    low, high = (sum(part.net_range_gbp_m[end] for part in solution.classes) for end in (0, 1))
    return f"{words.tenths(low)} to {words.tenths(high)}"


def _strength(solution: SolutionPart) -> dict[str, str]:
    """Design, number of studies, directness and risk of bias of the strongest finding."""
    found = strength.best(solution.evidence)
    return {
        "design": strength.design(found),
        "studies": strength.studies(found),
        "directness": found.directness,
        "bias": found.risk_of_bias,
    }


def solutions_by_year(document: PlanDocument) -> PageTable:
    """Every solution's three results in every year."""
    rows = [
        {
            "name": s.name,
            "basis": words.position_name(basis),
            **values,
            "tag": s.claim_tag,
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
        words.tagged("Savings by solution and year, £m", document.claim_tag),
        [
            PageColumn("name", "Solution"),
            PageColumn("basis", "Basis"),
            *(PageColumn(y, y, "tenths") for y in document.years),
            PageColumn("tag", "The claim is"),
        ],
        rows,
    )
