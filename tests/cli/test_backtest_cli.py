"""The verb `backtest`: what it refuses, and the code it leaves with."""

from __future__ import annotations

from pathlib import Path

from command_line import tripleaim


def test_later_figures_at_fault_are_refused_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "ae.csv").write_text("body,series,period,value\nRBA,attendances,2017,x\n", "utf-8")
    done = tripleaim("backtest", "somerset", "--actuals", tmp_path)
    assert done.returncode == 2
    assert "ae.csv" in done.stderr
    assert "line 2" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_place_without_a_history_is_refused() -> None:
    done = tripleaim("backtest", "northamptonshire")
    assert done.returncode == 2
    assert "backtest.toml" in done.stderr.replace("\n", "")


def test_a_template_is_written_and_said(tmp_path: Path) -> None:
    done = tripleaim("backtest", "somerset", "--template", tmp_path / "later")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "later" / "registers.csv").is_file()


def test_a_schema_of_no_document_is_refused() -> None:
    done = tripleaim("schema", "backtst")
    assert done.returncode == 2
    assert 'Did you mean "backtest"?' in done.stderr.replace("\n", " ")
