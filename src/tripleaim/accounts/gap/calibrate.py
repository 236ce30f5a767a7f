"""Three parameters solved so that the accounts meet the printed do-nothing gap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tripleaim.accounts.gap.account import account
from tripleaim.accounts.gap.indices import Activity
from tripleaim.accounts.gap.model import SIDES, ByYear, Side
from tripleaim.accounts.gap.parameters import Parameters, key, of_year, uncalibrated
from tripleaim.place import InputError, Place

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


def gap_figures(place: Place) -> dict[str, str]:
    """The ids of the printed figures that calibration meets: both sides, and the cumulative gap."""
    last = key(place.last_year)
    return {
        "commissioner": f"gap.{last}.commissioner",
        "providers": f"gap.{last}.providers",
        "cumulative": "gap.cumulative",
    }


def has_printed_gap(place: Place) -> bool:
    """Whether the place has the printed gap of both sides, its sum over the years, and openings."""
    needed = (*gap_figures(place).values(), "opening.commissioner", "opening.providers")
    return len(place.years) > 2 and all(figure_id in place.figures for figure_id in needed)


def calibrate(
    place: Place, activity: Activity, population: ByYear
) -> tuple[Parameters, tuple[Calibrated, ...]]:
    """Both openings and the mean growth of the allocation, solved to meet the printed gap.

    The providers' position in the last year is linear in their opening. The commissioner's is
    linear in its own opening for each growth of the allocation, and that growth is found by
    halving so that the years add up to the cumulative gap. Nothing else is touched. A place that
    prints no gap gets its uncalibrated parameters and an empty list.

    Raises InputError if no growth within ten points of the stated one meets the cumulative gap.
    """
    stated = uncalibrated(place)
    if not has_printed_gap(place):
        return stated, ()
    printed = {name: place.value(figure) for name, figure in gap_figures(place).items()}

    def solve_opening(side: Side, parameters: Parameters) -> Parameters:
        def position(opening: float) -> float:
            moved = parameters.with_opening(side, opening)
            return account(place, activity, population, moved).side(side)[place.last_year]

        at_0 = position(0.0)
        return parameters.with_opening(side, (printed[side] - at_0) / (position(1.0) - at_0))

    with_providers = solve_opening("providers", stated)

    def with_growth(added: float) -> Parameters:
        return solve_opening("commissioner", with_providers.with_growth_added(added))

    def missed(added: float) -> float:
        accounts = account(place, activity, population, with_growth(added))
        return accounts.cumulative + printed["cumulative"]

    added = _root(missed, -_SEARCH, _SEARCH)
    if added is None:
        raise InputError(
            "no growth of the allocation meets this cumulative gap together with both sides' gaps",
            file=place.folder,
            column="gap.cumulative",
            value=printed["cumulative"],
        )
    solved = with_growth(added)
    return solved, _report(place, activity, population, stated, solved)


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
    place: Place,
    activity: Activity,
    population: ByYear,
    stated: Parameters,
    solved: Parameters,
) -> tuple[Calibrated, ...]:
    def last_position(parameters: Parameters) -> float:
        return account(place, activity, population, parameters).nhs[place.last_year] * 1e6

    figures = gap_figures(place)
    found = []
    reached = stated
    for side in SIDES:
        opening = place.figure(f"opening.{side}")
        value = _opening(solved, side)
        moved = reached.with_opening(side, value)
        low = opening.value if opening.low is None else opening.low
        high = opening.value if opening.high is None else opening.high
        found.append(
            Calibrated(
                parameter=opening.id,
                unit=opening.unit,
                value=value,
                uncalibrated=opening.value,
                low=low,
                high=high,
                credible=low <= value <= high,
                meets=figures[side],
                adds=last_position(moved) - last_position(reached),
                adds_unit=f"pounds in {place.last_year}",
            )
        )
        reached = moved
    yearly = [of_year(place, "growth.allocation", year) for year in place.years[1:]]
    mean = solved.mean_allocation_growth(place.years) * 100
    low = sum(f.value if f.low is None else f.low for f in yearly) / len(yearly)
    high = sum(f.value if f.high is None else f.high for f in yearly) / len(yearly)
    found.append(
        Calibrated(
            parameter="growth.allocation",
            unit="% a year, mean",
            value=mean,
            uncalibrated=stated.mean_allocation_growth(place.years) * 100,
            low=low,
            high=high,
            credible=low <= mean <= high,
            meets=figures["cumulative"],
            adds=last_position(solved) - last_position(reached),
            adds_unit=f"pounds in {place.last_year}",
        )
    )
    return tuple(found)


def _opening(parameters: Parameters, side: Side) -> float:
    opening = parameters.openings[side]
    if opening is None:
        raise InputError(f"expected a stated opening of the {side}", value=side)
    return opening
