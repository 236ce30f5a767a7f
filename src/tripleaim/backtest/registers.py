"""Disease registers: ageing by the engine, and a trend where an earlier year shows one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.backtest.forecast import Sampler, SeriesForecast, forecast_of
from tripleaim.backtest.observations import Observations, Period, financial_years
from tripleaim.uncertainty import Z_80

Floats = npt.NDArray[np.float64]

TABLE = "registers.csv"


@dataclass(frozen=True)
class Ageing:
    """Growth of each register through ageing alone: against the engine's base, (steps + 1,),
    `start` being the financial year of that base."""

    start: int
    growth: Mapping[str, Floats]

    def between(self, register: str, first: int, last: int) -> float:
        """Growth from one financial year to another; before the base at the pace of its first."""
        return self._level(register, last) / self._level(register, first)

    def _level(self, register: str, year: int) -> float:
        growth = self.growth[register]
        if year < self.start:
            return float(growth[1] / growth[0]) ** (year - self.start)
        return float(growth[year - self.start])


def register_forecasts(
    *,
    group: str,
    bodies: tuple[str, ...],
    base: Period,
    last: Period,
    known: Observations,
    ageing: Ageing,
    drift: float,
    trend_kept: float,
    sampler: Sampler,
    most_a_year: float | None = None,
) -> Iterator[SeriesForecast]:
    """Each register of each body at 31 March of every year after `base`, to `last`.

    `known` holds only periods that had ended at the base. Where it holds a year's growth,
    `trend_kept` of that beyond ageing is carried on, `most_a_year` either way if it is given (on
    the log scale); else `drift` is the spread of what is not known.
    """
    for register in ageing.growth:
        common = _common(known, ageing, register)
        spread = drift if common is None else _spread(known, ageing, register)
        for body in bodies:
            values = known.series(TABLE, body, register)
            if not values or list(values)[-1].label != base.label:
                continue
            level = list(values.values())[-1]
            own = _growth_beyond(values, ageing, register)
            trend = 0.0
            if common is not None and own is not None:
                trend = trend_kept * (common + own) / 2
            if most_a_year is not None:
                trend = min(max(trend, -most_a_year), most_a_year)
            for when in financial_years(base, last):
                year, steps = when.year, when.year - base.year
                ours = level * ageing.between(register, base.year, year) * math.exp(trend * steps)
                name = f"{body} {register} {base.label} {when.label}"
                wide = sampler.standard(f"register {name}") * spread * steps
                yield forecast_of(
                    values,
                    group=group,
                    table=TABLE,
                    body=body,
                    series=register,
                    base=base,
                    when=when,
                    ours=ours,
                    draws=sampler.counted(f"count {name}", ours * np.exp(wide)),
                )


def _growth_beyond(values: Mapping[Period, float], ageing: Ageing, register: str) -> float | None:
    """Mean growth a year of one body's register beyond ageing, in logarithms."""
    if len(values) < 2:
        return None
    first, *_, last = values
    if min(values[first], values[last]) <= 0:
        return None
    grown = math.log(values[last] / values[first])
    beyond = grown - math.log(ageing.between(register, first.year, last.year))
    return beyond / (last.year - first.year)


def _all_growth(known: Observations, ageing: Ageing, register: str) -> list[float]:
    growths = (
        _growth_beyond(known.series(TABLE, body, register), ageing, register)
        for body in known.bodies(TABLE)
    )
    return [g for g in growths if g is not None]


def _common(known: Observations, ageing: Ageing, register: str) -> float | None:
    """The growth beyond ageing in the middle body of all; None where only one year is known."""
    growth = _all_growth(known, ageing, register)
    return float(np.median(growth)) if growth else None


def _spread(known: Observations, ageing: Ageing, register: str) -> float:
    """Standard deviation of a year's growth beyond what is forecast: what a forecast of ageing
    alone got wrong over all bodies; the bound that eight in ten stayed within, as a standard
    deviation."""
    missed = np.abs(_all_growth(known, ageing, register))
    return float(np.quantile(missed, 0.8)) / Z_80
