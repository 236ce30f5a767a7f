"""Forecasts compared with what happened: error, bias, coverage; and naive forecasts beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tripleaim.backtest.base_year_lives import OPEN_AGE
from tripleaim.backtest.document import ForecastPart, ScorePart
from tripleaim.backtest.forecast import SeriesForecast
from tripleaim.backtest.observations import Observations
from tripleaim.backtest.people import BANDS, band_sums, deaths_histories, label
from tripleaim.backtest.settings import BacktestSettings
from tripleaim.people import SEXES

ALL = "all"
AIM = (70.0, 90.0)
"""Per cent of 80% intervals that should hold what happened."""

SINGLE_YEARS = tuple(
    tuple(f"{sex} {age}" + ("+" if age == OPEN_AGE else "") for age in range(OPEN_AGE + 1))
    for sex in SEXES
)
"""The series of `population.csv`, by sex and single year of age."""

Actual = Mapping[tuple[str, str, str, str], float]
"""What happened by table, body, series and period."""


def compared(
    forecasts: Iterable[SeriesForecast],
    actual: Actual,
    printed: Mapping[SeriesForecast, float] | None = None,
    planned: Mapping[SeriesForecast, float | None] | None = None,
) -> tuple[ForecastPart, ...]:
    """Each forecast beside what happened, where something tells."""
    parts = []
    for f in forecasts:
        happened = actual.get((f.table, f.body, f.series, f.period.label))
        parts.append(
            ForecastPart(
                group=f.group,
                body=f.body,
                series=f.series,
                base=f.base,
                period=f.period.label,
                steps=f.steps,
                interval=f.interval,
                last_value=f.last_value,
                straight_line=f.straight_line,
                printed=(printed or {}).get(f),
                plan=(planned or {}).get(f),
                actual=happened,
                inside=None if happened is None else f.interval.p10 <= happened <= f.interval.p90,
            )
        )
    return tuple(parts)


def what_happened(
    record: Observations, setting: BacktestSettings
) -> dict[tuple[str, str, str, str], float]:
    """What happened by table, body, series and period, summed as forecasts are made."""
    happened = {(o.table, o.body, o.series, o.period.label): o.value for o in record.observations}
    ages: dict[str, dict[str, float]] = {}
    for o in record.observations:
        if o.table == "population.csv" and o.body == setting.people:
            ages.setdefault(o.period.label, {})[o.series] = o.value
    for year, people in ages.items():
        table = np.array([[people.get(name, np.nan) for name in names] for names in SINGLE_YEARS])
        sums = band_sums(table)
        for s, sex in enumerate(SEXES):
            for b, (low, high) in enumerate(BANDS):
                if not np.isnan(sums[s, b]):
                    name = f"{sex} {label(low, high)}"
                    happened["population.csv", setting.people, name, year] = float(sums[s, b])
        if not np.isnan(table).any():
            happened["population.csv", setting.people, "all", year] = float(table.sum())
    for series, values in deaths_histories(record, setting.people).items():
        for when, value in values.items():
            happened["deaths.csv", setting.people, series, when.label] = value
    return happened


def scores(forecasts: Sequence[ForecastPart]) -> tuple[ScorePart, ...]:
    """The score of each group in the order in which they come, and of all of them."""
    known = [f for f in forecasts if f.actual]
    groups = list(dict.fromkeys(f.group for f in known))
    parts = [_score(group, [f for f in known if f.group == group]) for group in groups]
    return (*parts, *([_score(ALL, known)] if len(groups) > 1 else []))


def _score(group: str, known: list[ForecastPart]) -> ScorePart:
    of_series: dict[tuple[str, str, str], list[ForecastPart]] = {}
    for f in known:
        of_series.setdefault((f.body, f"{f.group}/{f.series}", f.base), []).append(f)
    ours = {
        k: _mean_error([(f.interval.central, f.actual) for f in v]) for k, v in of_series.items()
    }
    last = {k: _mean_error([(f.last_value, f.actual) for f in v]) for k, v in of_series.items()}
    line = {
        k: _mean_error([(f.straight_line, f.actual) for f in v])
        for k, v in of_series.items()
        if all(f.straight_line is not None for f in v)
    }
    lined = [f for f in known if f.straight_line is not None]
    return ScorePart(
        group=group,
        series=len(of_series),
        forecasts=len(known),
        error_pct=_mean_error([(f.interval.central, f.actual) for f in known]),
        bias_pct=float(
            np.mean([100 * (f.interval.central / (f.actual or 1.0) - 1) for f in known])
        ),
        last_value_error_pct=_mean_error([(f.last_value, f.actual) for f in known]),
        straight_line_error_pct=(
            _mean_error([(f.straight_line, f.actual) for f in lined]) if lined else None
        ),
        coverage_pct=100 * float(np.mean([bool(f.inside) for f in known])),
        smaller_than_last_value=sum(ours[k] < last[k] for k in ours),
        straight_lines=len(line),
        smaller_than_straight_line=sum(ours[k] < line[k] for k in line),
        smaller_than_both=sum(ours[k] < min(last[k], line[k]) for k in line),
    )


def _mean_error(pairs: Sequence[tuple[float | None, float | None]]) -> float:
    """Mean absolute error in per cent of what happened."""
    return float(np.mean([100 * abs((f or 0.0) / (a or 1.0) - 1) for f, a in pairs]))


Coverage = Literal["within the aim", "too narrow", "too wide"]


@dataclass(frozen=True, slots=True)
class ScoreFinding:
    """What one score says: whether intervals were as wide as they should be, and whether most
    series had a smaller error than the naive forecasts. `aim` is AIM."""

    score: ScorePart
    of_all: bool
    aim: tuple[float, float]
    coverage: Coverage
    better_on_most: bool


def findings(parts: Sequence[ScorePart]) -> tuple[ScoreFinding, ...]:
    """What a table of scores says: of all groups together first, then of each, if several."""
    if not parts:
        return ()
    groups = [p for p in parts if p.group != ALL]
    return (
        _finding(parts[-1], of_all=True),
        *(_finding(p, of_all=False) for p in groups if len(groups) > 1),
    )


def _finding(score: ScorePart, *, of_all: bool) -> ScoreFinding:
    low, high = AIM
    narrow, wide = score.coverage_pct < low, score.coverage_pct > high
    coverage: Coverage = "too narrow" if narrow else "too wide" if wide else "within the aim"
    return ScoreFinding(score, of_all, AIM, coverage, _most(score))


def _most(p: ScorePart) -> bool:
    """Whether most series did better than both naive forecasts; than the one there is, if one."""
    if not p.straight_lines:
        return 2 * p.smaller_than_last_value > p.series
    return 2 * p.smaller_than_both > p.straight_lines
