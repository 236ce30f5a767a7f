"""The parts of plan.json that say what evidence shows: four classes, and the range they leave."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from tripleaim import wording
from tripleaim.place import Z_95, Place, Solution
from tripleaim.plan.do_nothing import Money
from tripleaim.plan.overlap.classes import MARGIN, ClassedPart, EvidenceClass, is_management
from tripleaim.plan.overlap.effects import named
from tripleaim.plan.overlap.outcome import Outcome
from tripleaim.plan.publish.evidence_parts import (
    DeliveryRecordPart,
    EvidenceClassPart,
    EvidenceShownPart,
    ManagementPart,
    SolutionClassPart,
)
from tripleaim.uncertainty import Z_80

RECORD = "delivery-record"
"""Figures of how much of planned savings came about: delivery-record.<side>.<what>."""


def evidence_shown(place: Place, money: Money, outcome: Outcome) -> EvidenceShownPart | None:
    """What evidence shows in the last year of the plan; None for a place without solutions."""
    if not any(outcome.scenario.takes_in(s) for s in place.solutions):
        return None
    start = money.calibrated.nhs
    classes = [_class(outcome, each) for each in EvidenceClass]
    by_year = {
        year: (
            start[year] + float(outcome.least.total[y]),
            start[year] + float(outcome.most.total[y]),
        )
        for y, year in enumerate(outcome.years)
    }
    low, high = by_year[place.last_year]
    shown = [part for part in classes if part.net_gbp_m is not None]
    open_ = next(part for part in classes if part.net_gbp_m is None)
    unmeasured = [
        s
        for s, solution in enumerate(place.solutions)
        if not any(effect.evidence.measured for effect in solution.effects)
    ]
    return EvidenceShownPart(
        year=place.last_year,
        margin=place.value(MARGIN),
        classes=classes,
        management=[
            _management(place, outcome, 0, "commissioner"),
            _management(place, outcome, 1, "providers"),
        ],
        range_gbp_m=(low, high),
        range_by_year_gbp_m=by_year,
        range_before_cap_gbp_m=(low, high - float(outcome.most.cap[:, -1].sum())),
        range_before_overlap_gbp_m=(
            low,
            start[place.last_year]
            + sum(part.net_gbp_m or 0.0 for part in shown)
            + open_.claim_gbp_m,
        ),
        studied_alone_gbp_m=start[place.last_year]
        + float(outcome.on_evidence.total[-1])
        + float(outcome.terms.investment[unmeasured, -1].sum()),
    )


def _class(outcome: Outcome, wanted: EvidenceClass) -> EvidenceClassPart:
    parts = [part for part in outcome.classes if part.evidence_class is wanted]
    claim = sum(part.claimed for part in parts)
    invested = sum(part.investment for part in parts)
    net, ends = None, (0.0 - invested, claim)
    if wanted is not EvidenceClass.NOT_KNOWN:
        rows = [row for part in parts for row in part.effects]
        net = float(outcome.least.by_effect[rows, -1].sum()) - invested
        ends = (net - _spread(parts, low=True), net + _spread(parts, low=False))
    return EvidenceClassPart(
        evidence_class=wanted,
        solutions=[part.solution for part in parts],
        claim_gbp_m=claim,
        investment_gbp_m=invested,
        net_gbp_m=net,
        net_range_gbp_m=ends,
    )


def _spread(parts: Sequence[ClassedPart], *, low: bool) -> float:
    """How far 10% or 90% lies off: solutions as independent and normal, each by its own width."""
    known = [part.net for part in parts if part.net is not None]
    apart = [net.value - net.low if low else net.high - net.value for net in known]
    return Z_80 / Z_95 * math.sqrt(sum(width**2 for width in apart))


def _management(
    place: Place, outcome: Outcome, number: int, side: Literal["commissioner", "providers"]
) -> ManagementPart:
    """What one side saves by management and is not known; investment as the claim is split."""
    managed = {s.id for s in place.solutions if is_management(s)}
    parts = [
        part
        for part in outcome.classes
        if part.solution in managed and part.evidence_class is EvidenceClass.NOT_KNOWN
        if part.claim[number]
    ]
    figures = [f for f in place.figures.values() if f.id.startswith(f"{RECORD}.{side}.")]
    return ManagementPart(
        side=side,
        name=wording.MANAGEMENT_NAMES[side],
        solutions=[part.solution for part in parts],
        claim_gbp_m=sum(part.claim[number] for part in parts),
        investment_gbp_m=sum(
            part.investment * part.claim[number] / part.claimed for part in parts if part.claimed
        ),
        record=[
            DeliveryRecordPart(
                figure=f.id,
                value=f.value,
                unit=f.unit,
                year=f.year,
                of=f.basis,
                source=f.source,
                where=f.where,
            )
            for f in figures
        ],
    )


def solution_classes(place: Place, outcome: Outcome, solution: Solution) -> list[SolutionClassPart]:
    """The parts of one solution by class; none for one that is not done."""
    points = {point.id: point for point in place.points_of_delivery}
    first = min(
        (row for part in outcome.classes if part.solution == solution.id for row in part.effects),
        default=0,
    )
    return [
        SolutionClassPart(
            evidence_class=part.evidence_class,
            effects=[named(solution.effects[row - first], points) for row in part.effects],
            share=part.share,
            claim_gbp_m=part.claimed,
            investment_gbp_m=part.investment,
            net_gbp_m=part.net.value if part.net else None,
            net_range_gbp_m=(part.net.low, part.net.high)
            if part.net
            else (0.0 - part.investment, part.claimed),
        )
        for part in outcome.classes
        if part.solution == solution.id
    ]
