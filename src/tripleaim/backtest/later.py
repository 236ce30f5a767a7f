"""The plan's own projection held against official figures of later years, by whoever has them."""

from __future__ import annotations

import numpy as np

from tripleaim.backtest.activity import KINDS
from tripleaim.backtest.document import LaterPart
from tripleaim.backtest.forecast import Sampler
from tripleaim.backtest.observations import Observations, Period, financial, period
from tripleaim.backtest.observed import known_then, own_forecasts
from tripleaim.backtest.score import held_against, scores, what_came
from tripleaim.backtest.settings import BacktestSettings, History
from tripleaim.core import RunContext
from tripleaim.place import Place

SUMMED = ("population.csv", "deaths.csv")
"""Tables whose rows are added up before they are compared."""


def against_later(
    place: Place,
    setting: BacktestSettings,
    history: History,
    actuals: Observations,
    sampler: Sampler,
) -> LaterPart:
    """Forecasts from the plan's base beside figures of later years and the growth it prints."""
    base = setting.later_base
    last = _last(actuals, base)
    context = RunContext(sampler.seed)
    then = known_then(place, setting, history, base=base, last=last, context=context)
    forecasts = own_forecasts(then, sampler)
    growth = printed_growth(place)
    of_series = {(k.table, k.series): k.contacts for k in KINDS}
    printed = {}
    for f in forecasts:
        point = of_series.get((f.table, f.series))
        if point in growth and f.body in setting.trusts:
            printed[f] = f.last_value * (1 + growth[point] / 100) ** f.steps
    held = tuple(
        f
        for f in held_against(forecasts, what_came(actuals, setting), printed)
        if f.actual is not None
    )
    wrong = [100 * abs(f.printed / f.actual - 1) for f in held if f.printed and f.actual]
    told = {(f.table, f.body, f.series, f.period.label) for f in forecasts}
    return LaterPart(
        base=base.label,
        printed_growth_pct_a_year=growth,
        forecasts=held,
        scores=scores(held),
        printed_error_pct=float(np.mean(wrong)) if wrong else None,
        unused=_unused(actuals, told, base),
    )


def printed_growth(place: Place) -> dict[str, float]:
    """Growth a year, in per cent, from the first to the last year of the plan as it prints it."""
    steps = len(place.years) - 1
    found = {}
    for point in place.points_of_delivery:
        if point.id in {k.contacts for k in KINDS} and point.printed_base and point.printed_last:
            grown = place.value(point.printed_last) / place.value(point.printed_base)
            found[point.id] = 100 * (grown ** (1 / steps) - 1)
    return found


def _last(actuals: Observations, base: Period) -> Period:
    """The year that forecasts are carried on to: whole, unless its nine months alone are given."""
    year = max(base.year + 1, *(o.period.year for o in actuals.observations))
    of_year = [o.period for o in actuals.observations if o.period.year == year]
    only_part = of_year and all(p.kind == "nine months" for p in of_year)
    return period(f"{financial(year)} Apr-Dec" if only_part else financial(year))


def _unused(
    actuals: Observations, told: set[tuple[str, str, str, str]], base: Period
) -> tuple[str, ...]:
    """Rows that are not compared, by table, body and reason: nothing is dropped silently."""
    counts: dict[str, int] = {}
    for o in actuals.observations:
        series = "all" if o.table in SUMMED else o.series
        if (o.table, o.body, series, o.period.label) in told:
            continue
        early = o.period.over <= base.over
        why = f"not after {base.label}" if early else "nothing of the kind is forecast"
        key = f"{o.table}, {o.body}, {o.period.label}: {why}"
        counts[key] = counts.get(key, 0) + 1
    return tuple(f"{key} ({n} rows)" for key, n in sorted(counts.items()))
