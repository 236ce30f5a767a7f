"""Forecasts of a measure for all boards: level, damped trend and season, on logarithms."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
DAMPING = 0.9
"""What is left of a trend after each month: assumed, between 0.8 and 0.98 as is usual."""
TREND_KEPT = 0.5
"""Share of a trend that is carried on: assumed, as in the back-test of one place (the figure
`backtest.trend-kept`): a few years cannot say how much of it lasts."""
_YEARS_OF_ENGLAND = 2
"""A board's own season counts as much as England's after so many years."""


@dataclass(frozen=True, slots=True)
class Method:
    """One way to forecast: the mean of the last `level` periods, moved on by a trend.

    The trend is the straight line through the last `window` periods (none if 0), each board's own
    or England's (`shared`), of which `damping` is left after every period.
    """

    level: int
    window: int = 0
    damping: float = 0.0
    shared: bool = False


def methods(a_year: int) -> tuple[Method, ...]:
    """The ways that are combined, for periods of which a year has so many.

    Levels of one period, a quarter (two periods of quarters) and a year; no trend, or one of one or
    two years, the board's own or England's.
    """
    levels = (1, max(a_year // 4, 2), a_year)
    trends = itertools.product((a_year, 2 * a_year), (True, False))
    damping = DAMPING ** (12 // a_year)
    return (
        *(Method(level) for level in levels),
        *(
            Method(level, window, damping, shared)
            for (window, shared), level in itertools.product(trends, levels)
        ),
    )


def combined(adjusted: Floats, a_year: int, horizon: int) -> Floats:
    """The mean of all methods without a trend and that of all with one, half each.

    Boards x horizon, as `forecast` gives it.
    """
    tried = methods(a_year)
    each = np.array([forecast(adjusted, method, horizon) for method in tried])
    moves = np.array([method.window > 0 for method in tried])
    flat, moved = each[~moves].mean(axis=0), each[moves].mean(axis=0)
    mean: Floats = (1 - TREND_KEPT) * flat + TREND_KEPT * moved
    return mean


def season(logs: Floats, first: int, a_year: int) -> Floats:
    """Boards x slots of a year: how far each month or quarter is from the year around it.

    The ratio to the centred mean of a year, means over the years; a board's own and England's,
    weighted by how many years there are. Zeros until there is a whole year of ratios.
    """
    boards, periods = logs.shape
    half = a_year // 2
    kernel = np.r_[0.5, np.ones(a_year - 1), 0.5] / a_year
    slots = np.full((boards, a_year, max(periods // a_year + 2, 1)), np.nan)
    for at in range(half, periods - half):
        year, slot = divmod(first + at, a_year)
        around = logs[:, at - half : at + half + 1] @ kernel
        slots[:, slot, year - first // a_year] = logs[:, at] - around
    years = (~np.isnan(slots)).sum(axis=2)
    own = np.nansum(slots, axis=2) / np.maximum(years, 1)
    if not boards or (years.sum(axis=0) == 0).any():
        return np.zeros((boards, a_year))
    england = np.nanmedian(slots, axis=(0, 2))
    weight = years / (years + _YEARS_OF_ENGLAND)
    mixed = weight * own + (1 - weight) * england
    centred: Floats = mixed - mixed.mean(axis=1, keepdims=True)
    return centred


def forecast(adjusted: Floats, method: Method, horizon: int) -> Floats:
    """Boards x horizon: logarithms ahead of the last column of `adjusted`, without the season.

    `adjusted` (boards x periods) has NaN where nothing is known; a board whose last value is not
    known gets NaN.
    """
    width = max(method.level, method.window, 1)
    recent = adjusted[:, -width:]
    steps = np.arange(recent.shape[1]) - (recent.shape[1] - 1)
    level, middle = _mean_of(recent[:, -method.level :], steps[-method.level :])
    ahead = np.arange(1, horizon + 1)
    if not method.window:
        flat: Floats = np.repeat(level[:, None], horizon, axis=1)
        return flat
    slope = _slope(recent[:, -method.window :], steps[-method.window :])
    if method.shared:
        slope = np.full_like(slope, np.nanmedian(slope) if (~np.isnan(slope)).any() else 0.0)
    slope = np.nan_to_num(slope)
    kept = np.cumsum(method.damping**ahead)
    moved: Floats = level[:, None] + slope[:, None] * (kept[None, :] - middle[:, None])
    return moved


def _mean_of(values: Floats, steps: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Mean of what is known, and the mean of its steps; NaN if the last value is not known."""
    known = ~np.isnan(values)
    counts = np.maximum(known.sum(axis=1), 1)
    level = np.nansum(values, axis=1) / counts
    level[~known[:, -1]] = np.nan
    return level, (known * steps).sum(axis=1) / counts


def _slope(values: Floats, steps: npt.NDArray[np.int64]) -> Floats:
    """Slope of the least-squares line of each row; NaN with less than half of the window known."""
    known = ~np.isnan(values)
    counts = np.maximum(known.sum(axis=1), 1)
    x = known * (steps - ((known * steps).sum(axis=1) / counts)[:, None])
    squares = (x * x).sum(axis=1)
    enough = known.sum(axis=1) * 2 >= values.shape[1]
    slope: Floats = np.full(values.shape[0], np.nan)
    usable = enough & (squares > 0)
    slope[usable] = (x * np.nan_to_num(values)).sum(axis=1)[usable] / squares[usable]
    return slope
