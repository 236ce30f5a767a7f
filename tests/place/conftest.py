"""A small place of its own, whole and without a fault, that a test may spoil."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from tripleaim.place import InputError, new

T = TypeVar("T")


@pytest.fixture
def population(tmp_path: Path) -> Path:
    """A population file: ages 0 to 90, ten people of each age and sex."""
    file = tmp_path / "people.csv"
    lines = [f"{age},{sex},10" for age in range(91) for sex in ("male", "female")]
    file.write_text("\n".join(["age,sex,population", *lines, ""]))
    return file


@pytest.fixture
def arden(tmp_path: Path, population: Path) -> Path:
    """The folder of a made-up place with one solution."""
    folder = new(tmp_path / "arden", population)
    example = folder / "solutions" / "hospital-at-home.toml.example"
    example.rename(folder / "solutions" / "hospital-at-home.toml")
    return folder


def spoil(file: Path, old: str, with_: str) -> int:
    """Replace the one `old` in `file`; returns the line it stands on."""
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, with_))
    return text[: text.index(old)].count("\n") + 1


def outcome(read: Callable[[], T]) -> T | InputError:
    """What `read` gives, or the fault of input that it raises; any other exception passes."""
    try:
        return read()
    except InputError as fault:
        return fault
