"""The gap of the two printed sides, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.accounts import (
    BeforeCalibration,
    FundKept,
    NoGapPrinted,
    NotCredible,
    PriceOfAnotherYear,
    PricesOfAnotherYear,
    StartDiffers,
    Stf,
)
from tripleaim.wording.numbers import inside, listed, money, position, position_name, quantity
from tripleaim.wording.sentences import sentence


@sentence.register
def _(fund: Stf) -> str:
    if fund.inside:
        return f"The printed position of {fund.year} is after {money(fund.amount)} of the fund."
    return (
        f"The printed do-nothing position of {fund.year} is before {money(fund.amount)} of the "
        "fund, which is paid only if its conditions are met."
    )


@sentence.register
def _(finding: PricesOfAnotherYear) -> str:
    carried = [
        f"{len(prices)} of {finding.of} lines from {year}, by a factor of {prices[0].factor:.4f} "
        f"({listed([_carried(price) for price in prices])})"
        for year, prices in finding.by_year(carried=True).items()
    ]
    left = [
        f"{len(prices)} of {finding.of} ({listed([inside(p.line) for p in prices])}) of {year}"
        for year, prices in finding.by_year(carried=False).items()
    ]
    parts = []
    if carried:
        parts.append(
            f"We convert them to {finding.base_year} by the rise of NHS prices: "
            f"{listed(carried)}. That does not include changes since then in how much care is "
            "bought for each person."
        )
    if left:
        parts.append(
            f"No index converts {listed(left)} to {finding.base_year}: those amounts are wrong by "
            "the change of prices in those years."
        )
    return (
        f"The plan starts from {finding.base_year}, and spend lines are at other years' prices "
        f"(status: assumed). {' '.join(parts)} Enter the place's own figures for "
        f"{finding.base_year}, such as {finding.prices[0].figure.id}."
    )


def _carried(price: PriceOfAnotherYear) -> str:
    stated, carried = (quantity(v, price.figure.unit) for v in (price.figure.value, price.carried))
    return f"{inside(price.line)} {stated} to {carried}"


@sentence.register
def _(finding: NoGapPrinted) -> str:
    return (
        "No gap is printed for this place. From our stated assumptions alone, the NHS would be "
        f"{_position(finding.nhs)} in {finding.year}; nothing was calibrated."
    )


@sentence.register
def _(finding: BeforeCalibration) -> str:
    return (
        f"Before calibration the NHS would be {_position(finding.nhs)} in {finding.year} "
        f"(commissioner {_position(finding.commissioner)}, providers "
        f"{_position(finding.providers)}) and {_position(finding.cumulative)} over "
        f"{finding.years} years. The plan prints {_position(finding.printed_nhs)} and "
        f"{_position(finding.printed_cumulative)}."
    )


@sentence.register
def _(finding: StartDiffers) -> str:
    return (
        f"To match the printed gap, the accounts must start {_position(finding.to_meet)} in "
        f"{finding.year}. The printed table of that year, without its savings, gives "
        f"{_position(finding.as_printed)}. The plan's figures do not agree under our assumptions."
    )


@sentence.register
def _(finding: NotCredible) -> str:
    solved = finding.parameter
    return (
        f"To match {solved.meets}, {solved.parameter} had to be {solved.value:.1f} "
        f"({solved.unit}), outside its credible range of {solved.low:.1f} to {solved.high:.1f}."
    )


@sentence.register
def _(finding: FundKept) -> str:
    first, last = finding.first, finding.last
    return (
        f"The do-nothing position keeps {finding.share_pct:.0f}% of the {money(first.amount)} of "
        f"the fund paid in {first.year}. The plan does not say whether its own position does. If "
        f"it does, part of the {money(last.amount)} of {last.year} may be counted twice."
    )


@dataclass(frozen=True, slots=True)
class PrintedNotMet:
    """A position that the plan prints for its first year, £m, and the one that our accounts have
    there because `solved` of their values were solved to meet as many other printed figures."""

    year: str
    position: str
    printed: float
    computed: float
    solved: int
    last: str


@sentence.register
def _(finding: PrintedNotMet) -> str:
    name = position_name(finding.position).lower()
    return (
        f"For {finding.year} {name} the plan prints {position(finding.printed)}, and our line has "
        f"{position(finding.computed)}. For that year we trust the plan, because partners "
        "forecast it from their own books. For later years we trust our line. We solved "
        f"{finding.solved} values so that the line matches the {finding.solved} figures printed "
        f"for {finding.last} and for all years. It cannot also match the figure of {finding.year}."
    )


def _position(amount: float) -> str:
    return position(amount)
