"""A&E attendances and beds: contacts by age, a trend learnt before the base and shrunk, and
intervals as wide as the errors of such forecasts before the base."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tripleaim.backtest.forecast import (
    Sampler,
    SeriesForecast,
    forecast_of,
    last_value,
    same_kind,
)
from tripleaim.backtest.observations import Observations, Period
from tripleaim.place import InputError
from tripleaim.uncertainty import Z_80

Floats = npt.NDArray[np.float64]

WILDEST = 0.2
"""Changes of more than a fifth in a year (openings, closures, mergers) count as a fifth when it is
learnt how much of a body's own trend lasts."""

SIZES = 3
"""Bodies are put into so many classes by size, each with its own spread of errors."""

FEW = {1: 3.078, 2: 1.886, 3: 1.638, 4: 1.533, 5: 1.476, 6: 1.440, 7: 1.415, 8: 1.397}
"""Student's t that bounds eight in ten, by how many errors a spread was learnt from."""


@dataclass(frozen=True)
class ActivityKind:
    """One kind of activity: its table and series, and the point of delivery whose contacts by age
    say how it grows with people."""

    group: str
    table: str
    series: str
    contacts: str


KINDS = (
    ActivityKind("A&E", "ae.csv", "attendances", "acute-ae"),
    ActivityKind("beds", "beds.csv", "available", "acute-non-elective"),
    ActivityKind("beds", "beds.csv", "occupied", "acute-non-elective"),
)


@dataclass(frozen=True)
class TrendRule:
    """What is learnt from the years before the base: how a body's logarithm grows beyond ageing.

    trend_kept       share of the common trend that is carried on
    own_trend_kept   share of a body's own trend against the common one that lasts
    bounds     upper bounds of the size classes but the last
    half       (classes, steps): half-widths of the 80% interval
    country    (steps,): the same for the country
    """

    trend_kept: float
    own_trend_kept: float
    bounds: Floats
    half: Floats
    country: Floats


def growth_with_people(
    rates: Floats, before: Mapping[int, Floats], after: Floats, base: int
) -> dict[int, float]:
    """Logarithm of the contacts to be expected at unchanged rates by year, 0 at the base.

    `before` holds people by year up to the base, `after` people at the base and after it,
    (steps + 1, 2, AGES); both in their own right, so that they may be of different sources.
    """
    expected = {
        year: math.log((rates * people).sum() / (rates * before[base]).sum())
        for year, people in before.items()
        if year <= base
    }
    level = (rates * after[0]).sum()
    return expected | {
        base + t: math.log((rates * people).sum() / level) for t, people in enumerate(after)
    }


def fit_rule(
    kind: ActivityKind,
    known: Observations,
    *,
    ageing: Mapping[int, float],
    base: Period,
    country: str,
    trend_kept: float,
    steps: int,
) -> TrendRule:
    """The rule of one kind of activity, from whole financial years up to the base alone."""
    histories = {
        body: _beyond(known.series(kind.table, body, kind.series), base, ageing)
        for body in known.bodies(kind.table)
    }
    nation = histories.pop(country, {})
    histories = {b: h for b, h in histories.items() if len(h) >= 2 and base.year in h}
    if not histories:
        raise InputError(
            f"expected {kind.series} of at least one body in two financial years to {base.label}",
            file=Path("backtest") / kind.table,
        )
    own_trend_kept = _share_of_own_trend(histories, base)
    sizes = np.array([h[base.year] for h in histories.values()])
    bounds = np.quantile(sizes, np.arange(1, SIZES) / SIZES)
    half = np.empty((SIZES, steps))
    for c in range(SIZES):
        inside = [h for h in histories.values() if np.searchsorted(bounds, h[base.year]) == c]
        errors = _errors(
            inside or list(histories.values()), histories, (trend_kept, own_trend_kept), base
        )
        half[c] = _half_widths(errors, steps)
    return TrendRule(
        trend_kept,
        own_trend_kept,
        bounds,
        half,
        _country_half_widths(nation, trend_kept, base, steps),
    )


def activity_forecasts(
    *,
    group: str,
    kind: ActivityKind,
    bodies: Mapping[str, Mapping[int, float]],
    base: Period,
    periods: tuple[Period, ...],
    known: Observations,
    rule: TrendRule,
    history_ageing: Mapping[int, float],
    country: str,
    sampler: Sampler,
) -> Iterator[SeriesForecast]:
    """One kind of activity of each body in each period; `bodies` gives the growth with people of
    each, `history_ageing` that of the country before the base."""
    everyone = {
        body: _beyond(known.series(kind.table, body, kind.series), base, history_ageing)
        for body in known.bodies(kind.table)
    }
    nation = everyone.pop(country, {})
    drift = _common_drift(everyone, base.year)
    for body, ageing in bodies.items():
        values = known.series(kind.table, body, kind.series)
        own = nation if body == country else everyone.get(body, {})
        if base.year not in own:
            continue
        if body == country:
            trend = rule.trend_kept * _mean_growth(own, base.year)
            half = rule.country
        else:
            trend = rule.trend_kept * drift
            trend += rule.own_trend_kept * _clip(_mean_growth(own, base.year) - drift)
            half = rule.half[int(np.searchsorted(rule.bounds, own[base.year]))]
        for when in periods:
            if not any(p.year == base.year for p in same_kind(values, when)):
                continue
            steps = when.year - base.year
            ours = last_value(values, when) * math.exp(ageing[when.year] + trend * steps)
            name = f"{kind.table} {kind.series} {body} {base.label} {when.label}"
            wide = sampler.standard(name) * half[steps - 1] / Z_80
            yield forecast_of(
                values,
                group=group,
                table=kind.table,
                body=body,
                series=kind.series,
                base=base,
                when=when,
                ours=ours,
                draws=ours * np.exp(wide),
            )


def _beyond(
    values: Mapping[Period, float], base: Period, ageing: Mapping[int, float]
) -> dict[int, float]:
    """The logarithm beyond ageing by financial year, without gaps back from the base."""
    by_year = {p.year: v for p, v in values.items() if p.kind == "financial year" and v > 0}
    table: dict[int, float] = {}
    year = base.year
    while year in by_year and year in ageing:
        table[year] = math.log(by_year[year]) - ageing[year]
        year -= 1
    return dict(sorted(table.items()))


def _mean_growth(history: Mapping[int, float], origin: int) -> float:
    years = [y for y in history if y <= origin]
    if len(years) < 2:
        return 0.0
    return (history[years[-1]] - history[years[0]]) / (years[-1] - years[0])


def _common_drift(histories: Mapping[str, Mapping[int, float]], origin: int) -> float:
    """The growth beyond ageing of the middle body, up to an origin."""
    known = [
        _mean_growth(h, origin) for h in histories.values() if sum(y <= origin for y in h) >= 2
    ]
    return float(np.median(known)) if known else 0.0


def _share_of_own_trend(histories: Mapping[str, Mapping[int, float]], base: Period) -> float:
    """How much of a body's growth relative to the common one was seen again a year later: the slope
    through the origin over all bodies and origins before the base, from 0 to 1."""
    top = bottom = 0.0
    first = min((min(h) for h in histories.values()), default=base.year)
    for origin in range(first + 1, base.year):
        drift = _common_drift(histories, origin)
        pairs = [
            (_mean_growth(h, origin) - drift, h[origin + 1] - h[origin])
            for h in histories.values()
            if origin + 1 in h and sum(y <= origin for y in h) >= 2
        ]
        if not pairs:
            continue
        next_common = float(np.median([after for _, after in pairs]))
        for before, after in pairs:
            x, y = _clip(before), _clip(after - next_common)
            top += x * y
            bottom += x * x
    return min(max(top / bottom, 0.0), 1.0) if bottom else 0.0


def _errors(
    inside: list[dict[int, float]],
    histories: Mapping[str, Mapping[int, float]],
    trend_kept: tuple[float, float],
    base: Period,
) -> dict[int, list[float]]:
    """Errors of the rule before the base, by years ahead, from every origin; `trend_kept` is
    the share of the common trend and of a body's own that it carries on."""
    errors: dict[int, list[float]] = {}
    first = min((min(h) for h in inside), default=base.year)
    for origin in range(first, base.year):
        drift = _common_drift(histories, origin)
        for h in inside:
            if origin not in h:
                continue
            own = _mean_growth(h, origin)
            has_trend = sum(y <= origin for y in h) >= 2
            trend = trend_kept[0] * drift + (
                trend_kept[1] * _clip(own - drift) if has_trend else 0.0
            )
            for year in range(origin + 1, base.year + 1):
                steps = year - origin
                errors.setdefault(steps, []).append(h[year] - h[origin] - trend * steps)
    return errors


def _half_widths(errors: Mapping[int, list[float]], steps: int) -> Floats:
    """The bound within which eight in ten errors lie, by years ahead. Beyond the furthest known
    error it grows by the last step."""
    half = [float(np.quantile(np.abs(errors[h]), 0.8)) for h in sorted(errors)][:steps]
    step = max(half[-1] - half[-2], 0.0) if len(half) > 1 else half[0]
    while len(half) < steps:
        half.append(half[-1] + step)
    return np.maximum.accumulate(np.array(half))


def _country_half_widths(
    nation: Mapping[int, float], trend_kept: float, base: Period, steps: int
) -> Floats:
    """A country has one history: its few errors, with Student's t for their number."""
    scaled = []
    for origin in list(nation)[:-1]:
        trend = trend_kept * _mean_growth(nation, origin)
        for year in range(origin + 1, base.year + 1):
            ahead = year - origin
            scaled.append((nation[year] - nation[origin] - trend * ahead) / ahead)
    if not scaled:
        return np.full(steps, np.nan)
    spread = math.sqrt(float(np.mean(np.square(scaled)))) * FEW.get(len(scaled), Z_80)
    return np.asarray(spread * np.arange(1, steps + 1), dtype=np.float64)


def _clip(growth: float) -> float:
    return min(max(growth, -WILDEST), WILDEST)
