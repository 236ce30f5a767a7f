from __future__ import annotations

import json
import shutil
from pathlib import Path

from typer.testing import CliRunner

from tripleaim.cli.app import app


def test_futures_are_printed_and_written_and_a_count_is_rounded_up(
    hamlet: Path, hamlet_run: Path, tmp_path: Path
) -> None:
    shutil.copytree(hamlet_run, tmp_path / "hamlet")
    asked = ["futures", str(hamlet), "--data", str(tmp_path / "hamlet"), "--draws", "3"]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0
    assert "3 draws are rounded up to 4" in result.output
    assert "Hamlet: 4 draws" in result.output
    written = json.loads((tmp_path / "hamlet" / "futures.json").read_text(encoding="utf-8"))
    assert written["draws"] == 4
    shown = CliRunner().invoke(app, [*asked[:-1], "4", "--json"])
    assert json.loads(shown.stdout) == written
