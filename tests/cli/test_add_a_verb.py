"""The how-to for a verb works as it stands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import typer
from typer.testing import CliRunner

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-verb.md"


def test_the_verb_of_the_how_to_prints_what_grows_fastest(hamlet: Path, tmp_path: Path) -> None:
    code = re.search(
        r"fastest\.py`:\n\n```python\n(.*?)^```$", HOW_TO.read_text("utf-8"), re.M | re.S
    )
    assert code is not None
    held: dict[str, object] = {"__name__": "fastest"}
    exec(compile(code[1], "fastest.py", "exec"), held)  # noqa: S102 - our own document
    app = typer.Typer()
    app.command("fastest")(held["fastest"])  # type: ignore[arg-type]
    words = [str(hamlet), "--data", str(tmp_path)]
    printed = CliRunner().invoke(app, words, catch_exceptions=False).stdout.splitlines()
    growth = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)
    assert [line.split()[0] for line in printed] == list(growth)
    assert list(growth.values()) == sorted(growth.values(), reverse=True)
