"""Tables of the back-test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from paper.documents import Documents, Table, made_from
from paper.rows import markdown, number_text


def _scores(scores: Iterable[Mapping[str, Any]]) -> str:
    rows = [
        [
            s["group"],
            str(s["series"]),
            number_text(s["error_pct"]),
            number_text(s["bias_pct"]),
            number_text(s["last_value_error_pct"]),
            number_text(s["straight_line_error_pct"]),
            number_text(s["coverage_pct"], 0),
            f"{s['smaller_than_both']} of {s['straight_lines']}" if s["straight_lines"] else "–",
        ]
        for s in scores
    ]
    headers = (
        *("group", "series", "error, %", "bias, %", "error of the last value", "of a line"),
        *("inside the 80% interval, %", "better than both"),
    )
    return markdown(headers, rows)


def backtest(d: Documents) -> str:
    """Forecasts of the place, its trusts and England from the early base."""
    about = f"base {d.backtest['base']}, {d.backtest['draws']} draws"
    return _scores(d.backtest["scores"]) + made_from(d.backtest, about)


def backtest_elsewhere(d: Documents) -> str:
    """The same methods for everybody else held."""
    return _scores(d.backtest["elsewhere"]) + made_from(d.backtest)


def backtest_verdict(d: Documents) -> str:
    """The result, in the document's own sentences."""
    return "\n".join(f"- {line}" for line in d.backtest["verdict"])


def backtest_limits(d: Documents) -> str:
    """What weakens it, in the document's own sentences."""
    return "\n".join(f"- {line}" for line in d.backtest["limits"])


TABLES: Mapping[str, Table] = {
    "backtest": backtest,
    "backtest-elsewhere": backtest_elsewhere,
    "backtest-verdict": backtest_verdict,
    "backtest-limits": backtest_limits,
}
