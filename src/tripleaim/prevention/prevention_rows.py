"""The numbers of twenty years of prevention, one row each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tripleaim.uncertainty import ResultRow, ResultSeries

if TYPE_CHECKING:
    from tripleaim.prevention.document import MoneyPart, PreventionDocument

GBP_M, TOGETHER = "£m", "together"
FLOWS = ("programme_cost", "avoided", "released", "net_cost", "net_cash")
SUMS = (*FLOWS, "qalys")


def prevention_rows(document: PreventionDocument) -> Iterator[ResultRow]:
    """Every number with its interval: the central draw's, from 10% to 90% of the draws.

    `of` is a programme, or `together`, for money and joiners; a sex and quintile for health, whose
    basis is nothing, something or difference; a programme for its share of an outcome. Money by
    year is undiscounted; sums over the horizon have the rate as their basis and no year.
    """
    years = document.years
    for programme in document.programmes:
        yield from ResultSeries("joined", programme.id, "", "people").fan(years, programme.joined)
        yield from ResultSeries("qalys", programme.id, "", "QALYs").fan(years, programme.qalys)
        yield from _money(programme.id, years, programme.money)
    yield from _money(TOGETHER, years, document.together)
    units = {measure.id: measure.unit for measure in document.health.measures}
    for row in document.health.rows:
        of = f"{row.sex}, quintile {row.quintile}" if row.quintile else row.sex
        for basis in ("nothing", "something", "difference"):
            series = ResultSeries(row.measure, of, basis, units.get(row.measure, ""))
            yield from series.fan(years, getattr(row, basis))
    for outcome in document.attribution:
        for share in outcome.shares:
            series = ResultSeries(f"share of {outcome.id}", share.programme, "", outcome.unit)
            yield series.row("", share.value)


def _money(of: str, years: Sequence[str], money: MoneyPart) -> Iterator[ResultRow]:
    for flow in FLOWS:
        yield from ResultSeries(flow, of, "", GBP_M).fan(years, getattr(money, flow))
    for payer, fan in money.net_cost_by_payer.items():
        yield from ResultSeries(f"net_cost of {payer}", of, "", GBP_M).fan(years, fan)
    for point, fan in money.contacts_avoided.items():
        yield from ResultSeries(f"contacts_avoided at {point}", of).fan(years, fan)
    for sums in money.sums:
        basis = f"discounted at {sums.rate_pct:g}%"
        for measure in SUMS:
            unit = "QALYs" if measure == "qalys" else GBP_M
            yield ResultSeries(measure, of, basis, unit).interval("", getattr(sums, measure))
