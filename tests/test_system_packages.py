"""What `make test` installs through apt, and what it says where it may not."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "requirements" / "system.py"

_spec = importlib.util.spec_from_file_location("system_packages", SCRIPT)
assert _spec is not None
assert _spec.loader is not None
system = importlib.util.module_from_spec(_spec)
sys.modules["system_packages"] = system
_spec.loader.exec_module(system)


def present(*commands: str) -> object:
    return lambda command: f"/usr/bin/{command}" if command in commands else None


def test_either_name_of_a_browser_will_do() -> None:
    assert system.missing(present("chromium-browser", "java")) == []
    assert [need.commands for need in system.missing(present("chromium"))] == [("java",)]


@pytest.mark.parametrize(
    ("user", "commands", "sudo_works", "expected"),
    [
        (0, ("apt-get",), False, ()),
        (1000, ("apt-get", "sudo"), True, ("sudo", "-n")),
        (1000, ("apt-get", "sudo"), False, "you are not root and sudo asks for a password"),
        (1000, ("apt-get",), False, "you are not root and there is no sudo"),
        (0, (), False, "this machine has no apt-get"),
    ],
)
def test_a_user_who_may_not_install_is_told_why(
    user: int, commands: tuple[str, ...], sudo_works: bool, expected: object
) -> None:
    assert system.prefix(user, present(*commands), lambda _: sudo_works) == expected


def test_the_next_java_is_tried_where_the_first_is_unknown() -> None:
    tried: list[str] = []

    def run(command: Sequence[str]) -> bool:
        tried.append(command[-1])
        return command[-1] == "openjdk-21-jre-headless"

    java = next(need for need in system.NEEDS if "java" in need.commands)
    assert system.install(java, (), run)
    assert tried == ["openjdk-17-jre-headless", "openjdk-21-jre-headless"]
    assert not system.install(java, (), lambda _: False)


def test_what_is_left_out_is_named_with_the_command_that_brings_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": str(tmp_path)},
        encoding="utf-8",
    )
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) == len(system.NEEDS)
    for line, need in zip(lines, system.NEEDS, strict=True):
        assert line.startswith(f"Left out: {need.what}, since {need.commands[0]} is missing")
        assert "this machine has no apt-get" in line
        assert line.endswith(f"apt-get install {' '.join(need.packages[0])}")
