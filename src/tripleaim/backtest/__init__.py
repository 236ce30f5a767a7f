"""The model started in an early year and compared with what has happened since.

`run_backtest` forecasts people, deaths, registers, A&E and beds from an early base year with what
was known at the time, makes two naive forecasts beside them, and compares all with what happened.
`read_later` reads official figures of later years, which forecasts from the plan's base year and
the plan's own run (`PlanProjection`) are compared with.
`Backtest` is the document.
"""

from tripleaim.backtest.document import (
    Backtest,
    ForecastPart,
    LaterPart,
    PlanScorePart,
    RegisterRulePart,
    ScorePart,
)
from tripleaim.backtest.observations import (
    TABLES,
    Observation,
    Observations,
    Period,
    period,
    read_later,
)
from tripleaim.backtest.plan_projection import PlanProjection
from tripleaim.backtest.reading import check_backtest_inputs
from tripleaim.backtest.recorded_years import RecordedGrowth, recorded_growth
from tripleaim.backtest.run import DRAWS, SEED, run_backtest
from tripleaim.backtest.score import AIM, ALL
from tripleaim.backtest.settings import known_after_the_plans_base
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
    "PlanProjection",
    "PlanScorePart",
    "RecordedGrowth",
    "RegisterRulePart",
    "ScorePart",
    "check_backtest_inputs",
    "known_after_the_plans_base",
    "period",
    "read_later",
    "recorded_growth",
    "run_backtest",
    "write_template",
]
