"""Three parameters solved so that the accounts meet the printed do-nothing gap, then frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tripleaim.accounts.gap.account import account
from tripleaim.accounts.gap.inputs import AccountInputs
from tripleaim.accounts.gap.model import SIDES, ByYear, Side
from tripleaim.accounts.gap.parameters import Parameters
from tripleaim.activity import Activity
from tripleaim.place import InputError, year_in_id

_SEARCH = 0.10
"""How far from the stated growth of the allocation a solution is looked for: 10 points a year."""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """One value that was solved, beside the one that was stated, with its credible range.

    `meets` is the id of the printed figure that it serves. `adds` is what moving the value from
    stated to solved does to the NHS position of the last year, in pounds: the plug. The values are
    moved one after the other in the order of the list, so their plugs add up.
    """

    parameter: str
    unit: str
    value: float
    uncalibrated: float
    low: float
    high: float
    credible: bool
    meets: str
    adds: float
    adds_unit: str


@dataclass(frozen=True)
class MoneyCalibration:
    """What calibration added to the stated parameters: solved once, and the same ever after.

    `openings` (£m, by side) and `allocation_growth` (a fraction a year) are added to whatever is
    stated, so that an assumption that is changed moves the gap. `solved` says what was solved.
    Nothing is added where no gap is printed.
    """

    openings: Mapping[Side, float]
    allocation_growth: float
    solved: tuple[Calibrated, ...]

    def on(self, stated: Parameters) -> Parameters:
        """The parameters as stated, with what calibration added."""
        parameters = stated.with_growth_added(self.allocation_growth)
        for side, added in self.openings.items():
            opening = parameters.openings[side]
            if opening is not None:
                parameters = parameters.with_opening(side, opening + added)
        return parameters


NOT_CALIBRATED = MoneyCalibration({}, 0.0, ())


def calibrate(inputs: AccountInputs, activity: Activity, population: ByYear) -> MoneyCalibration:
    """Both openings and the mean growth of the allocation, solved to meet the printed gap.

    The providers' position in the last year is linear in their opening. The commissioner's is
    linear in its own opening for each growth of the allocation, and that growth is found by
    halving so that the years add up to the cumulative gap. Nothing else is touched. A place that
    prints no gap is not calibrated.

    Raises InputError if no growth within ten points of the stated one meets the cumulative gap.
    """
    printed, stated = inputs.printed_gap, inputs.parameters
    if not printed:
        return NOT_CALIBRATED
    last = inputs.last_year

    def solve_opening(side: Side, parameters: Parameters) -> Parameters:
        def position(opening: float) -> float:
            moved = parameters.with_opening(side, opening)
            return account(inputs, activity, population, moved).side(side)[last]

        at_0 = position(0.0)
        return parameters.with_opening(side, (printed[side] - at_0) / (position(1.0) - at_0))

    with_providers = solve_opening("providers", stated)

    def with_growth(added: float) -> Parameters:
        return solve_opening("commissioner", with_providers.with_growth_added(added))

    def missed(added: float) -> float:
        accounts = account(inputs, activity, population, with_growth(added))
        return accounts.cumulative + printed["cumulative"]

    added = _root(missed, -_SEARCH, _SEARCH)
    if added is None:
        raise InputError(
            "no growth of the allocation matches this cumulative gap together with both sides' "
            "gaps",
            file=inputs.folder,
            column="gap.cumulative",
            value=printed["cumulative"],
        )
    solved = with_growth(added)
    return MoneyCalibration(
        {side: _opening(solved, side) - _opening(stated, side) for side in SIDES},
        added,
        _report(inputs, activity, population, stated, solved),
    )


def _root(missed: Callable[[float], float], low: float, high: float) -> float | None:
    at_low = missed(low)
    if at_low * missed(high) > 0:
        return None
    for _ in range(50):
        middle = (low + high) / 2
        if (missed(middle) > 0) == (at_low > 0):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _report(
    inputs: AccountInputs,
    activity: Activity,
    population: ByYear,
    stated: Parameters,
    solved: Parameters,
) -> tuple[Calibrated, ...]:
    def last_position(parameters: Parameters) -> float:
        return account(inputs, activity, population, parameters).nhs[inputs.last_year] * 1e6

    last = year_in_id(inputs.last_year)
    solved_values = []
    reached = stated
    for side in SIDES:
        opening = inputs.openings[side]
        value = _opening(solved, side)
        moved = reached.with_opening(side, value)
        low = opening.value if opening.low is None else opening.low
        high = opening.value if opening.high is None else opening.high
        solved_values.append(
            Calibrated(
                parameter=opening.id,
                unit=opening.unit,
                value=value,
                uncalibrated=opening.value,
                low=low,
                high=high,
                credible=low <= value <= high,
                meets=f"gap.{last}.{side}",
                adds=last_position(moved) - last_position(reached),
                adds_unit=f"pounds in {inputs.last_year}",
            )
        )
        reached = moved
    yearly = inputs.allocation_growth
    mean = solved.mean_allocation_growth(inputs.years) * 100
    low = sum(f.value if f.low is None else f.low for f in yearly) / len(yearly)
    high = sum(f.value if f.high is None else f.high for f in yearly) / len(yearly)
    solved_values.append(
        Calibrated(
            parameter="growth.allocation",
            unit="% a year, mean",
            value=mean,
            uncalibrated=stated.mean_allocation_growth(inputs.years) * 100,
            low=low,
            high=high,
            credible=low <= mean <= high,
            meets="gap.cumulative",
            adds=last_position(solved) - last_position(reached),
            adds_unit=f"pounds in {inputs.last_year}",
        )
    )
    return tuple(solved_values)


def _opening(parameters: Parameters, side: Side) -> float:
    opening = parameters.openings[side]
    if opening is None:
        raise InputError(f"expected a stated opening of the {side}", value=side)
    return opening
