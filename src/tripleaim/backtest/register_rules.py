"""Rules for how registers grow, judged on the last year before the plan's base and no later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from tripleaim.backtest.document import RegisterRulePart
from tripleaim.backtest.forecast import Sampler
from tripleaim.backtest.observations import Observations, Period, financial, period
from tripleaim.backtest.registers import TABLE, Ageing, register_forecasts
from tripleaim.backtest.settings import BacktestSettings


@dataclass(frozen=True, slots=True)
class RegisterRule:
    """How much of a register's growth beyond ageing is carried on, and at most how much a year.

    kept            share of the growth, 0 to 1
    most_a_year     bound either way on the logarithm of a year's growth beyond ageing, or None
    """

    kept: float
    most_a_year: float | None = None


RULES = (RegisterRule(0.0), RegisterRule(0.5, 0.01), RegisterRule(0.5), RegisterRule(1.0))
"""Ageing alone; half of it, at most 1% a year; half of it; all of it."""


def judge_rules(
    record: Observations, setting: BacktestSettings, *, own: Ageing, elsewhere: Ageing
) -> tuple[RegisterRulePart, ...]:
    """Each rule's forecast of the year before the plan's base year ends, from one year earlier.

    Only rows that were over at the plan's base (`later_base`) are read, and a forecast only those
    that were over a year before. The place's own registers and every other CCG's apart. Empty where
    fewer than two years are known before the year that is forecast.
    """
    target = setting.later_base
    origin = period(financial(target.year - 1))
    known, came = record.until(origin.over), record.until(target.over)
    others = {b for b in known.bodies(TABLE) if b not in (setting.registers, setting.country)}
    groups: Mapping[str, tuple[Iterable[str], Ageing]] = {
        "own": ((setting.registers,), own),
        "elsewhere": (sorted(others), elsewhere),
    }
    parts = []
    for rule in RULES:
        errors = {
            name: _errors(
                known,
                came,
                rule,
                bodies=tuple(bodies),
                ageing=ageing,
                between=(origin, target),
                drift=setting.register_drift,
            )
            for name, (bodies, ageing) in groups.items()
        }
        if not all(errors.values()):
            return ()
        parts.append(
            RegisterRulePart(
                year=target.label,
                kept=rule.kept,
                most_pct_a_year=None if rule.most_a_year is None else 100 * rule.most_a_year,
                used=rule == RegisterRule(setting.trend_kept),
                own_error_pct=float(np.mean(errors["own"])),
                own_registers=len(errors["own"]),
                elsewhere_error_pct=float(np.mean(errors["elsewhere"])),
                elsewhere_registers=len(errors["elsewhere"]),
            )
        )
    return tuple(parts)


def _errors(
    known: Observations,
    came: Observations,
    rule: RegisterRule,
    *,
    bodies: tuple[str, ...],
    ageing: Ageing,
    between: tuple[Period, Period],
    drift: float,
) -> list[float]:
    """Absolute errors in per cent of what came; of registers whose growth is known alone."""
    origin, target = between
    forecasts = register_forecasts(
        group="",
        bodies=bodies,
        base=origin,
        last=target,
        known=known,
        ageing=ageing,
        drift=drift,
        trend_kept=rule.kept,
        most_a_year=rule.most_a_year,
        sampler=Sampler(0, 1),
    )
    return [
        100 * abs(f.interval.central / actual - 1)
        for f in forecasts
        if f.straight_line is not None
        and (actual := came.at(TABLE, f.body, f.series, target.label))
    ]
