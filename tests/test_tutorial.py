"""The tutorial on diseases runs as it stands: files are saved, commands are run, lines compared."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from printed import alike

TUTORIAL = Path(__file__).parent.parent / "docs" / "tutorial" / "add-a-disease.md"
BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
pytestmark = pytest.mark.slow
COMMANDS = {
    "python": (sys.executable,),
    "tripleaim": (sys.executable, "-c", "from tripleaim.cli import main; main()"),
}


@dataclass(frozen=True)
class Told:
    """A command in the tutorial, the lines that it prints there, and what it printed here."""

    command: str
    lines: tuple[str, ...]
    printed: str


def run_tutorial(folder: Path) -> list[Told]:
    """Follow the tutorial from its first block to its last, in `folder`."""
    told = []
    for kind, file, body in BLOCK.findall(TUTORIAL.read_text(encoding="utf-8")):
        if file:
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        elif kind == "console":
            told += [run(command, lines, folder) for command, lines in commands(body)]
    return told


def commands(body: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each `$ command` of a block, with the lines under it."""
    parts = re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]
    return [(part.splitlines()[0], tuple(part.splitlines()[1:])) for part in parts]


def run(command: str, lines: tuple[str, ...], folder: Path) -> Told:
    first, *words = shlex.split(command)
    done = subprocess.run(
        [*COMMANDS[first], *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "400"},
        encoding="utf-8",
    )
    return Told(command, lines, done.stdout + done.stderr)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    return run_tutorial(tmp_path_factory.mktemp("tutorial"))


def test_every_line_in_the_tutorial_is_printed(told: list[Told]) -> None:
    missing = [
        (one.command, line, one.printed)
        for one in told
        for line in one.lines
        if not any(alike(line, printed) for printed in one.printed.splitlines())
    ]
    assert missing == []


def test_every_command_of_the_tutorial_is_followed(told: list[Told]) -> None:
    assert len(told) == 8
    assert {one.command.split()[0] for one in told} == set(COMMANDS)
