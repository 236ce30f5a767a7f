"""Whom solutions reach in the lives that a projection gives, on a fiftieth of Somerset."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from tripleaim.people import People
from tripleaim.place import InputError, Place
from tripleaim.plan.overlap.reach import reach, reach_groups
from tripleaim.projection import Forecast, Trajectory, contacts, forecast


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
def ahead(somerset: Place, lives: Trajectory) -> Forecast:
    return forecast(somerset, lives)


def test_groups_hold_all_who_are_present_and_their_calibrated_contacts(somerset, lives, ahead):
    done = []
    groups = reach_groups(somerset, lives, ahead, done.append)
    assert groups.population == pytest.approx(lives.present[1:].sum(axis=1), rel=0)
    for p, point in enumerate(groups.points_of_delivery):
        for y, year in enumerate(groups.years):
            assert groups.contacts[p, y] == pytest.approx(ahead.calibrated[point][year], rel=1e-5)
    assert done == sorted(done)
    assert done[-1] == 1.0


def test_an_onset_is_counted_in_its_year_among_those_reached_the_year_before(
    somerset, lives, ahead
):
    groups = reach_groups(somerset, lives, ahead)
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
        expected = contacts(somerset, lives, year)[there].sum(axis=0)
        factor = [ahead.factor[p][year] for p in groups.points_of_delivery]
        found = now.contacts.T @ now.sets[now.onsets][:, reached].any(axis=1)
        if year >= "2018/19":
            assert found == pytest.approx(expected * np.array(factor), rel=1e-4)


def test_a_solution_that_reaches_nobody_is_refused_with_file_and_line(somerset, lives, ahead):
    first = somerset.solutions[0]
    nobody = replace(somerset, solutions=(replace(first, who="age > 200"),))
    with pytest.raises(InputError, match="reaches nobody") as fault:
        reach_groups(nobody, lives, ahead)
    assert fault.value.file == str(first.file)
    assert "who = " in first.file.read_text(encoding="utf-8").splitlines()[fault.value.line - 1]
