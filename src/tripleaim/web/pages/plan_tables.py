"""The tables that can be downloaded, each made from the plan's document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tripleaim import wording as words
from tripleaim.place import Place
from tripleaim.plan import PlanDocument
from tripleaim.web.ui.tables import Column, Table, by_year

CUMULATIVE = "cumulative"
SIDES = {"commissioner": "Commissioner", "providers": "Providers"}


def positions(document: PlanDocument, order: Sequence[str]) -> list[str]:
    """The positions that the document holds, in order; the scenario's own last, if it has one."""
    chosen = ("as_chosen",) if document.scenario.choices else ()
    return [s for s in (*order, *chosen) if s in document.gap_gbp_m]


def gap(document: PlanDocument) -> Table:
    """The NHS position by scenario and year, with the sum over the years."""
    return by_year(
        "gap",
        "NHS position by year, £m; a deficit is in brackets",
        "Scenario",
        [(words.scenario_name(s), values) for s, values in document.gap_gbp_m.items()],
        [*document.years, CUMULATIVE],
    )


def sides(document: PlanDocument) -> Table:
    """The position of each printed side by scenario and year."""
    table = by_year(
        "sides",
        "Position by side and year, £m; a deficit is in brackets",
        "Side and scenario",
        [
            (f"{SIDES[side]}: {words.scenario_name(s).lower()}", values)
            for side, scenarios in document.sides.items()
            for s, values in scenarios.items()
        ],
        [*document.years, CUMULATIVE],
    )
    kept = [c for c in table.columns if any(row.get(c.key) is not None for row in table.rows)]
    return Table(table.name, table.caption, kept, table.rows)


def lines(document: PlanDocument, side: str) -> Table:
    """The lines of one side's do-nothing accounts: first and last year, both ways."""
    after = " calibrated" if document.calibrated else ""
    first, last = document.years[0], document.years[-1]
    rows = [
        {
            "line": line.line,
            "kind": line.kind,
            "uncalibrated_first": line.uncalibrated.get(first),
            "uncalibrated_last": line.uncalibrated.get(last),
            "calibrated_first": line.calibrated.get(first),
            "calibrated_last": line.calibrated.get(last),
            "change": line.calibrated.get(last, 0.0) - line.calibrated.get(first, 0.0),
        }
        for line in document.lines
        if line.side == side
    ]
    numbers = [c for c in (rows[0] if rows else {}) if c not in ("line", "kind")]
    total = {"line": "Position", "kind": ""} | {
        key: sum(float(str(row[key])) for row in rows if row[key] is not None) for key in numbers
    }
    return Table(
        f"accounts-{side}",
        f"{SIDES[side]}: do-nothing accounts, £m; costs are in brackets",
        [
            Column("line", "Line"),
            Column("kind", "Kind"),
            *(
                (
                    Column("uncalibrated_first", f"{first} uncalibrated", "account"),
                    Column("uncalibrated_last", f"{last} uncalibrated", "account"),
                )
                if document.calibrated
                else ()
            ),
            Column("calibrated_first", f"{first}{after}", "account"),
            Column("calibrated_last", f"{last}{after}", "account"),
            Column("change", f"Change{',' * bool(after)}{after}", "account"),
        ],
        [*rows, total] if rows else [],
        total=bool(rows),
    )


def activity(document: PlanDocument) -> Table:
    """Contacts by point of delivery, scenario and year."""
    names = {p.id: f"{p.name} ({p.unit})" for p in document.points_of_delivery}
    rows = [
        {"name": names.get(point, point), "scenario": words.scenario_name(scenario), **series}
        for point in names
        for scenario, points in document.activity.items()
        if (series := points.get(point)) is not None
    ]
    years = [y for y in (document.base_year, *document.years) if any(y in row for row in rows)]
    return Table(
        "activity",
        "Contacts by point of delivery, scenario and year",
        [
            Column("name", "Point of delivery"),
            Column("scenario", "Scenario"),
            *(Column(y, y, "count") for y in years),
        ],
        rows,
    )


def growth(document: PlanDocument) -> Table:
    """Growth of each point of delivery over the plan, split into what explains it, in contacts."""
    first, last = document.years[0], document.years[-1]
    return Table(
        "growth",
        f"Why activity grows from {first} to {last}, in contacts",
        [
            Column("name", "Point of delivery"),
            Column("printed_first", f"Printed {first}", "count"),
            Column("printed_last", f"Printed {last}", "count"),
            Column("growth_pct", "Growth, calibrated", "percent"),
            Column("growth_uncalibrated_pct", "Growth, uncalibrated", "percent"),
            Column("size_and_age", "Size and age", "count"),
            Column("morbidity", "Morbidity", "count"),
            Column("trend", "Official trend", "count"),
            Column("rest", "The rest", "count"),
            Column("calibration_adds", "Calibration adds", "count"),
            Column("calibration_adds_pct_a_year", "Calibration adds, a year", "percent"),
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


def calibrated(document: PlanDocument) -> Table:
    """Every value solved so that a printed figure is met, beside what it was before."""
    return Table(
        "calibrated",
        "What calibration changed, and whether the value is credible",
        [
            Column("parameter", "Parameter"),
            Column("uncalibrated", "Uncalibrated", "plain"),
            Column("value", "Calibrated", "plain"),
            Column("unit", "Unit"),
            Column("range", "Credible range"),
            Column("credible", "In range"),
            Column("meets", "Solved to meet"),
            Column("adds", "Adds", "plain"),
            Column("adds_unit", "Unit of what it adds"),
        ],
        [
            {
                **c.model_dump(),
                "range": f"{words.plain(c.low)} to {words.plain(c.high)}",
                "credible": "yes" if c.credible else "no",
            }
            for c in document.calibrated
        ],
    )


def reconciliation(document: PlanDocument) -> Table:
    """Published figures against what is computed here."""
    return Table(
        "reconciliation",
        "Published figures and what we compute",
        [
            Column("name", "Figure"),
            Column("unit", "Unit"),
            Column("published", "Published", "plain"),
            Column("computed", "Computed", "plain"),
            Column("uncalibrated", "Before calibration", "plain"),
            Column("difference_pct", "Difference", "percent"),
            Column("status", "Result"),
        ],
        [
            {**r.model_dump(), "href": f"figures/{r.figure}/", "status": r.status}
            for r in document.reconciliation
        ],
    )


def savings(document: PlanDocument) -> Table:
    """What the solutions save together by year: claimed, overlap, after overlap, on evidence."""
    return by_year(
        "savings",
        "Savings of all solutions together, £m a year",
        "Basis",
        [
            *((words.scenario_name(k), v) for k, v in total_savings(document).items()),
            ("Lost in overlap", document.overlap_gbp_m),
            ("Taken off by what was found for whole populations", document.evidence_cap_gbp_m),
        ],
        document.years,
        kind="tenths",
    )


def total_savings(document: PlanDocument) -> dict[str, dict[str, float]]:
    """Savings of all solutions by basis and year: its position less that of doing nothing."""
    nothing = document.gap_gbp_m["do_nothing"]
    return {
        basis: {y: document.gap_gbp_m[basis][y] - nothing[y] for y in document.years}
        for basis in positions(document, ("as_claimed", "after_overlap", "on_evidence"))
    }


def solutions(document: PlanDocument) -> Table:
    """Every solution with its three results in the last year of the plan."""
    last = document.years[-1]
    return Table(
        "solutions",
        f"Solutions: savings in {last}, £m",
        [
            Column("name", "Solution"),
            Column("priority", "Priority"),
            Column("owner", "Owner"),
            Column("maturity", "Maturity"),
            Column("release", "Kind of saving"),
            Column("claim", "As claimed", "tenths"),
            Column("overlap", "After overlap", "tenths"),
            Column("evidence", "On evidence", "tenths"),
            Column("range", "Interval of evidence"),
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


def solutions_by_year(document: PlanDocument) -> Table:
    """Every solution's three results in every year."""
    rows = [
        {
            "name": s.name,
            "basis": words.scenario_name(basis),
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
    return Table(
        "solutions-by-year",
        "Savings by solution and year, £m",
        [
            Column("name", "Solution"),
            Column("basis", "Basis"),
            *(Column(y, y, "tenths") for y in document.years),
        ],
        rows,
    )


def figures(place: Place) -> Table:
    """Every figure held about the place, with its status and its source."""
    return Table(
        "figures",
        "Figures",
        [
            Column(key, key.capitalize(), "plain" if key in ("value", "low", "high") else "text")
            for key in (
                "id", "value", "low", "high", "unit", "year", "basis", "status", "source", "where",
                "cause",
            )
        ],
        [
            {k: getattr(f, k) for k in f.__dataclass_fields__} for f in place.figures.values()
        ],
    )  # fmt: skip


FROM_DOCUMENT: Mapping[str, Callable[[PlanDocument], Table]] = {
    "gap": gap,
    "sides": sides,
    "activity": activity,
    "growth": growth,
    "calibrated": calibrated,
    "reconciliation": reconciliation,
    "savings": savings,
    "solutions": solutions,
    "solutions-by-year": solutions_by_year,
    "accounts-commissioner": lambda d: lines(d, "commissioner"),
    "accounts-providers": lambda d: lines(d, "providers"),
}
