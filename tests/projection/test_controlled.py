"""Residents follow an official projection where a place has one; nothing moves where it has not."""

from __future__ import annotations

import csv
from pathlib import Path
from shutil import copytree

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.core import RunContext
from tripleaim.people import RESIDENTS_TO_COME, People, read_residents_to_come, synthesise
from tripleaim.place import Draw, load
from tripleaim.plan import run_plan
from tripleaim.projection import (
    AGES,
    Laws,
    Trajectory,
    Vitals,
    fit_laws,
    laws_under,
    project,
    residents_compared,
    vitals_behind,
)
from tripleaim.projection.compared import a_year_on
from tripleaim.projection.controlled import (
    newborns,
    residents_by_age,
    solved_births,
    solved_migration,
)

BAND = np.minimum(np.arange(AGES) // 5, 18)
BANDS = [f"{low}-{low + 4}" for low in range(0, 90, 5)] + ["90+"]
ENDS = range(2015, 2023)


def vitals_of(death: float, birth: float, net: float) -> Vitals:
    births = np.zeros((1, AGES))
    births[:, 20:40] = birth
    return Vitals(
        ("2015/16",), np.full((1, 2, AGES), death), np.full((1, 2), death), births,
        np.full((2, AGES), net), 0.5,
    )  # fmt: skip


heads = st.lists(st.floats(500, 1000), min_size=2 * AGES, max_size=2 * AGES).map(
    lambda cells: np.array(cells).reshape(2, AGES)
)


@settings(max_examples=50, deadline=None)
@given(heads, st.floats(0, 0.3), st.floats(0, 0.1), st.floats(-0.1, 0.1), st.data())
def test_who_started_and_was_born_less_who_died_with_who_came_is_who_is_wanted(
    there: npt.NDArray[np.float64], death: float, birth: float, net: float, data: st.DataObject
) -> None:
    vitals = vitals_of(death, birth, net)
    alive = there * (1 - death)
    born = newborns(alive, vitals, 0)
    end = np.minimum(np.arange(AGES) + 1, AGES - 1)
    usual = np.stack([np.bincount(BAND[end], row * (1 + net), minlength=19) for row in alive])
    usual[:, 0] += born
    growth = data.draw(st.lists(st.floats(0.9, 1.1), min_size=19, max_size=19))
    wanted = usual * growth
    moves = solved_migration(there, vitals, 0, wanted, BAND)
    got = np.stack([np.bincount(BAND[end], row, minlength=19) for row in alive * (1 + moves)])
    got[:, 0] += born
    np.testing.assert_allclose(got, wanted, rtol=1e-9)


def test_nobody_leaves_or_comes_more_often_than_can_be() -> None:
    there, vitals = np.full((2, AGES), 10.0), vitals_of(0.0, 0.0, 0.0)
    wanted = np.full((2, 19), 1000.0)
    wanted[0, 3], wanted[1, 4] = 1e-9, 0.0
    moves = solved_migration(there, vitals, 0, wanted, BAND)
    assert (moves.min(), moves.max()) == (-0.95, 0.95)
    assert (moves[0, 14:19] == -0.95).all()
    # Nobody is wanted where nobody was in the base year: there they move as they usually do.
    assert (moves[1, 19:24] == 0).all()


def test_births_are_levelled_to_the_newborns_wanted_within_half_and_twice() -> None:
    there, vitals = np.full((2, AGES), 1000.0), vitals_of(0.0, 0.1, 0.0)
    # 20 ages of 1,000 women of whom a tenth give birth.
    assert solved_births(there, vitals, 0, 1500.0) == pytest.approx(0.75)
    assert solved_births(there, vitals, 0, 10_000.0) == 2.0
    assert solved_births(there, vitals, 0, 1.0) == 0.5
    assert solved_births(there * 0, vitals, 0, 100.0) == 1.0


@pytest.fixture(scope="module")
def grown(hamlet: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hamlet where every band officially grows by 2% a year, those of 80 and over by 5%."""
    folder = tmp_path_factory.mktemp("grown") / "hamlet"
    copytree(hamlet, folder)
    lines = ["year,sex,age_band,residents,status,source"]
    for year in ENDS:
        for sex in ("male", "female"):
            for b, band in enumerate(BANDS):
                people = (70 - 3 * b) * (1.05 if b >= 16 else 1.02) ** (year - ENDS[0])
                lines.append(f"{year},{sex},{band},{people:.3f},assumed,tripleaim")
    text = "# cause: made up for a test\n" + "\n".join(lines) + "\n"
    (folder / RESIDENTS_TO_COME).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def people(grown: Path) -> People:
    return synthesise(load(grown), RunContext(7))


@pytest.fixture(scope="module")
def laws(grown: Path, people: People) -> Laws:
    return fit_laws(load(grown), people)


@pytest.fixture(scope="module")
def lives(grown: Path, people: People, laws: Laws) -> Trajectory:
    return project(load(grown), people, laws=laws)


def test_a_small_place_follows_within_the_luck_of_a_year(grown: Path, lives: Trajectory) -> None:
    official = read_residents_to_come(load(grown))
    assert official is not None
    there = [
        official.in_bands(
            residents_by_age(lives.people.take(np.flatnonzero(lives.present[y])), year)
        )
        for y, year in enumerate(lives.years)
    ]
    start = official.on_1_january(lives.years[0])
    assert start is not None
    for y, year in enumerate(lives.years[1:], start=1):
        then = official.on_1_january(year)
        assert then is not None
        wanted = there[0] * then / start
        # A year's deaths, births and moves are a tenth of some 1,500 people: 3.5 standard errors.
        assert abs(there[y].sum() - wanted.sum()) < 3.5 * np.sqrt(0.1 * wanted.sum()), year
        assert (np.abs(there[y] - wanted) < 4 * np.sqrt(np.maximum(0.3 * wanted, 4))).all(), year


def test_people_at_the_end_are_those_at_the_start_and_all_who_came_and_went(
    lives: Trajectory,
) -> None:
    present = lives.present.sum(axis=1)
    for y, year in enumerate(lives.years[:-1]):
        now = lives.events[year]
        change = now.births - now.deaths + now.arrivals - now.departures
        assert present[y + 1] - present[y] == change


def test_deaths_by_age_are_the_place_s_own(grown: Path, hamlet: Path, laws: Laws) -> None:
    behind, own = vitals_behind(load(grown), laws), vitals_behind(load(hamlet), laws)
    np.testing.assert_array_equal(behind.death, own.death)
    assert own.net_migration.shape == (2, AGES)
    assert behind.net_migration.shape == (laws.steps, 2, AGES)
    assert behind.birth[0] == pytest.approx(own.birth[0] * behind.birth[0, 30] / own.birth[0, 30])


def test_beyond_the_official_projection_its_last_year_goes_on(grown: Path, people: People) -> None:
    longer = fit_laws(load(grown), people, steps=8)
    lanes = longer.lanes
    solved = longer.hazard[..., [lanes.birth, lanes.departure, lanes.arrival]]
    # 1 January 2022 is the last between two middles of years: the end of step 6.
    np.testing.assert_array_equal(solved[6], solved[5])
    np.testing.assert_array_equal(solved[7], solved[5])
    assert (solved[5] != solved[4]).any()


def test_a_draw_of_migration_moves_what_was_solved(grown: Path, people: People, laws: Laws) -> None:
    place, lanes = load(grown), laws.lanes
    more = laws_under(place, people, laws, Draw(1, {"migration/net": 1.0}))
    came = laws.hazard[..., lanes.arrival] > 0
    assert (more.hazard[..., lanes.arrival][came] > laws.hazard[..., lanes.arrival][came]).all()
    assert (more.hazard[..., lanes.death] == laws.hazard[..., lanes.death]).all()


def test_a_place_without_the_file_has_the_same_migration_every_year(hamlet: Path) -> None:
    place = load(hamlet)
    people = synthesise(place, RunContext(7))
    uncontrolled = fit_laws(place, people)
    net = uncontrolled.hazard[..., uncontrolled.lanes.arrival]
    assert (net == net[0]).all()


def test_residents_are_shown_as_official_as_projected_and_without_control(
    grown: Path, hamlet: Path, lives: Trajectory
) -> None:
    rows = residents_compared(load(grown), lives)
    assert len(rows) == len(lives.years) * 2 * len(BANDS)
    assert {row.age_band for row in rows} == set(BANDS)
    for y, year in enumerate(lives.years):
        of_year = [row for row in rows if row.year == year]
        assert sum(row.projected for row in of_year) == lives.present[y].sum()
    assert all(row.not_controlled == row.projected for row in rows if row.year == lives.years[0])
    assert residents_compared(load(hamlet), lives) == ()


def test_who_is_expected_without_control_is_who_is_left_and_born() -> None:
    there, vitals = np.full((2, AGES), 100.0), vitals_of(0.1, 0.1, 0.05)
    after = a_year_on(there, vitals, 0)
    # 20 ages of 90 women of whom a tenth give birth; a tenth of the newborns die.
    assert after[:, 0] == pytest.approx(81)
    assert after[:, 1:-1] == pytest.approx(94.5)
    assert after[:, -1] == pytest.approx(2 * 94.5)


def test_a_run_of_a_controlled_place_keeps_the_comparison(
    grown: Path, tmp_path: Path, lives: Trajectory
) -> None:
    run_plan(load(grown), RunContext(7), tmp_path / "run")
    text = (tmp_path / "run" / "residents.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    assert list(rows[0]) == [
        *("year", "sex", "age_band", "official", "projected", "not_controlled"),
    ]
    last = [int(row["projected"]) for row in rows if row["year"] == lives.years[-1]]
    assert sum(last) == lives.present[-1].sum()


def test_a_run_of_another_place_has_no_such_file(hamlet_run: Path) -> None:
    assert not (hamlet_run / "residents.csv").exists()
