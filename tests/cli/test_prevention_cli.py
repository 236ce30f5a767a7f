"""Prevention in the terminal."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from tripleaim.cli.app import app


def test_the_terminal_says_what_fewer_hip_fractures_bring_and_on_what_evidence(
    hamlet: Path, tmp_path: Path
) -> None:
    asked = ["prevention", str(hamlet), "--years", "6", "--draws", "0", "--data", str(tmp_path)]
    asked += ["--seeds", "2"]
    answer = CliRunner().invoke(app, asked)

    assert answer.exit_code == 0, answer.output
    said = " ".join(answer.stdout.split())  # a narrow terminal breaks lines
    found = re.search(
        r"Hip fractures: [\d.,]+ ± [\d.,]+ fewer, which is [\d.,]+ ± [\d.,]+ of the .*?"
        r" averted; by .*",
        said,
    )
    assert found
    for source in ("haentjens-2010 (evidence)", "katsoulis-2017 (evidence)", "tripleaim (assumed)"):
        assert source in found[0]
