"""The command line starts at once: verbs import the rooms they need when they are called."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tripleaim import __version__

HEAVY = {"numpy", "numba", "pyarrow", "duckdb", "django", "scipy", "altair", "sqlglot", "openpyxl"}

STARTED = """
import json, sys
sys.argv = ["tripleaim", *sys.argv[1:]]
from tripleaim.cli import main
try:
    main()
except SystemExit:
    pass
print("\\n" + json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


def started(*words: str) -> tuple[str, set[str]]:
    """What the command line prints, and the packages that it imported to do so."""
    done = subprocess.run(
        [sys.executable, "-c", STARTED, *words],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    printed, _, packages = done.stdout.rstrip("\n").rpartition("\n")
    return printed.strip(), set(json.loads(packages))


def test_the_version_is_printed_without_importing_a_verb() -> None:
    printed, packages = started("--version")
    # In a checkout; tests/test_wheel.py has what a wheel says.
    assert re.fullmatch(rf"{re.escape(__version__)} \(.+ commit .+; Python 3.+\)", printed)
    assert not packages & {*HEAVY, "typer", "rich", "pydantic"}


@pytest.mark.parametrize("words", [("--help",), ("place", "--help"), ("plan", "--help"), ()])
def test_help_is_shown_without_importing_a_heavy_package(words: tuple[str, ...]) -> None:
    printed, packages = started(*words)
    assert "Usage" in printed
    assert not packages & HEAVY
