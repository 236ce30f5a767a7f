"""Spend that is stated for another year than the plan starts from: said, never silent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tripleaim.accounts import prices_of_another_year
from tripleaim.place import load
from tripleaim.plan import check_footprint
from tripleaim.wording import sentence

LATER = 'base_year = "2025/26"\nyears = ["2026/27", "2027/28", "2028/29"]\n'


@pytest.fixture
def later(hamlet: Path, tmp_path: Path) -> Path:
    """The hamlet with a plan that starts ten years later than England's prices."""
    folder = tmp_path / "hamlet"
    folder.mkdir()
    for file in hamlet.iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())
    text = (folder / "place.toml").read_text("utf-8").split("\n")
    kept = [line for line in text if not line.startswith(("base_year", "years"))]
    at = next(i for i, line in enumerate(kept) if line.startswith("builds_on")) + 1
    (folder / "place.toml").write_text("\n".join([*kept[:at], LATER, *kept[at:]]), "utf-8")
    return folder


@pytest.mark.parametrize("name", ["somerset", "northamptonshire"])
def test_a_plan_that_starts_in_the_year_of_its_prices_says_nothing(name: str) -> None:
    assert prices_of_another_year(load(name)) is None


def test_a_place_of_2026_27_says_that_its_prices_are_those_of_2015_16(later: Path) -> None:
    found = prices_of_another_year(load(later))
    assert found is not None
    assert found.base_year == "2025/26"
    assert set(found.lines) == {"2015/16"}
    assert len(found.lines["2015/16"]) == found.of == 7
    said = sentence(found)
    assert "Nothing carries them to 2025/26" in said
    assert said in check_footprint(later).notes


def test_a_figure_of_the_places_own_year_is_no_longer_named(later: Path) -> None:
    place = load(later)
    own = replace(place.figure("spend-per-head.acute"), year="2025/26")
    found = prices_of_another_year(replace(place, figures={**place.figures, own.id: own}))
    assert found is not None
    assert "spend-per-head.acute" not in found.figures
    assert len(found.figures) == 6
