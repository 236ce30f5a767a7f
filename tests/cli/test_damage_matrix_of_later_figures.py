"""`backtest --run` over every file of a run, damaged in several ways: each is named before work."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.command_line import tripleaim
from tests.damages import damaged, names_of, of_another_run

from tripleaim.core import RunContext
from tripleaim.place import load
from tripleaim.plan import run_plan

FEW = ("missing", "cut at half", "of another run")


@pytest.fixture
def run(hamlet: Path, hamlet_run: Path, tmp_path: Path) -> Path:
    """The folder of a run beside one of another seed."""
    run_plan(load(hamlet), RunContext(8), tmp_path / "data" / "other")
    return Path(shutil.copytree(hamlet_run, tmp_path / "data" / "hamlet"))


def test_a_damaged_run_is_named_and_not_left_out_of_a_comparison(
    run: Path, hamlet: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later"
    later.mkdir()
    (later / "ae.csv").write_text("body,series,period,value\nRBA,attendances,2017,1\n", "utf-8")
    typed = ("backtest", hamlet, "--actuals", later, "--run", run)
    whole = tripleaim(*typed)
    assert "backtest.toml" in whole.stderr  # once the run was read: the hamlet ships no history
    wrong: list[str] = []
    refused = 0
    for path in sorted(one for one in run.rglob("*") if one.is_file() and one.name[0] != "."):
        other = of_another_run(path, run, run.parent / "other")
        for damage in FEW:
            with damaged(path, damage, other=other, aside=tmp_path) as another:
                ended = tripleaim(*typed)
                named = any(name in ended.stderr for name in names_of(path))
                refused += named
                told = ended.returncode == 2 and named and "again" in ended.stderr
                if another and not told and ended.stderr != whole.stderr:
                    wrong.append(f"{path.name}, {damage}: {ended.returncode} {ended.stderr}")
                if another and not named and "results" in path.parts and path.suffix != ".sha256":
                    wrong.append(f"{path.name}, {damage}: not named")
    assert wrong == []
    assert refused > 20
