"""The back-test in words: how far off, how far off the naive ones, and where it does worse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tripleaim import wording as words
from tripleaim.backtest import AIM, ALL, Backtest, ForecastPart, ScorePart
from tripleaim.web.ui.tables import PageColumn, PageTable

SORTS = {
    "error": "Largest error first",
    "group": "By group",
    "name": "By name",
    "outside": "Outside their interval first",
}


@dataclass(frozen=True)
class Missed:
    """Groups in which it does worse than it should."""

    worse: Sequence[ScorePart]
    narrow: Sequence[ScorePart]
    wide: Sequence[ScorePart]


def missed(document: Backtest) -> Missed:
    """Where a naive forecast came nearer, and where intervals held too few or too many."""
    groups = _groups(document)
    return Missed(
        [p for p in groups if p.error_pct > _best_naive(p)],
        [p for p in groups if p.coverage_pct < AIM[0]],
        [p for p in groups if p.coverage_pct > AIM[1]],
    )


def _groups(document: Backtest) -> list[ScorePart]:
    return [p for p in document.scores if p.group != ALL]


def _best_naive(part: ScorePart) -> float:
    line = part.straight_line_error_pct
    return part.last_value_error_pct if line is None else min(part.last_value_error_pct, line)


def answer(document: Backtest) -> str:
    """Where it does worse first; then its error against both naive forecasts, and its coverage."""
    if not document.scores:
        return "We cannot tell, because there is nothing to compare the forecasts with."
    whole, wrong = document.scores[-1], missed(document)
    lined = [f for f in _known(document) if f.straight_line is not None]
    ours = _error(lined, lambda f: f.interval.central)
    line = _error(lined, lambda f: f.straight_line or 0.0)
    bad = []
    if whole.error_pct > whole.last_value_error_pct:
        bad.append("taken together, the last known value was nearer")
    if ours > line:
        bad.append("taken together, a straight line was nearer")
    first = "No" if bad else "Not everywhere"
    if wrong.worse:
        bad.append(f"for {_named(wrong.worse)} a naive forecast was nearer")
    if wrong.narrow:
        groups_ = words.listed([f"{p.group} ({_whole(p.coverage_pct)})" for p in wrong.narrow])
        bad.append(f"its 80% intervals contain too few values of {groups_}")
    first = f"{first}: {'; '.join(bad)}. " if bad else ""
    beside = ""
    if lined:
        beside = (
            f" Where a straight line can be drawn, {words.percent(ours)} against the line's "
            f"{words.percent(line)}."
        )
    return (
        f"{first}From {document.base} on, without later data, the error of {whole.forecasts:,} "
        f"forecasts was {words.percent(whole.error_pct)} on average. The error of the last known "
        f"value was {words.percent(whole.last_value_error_pct)}.{beside} What happened fell "
        f"within the 80% interval in {_whole(whole.coverage_pct)} of them; the aim is 70% to 90%."
    )


def _named(parts: Sequence[ScorePart]) -> str:
    return words.listed([p.group for p in parts])


def _whole(pct: float) -> str:
    return words.percent(pct, 0)


def _error(parts: Sequence[ForecastPart], value: Callable[[ForecastPart], float]) -> float:
    """The mean absolute error of one of the forecasts in per cent; 0 for none."""
    errors = [100 * abs(value(f) / f.actual - 1) for f in parts if f.actual]
    return sum(errors) / len(errors) if errors else 0.0


def _known(document: Backtest) -> list[ForecastPart]:
    return [f for f in document.forecasts if f.actual]


def description(document: Backtest) -> str:
    """What the picture of errors shows, in a sentence."""
    errors = [
        f"{p.group} {words.percent(p.error_pct)} against "
        f"{words.percent(p.last_value_error_pct)} for the last value"
        + (
            ""
            if p.straight_line_error_pct is None
            else f" and {words.percent(p.straight_line_error_pct)} for a straight line"
        )
        for p in _groups(document)
    ]
    return f"Dots of the mean error by group: {words.listed(errors)}."


def groups(document: Backtest) -> PageTable:
    """How each group of forecasts did."""
    return _scores("backtest-groups", f"{document.name}, its trusts and England", document.scores)


def elsewhere(document: Backtest) -> PageTable:
    """How the same methods did for everybody else."""
    return _scores("backtest-elsewhere", "Every other CCG and trust with data", document.elsewhere)


def _scores(name: str, caption: str, parts: Sequence[ScorePart]) -> PageTable:
    return PageTable(
        name,
        f"{caption}: mean absolute error, % of what happened",
        [
            PageColumn("name", "Group"),
            PageColumn("forecasts", "Values", "count"),
            PageColumn("error_pct", "Error", "percent"),
            PageColumn("last_value_error_pct", "Last value's error", "percent"),
            PageColumn("straight_line_error_pct", "Straight line's error", "percent"),
            PageColumn("coverage_pct", "Within the 80% interval", "percent"),
            PageColumn("bias_pct", "Bias", "percent"),
            PageColumn("smaller_than_both", "Better than both"),
        ],
        [
            {
                "name": "All of them" if p.group == ALL else words.capital(p.group),
                "forecasts": p.forecasts,
                "error_pct": p.error_pct,
                "last_value_error_pct": p.last_value_error_pct,
                "straight_line_error_pct": p.straight_line_error_pct,
                "coverage_pct": p.coverage_pct,
                "bias_pct": p.bias_pct,
                "smaller_than_both": (
                    f"{p.smaller_than_both} of {p.straight_lines} series"
                    if p.straight_lines
                    else f"than the last value: {p.smaller_than_last_value} of {p.series}"
                ),
            }
            for p in parts
        ],
        total=len(parts) > 1,
    )


def register_rules(document: Backtest) -> PageTable:
    """Rules for how registers grow, judged before the plan's base, the plan's own marked."""
    year = document.register_rules[0].year if document.register_rules else ""
    return PageTable(
        "backtest-register-rules",
        f"Rules for how registers grow: mean error when {year} was forecast from the year before",
        [
            PageColumn("rule", "Continued"),
            PageColumn("elsewhere", "Other CCGs' registers", "percent"),
            PageColumn("own", f"{document.name}'s registers", "percent"),
            PageColumn("used", "In the plan"),
        ],
        [
            {
                "rule": words.capital(words.register_rule_name(rule)),
                "elsewhere": rule.elsewhere_error_pct,
                "own": rule.own_error_pct,
                "used": "used" if rule.used else "",
            }
            for rule in document.register_rules
        ],
    )


def series(document: Backtest, sort: str = "error", group: str = ALL) -> PageTable:
    """Every forecast of a group, or of all, that something can be compared with."""
    rows = [_row(document, f) for f in _known(document) if group in (ALL, f.group)]
    orders: dict[str, Any] = {
        "error": lambda r: -abs(r["error_pct"]),
        "group": lambda r: (r["group"], r["name"], r["period"]),
        "name": lambda r: (r["name"], r["period"]),
        "outside": lambda r: (r["inside"] == "inside", -abs(r["error_pct"])),
    }
    return PageTable(
        "backtest-series",
        "Every forecast compared with what happened",
        [
            PageColumn("name", "Series"),
            PageColumn("group", "Group"),
            PageColumn("period", "Period"),
            PageColumn("ours", "Forecast", "count"),
            PageColumn("low", "10%", "count"),
            PageColumn("high", "90%", "count"),
            PageColumn("actual", "What happened", "count"),
            PageColumn("error_pct", "Error", "percent"),
            PageColumn("inside", "80% interval"),
            PageColumn("last_value", "Last value", "count"),
            PageColumn("straight_line", "Straight line", "count"),
        ],
        sorted(rows, key=orders.get(sort, orders["error"])),
    )


def _row(document: Backtest, f: ForecastPart) -> dict[str, Any]:
    return {
        "name": name_of(document, f),
        "group": words.capital(f.group),
        "period": f.period,
        "ours": f.interval.central,
        "low": f.interval.p10,
        "high": f.interval.p90,
        "actual": f.actual,
        "error_pct": 100 * (f.interval.central / f.actual - 1) if f.actual else None,
        "inside": "inside" if f.inside else "outside",
        "last_value": f.last_value,
        "straight_line": f.straight_line,
    }


def name_of(document: Backtest, f: ForecastPart) -> str:
    """A series with its body, where that is not the place itself."""
    series_ = words.capital(f.series)
    body = document.body_names.get(f.body, f.body)
    return series_ if body == document.name else f"{body}: {words.inside(series_)}"


def group_shown(document: Backtest, wanted: str) -> str:
    """The group whose series are shown: the one asked for, else the one that held least."""
    groups_ = _groups(document)
    if wanted == ALL or any(p.group == wanted for p in groups_):
        return wanted
    return min(groups_, key=lambda p: p.coverage_pct).group if groups_ else ""


def last_of_each(document: Backtest, group: str) -> list[ForecastPart]:
    """The longest forecast of each series of a group, of those that something is compared with."""
    chosen: dict[tuple[str, str], ForecastPart] = {}
    for f in _known(document):
        if f.group == group and f.last_value:
            kept = chosen.get((f.body, f.series))
            if kept is None or f.steps > kept.steps:
                chosen[f.body, f.series] = f
    return list(chosen.values())


def series_description(parts: Sequence[ForecastPart]) -> str:
    """What the picture of series shows, in a sentence."""
    inside = sum(bool(f.inside) for f in parts)
    return (
        f"Forecasts of {len(parts)} series with their 80% intervals, as change since the last "
        f"known value: what happened fell within {inside} of them."
    )
