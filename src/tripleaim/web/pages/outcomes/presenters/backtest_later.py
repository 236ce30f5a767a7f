"""The plan's own run compared with figures of later years, in words and tables."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim import wording as words
from tripleaim.backtest import Backtest, ForecastPart
from tripleaim.web.pages.outcomes.presenters.backtest import name_of
from tripleaim.web.ui.tables import PageColumn, PageTable


def sentence(document: Backtest) -> str:
    """How far off the plan's own run was beside the rules; empty where none was held."""
    return words.plan_scores_sentence(document.later.plan_scores) if document.later else ""


def by_group(document: Backtest) -> PageTable:
    """The error of the plan's own run by group, beside the rules' and both naive forecasts'.

    The rules' error is over the values of which the run says something; the naive ones' are over
    all that came in the group.
    """
    later = document.later
    scores = {score.group: score for score in later.scores} if later else {}
    return PageTable(
        "backtest-plan-groups",
        "The plan's own run compared with what happened: mean absolute error, % of what happened",
        [
            PageColumn("name", "Group"),
            PageColumn("values", "Values", "count"),
            PageColumn("plan", "The plan's own run", "percent"),
            PageColumn("rule", "The back-test's rules", "percent"),
            PageColumn("last_value", "Last value", "percent"),
            PageColumn("straight_line", "Straight line", "percent"),
        ],
        [
            {
                "name": words.capital(score.group),
                "values": score.forecasts,
                "plan": score.plan_error_pct,
                "rule": score.rule_error_pct,
                "last_value": scores[score.group].last_value_error_pct,
                "straight_line": scores[score.group].straight_line_error_pct,
            }
            for score in (later.plan_scores if later else ())
        ],
    )


def every_value(document: Backtest) -> PageTable:
    """Each later figure of which the plan's run says something, the largest error first."""
    parts = [f for f in document.later.forecasts if f.plan is not None] if document.later else []
    return PageTable(
        "backtest-plan-values",
        "What the plan's own run projected, and what happened",
        [
            PageColumn("name", "Series"),
            PageColumn("group", "Group"),
            PageColumn("period", "Period"),
            PageColumn("plan", "The plan's own run", "count"),
            PageColumn("actual", "What happened", "count"),
            PageColumn("error_pct", "Its error", "percent"),
            PageColumn("rule", "The back-test's rules", "count"),
            PageColumn("printed", "As the plan prints growth", "count"),
            PageColumn("last_value", "Last value", "count"),
            PageColumn("straight_line", "Straight line", "count"),
        ],
        [
            {
                "name": name_of(document, f),
                "group": words.capital(f.group),
                "period": f.period,
                "plan": f.plan,
                "actual": f.actual,
                "error_pct": _error(f),
                "rule": f.interval.central,
                "printed": f.printed,
                "last_value": f.last_value,
                "straight_line": f.straight_line,
            }
            for f in _largest_first(parts)
        ],
    )


def _largest_first(parts: Sequence[ForecastPart]) -> list[ForecastPart]:
    return sorted(parts, key=lambda f: -abs(_error(f) or 0.0))


def _error(part: ForecastPart) -> float | None:
    """How far off the plan's run was, %; None where nothing came to divide by."""
    return 100 * (part.plan / part.actual - 1) if part.plan is not None and part.actual else None
