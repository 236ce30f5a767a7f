"""The numbers of a plan, one row each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tripleaim.uncertainty import ResultRow, ResultSeries

if TYPE_CHECKING:
    from tripleaim.plan.publish.document import PlanDocument, SolutionPart
    from tripleaim.plan.publish.evidence_parts import EvidenceShownPart

GBP_M = "£m"


def plan_rows(plan: PlanDocument) -> Iterator[ResultRow]:
    """Every number by year of a plan.

    Measures: registered, residents, aged_75_and_over; contacts `of` a point of delivery; position
    `of` nhs, commissioner or providers; avoided_at_average_cost, avoided_as_cash and
    position_in_cash `of` nhs on a basis; line `of` a side and its line; saving on each basis,
    investment and reached `of` a solution; stf; claim, investment and net `of` a class of evidence,
    such as "class/not known", in the last year.
    """
    yield from ResultSeries("registered", unit="people").by_year(plan.population)
    yield from ResultSeries("residents", unit="people").by_year(plan.resident_population)
    yield from ResultSeries("aged_75_and_over", unit="%").by_year(plan.aged_75_and_over_pct)
    units = {point.id: point.unit for point in plan.points_of_delivery}
    for position, points in plan.activity.items():
        for point, contacts in points.items():
            series = ResultSeries("contacts", point, position, units.get(point, ""))
            yield from series.by_year(contacts)
    for position, gap in plan.gap_gbp_m.items():
        series = ResultSeries("position", "nhs", position, GBP_M)
        ends = plan.gap_interval_gbp_m.get(position, {})
        for year, value in gap.items():
            yield series.row(year, value, *ends.get(year, ()))
    for basis, cash in plan.cash.items():
        for name, values in (
            ("avoided_at_average_cost", cash.average_cost_gbp_m),
            ("avoided_as_cash", cash.cash_gbp_m),
            ("position_in_cash", cash.position_gbp_m),
        ):
            yield from ResultSeries(name, "nhs", basis, GBP_M).by_year(values)
    for side, positions in plan.sides.items():
        for position, values in positions.items():
            yield from ResultSeries("position", side, position, GBP_M).by_year(values)
    for line in plan.lines:
        of = f"{line.side}/{line.line}"
        for basis, values in (
            ("do_nothing_uncalibrated", line.uncalibrated),
            ("do_nothing", line.calibrated),
        ):
            yield from ResultSeries("line", of, basis, GBP_M).by_year(values)
    for solution in plan.solutions:
        yield from _solution(solution)
    yield from ResultSeries("stf", unit=GBP_M).by_year(plan.stf_gbp_m)
    if plan.evidence:
        yield from _classes(plan.evidence)


def _classes(shown: EvidenceShownPart) -> Iterator[ResultRow]:
    for part in shown.classes:
        for measure, value in (
            ("claim", part.claim_gbp_m),
            ("investment", part.investment_gbp_m),
            ("net", part.net_gbp_m),
        ):
            series = ResultSeries(measure, f"class/{part.evidence_class}", unit=GBP_M)
            if value is not None:
                ends = part.net_range_gbp_m if measure == "net" else ()
                yield series.row(shown.year, value, *ends)


def _solution(solution: SolutionPart) -> Iterator[ResultRow]:
    def saving(basis: str) -> ResultSeries:
        return ResultSeries("saving", solution.id, basis, GBP_M)

    yield from saving("as_claimed").by_year(solution.as_claimed_gbp_m)
    yield from saving("after_overlap").by_year(solution.after_overlap_gbp_m)
    low, high = solution.on_evidence_low_gbp_m, solution.on_evidence_high_gbp_m
    for year, value in solution.on_evidence_gbp_m.items():
        yield saving("on_evidence").row(year, value, low.get(year), high.get(year))
    investment = ResultSeries("investment", solution.id, unit=GBP_M)
    yield from investment.by_year(solution.investment_gbp_m)
    yield from ResultSeries("reached", solution.id, unit="people").by_year(solution.reached)
