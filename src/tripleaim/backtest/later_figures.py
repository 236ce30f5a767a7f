"""Forecasts from the plan's base year by the back-test's rules, what the plan prints and what its
own run projects, compared with official figures of later years."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from tripleaim.activity import Activity
from tripleaim.backtest.activity import KINDS
from tripleaim.backtest.base_year_forecasts import base_year_of, own_forecasts
from tripleaim.backtest.base_year_lives import registers_counting
from tripleaim.backtest.document import ForecastPart, LaterPart, PlanScorePart
from tripleaim.backtest.forecast import Sampler
from tripleaim.backtest.observations import Observations, Period, financial, period
from tripleaim.backtest.plan_projection import PlanProjection, planned_value
from tripleaim.backtest.score import compared, scores, what_happened
from tripleaim.backtest.settings import BacktestSettings, History
from tripleaim.core import RunContext
from tripleaim.place import Place, code_hint

SUMMED = ("population.csv", "deaths.csv")
"""Tables whose rows are added up before they are compared."""


def against_later(
    place: Place,
    setting: BacktestSettings,
    history: History,
    actuals: Observations,
    sampler: Sampler,
    *,
    projection: Activity | None = None,
    plan: PlanProjection | None = None,
) -> LaterPart:
    """Forecasts from the plan's base by the back-test's rules, beside figures of later years.

    `projection` is how much care the plan prints, `plan` what its own run projects of people,
    deaths, registers and care; each is compared with the forecasts where it is given.
    """
    base = setting.later_base
    last = _last(actuals, base)
    context = RunContext(sampler.seed)
    base_year = base_year_of(place, setting, history, base=base, last=last, context=context)
    forecasts = own_forecasts(base_year, sampler)
    growth = growth_a_year(projection) if projection else {}
    of_series = {(k.table, k.series): k.contacts for k in KINDS}
    printed = {}
    for f in forecasts:
        point = of_series.get((f.table, f.series))
        if point in growth and f.body in setting.trusts:
            printed[f] = f.last_value * (1 + growth[point] / 100) ** f.steps
    conditions = {r.id: r.condition for r in registers_counting(place)}
    recording = _recording(place)
    planned = {f: planned_value(plan, f, setting, conditions, recording) for f in forecasts if plan}
    comparisons = tuple(
        f
        for f in compared(forecasts, what_happened(actuals, setting), printed, planned)
        if f.actual is not None
    )
    errors = [100 * abs(f.printed / f.actual - 1) for f in comparisons if f.printed and f.actual]
    forecast_keys = {(f.table, f.body, f.series, f.period.label) for f in forecasts}
    return LaterPart(
        base=base.label,
        printed_growth_pct_a_year=growth,
        forecasts=comparisons,
        scores=scores(comparisons),
        printed_error_pct=float(np.mean(errors)) if errors else None,
        plan_scores=_plan_scores(comparisons),
        unused=_unused(place, actuals, forecast_keys, base, setting.trusts),
    )


def _recording(place: Place) -> dict[str, float]:
    """What a register grows a year by recording alone, as the place's trends say, by condition."""
    name = "condition_trends.csv"
    rows = place.own.rows(name) if place.own.has(name) else ()
    return {row["condition"]: (row["recording_pct_a_year"] or 0.0) / 100 for row in rows}


def _plan_scores(comparisons: tuple[ForecastPart, ...]) -> tuple[PlanScorePart, ...]:
    """By group, over the values of which the plan's run says something."""
    both = [(f.group, f.plan, f.interval.central, f.actual) for f in comparisons]
    parts = []
    for group in dict.fromkeys(f.group for f in comparisons):
        errors = [
            (100 * abs(plan / actual - 1), 100 * abs(rule / actual - 1))
            for g, plan, rule, actual in both
            if g == group and plan is not None and actual
        ]
        if errors:
            of_plan, of_rule = np.mean(errors, axis=0)
            parts.append(
                PlanScorePart(
                    group=group,
                    forecasts=len(errors),
                    plan_error_pct=float(of_plan),
                    rule_error_pct=float(of_rule),
                )
            )
    return tuple(parts)


def growth_a_year(projection: Activity) -> dict[str, float]:
    """Growth a year, in per cent, from the first to the last year of an activity of several years.

    Of the points of delivery that later figures are of, if the activity has them.
    """
    first, last = projection.years[0], projection.years[-1]
    steps = int(last[:4]) - int(first[:4])
    contacts = projection.contacts
    return {
        point: 100 * ((contacts[point][last] / contacts[point][first]) ** (1 / steps) - 1)
        for point in dict.fromkeys(k.contacts for k in KINDS)
        if point in contacts and contacts[point].get(first)
    }


def _last(actuals: Observations, base: Period) -> Period:
    """The last year that is forecast: whole, unless only its first nine months are given."""
    year = max(base.year + 1, *(o.period.year for o in actuals.observations))
    of_year = [o.period for o in actuals.observations if o.period.year == year]
    only_part = of_year and all(p.kind == "nine months" for p in of_year)
    return period(f"{financial(year)} Apr-Dec" if only_part else financial(year))


def _unused(
    place: Place,
    actuals: Observations,
    forecast_keys: set[tuple[str, str, str, str]],
    base: Period,
    trusts: Collection[str],
) -> tuple[str, ...]:
    """Rows that are not compared, by table, body and reason: nothing is dropped silently.

    A reason says what became of a code that changed.
    """
    counts: dict[str, int] = {}
    hints = {
        body: code_hint(place.files, body, trusts)
        for body in {o.body for o in actuals.observations} - set(trusts)
    }
    for o in actuals.observations:
        series = "all" if o.table in SUMMED else o.series
        if (o.table, o.body, series, o.period.label) in forecast_keys:
            continue
        known_at_base = o.period.over <= base.over
        why = (
            f"not after {base.label}"
            if known_at_base
            else "the back-test forecasts nothing of this kind"
        )
        became = f" ({hints[o.body]})" if hints.get(o.body) else ""
        key = f"{o.table}, {o.body}, {o.period.label}: {why}{became}"
        counts[key] = counts.get(key, 0) + 1
    return tuple(f"{key} ({n} rows)" for key, n in sorted(counts.items()))
