"""How wrong the forecasts were, beside the naive ones, by board and by measure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tripleaim.board_backtest.run import BoardForecast

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ForecastScore:
    """Forecasts that can be compared: mean absolute errors and bias (per cent of the actual), the
    part of actuals inside the interval, and the errors of the two naive forecasts."""

    compared: int
    error_pct: float
    bias_pct: float
    coverage_pct: float
    last_value_error_pct: float | None
    year_before_error_pct: float | None


def score(rows: Sequence[BoardForecast]) -> ForecastScore | None:
    """The score of rows that have an actual; None if none has."""
    known = [(row, row.actual) for row in rows if row.actual]
    if not known:
        return None
    wrong = [100 * (row.forecast / actual - 1) for row, actual in known]
    inside = [row.low <= actual <= row.high for row, actual in known]
    return ForecastScore(
        len(known),
        _mean([abs(one) for one in wrong]),
        _mean(wrong),
        100 * _mean([float(one) for one in inside]),
        _naive_error(known, lambda row: row.last_value),
        _naive_error(known, lambda row: row.year_before),
    )


def scores_by(
    rows: Sequence[BoardForecast], key: Callable[[BoardForecast], Key]
) -> dict[Key, ForecastScore]:
    """Scores of the rows that share a key, where any has an actual."""
    groups: dict[Key, list[BoardForecast]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    scored = {name: score(group) for name, group in groups.items()}
    return {name: one for name, one in scored.items() if one is not None}


def _naive_error(
    known: Sequence[tuple[BoardForecast, float]],
    naive: Callable[[BoardForecast], float | None],
) -> float | None:
    """The naive forecast's error over the same rows; None if it is missing in one of them."""
    values = [(naive(row), actual) for row, actual in known]
    wrong = [abs(100 * (value / actual - 1)) for value, actual in values if value is not None]
    return _mean(wrong) if len(wrong) == len(known) else None


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
