"""How wrong the method was when it started earlier, which makes the intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.board_backtest.method import combined, season

Floats = npt.NDArray[np.float64]
KEPT = 0.8
"""The part of values that an interval is to have inside."""


@dataclass(frozen=True, slots=True)
class ErrorSpread:
    """How wrong forecasts from earlier starts were, as logarithms.

    `at_one * h ** growth` is what 80% of errors were below, `h` periods ahead; `earlier` is how
    many forecasts that rests on.
    """

    at_one: float
    growth: float
    earlier: int

    def half_width(self, ahead: npt.NDArray[np.int64]) -> Floats:
        """Half-widths of the logarithm so many periods ahead."""
        width: Floats = self.at_one * ahead.astype(np.float64) ** self.growth
        return width


def spread_of_errors(
    logs: Floats,
    observed: npt.NDArray[np.bool_],
    first: int,
    a_year: int,
    horizon: int,
    *,
    seasonal: bool,
) -> ErrorSpread:
    """The errors of `combined` from every earlier start in `logs` (boards x periods), pooled.

    Raises ValueError if there is no earlier start to compare.
    """
    slots = (first + np.arange(logs.shape[1])) % a_year
    wrong, aheads = [np.full(0, 0.0)], [np.full(0, 0, dtype=np.int64)]
    for origin in range(logs.shape[1] - 1):
        if not _is_a_start(observed, origin, a_year, seasonal=seasonal):
            continue
        reach = min(horizon, logs.shape[1] - 1 - origin)
        targets = _targets(logs, observed, origin, reach)
        past = logs[:, : origin + 1]
        around = season(past, first, a_year) if seasonal else np.zeros((len(logs), a_year))
        adjusted = past - around[:, slots[: origin + 1]]
        wanted = targets - around[:, slots[origin + 1 : origin + 1 + reach]]
        error = np.abs(wanted - combined(adjusted, a_year, reach))
        good = ~np.isnan(error) & observed[:, origin : origin + 1]
        wrong.append(error[good])
        aheads.append(np.broadcast_to(np.arange(1, reach + 1), error.shape)[good])
    every, ahead = np.concatenate(wrong), np.concatenate(aheads)
    if every.size == 0:
        raise ValueError("no earlier start")
    return _spread(every, ahead)


def _is_a_start(
    observed: npt.NDArray[np.bool_], origin: int, a_year: int, *, seasonal: bool
) -> bool:
    """Whether most boards have half a year up to it, or, without a season, two values."""
    if not seasonal:
        return origin > 0 and bool(observed[:, origin].mean() > 0.5)
    half = a_year // 2
    return origin + 1 >= half and bool(
        observed[:, origin + 1 - half : origin + 1].all(axis=1).mean() > 0.5
    )


def _targets(logs: Floats, observed: npt.NDArray[np.bool_], origin: int, reach: int) -> Floats:
    """What followed a start, up to the first period in which no board is known."""
    ahead = slice(origin + 1, origin + 1 + reach)
    nobody = np.isnan(logs[:, ahead]).all(axis=0)
    targets = np.where(observed[:, ahead], logs[:, ahead], np.nan)
    if nobody.any():
        targets[:, int(np.argmax(nobody)) :] = np.nan
    return targets


def _spread(wrong: Floats, aheads: npt.NDArray[np.int64]) -> ErrorSpread:
    """The half-width one period ahead that keeps 80% of errors, and how it grows with distance;
    every distance counts alike."""
    counts = np.bincount(aheads)
    there = np.flatnonzero(counts > 0)
    means = np.maximum(np.bincount(aheads, wrong)[there] / counts[there], 1e-9)
    growth = 0.5
    if there.size > 2:
        growth = float(np.clip(np.polyfit(np.log(there), np.log(means), 1)[0], 0.0, 1.0))
    weights = 1 / counts[aheads]
    scaled = wrong / aheads**growth
    order = np.argsort(scaled)
    reached = np.cumsum(weights[order]) / weights.sum()
    at_one = float(scaled[order][int(np.searchsorted(reached, KEPT))])
    return ErrorSpread(at_one, growth, int(wrong.size))
