"""Scores of forecasts that have an actual, and the verb that prints them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from command_line import tripleaim
from tripleaim.board_backtest import BoardForecast, scores_by


def row(board: str, forecast: float, actual: float | None, **naive: float) -> BoardForecast:
    return BoardForecast(
        *(board, "registered", "2024-05", forecast, forecast - 10, forecast + 10, actual),
        naive.get("last"),
        naive.get("before"),
    )


def test_errors_are_shares_of_what_happened() -> None:
    rows = [
        row("QKS", 110, 100, last=100, before=90),
        row("QKS", 150, 200, last=100, before=100),
        row("QKS", 1, None),
        row("QSL", 7, None),
    ]
    scores = scores_by(rows, lambda one: one.board)
    assert list(scores) == ["QKS"]
    one = scores["QKS"]
    assert one.compared == 2
    assert one.error_pct == pytest.approx(17.5)
    assert one.bias_pct == pytest.approx(-7.5)
    assert one.coverage_pct == 50
    assert one.last_value_error_pct == pytest.approx(25)
    assert one.year_before_error_pct == pytest.approx(30)


def test_a_naive_forecast_that_is_missing_once_is_not_scored() -> None:
    rows = [row("QKS", 110, 100, last=100, before=90), row("QKS", 90, 100, last=100)]
    one = scores_by(rows, lambda one: one.board)["QKS"]
    assert one.last_value_error_pct == 0
    assert one.year_before_error_pct is None


def test_the_command_writes_all_rows_and_names_the_worst(tmp_path: Path) -> None:
    later = tmp_path / "later"
    later.mkdir()
    (later / "own.csv").write_text(
        "board,measure,period,actual\nQKS,registered,2024-04,2000000\n", "utf-8"
    )
    target = tmp_path / "out" / "rows.csv"
    done = tripleaim(
        *("backtest-places", "--from", "2024-03-31", "--actuals", later, "--out", target)
    )
    assert done.returncode == 0, done.stderr
    assert "own.csv: actuals by board, 1 after the start" in done.stderr
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["board", "measure", "period", "forecast", "low", "high", "actual"]
    assert len(rows) == 36 * (5 * 24 + 8)
    kent = [one for one in rows if one["board"] == "QKS" and one["actual"]]
    assert [(one["measure"], one["period"], one["actual"]) for one in kent] == [
        ("registered", "2024-04", "2000000")
    ]
    assert "NOT better than the last value" in done.stdout
    assert "Worst boards" in done.stdout
    assert "Nothing to compare with: NHS Lancashire" in done.stdout


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--from", "March 2024"), "--from: expected a day such as 2024-03-31"),
        (("--from", "2024-03-31", "--to", "2026"), "--to: expected a day such as"),
        (("--from", "2026-03-31"), "months before 2026-03-31"),
        (("--from", "2016-03-31"), "months before 2026-03-31"),
        (("--from", "2022-06-30"), "expected a later day"),
    ],
)
def test_a_day_that_is_none_or_out_of_reach_is_refused(
    typed: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    done = tripleaim("backtest-places", *typed, "--out", tmp_path / "rows.csv")
    assert done.returncode == 2
    assert said in done.stderr.replace("\n", " ")
    assert not (tmp_path / "rows.csv").exists()
