"""A small place of its own, whole and without a fault, that a test may spoil."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.place import new


@pytest.fixture
def population(tmp_path: Path) -> Path:
    """A population file: ages 0 to 90, ten people of each age and sex."""
    file = tmp_path / "people.csv"
    lines = [f"{age},{sex},10" for age in range(91) for sex in ("male", "female")]
    file.write_text("\n".join(["age,sex,population", *lines, ""]), encoding="utf-8")
    return file


@pytest.fixture
def arden(tmp_path: Path, population: Path) -> Path:
    """The folder of a made-up place with one solution."""
    folder = new(tmp_path / "arden", population)
    example = folder / "solutions" / "hospital-at-home.toml.example"
    example.rename(folder / "solutions" / "hospital-at-home.toml")
    return folder
