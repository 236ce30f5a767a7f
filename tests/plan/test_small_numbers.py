"""A small place says by how much luck moves its numbers, and luck does move them by as much."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tripleaim.activity import OF_WHOM, Question
from tripleaim.core import RunContext
from tripleaim.measures import (
    FEW_ALIKE,
    luck_share,
    people_alike,
    small_number,
    small_numbers,
    small_share,
)
from tripleaim.people import synthesise
from tripleaim.place import Place, load, new
from tripleaim.plan import PlanDocument, run_plan
from tripleaim.plan.workspace import Workspace
from tripleaim.projection import CountedContacts, count_contacts, project
from tripleaim.web.pages.people.presenters import groups, has_small_numbers

SEEDS = 16
PEOPLE = 484


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A place of 484 people."""
    folder = tmp_path_factory.mktemp("village")
    lines = ["age,sex,population"]
    lines += [f"{a},{s},{3 if a < 60 else 2}" for a in range(91) for s in ("male", "female")]
    (folder / "population.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load(str(new(folder / "village", folder / "population.csv", name="Village")))


@pytest.fixture(scope="module")
def by_seed(village: Place) -> list[CountedContacts]:
    """Its contacts as each of several draws of its people and their lives has them."""
    counted = []
    for seed in range(SEEDS):
        people = synthesise(village, RunContext(seed))
        assert len(people) == PEOPLE
        counted.append(count_contacts(village, project(village, people, RunContext(seed))))
    return counted


@pytest.fixture(scope="module")
def last_year(by_seed: list[CountedContacts]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Contacts, and people alike behind them, by seed and point of delivery."""
    return (
        np.array([c.totals[-1] for c in by_seed]),
        np.array([people_alike(c.quantity[-1], c.people[-1]) for c in by_seed]),
    )


def test_the_stated_noise_is_the_noise_of_other_draws_of_the_people(
    village: Place, last_year: tuple[NDArray[np.float64], NDArray[np.float64]]
) -> None:
    """Of kinds of care that few people carry; never too little, nor more than twice as much."""
    contacts, alike = last_year
    real = contacts.std(axis=0, ddof=1) / contacts.mean(axis=0)
    stated = (1 / np.sqrt(alike)).mean(axis=0)
    few = alike.mean(axis=0) < FEW_ALIKE
    points = [p.id for p in village.points_of_delivery]
    assert {"continuing-health-care", "community", "social-care"} <= set(np.array(points)[few])
    # Sixteen draws know a standard deviation within a third or so.
    assert np.all(stated[few] > 0.67 * real[few])
    assert np.all(stated[few] < 2 * real[few])


def test_the_interval_holds_about_eight_draws_of_ten(
    village: Place, last_year: tuple[NDArray[np.float64], NDArray[np.float64]]
) -> None:
    contacts, alike = last_year
    p = [one.id for one in village.points_of_delivery].index("continuing-health-care")
    middle = float(np.median(contacts[:, p]))
    held = []
    for quantity, carried in zip(contacts[:, p], alike[:, p], strict=True):
        small = small_number(float(quantity), float(carried))
        assert small is not None
        held.append(small.interval.low <= middle <= small.interval.high)
    assert 0.65 <= np.mean(held) <= 1
    spread = contacts[:, p].max() / contacts[:, p].min() - 1
    assert spread > 0.4  # the seeds differ by much, which is why it must be said


def test_equal_people_are_counted_and_one_with_everything_is_one() -> None:
    assert people_alike([5.0, 5.0, 5.0], [1, 1, 1]) == pytest.approx(3)
    assert people_alike([30.0], [30]) == pytest.approx(30)
    assert people_alike([100.0, 0.0], [1, 99]) == pytest.approx(1)
    assert people_alike(np.array([[1.0, 0.0], [3.0, 0.0]]), [1, 1]) == pytest.approx([1.6, 0])


def test_a_number_of_many_people_and_a_zero_have_no_noise_to_report() -> None:
    assert small_number(1000.0, FEW_ALIKE) is None
    assert small_number(0.0, 5.0) is None
    small = small_number(1000.0, 25.0)
    assert small is not None
    assert small.noise_pct == pytest.approx(20)
    assert small.interval.low < 1000 * (1 - 0.8 * luck_share(25.0))
    assert small.interval.low * small.interval.high == pytest.approx(1000.0**2)


def test_a_share_that_few_carry_has_limits_within_zero_and_one() -> None:
    """Wilson's limits of 3 of 40 at 80%, by hand: z = 1.28155, (7.642 -+ 4.575) / 83.285."""
    few = small_share(3, 40)
    assert few is not None
    assert (few.value, few.low, few.high) == pytest.approx((0.075, 0.0369, 0.1465), abs=2e-4)
    none = small_share(0, 40)
    assert none is not None
    assert none.low == 0
    assert none.high == pytest.approx(1.642374 / 41.642374, rel=1e-5)
    assert small_share(40, 40) is not None
    assert small_share(FEW_ALIKE, 4_000) is None
    assert small_share(0, 0) is None


def test_a_practice_of_few_people_says_by_how_much_luck_moves_its_shares() -> None:
    few = {
        "id": "a", "name": "a", "within": "", "people": 300, "pct": 5.0, "england_pct": None,
        "aged_75_pct": 10.0, "most_deprived_pct": 2.0, "conditions_a_head": 0.5,
        "two_or_more_pct": 4.0, "conditions_alike": 80.0,
    }  # fmt: skip
    many = few | {"id": "b", "people": 9_000, "conditions_alike": 2_000.0, "two_or_more_pct": 9.0}
    table = groups({"practices": [few, many]}, "practices", "Practice", "People by practice")
    first, second = table.rows
    share = small_share(6, 300)
    assert share is not None
    assert first["most_deprived_pct_low"] == pytest.approx(100 * share.low)
    assert first["conditions_a_head_low"] < 0.5 < first["conditions_a_head_high"]
    assert second["most_deprived_pct_low"] is None
    keys = [column.key for column in table.columns]
    assert keys.index("two_or_more_pct_low") == keys.index("two_or_more_pct") + 1
    assert not [key for key in keys if key.startswith("aged_75_pct_")]
    assert has_small_numbers({"practices": [few, many]})
    large = groups({"practices": [many]}, "practices", "Practice", "People by practice")
    assert not [c for c in large.columns if c.key.endswith("_low")]
    assert not has_small_numbers({"practices": [many]})


@pytest.fixture(scope="module")
def run(village: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "village"
    run_plan(village, RunContext(7), folder)
    return folder


@pytest.fixture(scope="module")
def workspace(run: Path, village: Place) -> Workspace:
    return Workspace.open(run, str(village.folder))


def test_the_plan_of_a_small_place_says_how_far_luck_moves_it(run: Path, village: Place) -> None:
    document = PlanDocument.model_validate_json((run / "plan.json").read_text(encoding="utf-8"))
    care = next(p for p in document.points_of_delivery if p.id == "continuing-health-care")
    value = document.activity["do_nothing"][care.id][village.last_year]
    assert care.by_luck is not None
    low, high = care.by_luck
    assert low < 0.85 * value < 1.15 * value < high
    (note,) = [n for n in document.notes if "so chance changes the cost" in n]
    assert "either way (10% to 90%)" in note


def test_a_cut_of_a_small_place_has_limits_where_few_people_carry_it(workspace: Workspace) -> None:
    year = workspace.place.last_year
    whole = Question(("point_of_delivery",), "do_nothing", (year,))
    small = small_numbers(workspace.activity, workspace.people_by_cell, whole)
    assert ("continuing-health-care",) in small
    assert ("gp",) not in small
    oldest = Question(("sex",), "do_nothing", (year,), {"age_band": ("85+",)}, "cost")
    of_oldest = small_numbers(workspace.activity, workspace.people_by_cell, oldest)
    assert set(of_oldest) == {("male",), ("female",)}
    contracts = Question(("provider",), "do_nothing", (year,))
    assert small_numbers(workspace.activity, workspace.people_by_cell, contracts) == {}


def test_each_row_of_a_cut_has_the_limits_of_the_people_of_its_own_cells(
    workspace: Workspace,
) -> None:
    years = workspace.place.years[-2:]
    question = Question(("age_band", "point_of_delivery"), "do_nothing", years)
    cell = ("year", *OF_WHOM)
    heads = workspace.people_by_cell.by(*cell, year=years)
    pairs: dict[tuple[str, ...], list[tuple[float, int]]] = {}
    sums = workspace.activity.by(
        *cell, "point_of_delivery", year=list(years), scenario="do_nothing"
    )
    for row in sums.to_pylist():
        key = row["age_band"], row["point_of_delivery"], row["year"]
        people = heads.get(tuple(str(row[name]) for name in cell), 0)
        pairs.setdefault(key, []).append((row["quantity"], people))
    expected = {}
    for key, of_row in pairs.items():
        amounts, people = zip(*of_row, strict=True)
        one = small_number(sum(amounts), float(people_alike(amounts, people)))
        if one is not None:
            expected[key] = (one.interval.low, one.interval.high)
    found = small_numbers(workspace.activity, workspace.people_by_cell, question)
    assert len(expected) > 5
    assert set(found) == set(expected)
    for key, limits in expected.items():
        assert (found[key].interval.low, found[key].interval.high) == pytest.approx(limits)
