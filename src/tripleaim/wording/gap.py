"""The gap of the two printed sides, in sentences."""

from __future__ import annotations

from typing import assert_never

from tripleaim.accounts import (
    BeforeCalibration,
    FundKept,
    GapFinding,
    NoGapPrinted,
    NotCredible,
    StartDiffers,
    Stf,
)


def gap_finding(finding: GapFinding) -> str:
    """What the accounts found, in a sentence or a few."""
    match finding:
        case Stf():
            return _fund(finding)
        case NoGapPrinted(year, nhs):
            return (
                f"No gap is printed for this place. From stated assumptions alone the NHS would be "
                f"{_position(nhs)} in {year}; nothing was calibrated."
            )
        case BeforeCalibration():
            return _before(finding)
        case StartDiffers(year, to_meet, as_printed):
            return (
                f"To meet the printed gap the accounts must start {_position(to_meet)} in "
                f"{year}. The printed table of that year, its savings undone, gives "
                f"{_position(as_printed)}. The plan's figures do not agree under our assumptions."
            )
        case NotCredible(solved):
            return (
                f"To meet {solved.meets}, {solved.parameter} had to be {solved.value:.1f} "
                f"({solved.unit}), outside its credible range of {solved.low:.1f} to "
                f"{solved.high:.1f}."
            )
        case FundKept(share_pct, first, last):
            return (
                f"The do-nothing years keep {share_pct:.0f}% of the £{first.amount:.1f}m of the "
                f"fund that stands in {first.year}. The plan does not say whether its own do. If "
                f"they do, part of the £{last.amount:.1f}m of {last.year} may be counted twice."
            )
        case _:
            assert_never(finding)


def _fund(fund: Stf) -> str:
    if fund.inside:
        return f"The printed position of {fund.year} is after £{fund.amount:.1f}m of the fund."
    return (
        f"The printed do-nothing position of {fund.year} is before £{fund.amount:.1f}m of the "
        "fund, which comes only if the conditions set for it are met."
    )


def _before(finding: BeforeCalibration) -> str:
    return (
        f"Before calibration the NHS would be {_position(finding.nhs)} in {finding.year} "
        f"(commissioner {_position(finding.commissioner)}, providers "
        f"{_position(finding.providers)}) and {_position(finding.cumulative)} over "
        f"{finding.years} years. Printed are {_position(finding.printed_nhs)} and "
        f"{_position(finding.printed_cumulative)}."
    )


def _position(amount: float) -> str:
    return f"£{abs(amount):.1f}m {'short' if amount < 0 else 'over'}"


def evidence_note(
    *, year: str, saved_gbp_m: float, spent_gbp_m: float, solutions: int, without_study: int
) -> str:
    """Why the position on evidence can be worse than doing nothing: money spent, little found."""
    return (
        f"On evidence, the solutions' effects would save £{saved_gbp_m:.1f}m in {year} and cost "
        f"£{spent_gbp_m:.1f}m of investment, which we count in full. {without_study} of "
        f"{solutions} solutions have no study behind them and count as no saving: that is not "
        "known, rather than known to fail."
    )
