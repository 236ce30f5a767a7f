"""Results as tables in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from tripleaim.cli.tables import justified
from tripleaim.people import People, PopulationCheck
from tripleaim.place import (
    Check,
    FolderFiles,
    NewPlace,
    Place,
    people_in_words,
    people_of,
    questions_of_people,
)
from tripleaim.plan import EvidenceShownPart, Finding, PlanDocument, most_serious, summary
from tripleaim.wording import care_without_gap, evidence_range, position_name, tagged


def place_check(out: Console, result: Check) -> None:
    """The faults of a footprint, or what it holds."""
    for fault in result.faults:
        out.print(f"Error: {fault}", style="red", highlight=False, markup=False, soft_wrap=True)
    if result.faults:
        out.print(f"{len(result.faults)} fault{'s' if len(result.faults) > 1 else ''}.")
        return
    for note in result.notes:
        out.print(note, highlight=False, markup=False, soft_wrap=True)
    out.print("No faults.", style="green")


def new_place(out: Console, made: NewPlace) -> None:
    """A place that was made: what was understood of its people, and what to do next."""
    people = people_of(FolderFiles.read(made.folder))
    messages = [*map(str, made.notes), people_in_words(people), *questions_of_people(people)]
    for line in messages:
        out.print(line, highlight=False, markup=False, soft_wrap=True)
    path = made.folder
    out.print(
        f"Made {path}. Next: tripleaim place check {path}, then tripleaim plan {path} --out DIR",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )


def audit(out: Console, place: Place, findings: Sequence[Finding]) -> None:
    """Every contradiction in a printed plan, the most serious first, and the count by verdict."""
    table = justified(
        f"{place.name}: the printed plan, checked against its own numbers",
        ("Severity", "left"),
        ("Verdict", "left"),
        ("What it says", "left"),
        ("Printed", "right"),
        ("Computed", "right"),
        ("Difference", "right"),
        ("Unit", "left"),
    )
    for finding in most_serious(findings, len(findings)):
        table.add_row(
            finding.severity,
            finding.verdict,
            finding.statement,
            number(finding.printed),
            number(finding.computed),
            number(finding.difference),
            finding.unit,
        )
    out.print(table)
    counts = summary(findings)
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in counts.by_verdict.items())
    out.print(f"{counts.identities} identities, {counts.holding} hold: {verdicts}.")


def check_as_dict(check: PopulationCheck) -> dict[str, Any]:
    """A check of the population as plain data."""
    return asdict(check)


def people(
    out: Console, place: Place, population: People, checks: Sequence[PopulationCheck], target: Path
) -> None:
    """The checks of the synthetic population against official margins, and their results."""
    table = justified(
        f"{place.name}: {len(population):,} synthetic people, compared with official totals",
        ("Check", "left"),
        ("Expected", "right"),
        ("Found", "right"),
        ("Difference", "right"),
        ("Tolerance", "right"),
        ("", "left"),
        ("Source", "left"),
    )
    for check in checks:
        table.add_row(
            check.name,
            number(check.expected),
            number(check.found),
            number(check.difference),
            number(check.tolerance),
            "passes" if check.passes else "[red]fails[/red]",
            check.source,
        )
    out.print(table)
    failed = sum(not check.passes for check in checks)
    out.print(f"{len(checks) - failed} of {len(checks)} checks pass. Written to {target}")


def plan(out: Console, document: PlanDocument, folder: Path) -> None:
    """The NHS position by year, do nothing and on each basis, then what calibration adds."""
    gap = justified(
        f"{document.name}: NHS position, £m a year (negative is a deficit)",
        ("Position", "left"),
        *((year, "right") for year in document.years),
        ("All years", "right"),
    )
    if not document.gap_known:
        said = f"{care_without_gap(document.years, document.care_gbp_m)} {document.why_no_gap}"
        out.print(said, highlight=False, markup=False, soft_wrap=True)
    for position, by_year in document.gap_gbp_m.items():
        gap.add_row(
            position_name(position),
            *(f"{by_year[year]:,.1f}" for year in document.years),
            f"{by_year['cumulative']:,.1f}",
        )
    if document.gap_known:
        out.print(gap)
    for warning in document.warnings:
        text = f"Warning: {warning}"
        out.print(text, style="yellow", highlight=False, markup=False, soft_wrap=True)
    if document.evidence:
        _evidence(out, document.evidence, document.claim_tag)
    growth = justified(
        f"Why activity grows, {document.years[0]} to {document.years[-1]}, % of the first year",
        ("Point of delivery", "left"),
        ("Uncalibrated", "right"),
        ("Calibrated", "right"),
        ("People", "right"),
        ("Morbidity", "right"),
        ("Trend", "right"),
        ("Other causes", "right"),
    )
    for point in document.points_of_delivery:
        first = document.activity["do_nothing"][point.id][document.years[0]]
        parts = (point.size_and_age, point.morbidity, point.trend, point.rest)
        growth.add_row(
            point.name,
            f"{point.growth_uncalibrated_pct:.1f}",
            f"{point.growth_pct:.1f}",
            *(f"{100 * part / first:.1f}" for part in parts),
        )
    out.print(growth)
    if document.calibrated:
        calibrated = justified(
            "What was calibrated",
            ("Parameter", "left"),
            ("Uncalibrated", "right"),
            ("Calibrated", "right"),
            ("Credible", "left"),
            ("Adds", "right"),
        )
        for value in document.calibrated:
            within = f"{value.low:g} to {value.high:g}" + ("" if value.credible else " (outside)")
            calibrated.add_row(
                value.parameter,
                f"{value.uncalibrated:,.2f}",
                f"{value.value:,.2f} {value.unit}",
                within,
                f"{value.adds:,.1f} {value.adds_unit}",
            )
        out.print(calibrated)
    out.print(f"Written to {folder}: plan.json, plan.xlsx, activity.parquet and what pages need.")


def _evidence(out: Console, shown: EvidenceShownPart, tag: str) -> None:
    """Solutions by what evidence shows of them, and the range that it leaves."""
    table = justified(
        tagged(f"What evidence shows of the solutions, £m in {shown.year}", tag),
        ("Class", "left"),
        ("Solutions", "right"),
        ("Claim", "right"),
        ("Investment", "right"),
        ("Net", "right"),
        ("From", "right"),
        ("To", "right"),
    )
    for part in shown.classes:
        net = "no verdict" if part.net_gbp_m is None else f"{part.net_gbp_m:,.1f}"
        table.add_row(
            part.evidence_class,
            str(len(part.solutions)),
            f"{part.claim_gbp_m:,.1f}",
            f"{part.investment_gbp_m:,.1f}",
            net,
            *(f"{end:,.1f}" for end in part.net_range_gbp_m),
        )
    for managed in shown.management:
        table.add_row(
            f"  of these: {managed.name}",
            str(len(managed.solutions)),
            f"{managed.claim_gbp_m:,.1f}",
            f"{managed.investment_gbp_m:,.1f}",
            "no verdict",
            f"{0.0 - managed.investment_gbp_m:,.1f}",
            f"{managed.claim_gbp_m:,.1f}",
        )
    out.print(table)
    low, high = shown.range_gbp_m
    out.print(evidence_range(low=low, high=high, year=shown.year), highlight=False, soft_wrap=True)


def number(value: float) -> str:
    """A number as short as its size allows."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) >= 10 else f"{value:,.3f}"
