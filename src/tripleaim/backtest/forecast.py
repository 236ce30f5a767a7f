"""A forecast of one value, the two naive ones beside it, and how intervals are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from tripleaim.backtest.observations import Period
from tripleaim.uncertainty import KnownIntervalPart

Floats = npt.NDArray[np.float64]

LINE_THROUGH = 5
"""Points of the training window that a straight line is laid through: the last five, or fewer."""


@dataclass(frozen=True, slots=True)
class SeriesForecast:
    """What was to be expected of one series in one period, with nothing known after the base.

    `interval` holds the forecast and the percentiles of its draws. `straight_line` is None where
    the window holds only one value. `group` is what scores are summed up by.
    """

    group: str
    table: str
    body: str
    series: str
    base: str
    period: Period
    steps: int
    interval: KnownIntervalPart
    last_value: float
    straight_line: float | None


def forecast_of(
    known: Mapping[Period, float],
    *,
    group: str,
    table: str,
    body: str,
    series: str,
    base: Period,
    when: Period,
    ours: float,
    draws: Floats,
) -> SeriesForecast:
    """A forecast for `when`: the interval of its draws, and the naive ones from what is known."""
    return SeriesForecast(
        group=group,
        table=table,
        body=body,
        series=series,
        base=base.label,
        period=when,
        steps=when.year - base.year,
        interval=interval_of(ours, draws),
        last_value=last_value(known, when),
        straight_line=straight_line(known, when),
    )


def last_value(known: Mapping[Period, float], period: Period) -> float:
    """The last known value of periods of the same kind."""
    return list(same_kind(known, period).values())[-1]


def straight_line(known: Mapping[Period, float], period: Period) -> float | None:
    """Least squares through the last five known values, carried on; never below 0.

    None where fewer than two are known.
    """
    window = list(same_kind(known, period).items())[-LINE_THROUGH:]
    if len(window) < 2:
        return None
    x = np.array([p.year for p, _ in window], dtype=float)
    y = np.array([v for _, v in window])
    slope = float(((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum())
    return max(float(y.mean() + slope * (period.year - x.mean())), 0.0)


def same_kind(known: Mapping[Period, float], period: Period) -> dict[Period, float]:
    """The values of periods that compare with this one, in the order of time."""
    return {p: v for p, v in known.items() if p.kind == period.kind}


@dataclass(frozen=True, slots=True)
class Sampler:
    """How uncertainty is drawn: a seed and how many draws; the same give the same bytes."""

    seed: int
    draws: int

    def standard(self, name: str) -> Floats:
        """Standard normal numbers of this name, whatever else is drawn."""
        return self._generator(name).standard_normal(self.draws)

    def counted(self, name: str, expected: Floats) -> Floats:
        """Poisson counts of these expectations: the chance of the outcome itself."""
        counts = self._generator(name).poisson(np.maximum(expected, 0.0))
        return np.asarray(counts, dtype=np.float64)

    def _generator(self, name: str) -> np.random.Generator:
        key = blake2b(f"{self.seed}/{name}".encode(), digest_size=16).digest()
        return np.random.Generator(np.random.PCG64(int.from_bytes(key, "little")))


def interval_of(ours: float, draws: Floats) -> KnownIntervalPart:
    """A forecast with the percentiles of its draws."""
    low, middle, high = np.quantile(draws, (0.1, 0.5, 0.9))
    return KnownIntervalPart(central=ours, p10=float(low), p50=float(middle), p90=float(high))
