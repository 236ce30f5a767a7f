"""A back-test of every board as tables in the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console

from tripleaim.board_backtest import MEASURES, BoardBacktest, BoardMeasure, ForecastScore, scores_by
from tripleaim.cli.tables import headed

WORST = 5
"""How many boards are named as the worst of a measure."""


def backtest_places(out: Console, result: BoardBacktest) -> None:
    """Scores by measure beside the naive forecasts, then by board, then the worst by name."""
    by_measure = scores_by(result.rows, lambda row: row.measure)
    by_pair = scores_by(result.rows, lambda row: (row.board, row.measure))
    _measures(out, result, by_measure)
    for measure in MEASURES:
        if measure.id in by_measure:
            out.print(_verdict(measure, by_measure[measure.id]), highlight=False, soft_wrap=True)
        else:
            out.print(f"{measure.title}: nothing to compare with.", highlight=False)
    _boards(out, result, by_pair)
    out.print()
    out.print("Worst boards", style="bold")
    for measure in MEASURES:
        scored = {board: one for (board, name), one in by_pair.items() if name == measure.id}
        worst = sorted(scored, key=lambda board: -scored[board].error_pct)[:WORST]
        if worst:
            told = ", ".join(
                f"{result.names[board]} ({scored[board].error_pct:.1f}%, "
                f"{scored[board].coverage_pct:.0f}% inside)"
                for board in worst
            )
            out.print(f"- {measure.title}: {told}", highlight=False, soft_wrap=True)
    unknown = [
        name for board, name in result.names.items() if not any(board == one for one, _ in by_pair)
    ]
    if unknown:
        out.print(
            f"Nothing to compare with: {', '.join(unknown)}. --actuals DIR reads it.",
            highlight=False,
            soft_wrap=True,
        )


def naive_error(measure: BoardMeasure, score: ForecastScore) -> float | None:
    """The error of the naive forecast that a measure is to beat."""
    return score.year_before_error_pct if measure.yearly else score.last_value_error_pct


def _verdict(measure: BoardMeasure, score: ForecastScore) -> str:
    naive = naive_error(measure, score)
    name = "the same month a year before" if measure.yearly else "the last value"
    if naive is None:
        return f"{measure.title}: {name} is not known for all."
    better = "better than" if score.error_pct < naive else "NOT better than"
    return f"{measure.title}: {better} {name} ({score.error_pct:.1f}% against {naive:.1f}%)."


def _measures(out: Console, result: BoardBacktest, scores: Mapping[str, ForecastScore]) -> None:
    table = headed(
        f"All boards, from what was known on {result.start.isoformat()}",
        *("Measure", "Values", "Error", "Bias", "Inside the 80% interval"),
        *("Last value's error", "Year before's error"),
    )
    for measure in MEASURES:
        if measure.id in scores:
            one = scores[measure.id]
            table.add_row(
                *(measure.title, f"{one.compared:,}", f"{one.error_pct:.1f}%"),
                *(f"{one.bias_pct:+.1f}%", f"{one.coverage_pct:.0f}%"),
                *(_pct(one.last_value_error_pct), _pct(one.year_before_error_pct)),
            )
    out.print(table)


def _boards(
    out: Console, result: BoardBacktest, scores: Mapping[tuple[str, str], ForecastScore]
) -> None:
    table = headed(
        "By board: error (part inside the 80% interval)",
        "Board",
        *(measure.title for measure in MEASURES),
    )
    for board, name in result.names.items():
        cells = []
        for measure in MEASURES:
            one = scores.get((board, measure.id))
            cells.append(f"{one.error_pct:.1f}% ({one.coverage_pct:.0f}%)" if one else "")
        table.add_row(f"{board} {name.removeprefix('NHS ')}", *cells)
    out.print(table)


def _pct(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}%"
