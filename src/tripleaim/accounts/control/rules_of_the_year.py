"""What the financial rules come to in the last year reported, from the returns that were sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tripleaim.accounts.books.flow_table import own_trusts
from tripleaim.accounts.control.control_totals import Turnaround, read_control_totals, turnaround
from tripleaim.accounts.control.quality_payments import QualityPayments, quality_payments
from tripleaim.accounts.control.stf_conditions import StfYear, read_stf_conditions, stf_earned
from tripleaim.accounts.monthly.returns import ReturnLine, month_of, read_returns
from tripleaim.place import Place

FUND = "Sustainability and Transformation Fund"
"""The line on which a return has the fund; all else is the position before it."""
CONTRACT = "contract"
NOTHING = Decimal(0)
ALL, NONE = Decimal(1), Decimal(0)


@dataclass(frozen=True, slots=True)
class FundEarned:
    """A trust's part of the fund so far, if every access standard was met and if none was: no
    return says which were. Finance is as its months are."""

    every_standard: StfYear
    no_standard: StfYear


@dataclass(frozen=True, slots=True)
class ContractQuality:
    """A commissioner's contract with one of the place's own trusts: the quality payment if all of
    its goals are met and nothing is charged, and if none is and penalties reach their cap."""

    payer: str
    payee: str
    best: QualityPayments
    worst: QualityPayments


@dataclass(frozen=True, slots=True)
class RulesOfTheYear:
    """Control totals, the fund by quarter and quality payments of `year`, the last one reported.

    `turnaround` is of the outturns that organisations forecast themselves, before the fund; None
    where one that has a control total (`missing`) sent no forecast. The fund is of the months
    reported, quality of the payer's forecast of each contract.
    """

    year: str
    turnaround: Turnaround | None
    missing: tuple[str, ...]
    fund: tuple[FundEarned, ...]
    quality: tuple[ContractQuality, ...]


def rules_of_the_year(
    place: Place, returns: Sequence[ReturnLine] | None = None
) -> RulesOfTheYear | None:
    """The rules applied to the last year reported; None for a place without returns.

    Returns are read from the place's files unless given. Raises InputError where they, the
    control totals or the conditions of the fund are faulty.
    """
    lines = tuple(read_returns(place) if returns is None else returns)
    if not lines:
        return None
    year = max(month_of(line.period)[0] for line in lines)
    lines = tuple(line for line in lines if month_of(line.period)[0] == year)
    forecast = _forecasts(lines)
    totals = [t for t in read_control_totals(place) if t.year == year]
    names = {o.id: o.short_name for o in place.organisations}
    missing = tuple(names[t.organisation] for t in totals if t.organisation not in forecast)
    positions = {t.organisation: forecast.get(t.organisation, NOTHING) for t in totals}
    return RulesOfTheYear(
        year=year,
        turnaround=turnaround(place, positions, year) if totals and not missing else None,
        missing=missing,
        fund=tuple(
            _fund(place, total.organisation, year, lines)
            for total in totals
            if total.stf and total.organisation in forecast
        ),
        quality=tuple(_quality(place, lines)),
    )


def _last_of_each(lines: Sequence[ReturnLine]) -> list[ReturnLine]:
    """The lines of every organisation's last return."""
    last: dict[str, str] = {}
    for line in lines:
        last[line.organisation] = max(line.period, last.get(line.organisation, ""))
    return [line for line in lines if line.period == last[line.organisation]]


def _forecasts(lines: Sequence[ReturnLine]) -> dict[str, Decimal]:
    """The year before the fund as each organisation sees it in its last return, in pounds."""
    sums: dict[str, Decimal] = {}
    for line in _last_of_each(lines):
        if line.forecast is not None and line.line != FUND:
            sums[line.organisation] = sums.get(line.organisation, NOTHING) + line.forecast
    return sums


def _fund(place: Place, organisation: str, year: str, lines: Sequence[ReturnLine]) -> FundEarned:
    months: dict[str, Decimal] = {}
    for line in lines:
        if line.organisation == organisation and line.line != FUND:
            months[line.period] = months.get(line.period, NOTHING) + line.actual
    standards = [c.id for c in read_stf_conditions(place) if c.kind == "access"]

    def earned(met: bool) -> StfYear:
        access = {f"{year}-Q{q}": dict.fromkeys(standards, met) for q in (1, 2, 3, 4)}
        return stf_earned(place, organisation, year, months, access)

    return FundEarned(earned(True), earned(False))


def _quality(place: Place, lines: Sequence[ReturnLine]) -> list[ContractQuality]:
    trusts = own_trusts(place)
    payers = {o.id for o in place.organisations if o.side == "commissioner"}
    return [
        ContractQuality(
            line.organisation,
            line.counterparty,
            quality_payments(place, -line.forecast, ALL),
            quality_payments(place, -line.forecast, NONE, (-line.forecast,)),
        )
        for line in _last_of_each(lines)
        if line.line == CONTRACT
        and line.organisation in payers
        and line.counterparty in trusts
        and line.forecast is not None
    ]
