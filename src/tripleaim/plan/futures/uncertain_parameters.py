"""What moves in a draw of the five-year plan, and the inputs as a draw has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from tripleaim.accounts import swings
from tripleaim.activity import Activity
from tripleaim.place import Draw, Effect, Estimate, Figure, Parameter, Place, Solution
from tripleaim.plan.assumptions import CONTACT_GROWTH
from tripleaim.plan.do_nothing import DoNothing
from tripleaim.plan.overlap.claims import ScenarioTerms
from tripleaim.plan.overlap.classes import DELIVERED, is_management, tested
from tripleaim.plan.overlap.effects import BED_DAY_SHARE, SHRINKAGE, counting
from tripleaim.uncertainty import between

Floats = npt.NDArray[np.float64]

ROLL_OUT = "uncertainty.roll-out"
INVESTMENT_COST = "uncertainty.investment-cost"

_FAMILIES = ("growth.allocation", "inflation", "efficiency")
"""Figures of one family (the rate of several years, or of several lines) share a cause."""


def parameters(place: Place, nothing: DoNothing) -> tuple[Parameter, ...]:
    """What is uncertain of the plan apart from people's lives.

    figure/<id>               figures with a range that move the accounts or the evidence
    growth/<point>            growth of contacts that neither people nor official trends explain
    programme/<id>/effect     what evidence supports of a solution, within its interval
    programme/<id>/uptake     how much of the planned uptake comes about
    programme/<id>/cost       its investment
    programme/<id>/delivered  what share of its claim comes, of what no controlled study measured
    """
    return (
        *_of_figures(place, nothing),
        *_of_growth(place),
        *(one for solution in place.solutions for one in _of_solution(place, solution)),
    )


def _of_figures(place: Place, nothing: DoNothing) -> Iterator[Parameter]:
    money = swings(place, nothing.uncalibrated, nothing.registered)
    evidence = [SHRINKAGE, BED_DAY_SHARE] if place.solutions else []
    evidence += sorted(f for f in place.figures if f.startswith("population-cap."))
    for figure_id in dict.fromkeys([*sorted(swing.figure for swing in money), *evidence]):
        if figure_id in place.figures:
            figure = place.figure(figure_id)
            shares = next((f for f in _FAMILIES if figure_id.startswith(f)), "")
            yield Parameter(f"figure/{figure_id}", figure_id, _estimate(figure), shares)


def _of_growth(place: Place) -> Iterator[Parameter]:
    estimate = _estimate(place.figure(CONTACT_GROWTH))
    for point in place.points_of_delivery:
        name = f"Growth of {point.name.lower()} beyond people and trend, % a year"
        yield Parameter(f"growth/{point.id}", name, estimate, "demand for care")


def _of_solution(place: Place, solution: Solution) -> Iterator[Parameter]:
    prefix = f"programme/{solution.id}"
    moving = [e for e in solution.effects if _moves(place, e)]
    if moving:
        evidence = moving[0].evidence
        size = Estimate(evidence.value, evidence.low, evidence.high, "evidence", evidence.source)
        shares = f"study {evidence.source}"
        yield Parameter(f"{prefix}/effect", f"{solution.name}: effect", size, shares)
    reached, cost = place.figure(ROLL_OUT), place.figure(INVESTMENT_COST)
    name = f"{solution.name}: share of the planned uptake"
    yield Parameter(f"{prefix}/uptake", name, _estimate(reached), "roll-out")
    if any(solution.recurrent.values()) or any(solution.double_running.values()):
        name = f"{solution.name}: investment compared with plan"
        yield Parameter(f"{prefix}/cost", name, _estimate(cost), "cost of investment")
    if not all(tested(effect) for effect in solution.effects):
        name = f"{solution.name}: share of the claim that is delivered"
        kind = "management savings" if is_management(solution) else "what nobody has tested"
        yield Parameter(
            f"{prefix}/delivered", name, _estimate(place.figure(DELIVERED)), f"delivery of {kind}"
        )


def _moves(place: Place, effect: Effect) -> bool:
    return effect.evidence.low < effect.evidence.high and counting(place, effect) > 0


def _estimate(figure: Figure) -> Estimate:
    return Estimate(
        figure.value, figure.low, figure.high, figure.status, figure.source, figure.cause
    )


def place_in(place: Place, draw: Draw) -> Place:
    """The place with its figures as they are in `draw`."""
    moved = {}
    for name, z in draw.z.items():
        if name.startswith("figure/"):
            figure = place.figure(name.removeprefix("figure/"))
            moved[figure.id] = replace(figure, value=_bounded(figure, z))
    return replace(place, figures={**place.figures, **moved})


def _bounded(figure: Figure, z: float) -> float:
    """A share stays a share: 0 to 100 of a per cent, 0 to 1 of a part, where it was before."""
    value = between(z, figure.value, figure.low, figure.high)
    if figure.id.startswith(("own-trusts-share.", "elsewhere-share.", "stf.carried-share")):
        return min(100.0, max(0.0, value))
    if figure.id in (SHRINKAGE, BED_DAY_SHARE):
        return min(1.0, max(0.0, value))
    if figure.value > 0 and figure.low is not None and figure.low >= 0:
        return max(0.0, value)
    return value


def growth_in(place: Place, draw: Draw) -> Floats:
    """(P, Y) what growth beyond people and trend multiplies contacts by; 1 in the first year."""
    figure = place.figure(CONTACT_GROWTH)
    added = [
        between(draw.of(f"growth/{point.id}"), figure.value, figure.low, figure.high) / 100
        for point in place.points_of_delivery
    ]
    grown: Floats = (1 + np.array(added))[:, None] ** np.arange(len(place.years))
    return grown


def terms_in(place: Place, terms: ScenarioTerms, draw: Draw) -> ScenarioTerms:
    """Uptake, claims and investment as they are in `draw`.

    What is claimed before investment comes about in proportion to uptake; the investment is spent
    whatever comes about.
    """
    rolled_out, dearer = ratios_in(place, draw)
    spent = terms.investment[:, None] * terms.side_share
    gross = terms.claimed + spent
    return ScenarioTerms(
        uptake=np.minimum(terms.uptake * rolled_out[:, None], 1.0),
        claimed=gross * rolled_out[:, None, None] - spent * dearer[:, None, None],
        investment=terms.investment * dearer[:, None],
        side_share=terms.side_share,
    )


def ratios_in(place: Place, draw: Draw) -> tuple[Floats, Floats]:
    """What each solution's uptake and investment (S,) are multiplied by in `draw`."""

    def ratios(figure: Figure, what: str) -> Floats:
        drawn = [draw.of(f"programme/{s.id}/{what}") for s in place.solutions]
        moved = [between(z, figure.value, figure.low, figure.high) for z in drawn]
        return np.maximum(np.array(moved, dtype=np.float64), 0.0)

    reached, cost = place.figure(ROLL_OUT), place.figure(INVESTMENT_COST)
    return ratios(reached, "uptake"), ratios(cost, "cost")


def delivered_in(place: Place, draw: Draw) -> Floats:
    """(E,) what share of the size that a claim needs comes in `draw`, the same within a solution.

    Uniform between the ends of the figure: where nobody has measured it, no share is more likely
    than another. It is of use only for effects that no controlled study measured.
    """
    if not place.solutions:
        return np.zeros(0)
    figure = place.figure(DELIVERED)
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None else figure.high
    return np.array(
        [
            low + (high - low) * float(ndtr(draw.of(f"programme/{solution.id}/delivered")))
            for solution in place.solutions
            for _ in solution.effects
        ],
        dtype=np.float64,
    )


def grown_activity(place: Place, nothing: DoNothing, grown: Floats) -> Activity:
    """Contacts if nothing is done times `grown` (P, Y); the base year as it is."""
    before = nothing.activity.contacts
    contacts = {
        point.id: {
            **before[point.id],
            **{
                year: before[point.id][year] * float(grown[p, y])
                for y, year in enumerate(place.years)
            },
        }
        for p, point in enumerate(place.points_of_delivery)
    }
    return Activity.of_totals(contacts)


def evidence_in(place: Place, draw: Draw) -> Floats:
    """(E,) the fall that evidence supports of each effect in `draw`, as `evidenced` has it."""
    falls = []
    for solution in place.solutions:
        z = draw.of(f"programme/{solution.id}/effect")
        for effect in solution.effects:
            evidence = effect.evidence
            change = between(z, evidence.value, evidence.low, evidence.high)
            falls.append(-counting(place, effect) * change)
    return np.clip(np.array(falls, dtype=np.float64) + 0.0, -1.0, 1.0)
