"""Who is short of what, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tripleaim import wording as words
from tripleaim.accounts import prices_of_another_year
from tripleaim.place import Place
from tripleaim.plan import CalibratedPart, PlanDocument, first_year_not_met

Side = Literal["commissioner", "providers"]

NAMES = {"commissioner": "the commissioner", "providers": "the providers"}


@dataclass(frozen=True)
class Solved:
    """A value that was solved for, as a sentence around the two figures that it names."""

    parameter: str
    became: str
    meets: str
    credible: str


def answer(document: PlanDocument) -> str:
    """Which of print and line we believe of the first year, where they differ; then the do-nothing
    position of each side in the last year, and over the years."""
    last = document.years[-1]
    sides = [
        f"{NAMES[side]} {'is' if side == 'commissioner' else 'are'} "
        f"{words.position(scenarios['do_nothing'][last])}"
        for side, scenarios in document.sides.items()
        if "do_nothing" in scenarios
    ]
    gap = document.gap_gbp_m["do_nothing"]
    total = f"Together that is {words.position(gap[last])}"
    if "cumulative" in gap:
        total += f", and {words.position(gap['cumulative'])} over the {len(document.years)} years"
    two_ways = first_year_not_met(document)
    first = f"{words.sentence(two_ways)} " if two_ways else ""
    return f"{first}If nothing changes, in {last} {words.listed(sides)}. {total}."


def description(document: PlanDocument, side: Side) -> str:
    """What one side's chart shows, in a sentence."""
    last = document.years[-1]
    ends = [
        f"{words.position_name(s).lower()} {words.position(values[last])}"
        for s, values in document.sides[side].items()
        if last in values
    ]
    return (
        f"Line chart of the position of {NAMES.get(side, side)}; in {last}: {words.listed(ends)}."
    )


def other_prices(place: Place) -> str:
    """That spend is at the prices of another year than the base year; empty where it is not."""
    prices = prices_of_another_year(place)
    return words.sentence(prices) if prices else ""


def calibrated(document: PlanDocument) -> list[Solved]:
    """What each solved value had to become, and whether one can believe it."""
    return [_solved(c) for c in document.calibrated]


def _solved(part: CalibratedPart) -> Solved:
    inside = "inside" if part.credible else "outside"
    return Solved(
        part.parameter,
        f"had to be {words.amount(part.value, part.unit)} instead of "
        f"{words.amount(part.uncalibrated, part.unit)} to meet",
        part.meets,
        f"That is {inside} the range that we think credible, "
        f"{words.quantity(part.low, part.unit)} to {words.quantity(part.high, part.unit)}, and "
        f"moves the position by {words.quantity(part.adds, part.adds_unit)}.",
    )


def stf(document: PlanDocument) -> str:
    """The conditional fund by year, in a sentence; empty if there is none."""
    years = [f"{words.money(v)} in {y}" for y, v in document.stf_gbp_m.items() if v]
    if not years:
        return ""
    return (
        f"The conditional fund (STF) is {words.listed(years)}. It is paid only if control totals "
        "are met, so every position says whether it is before or after the fund."
    )
