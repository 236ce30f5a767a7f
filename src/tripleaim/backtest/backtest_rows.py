"""The forecasts of a back-test and what came, one row each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tripleaim.uncertainty import ResultRow, ResultSeries

if TYPE_CHECKING:
    from tripleaim.backtest.document import Backtest

BESIDE = ("last_value", "straight_line", "printed", "plan", "actual")


def backtest_rows(backtest: Backtest) -> Iterator[ResultRow]:
    """Every forecast, on the basis `model` with its 80% interval, and what is compared with it.

    The measure is the group, such as people or A&E; `of` is the body and the series. The bases
    last_value and straight_line are naive forecasts, printed and plan what the plan prints and
    projects; actual is what came.
    """
    later = backtest.later.forecasts if backtest.later else ()
    for forecast in (*backtest.forecasts, *later):
        of = f"{forecast.body}/{forecast.series}"
        model = ResultSeries(forecast.group, of, "model")
        yield model.interval(forecast.period, forecast.interval)
        for basis in BESIDE:
            value = getattr(forecast, basis)
            if value is not None:
                yield ResultSeries(forecast.group, of, basis).row(forecast.period, value)
