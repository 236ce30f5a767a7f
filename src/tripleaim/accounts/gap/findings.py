"""What the accounts found: what was met, what was not, and where printed figures disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.accounts.gap.calibrate import Calibrated
from tripleaim.accounts.gap.inputs import gap_figures
from tripleaim.accounts.gap.model import Accounts
from tripleaim.accounts.gap.price_years import PricesOfAnotherYear, prices_of_another_year
from tripleaim.accounts.gap.stf import Stf, stf
from tripleaim.place import Place

LEAST = 0.05
"""£m by which two starts must differ to be worth a finding."""


@dataclass(frozen=True, slots=True)
class NoGapPrinted:
    """The place prints no gap: the NHS position of a year, £m, follows from assumptions alone."""

    year: str
    nhs: float


@dataclass(frozen=True, slots=True)
class BeforeCalibration:
    """Positions of the last year and of all years before calibration, and the printed ones, £m."""

    year: str
    years: int
    nhs: float
    commissioner: float
    providers: float
    cumulative: float
    printed_nhs: float
    printed_cumulative: float


@dataclass(frozen=True, slots=True)
class StartDiffers:
    """The NHS position that the accounts must start from to meet the printed gap, and the one that
    the printed table of that year gives, £m."""

    year: str
    to_meet: float
    as_printed: float


@dataclass(frozen=True, slots=True)
class NotCredible:
    """A parameter that had to be solved to a value outside its credible range."""

    parameter: Calibrated


@dataclass(frozen=True, slots=True)
class FundKept:
    """The share, %, of the first year's fund (£m) that the do-nothing years keep, beside the money
    of the last year that may be counted twice."""

    share_pct: float
    first: Stf
    last: Stf


GapFinding = (
    PricesOfAnotherYear
    | Stf
    | NoGapPrinted
    | BeforeCalibration
    | StartDiffers
    | NotCredible
    | FundKept
)


def findings(
    place: Place, uncalibrated: Accounts, calibrated: Accounts, solved: Sequence[Calibrated]
) -> tuple[GapFinding, ...]:
    """What was met, what was not, and where the printed figures disagree."""
    first, last = place.years[0], place.last_year
    funds, prices = stf(place), prices_of_another_year(place)
    older = (prices,) if prices else ()
    if not solved:
        return (*older, *funds.values(), NoGapPrinted(last, uncalibrated.nhs[last]))
    figures = gap_figures(place)
    before = BeforeCalibration(
        year=last,
        years=len(place.years),
        nhs=uncalibrated.nhs[last],
        commissioner=uncalibrated.side("commissioner")[last],
        providers=uncalibrated.side("providers")[last],
        cumulative=uncalibrated.cumulative,
        printed_nhs=place.value(figures["commissioner"]) + place.value(figures["providers"]),
        printed_cumulative=-place.value(figures["cumulative"]),
    )
    start = StartDiffers(first, calibrated.nhs[first], uncalibrated.nhs[first])
    differs = abs(start.to_meet - start.as_printed) >= LEAST
    carried = place.figures.get("stf.carried-share")
    kept = carried and carried.value and first in funds and last in funds
    return (
        *older,
        *funds.values(),
        before,
        *((start,) if differs else ()),
        *(NotCredible(value) for value in solved if not value.credible),
        *((FundKept(carried.value, funds[first], funds[last]),) if carried and kept else ()),
    )
