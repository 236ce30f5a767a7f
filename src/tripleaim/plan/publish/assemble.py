"""The plan document assembled from the rooms' results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Literal

from tripleaim import __version__
from tripleaim.accounts import SIDES, Stf, aims, stf
from tripleaim.activity import MeasuredContacts, measured_contacts
from tripleaim.place import Place, reading_notes
from tripleaim.plan.basis import OF_RESULTS, Basis
from tripleaim.plan.do_nothing import DoNothing, Money
from tripleaim.plan.futures.first_order import DrawnStarts, drawn_intervals
from tripleaim.plan.overlap.outcome import Outcome, Result
from tripleaim.plan.overlap.scenario import Scenario
from tripleaim.plan.publish.cash_parts import cash_parts
from tripleaim.plan.publish.document import (
    AimPart,
    CalibratedPart,
    ChoicePart,
    LinePart,
    MeasuredPart,
    PlanDocument,
    PointOfDeliveryPart,
    ScenarioPart,
)
from tripleaim.plan.publish.evidence_shown import evidence_shown
from tripleaim.plan.publish.fixed_parts import FixedParts
from tripleaim.plan.publish.luck import by_luck, luck_notes
from tripleaim.plan.publish.notes import notes, warnings
from tripleaim.plan.publish.reconcile import reconcile
from tripleaim.plan.publish.solution_part import solution_part
from tripleaim.plan.publish.without_gap import without_gap
from tripleaim.projection import Growth

ByYear = dict[str, float]


def assemble(
    place: Place,
    nothing: DoNothing,
    money: Money,
    outcome: Outcome,
    starts: DrawnStarts,
    *,
    fixed: FixedParts,
    all_taken_in: Outcome | None = None,
) -> PlanDocument:
    """The plan of `place` under the outcome's scenario; `starts` are draws of doing nothing.

    Gaps are the do-nothing position plus what solutions save; every part is by year of the plan.
    `fixed` is what `fixed_parts` gives of the same place, years and money. `all_taken_in` is the
    outcome with every solution that is ready to choose, None for a place without any.
    """
    results = {basis: outcome.on(basis) for basis in OF_RESULTS}
    sides = _sides(money, outcome, results)
    gap = _gap(place, sides)
    document = PlanDocument(
        footprint=place.id,
        name=place.name,
        seed=nothing.seed,
        version=__version__,
        inputs_sha256=place.sha256_of("plan"),
        scenario=_scenario(outcome.scenario),
        base_year=place.base_year,
        years=list(place.years),
        population=dict(nothing.registered),
        resident_population=dict(nothing.residents),
        aged_75_and_over_pct=dict(nothing.aged_75_pct),
        deaths=dict(nothing.deaths),
        people_with_condition={c: dict(by_year) for c, by_year in nothing.having.items()},
        points_of_delivery=list(_points_of_delivery(place, nothing)),
        activity=_activity(place, nothing, outcome, results),
        gap_gbp_m=gap,
        gap_interval_gbp_m={
            **drawn_intervals(place, starts, outcome),
            "do_nothing_uncalibrated": dict(fixed.uncalibrated),
        },
        sides=sides,
        lines=_lines(money),
        solutions=[
            solution_part(place, outcome, s, fixed.solutions[s.id])
            for s in place.solutions
            if outcome.scenario.takes_in(s)
        ],
        ready=[
            solution_part(place, all_taken_in, s, fixed.solutions[s.id])
            for s in place.solutions
            if all_taken_in is not None and not outcome.scenario.takes_in(s)
        ],
        overlap_gbp_m=outcome.by_year(outcome.interaction),
        impossible_gbp_m=outcome.by_year(outcome.impossible),
        evidence=evidence_shown(place, money, outcome),
        evidence_cap_gbp_m=outcome.by_year(outcome.on_evidence.cap.sum(axis=0)),
        cash=cash_parts(fixed.providers, nothing, money, outcome, gap),
        stf_gbp_m={year: fund.amount for year, fund in _conditional(place).items()},
        calibrated=[CalibratedPart.model_validate(asdict(value)) for value in money.solved],
        reconciliation=[],
        aims=[AimPart.model_validate(asdict(aim)) for aim in aims(place)],
        notes=[*notes(place, money, outcome), *luck_notes(place, nothing, money)],
        warnings=warnings(place, outcome),
        files_read=list(reading_notes(place)),
    )
    checked = document.model_copy(update={"reconciliation": reconcile(place, document)})
    return without_gap(checked, place, money.calibrated)


def _scenario(scenario: Scenario) -> ScenarioPart:
    return ScenarioPart(
        name=scenario.name,
        sha256=scenario.sha256,
        token=scenario.token,
        period_total=scenario.period_total,
        choices={
            solution: ChoicePart.model_validate(asdict(choice))
            for solution, choice in scenario.choices.items()
        },
        assumptions=dict(scenario.assumptions),
    )


def _points_of_delivery(place: Place, nothing: DoNothing) -> Iterator[PointOfDeliveryPart]:
    last = place.last_year
    counts = measured_contacts(place)
    steps = max(len(place.years) - 1, 1)
    growths = zip(
        place.points_of_delivery, nothing.growth, nothing.growth_uncalibrated, strict=True
    )
    for point, grown, uncalibrated in growths:
        printed = {
            year: place.value(figure)
            for year, figure in ((place.years[0], point.printed_base), (last, point.printed_last))
            if figure
        }
        pull = _pull(grown, uncalibrated)
        yield PointOfDeliveryPart(
            id=point.id,
            name=point.name,
            unit=point.unit,
            printed=printed,
            growth_pct=_growth(grown.first, grown.last),
            growth_uncalibrated_pct=_growth(uncalibrated.first, uncalibrated.last),
            size_and_age=grown.size_and_age,
            morbidity=grown.morbidity,
            trend=grown.trend,
            rest=grown.rest,
            calibration_adds=grown.last * (1 - 1 / pull) if pull else 0.0,
            calibration_adds_pct_a_year=100 * (pull ** (1 / steps) - 1),
            by_luck=by_luck(grown.last, nothing.people_alike.get(point.id, 0.0)),
            measured=None
            if point.printed_base or point.id not in counts
            else _measured(counts[point.id], nothing.uncalibrated.contacts[point.id]),
        )


def _measured(count: MeasuredContacts, uncalibrated: Mapping[str, float]) -> MeasuredPart:
    before = uncalibrated[count.year]
    return MeasuredPart(
        year=count.year,
        contacts=count.contacts,
        uncalibrated=before,
        error_pct=100 * (before / count.contacts - 1),
        first_month=count.first_month,
        last_month=count.last_month,
        status=count.status,
        source=count.source,
        includes=count.cause,
    )


def _pull(calibrated: Growth, uncalibrated: Growth) -> float:
    """What calibration multiplies growth over the plan by."""
    if not calibrated.first or not uncalibrated.last:
        return 1.0
    calibrated_growth = calibrated.last / calibrated.first
    return calibrated_growth / (uncalibrated.last / uncalibrated.first)


def _growth(first: float, last: float) -> float:
    return 100 * (last / first - 1) if first else 0.0


def _activity(
    place: Place, nothing: DoNothing, outcome: Outcome, results: Mapping[Basis, Result]
) -> dict[str, dict[str, ByYear]]:
    def projected(table: Mapping[str, Mapping[str, float]]) -> dict[str, ByYear]:
        return {
            p.id: {year: table[p.id][year] for year in place.years}
            for p in place.points_of_delivery
        }

    def remaining(result: Result) -> dict[str, ByYear]:
        rows = zip(outcome.points_of_delivery, result.activity, strict=True)
        return {point: outcome.by_year(row) for point, row in rows}

    return {
        "do_nothing_uncalibrated": projected(nothing.uncalibrated.contacts),
        "do_nothing": projected(nothing.activity.contacts),
        **{basis: remaining(results[basis]) for basis in OF_RESULTS if basis != Basis.AS_CLAIMED},
    }


def _sides(
    money: Money, outcome: Outcome, results: Mapping[Basis, Result]
) -> dict[Literal["commissioner", "providers"], dict[str, ByYear]]:
    sides: dict[Literal["commissioner", "providers"], dict[str, ByYear]] = {}
    for s, side in enumerate(SIDES):
        start = money.calibrated.side(side)
        sides[side] = {
            "do_nothing_uncalibrated": money.uncalibrated.side(side),
            "do_nothing": start,
            **{
                basis: {
                    year: start[year] + float(result.by_side[s, y])
                    for y, year in enumerate(outcome.years)
                }
                for basis, result in results.items()
            },
        }
    return sides


def _gap(
    place: Place,
    sides: Mapping[Literal["commissioner", "providers"], Mapping[str, Mapping[str, float]]],
) -> dict[str, ByYear]:
    names = ("do_nothing_uncalibrated", "do_nothing", *OF_RESULTS)
    gap = {
        name: {year: sum(sides[side][name][year] for side in SIDES) for year in place.years}
        for name in names
    }
    if stf(place) or place.is_printed:
        funds = _conditional(place)
        gap["as_claimed_after_stf"] = {
            year: position + (funds[year].amount if year in funds else 0.0)
            for year, position in gap["as_claimed"].items()
        }
    return {name: {**by_year, "cumulative": sum(by_year.values())} for name, by_year in gap.items()}


def _conditional(place: Place) -> dict[str, Stf]:
    return {year: fund for year, fund in stf(place).items() if not fund.inside}


def _lines(money: Money) -> list[LinePart]:
    stated = {(line.side, line.line, line.kind): line for line in money.uncalibrated.merged()}
    return [
        LinePart(
            side=line.side,
            line=line.name,
            kind=line.kind,
            uncalibrated=dict(stated[line.side, line.line, line.kind].amounts),
            calibrated=dict(line.amounts),
        )
        for line in money.calibrated.merged()
    ]
