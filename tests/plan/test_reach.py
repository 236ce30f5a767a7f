"""Whom solutions reach in the lives that a projection gives, on a fiftieth of Somerset."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import pytest

from tripleaim.activity import CellGrid
from tripleaim.people import People
from tripleaim.place import InputError, Place
from tripleaim.plan.overlap.groups import Groups
from tripleaim.plan.overlap.reach import ReachCount, reach
from tripleaim.plan.overlap.reach_cells import ReachCells, load_cells, save_cells
from tripleaim.projection import (
    ContactModel,
    Trajectory,
    contact_factors,
    contact_inputs,
    contacts,
    count_contacts,
    fit_contacts,
)


@pytest.fixture(scope="module")
def some_people(somerset_people: People) -> People:
    columns = {
        f.name: getattr(somerset_people, f.name)[::50]
        for f in fields(People)
        if isinstance(getattr(somerset_people, f.name), np.ndarray)
    }
    return replace(somerset_people, **columns)


@pytest.fixture(scope="module")
def lives(somerset: Place, some_people: People) -> Trajectory:
    """Nobody is born or dies; every tenth leaves in 2019/20; in 2018/19 all get diabetes."""
    years = (somerset.base_year, *somerset.years)
    present = np.ones((len(years), len(some_people)), dtype=bool)
    present[4:, ::10] = False
    conditions = np.tile(some_people.conditions, (len(years), 1))
    conditions[3:] |= some_people.mask(("diabetes",))
    return Trajectory(some_people, years, present, conditions)


@pytest.fixture(scope="module")
def model(somerset: Place, lives: Trajectory) -> ContactModel:
    return fit_contacts(contact_inputs(somerset), lives)


@dataclass(frozen=True)
class Reached:
    """The lives counted once: groups, their cells, calibration's factors and its contacts."""

    groups: Groups
    cells: ReachCells
    factor: dict[str, dict[str, float]]
    calibrated: dict[str, dict[str, float]]


def count(place: Place, lives: Trajectory) -> Reached:
    reached = ReachCount(place, lives, CellGrid.of(lives.people))
    counted = count_contacts(place, lives, also=reached.add)
    factor = contact_factors(place, counted)
    calibrated = counted.activity("", factor).contacts
    return Reached(reached.groups(factor), reached.cells(factor), factor, calibrated)


@pytest.fixture(scope="module")
def ahead(somerset: Place, lives: Trajectory) -> Reached:
    return count(somerset, lives)


def test_groups_hold_all_who_are_present_and_their_calibrated_contacts(lives, ahead):
    groups = ahead.groups
    assert groups.population == pytest.approx(lives.present[1:].sum(axis=1), rel=0)
    for p, point in enumerate(groups.points_of_delivery):
        for y, year in enumerate(groups.years):
            assert groups.contacts[p, y] == pytest.approx(ahead.calibrated[point][year], rel=1e-5)


def test_an_onset_is_counted_in_its_year_among_those_reached_the_year_before(
    somerset, lives, ahead, model
):
    groups = ahead.groups
    diabetes = groups.conditions.index("diabetes")
    begun = [o for o in groups.onsets if o.condition == diabetes]
    assert {o.year for o in begun} == {somerset.years.index("2018/19")}
    prevention = groups.solutions.index("diabetes-prevention")
    reached = [
        k for k, o in enumerate(groups.onsets) if o in begun and o.solutions >> prevention & 1
    ]
    people = lives.people
    before = reach(somerset, people, "2017/18", lives.conditions[2])
    who = (before >> np.uint64(prevention)) & np.uint64(1) > 0
    for y, year in enumerate(groups.years):
        now = groups.by_year[y]
        held = now.people @ now.sets[now.onsets][:, reached].any(axis=1)
        there = who & lives.present[y + 1]
        assert held == (there.sum() if year >= "2018/19" else 0)
        expected = contacts(lives, year, model)[there].sum(axis=0)
        factor = [ahead.factor[p][year] for p in groups.points_of_delivery]
        found = now.contacts.T @ now.sets[now.onsets][:, reached].any(axis=1)
        if year >= "2018/19":
            assert found == pytest.approx(expected * np.array(factor), rel=1e-4)


def test_a_solution_that_reaches_nobody_is_refused_with_file_and_line(somerset, lives):
    first = somerset.solutions[0]
    nobody = replace(somerset, solutions=(replace(first, who="age > 200"),))
    with pytest.raises(InputError, match="reaches no people") as fault:
        count(nobody, lives)
    assert fault.value.file == str(first.file)
    assert "who = " in first.file.read_text(encoding="utf-8").splitlines()[fault.value.line - 1]


def test_cells_have_the_contacts_of_their_groups_and_of_their_people(lives, ahead, model):
    people = lives.people
    for y, now in enumerate(ahead.cells.by_year):
        groups = ahead.groups.by_year[y]
        for p in range(len(ahead.groups.points_of_delivery)):
            by_group = np.bincount(now.group, now.contacts[:, p], len(groups.people))
            assert by_group == pytest.approx(groups.contacts[:, p], rel=1e-9)
        year = ahead.groups.years[y]
        cell = ahead.cells.grid.cells(people, year, lives.conditions[y + 1])
        expected = contacts(lives, year, model)[:, 0] * ahead.factor["acute-ae"][year]
        by_cell = np.bincount(now.cell, now.contacts[:, 0], len(ahead.cells.grid))
        of_people = np.bincount(cell, expected, len(ahead.cells.grid))
        assert by_cell == pytest.approx(of_people, rel=1e-5)


def test_stored_cells_are_read_back_unchanged_and_damaged_ones_are_refused(ahead, tmp_path):
    path = tmp_path / "reach_cells.npz"
    save_cells(ahead.cells, path, "somerset 7")
    back = load_cells(path, "somerset 7")
    assert back.grid == ahead.cells.grid
    for a, b in zip(back.by_year, ahead.cells.by_year, strict=True):
        assert np.array_equal(a.group, b.group)
        assert np.array_equal(a.cell, b.cell)
        assert np.array_equal(a.contacts, b.contacts)
    with pytest.raises(InputError, match="made from another place or seed"):
        load_cells(path, "somerset 8")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(InputError, match="this file is damaged"):
        load_cells(path, "somerset 7")
    with pytest.raises(InputError, match="this file is missing"):
        load_cells(tmp_path / "none.npz", "somerset 7")
