"""Every English board's care forecast from an early day, and compared with what followed.

`backtest_boards` forecasts six measures of each board by month or quarter from what was known by
the day; `read_later_rows` reads from a folder what followed; `scores_by` says how wrong it was.
"""

from tripleaim.board_backtest.later_rows import MOST_TOLD, LaterRows, read_later_rows
from tripleaim.board_backtest.measures import MEASURES, BoardMeasure
from tripleaim.board_backtest.run import COLUMNS, BoardBacktest, BoardForecast, backtest_boards
from tripleaim.board_backtest.scores import ForecastScore, scores_by

__all__ = [
    "COLUMNS",
    "MEASURES",
    "MOST_TOLD",
    "BoardBacktest",
    "BoardForecast",
    "BoardMeasure",
    "ForecastScore",
    "LaterRows",
    "backtest_boards",
    "read_later_rows",
    "scores_by",
]
