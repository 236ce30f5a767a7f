"""A plan's run as the back-test holds it against what came."""

from __future__ import annotations

from tripleaim.backtest import PlanProjection
from tripleaim.plan import DoNothing


def plan_projection(nothing: DoNothing) -> PlanProjection:
    """What a run's do-nothing years, before calibration to what the plan prints, expect.

    Calibration meets printed figures by construction, so it is the uncalibrated care that is held
    against what came; the printed growth stands beside it.
    """
    return PlanProjection(
        activity=nothing.uncalibrated,
        registered=nothing.registered,
        residents=nothing.residents,
        deaths=nothing.deaths,
        having=nothing.having,
    )
