"""Spend that is stated for another year than the plan starts from: said, never silent."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from tripleaim.accounts import account_inputs, prices_of_another_year
from tripleaim.place import InputError, load, name_old_defaults, price_factor
from tripleaim.plan import check_footprint
from tripleaim.web.pages.money.tables import carried_prices, price_rises
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
    name_old_defaults(folder)
    return folder


@pytest.mark.parametrize("name", ["somerset", "northamptonshire"])
def test_a_plan_that_starts_in_the_year_of_its_prices_says_nothing(name: str) -> None:
    assert prices_of_another_year(load(name)) is None


RISES = (1.0209, 1.0124, 1.016, 1.0214, 1.0249, 1.0258, 1.0732, 1.0247, 1.0402, 1.0483)
"""What NHS prices rose by from 2015/16 to 2025/26, year by year, as printed."""


def test_a_place_of_2026_27_carries_its_prices_from_2015_16(later: Path) -> None:
    """£630 a head for acute care is £851.90 ten years later, by hand."""
    place = load(later)
    found = prices_of_another_year(place)
    assert found is not None
    assert (found.base_year, found.of) == ("2025/26", 7)
    assert {year: len(prices) for year, prices in found.by_year(carried=True).items()} == {
        "2015/16": 7
    }
    assert not found.by_year(carried=False)
    factor = math.prod(RISES)
    assert factor == pytest.approx(1.352225, abs=5e-7)
    acute = next(p for p in found.prices if p.figure.id == "spend-per-head.acute")
    assert acute.factor == pytest.approx(factor, rel=1e-12)
    assert acute.carried == pytest.approx(851.90, abs=0.005)
    line = account_inputs(place).line("acute")
    assert line.per_head == acute.carried
    said = sentence(found)
    assert "acute care £630 a head to £852 a head" in said
    assert "(status: assumed)" in said
    assert "changes since then in how much care is bought" in said
    assert said in check_footprint(later).notes


def test_a_price_outside_the_index_stays_and_is_reported(later: Path) -> None:
    place = load(later)
    old = replace(place.figure("spend-per-head.acute"), year="1999/00")
    found = prices_of_another_year(replace(place, figures={**place.figures, old.id: old}))
    assert found is not None
    assert [p.figure.id for p in found.by_year(carried=False)["1999/00"]] == [old.id]
    assert next(p for p in found.prices if p.figure.id == old.id).carried == 630
    assert "No index converts 1 of 7 (acute care) of 1999/00 to 2025/26" in sentence(found)


def test_a_figure_of_the_places_own_year_is_no_longer_named(later: Path) -> None:
    place = load(later)
    own = replace(place.figure("spend-per-head.acute"), year="2025/26")
    place = replace(place, figures={**place.figures, own.id: own})
    found = prices_of_another_year(place)
    assert found is not None
    assert "spend-per-head.acute" not in {p.figure.id for p in found.prices}
    assert len(found.prices) == 6
    assert account_inputs(place).line("acute").per_head == 630


def test_prices_are_carried_both_ways_and_by_way_of_any_year(later: Path) -> None:
    place = load(later)
    there = price_factor(place, "2015/16", "2025/26")
    back = price_factor(place, "2025/26", "2015/16")
    first, second = (
        price_factor(place, *years) for years in (("2015/16", "2019/20"), ("2019/20", "2025/26"))
    )
    assert there is not None
    assert back is not None
    assert first is not None
    assert second is not None
    assert there * back == pytest.approx(1, rel=1e-12)
    assert first * second == pytest.approx(there, rel=1e-12)
    assert price_factor(place, "2022/23", "2023/24") == pytest.approx(1.0247, rel=1e-12)


def test_after_the_index_a_plans_own_inflation_applies_and_then_none(
    later: Path,
) -> None:
    """2.3% a year is what England's defaults have for providers' cost in any other year."""
    place = load(later)
    assert price_factor(place, "2025/26", "2028/29") == pytest.approx(1.023**3, rel=1e-12)
    assert price_factor(place, "2025/26", "2029/30") is None
    assert price_factor(place, "2016", "2025/26") is None


def test_a_price_of_its_own_year_is_untouched(later: Path) -> None:
    place = load(later)
    assert price_factor(place, "2016", "2016") == 1.0
    assert price_factor(load("somerset"), "2016/17", "2016/17") == 1.0


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2016/17,2.09", "2015/16,2.09", "listed twice"),
        ("2016/17,2.09", "2016,2.09", "such as 2016/17"),
        ("2016/17,2.09", "2016/17,1099", "100 or less"),
    ],
)
def test_faults_of_the_index_are_named(later: Path, old: str, new: str, expected: str) -> None:
    text = load(later).text("price_index.csv")
    (later / "price_index.csv").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(InputError, match=expected):
        prices_of_another_year(load(later))


def test_pages_show_each_price_with_its_factor_and_the_index_with_its_sources(later: Path) -> None:
    place = load(later)
    prices, rises = carried_prices(place), price_rises(place)
    assert prices is not None
    assert rises is not None
    acute = next(row for row in prices.rows if row["figure"] == "spend-per-head.acute")
    assert (acute["value"], acute["year"], acute["carried"]) == (630, "2015/16", 851.9)
    assert acute["factor"] == pytest.approx(1.352225, abs=5e-7)
    assert {row["status"] for row in prices.rows} == {"assumed"}
    assert [row["rise"] for row in rises.rows][1:] == pytest.approx(
        [100 * (rise - 1) for rise in RISES]
    )
    assert all("Unit Costs" in row["source"] for row in rises.rows[:-1])
    assert "NHS Payment Scheme" in rises.rows[-1]["source"]
    assert carried_prices(load("somerset")) is None
    assert price_rises(load("somerset")) is None
