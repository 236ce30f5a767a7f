"""What partners claim: uptake, claims and investment of every solution under a scenario.

Arrays run along place.solutions (S), sides (2, in the order of SIDES) and plan years (Y).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.place import InputError, Place
from tripleaim.plan.basis import Basis
from tripleaim.plan.overlap.scenario import Scenario
from tripleaim.wording import claim_tag, most_serious_tag

Floats = npt.NDArray[np.float64]

SIDES = ("commissioner", "providers")
PERIOD_TOTAL_FIGURE = "savings.cumulative"


def prints_period_total(place: Place) -> bool:
    """Whether the plan prints a saving over all years: a scenario can count it two ways."""
    return PERIOD_TOTAL_FIGURE in place.figures


@dataclass(frozen=True)
class ScenarioTerms:
    """On what terms every solution enters a scenario, whatever one believes of its effects.

    uptake      (S, Y) share of those reached that take it up in the year, 0 before the start
    claimed     (S, 2, Y) £m a year claimed, net of investment
    investment  (S, Y) £m a year, recurrent and double running
    side_share  (S, 2, Y) how a net saving is split between the sides: as the claim is
    """

    uptake: Floats
    claimed: Floats
    investment: Floats
    side_share: Floats


def terms(place: Place, scenario: Scenario) -> ScenarioTerms:
    """Uptake, claims and investment under `scenario`.

    A changed uptake scales a solution's claim and investment in proportion, without limit
    (`raised_uptake` says whose); a later start moves
    both, and the ramp, by as many years (an earlier start repeats the last year at the end); a
    solution that is off has none.
    """
    printed = printed_claims(place, scenario)
    years = len(place.years)
    uptake = np.zeros((len(place.solutions), years))
    claimed = np.zeros_like(printed)
    investment = np.zeros_like(uptake)
    for s, solution in enumerate(place.solutions):
        choice = scenario.choice(solution)
        if choice.basis is Basis.OFF or not choice.uptake or choice.start is None:
            continue
        start = place.years.index(choice.start)
        later = start - place.years.index(solution.start)
        scale = choice.uptake / solution.uptake if solution.uptake else 0.0
        ramp = (np.arange(years) - start + 1) / solution.years_to_full
        uptake[s] = choice.uptake * np.clip(ramp, 0.0, 1.0)
        spent = [solution.recurrent[y] + solution.double_running[y] for y in place.years]
        claimed[s] = scale * _moved(printed[s], later)
        investment[s] = scale * _moved(np.asarray(spent), later)
    return ScenarioTerms(uptake, claimed, investment, _side_share(printed, claimed))


def raised_uptake(place: Place, scenario: Scenario) -> npt.NDArray[np.int64]:
    """Which of the place's solutions, by number, the scenario has taken up more than the plan."""
    choices = ((s, scenario.choice(s)) for s in place.solutions)
    raised = [
        choice.basis is not Basis.OFF and (choice.uptake or 0.0) > solution.uptake
        for solution, choice in choices
    ]
    return np.flatnonzero(raised)


def printed_claims(place: Place, scenario: Scenario) -> Floats:
    """Claims as the files hold them (S, 2, Y), £m, under the scenario's period total.

    With "in addition", the printed total of the period comes on top of the first year's claims, as
    the files have it. With "included", all years add up to that total: the first and the last
    year stay, since both are printed, and those between are scaled alike. Raises InputError where
    the place prints no such total, or one that leaves nothing for the years between.
    """
    claims = np.array(
        [[[s.claim[side][y] for y in place.years] for side in SIDES] for s in place.solutions],
        dtype=np.float64,
    ).reshape(len(place.solutions), 2, len(place.years))
    if scenario.period_total == "in addition":
        return claims
    total = place.value(PERIOD_TOTAL_FIGURE)
    by_year = claims.sum(axis=(0, 1))
    ends, between = by_year[0] + by_year[-1], by_year[1:-1].sum()
    if len(place.years) < 3 or between <= 0 or total < ends:
        raise InputError(
            "a period total that includes the first year must be more than the first and last year",
            value=total,
        )
    claims[:, :, 1:-1] *= (total - ends) / between
    return claims


def claim_tag_of(place: Place) -> str:
    """The tag of numbers of the claims of this place's solutions; empty for no tag."""
    return most_serious_tag(
        claim_tag(s.claim_status, s.claim_source) for s in place.solutions if s.chosen
    )


def _moved(by_year: Floats, later: int) -> Floats:
    """The same profile `later` years later (zeros first), or earlier (its last year repeated)."""
    if later == 0:
        return by_year
    at = np.arange(by_year.shape[-1]) - later
    moved: Floats = np.take(by_year, np.clip(at, 0, by_year.shape[-1] - 1), axis=-1)
    return np.where(at >= 0, moved, 0.0)


def _side_share(printed: Floats, claimed: Floats) -> Floats:
    """Each side's share of the claim: of the year, else of all years, else a half."""
    whole = printed.sum(axis=2, keepdims=True)
    total = whole.sum(axis=1, keepdims=True)
    halves = np.full_like(whole, 0.5)
    usual = np.divide(whole, total, out=halves, where=total > 0)
    year = claimed.sum(axis=1, keepdims=True)
    share = np.broadcast_to(usual, claimed.shape).copy()
    shared: Floats = np.divide(claimed, year, out=share, where=year > 0)
    return shared
