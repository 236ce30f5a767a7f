"""The model started in an early year and held against what happened since.

`run_backtest` forecasts people, deaths, registers, A&E and beds from an early base with what was
known then, beside two naive forecasts, and looks once at what came; `read_later` reads official
figures of later years that the plan's own projection can be held against. `Backtest` is the
document.
"""

from tripleaim.backtest.document import Backtest, ForecastPart, LaterPart, ScorePart
from tripleaim.backtest.observations import (
    TABLES,
    Observation,
    Observations,
    Period,
    period,
    read_later,
)
from tripleaim.backtest.run import DRAWS, SEED, run_backtest
from tripleaim.backtest.score import AIM, ALL
from tripleaim.backtest.template import write_template

__all__ = [
    "AIM",
    "ALL",
    "DRAWS",
    "SEED",
    "TABLES",
    "Backtest",
    "ForecastPart",
    "LaterPart",
    "Observation",
    "Observations",
    "Period",
    "ScorePart",
    "period",
    "read_later",
    "run_backtest",
    "write_template",
]
