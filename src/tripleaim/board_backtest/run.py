"""Every board's measures forecast from one day, beside what followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from tripleaim.board_backtest.history import LaterValues, Series, series
from tripleaim.board_backtest.intervals import ErrorSpread, spread_of_errors
from tripleaim.board_backtest.measures import MEASURES, BoardMeasure
from tripleaim.board_backtest.method import combined, season
from tripleaim.boards import OfficialTables, boards
from tripleaim.place import InputError

Floats = npt.NDArray[np.float64]
COLUMNS = ("board", "measure", "period", "forecast", "low", "high", "actual")


@dataclass(frozen=True, slots=True)
class BoardForecast:
    """One row: a board's measure in a period; `actual` and the naive forecasts None if unknown."""

    board: str
    measure: str
    period: str
    forecast: float
    low: float
    high: float
    actual: float | None
    last_value: float | None
    year_before: float | None


@dataclass(frozen=True, slots=True)
class BoardBacktest:
    """All rows, how wrong each measure's forecasts were before, and the names of the boards."""

    start: date
    rows: tuple[BoardForecast, ...]
    spreads: Mapping[str, ErrorSpread]
    names: Mapping[str, str] = field(default_factory=dict)


def backtest_boards(
    start: date,
    to: date,
    *,
    tables: OfficialTables,
    later: Mapping[str, LaterValues] | None = None,
) -> BoardBacktest:
    """Forecast every measure of every board from what was known by `start`, up to `to`.

    `later` has what the tables do not have of what followed, by measure.
    Raises InputError if a measure has too little before the start.
    """
    every = boards(tables)
    codes = tuple(board.code for board in every)
    rows: list[BoardForecast] = []
    spreads: dict[str, ErrorSpread] = {}
    for measure in MEASURES:
        known = series(
            measure,
            tables,
            codes,
            start=start,
            to=to,
            later=(later or {}).get(measure.id, LaterValues()),
        )
        spreads[measure.id] = spread = _spread(measure, known, start)
        rows += _rows(measure, known, spread)
    return BoardBacktest(start, tuple(rows), spreads, {one.code: one.short_name for one in every})


def _spread(measure: BoardMeasure, known: Series, start: date) -> ErrorSpread:
    try:
        return spread_of_errors(
            np.log(known.past),
            known.observed,
            known.first,
            measure.cadence.a_year,
            max(len(known.after), 1),
            seasonal=measure.seasonal,
        )
    except ValueError:
        raise InputError(
            f"expected a later day: what is known of {measure.id} by this one does not reach back "
            "to an earlier start to learn its errors from",
            value=start.isoformat(),
        ) from None


def _rows(measure: BoardMeasure, known: Series, spread: ErrorSpread) -> list[BoardForecast]:
    """The rows of one measure, by board and period."""
    logs = np.log(known.past)
    rows: list[BoardForecast] = []
    if not known.after:
        return rows
    for at, board in enumerate(known.boards):
        there = np.flatnonzero(~np.isnan(logs[at]))
        if not there.size:
            raise InputError(f"expected values of {measure.id} before the start", value=board)
        last = int(there[-1])
        ahead = np.array(known.after) - (known.first + last)
        centre = _centre(logs[:, : last + 1], at, known.first, int(ahead[-1]), measure)[ahead - 1]
        width = spread.half_width(ahead)
        low, middle, high = (np.exp(centre + side * width) for side in (-1, 0, 1))
        past = known.past[at, : last + 1]
        rows += [
            BoardForecast(
                board,
                measure.id,
                measure.cadence.label(period),
                round(float(middle[column]), measure.digits),
                round(float(low[column]), measure.digits),
                round(float(high[column]), measure.digits),
                _or_none(known.later[at, column], measure.digits),
                _or_none(past[-1], measure.digits),
                _or_none(
                    _year_before(past, int(ahead[column]), measure.cadence.a_year), measure.digits
                ),
            )
            for column, period in enumerate(known.after)
        ]
    return rows


def _year_before(past: Floats, ahead: int, a_year: int) -> float:
    """The last known value of the same period of a year; NaN if `past` is too short."""
    back = -(-ahead // a_year) * a_year - ahead
    return float(past[-1 - back]) if back < past.size else float("nan")


def _centre(logs: Floats, at: int, first: int, horizon: int, measure: BoardMeasure) -> Floats:
    """The logarithm of one board's forecasts after the last column of `logs`."""
    a_year, periods = measure.cadence.a_year, logs.shape[1]
    around = season(logs, first, a_year) if measure.seasonal else np.zeros((len(logs), a_year))
    slots = (first + np.arange(periods + horizon)) % a_year
    adjusted = logs - around[:, slots[:periods]]
    centre: Floats = combined(adjusted, a_year, horizon)[at] + around[at, slots[periods:]]
    return centre


def _or_none(value: float, digits: int) -> float | None:
    return None if np.isnan(value) else round(float(value), digits)
