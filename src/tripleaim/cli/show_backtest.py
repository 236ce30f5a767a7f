"""A back-test as tables in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from tripleaim import wording
from tripleaim.backtest import Backtest, ForecastPart, LaterPart, ScorePart
from tripleaim.cli.tables import count, headed


def backtest(out: Console, document: Backtest) -> None:
    """Each forecast beside what happened, scores by group, conclusions and method."""
    out.print(
        f"{document.name}: started in {document.base}, without later data, and compared with "
        f"what happened until {document.last}.",
        highlight=False,
    )
    for group in dict.fromkeys(f.group for f in document.forecasts):
        known = [f for f in document.forecasts if f.group == group and f.actual is not None]
        if known:
            _forecasts(out, group, known, document.body_names)
    _scores(out, f"{document.name}, its trusts and England", document.scores)
    _scores(out, "The same methods for every other CCG and trust with data", document.elsewhere)
    _list(out, "Conclusions", document.verdict)
    rules = wording.register_rules_sentence(document.register_rules)
    _list(out, "How registers grow", [rules] if rules else [])
    if document.later:
        _later(out, document.later, document.body_names)
    _list(out, "Method", document.method)
    _list(out, "Limits", document.limits)


def _later(out: Console, later: LaterPart, names: dict[str, str]) -> None:
    out.print()
    out.print(f"Later figures compared with forecasts from {later.base}", style="bold")
    for point, growth in later.printed_growth_pct_a_year.items():
        out.print(f"The plan prints {growth:+.1f}% a year for {point}.", highlight=False)
    for group in dict.fromkeys(f.group for f in later.forecasts):
        rows = [f for f in later.forecasts if f.group == group]
        _forecasts(out, group, rows, names)
    _scores(out, "Later figures", later.scores)
    if later.printed_error_pct is not None:
        out.print(
            f"The plan's forecasts were wrong by {later.printed_error_pct:.1f}% on average, where "
            "it prints growth.",
            highlight=False,
        )
    if later.plan_scores:
        out.print(wording.plan_scores_sentence(later.plan_scores), highlight=False)
    for sentence in later.unused:
        out.print(f"Not compared: {sentence}", highlight=False)


def _forecasts(
    out: Console, group: str, rows: Sequence[ForecastPart], names: dict[str, str]
) -> None:
    printed = any(f.printed is not None for f in rows)
    planned = any(f.plan is not None for f in rows)
    heads = ["Body", "Series", "Period", "Forecast", "80% interval", "Last value", "Line"]
    heads += ["Printed"] if printed else []
    heads += ["Plan's run"] if planned else []
    table = headed(f"{_capital(group)}, from {rows[0].base}", *heads, "Came", "Error", "", left=3)
    for f in rows:
        actual = f.actual or 0.0
        cells = [names.get(f.body, f.body), f.series, f.period, count(f.interval.central)]
        cells += [f"{count(f.interval.p10)} to {count(f.interval.p90)}", count(f.last_value)]
        cells += [count(f.straight_line)] + ([count(f.printed)] if printed else [])
        cells += [count(f.plan)] if planned else []
        cells += [
            count(f.actual),
            f"{100 * (f.interval.central / actual - 1):+.1f}%" if actual else "",
        ]
        table.add_row(*cells, "" if f.inside else "outside")
    out.print(table)


def _scores(out: Console, title: str, parts: Sequence[ScorePart]) -> None:
    table = headed(
        title,
        "Group",
        "Series",
        "Values",
        "Error",
        "Bias",
        "Last value's error",
        "Line's error",
        "Inside the 80% interval",
        "Better than last value",
        "Better than line",
        "Better than both",
    )
    for p in parts:
        line = p.straight_line_error_pct
        table.add_row(
            _capital(p.group),
            f"{p.series:,}",
            f"{p.forecasts:,}",
            f"{p.error_pct:.1f}%",
            f"{p.bias_pct:+.1f}%",
            f"{p.last_value_error_pct:.1f}%",
            "" if line is None else f"{line:.1f}%",
            f"{p.coverage_pct:.0f}%",
            f"{p.smaller_than_last_value:,} of {p.series:,}",
            f"{p.smaller_than_straight_line:,} of {p.straight_lines:,}" if p.straight_lines else "",
            f"{p.smaller_than_both:,} of {p.straight_lines:,}" if p.straight_lines else "",
        )
    out.print(table)


def _list(out: Console, title: str, sentences: Sequence[str]) -> None:
    out.print()
    out.print(title, style="bold")
    for sentence in sentences:
        out.print(f"- {sentence}", highlight=False, markup=False)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
