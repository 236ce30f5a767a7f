"""Small places that are made for one test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tripleaim.place import Place, load

PLACE_TOML = """\
id = "village"
name = "Village"
builds_on = "england"
base_year = "2015/16"
years = ["2016/17"]
"""


@pytest.fixture
def village(tmp_path: Path) -> Callable[..., Place]:
    """Makes a place from a population table, with any further files by name."""

    def make(population: str | None = None, **files: str) -> Place:
        (tmp_path / "place.toml").write_text(PLACE_TOML, encoding="utf-8")
        if population is not None:
            (tmp_path / "population.csv").write_text(population, encoding="utf-8")
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return load(str(tmp_path))

    return make


@pytest.fixture
def thousand() -> str:
    """A population of 1,000: ten of each sex and age from 45 to 94, nobody younger."""
    rows = [
        f"{age},{sex},{0 if age < 45 else 10}" for sex in ("male", "female") for age in range(95)
    ]
    return "age,sex,population\n" + "\n".join(rows) + "\n"
