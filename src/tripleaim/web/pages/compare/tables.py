"""Tables of what solutions save together."""

from __future__ import annotations

from tripleaim import wording as words
from tripleaim.plan import PlanDocument
from tripleaim.web.pages.plan.tables import positions
from tripleaim.web.ui.tables import PageTable, by_year


def savings(document: PlanDocument) -> PageTable:
    """What the solutions save together by year: claimed, overlap, after overlap, on evidence."""
    return by_year(
        "savings",
        "Savings of all solutions together, £m a year",
        "Basis",
        [
            *((words.position_name(k), v) for k, v in total_savings(document).items()),
            ("Lost in overlap", document.overlap_gbp_m),
            ("On evidence, solutions one by one", one_by_one(document)),
            ("Reduction because of studies of whole populations", document.evidence_cap_gbp_m),
        ],
        document.years,
        kind="tenths",
    )


def one_by_one(document: PlanDocument) -> dict[str, float]:
    """Savings on evidence by year, solutions added up before the cap of whole populations."""
    return {
        year: sum(s.on_evidence_gbp_m.get(year, 0.0) for s in document.solutions)
        for year in document.years
    }


def total_savings(document: PlanDocument) -> dict[str, dict[str, float]]:
    """Savings of all solutions by basis and year: its position less that of doing nothing."""
    nothing = document.gap_gbp_m["do_nothing"]
    return {
        basis: {y: document.gap_gbp_m[basis][y] - nothing[y] for y in document.years}
        for basis in positions(document, ("as_claimed", "after_overlap", "on_evidence"))
    }
