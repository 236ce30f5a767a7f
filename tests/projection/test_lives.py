"""Lives over the whole plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tripleaim.people import People
from tripleaim.place import InputError, Place
from tripleaim.projection import Trajectory, fit_laws, project


def test_people_are_conserved(lives: Trajectory) -> None:
    for y, year in enumerate(lives.years[:-1]):
        now, then, one = lives.present[y].sum(), lives.present[y + 1].sum(), lives.events[year]
        assert now + one.births + one.arrivals - one.deaths - one.departures == then


def test_nobody_comes_back(few: People, lives: Trajectory) -> None:
    joins = (np.diff(lives.present.astype(np.int8), axis=0) == 1).sum(axis=0)
    assert lives.present[0, : len(few)].all()
    assert not joins[: len(few)].any()
    assert joins[len(few) :].max() == 1


def test_conditions_that_cannot_be_lost_are_kept(lives: Trajectory) -> None:
    # Three can be left; the registers of two more lose people, as their files say.
    lost = ("asthma", "depression", "epilepsy", "learning_disability", "serious_mental_illness")
    kept = ~lives.people.mask(lost)
    for y in range(1, len(lives.years)):
        stayed = lives.present[y - 1] & lives.present[y]
        before = lives.conditions[y - 1][stayed] & kept
        assert not (before & ~lives.conditions[y][stayed]).any()


def test_the_order_of_people_changes_nothing(
    somerset: Place,
    few: People,
    lives: Trajectory,
    some_of: Callable[[People, np.ndarray], People],
) -> None:
    order = np.random.default_rng(1).permutation(len(few))
    again = project(somerset, some_of(few, order))
    first, second = np.argsort(lives.people.person), np.argsort(again.people.person)
    np.testing.assert_array_equal(lives.people.person[first], again.people.person[second])
    np.testing.assert_array_equal(lives.present[:, first], again.present[:, second])
    np.testing.assert_array_equal(lives.conditions[:, first], again.conditions[:, second])


def test_a_part_of_the_people_has_the_same_lives(
    somerset: Place,
    few: People,
    lives: Trajectory,
    some_of: Callable[[People, np.ndarray], People],
) -> None:
    part = some_of(few, np.arange(1, len(few), 3))
    shard = project(somerset, part, laws=fit_laws(somerset, few))
    row_of = {int(number): i for i, number in enumerate(lives.people.person)}
    rows = np.array([row_of[int(number)] for number in shard.people.person])
    np.testing.assert_array_equal(lives.present[:, rows], shard.present)
    here = shard.present
    np.testing.assert_array_equal(lives.conditions[:, rows][here], shard.conditions[here])
    np.testing.assert_array_equal(lives.people.frailty[rows], shard.people.frailty)


def test_another_seed_gives_other_lives(somerset: Place, few: People, lives: Trajectory) -> None:
    other = project(somerset, replace(few, seed=8))
    assert not np.array_equal(other.present[1, : len(few)], lives.present[1, : len(few)])


def test_a_number_that_leaves_no_room_for_newcomers_is_refused(
    somerset: Place, few: People
) -> None:
    crowded = replace(few, person=few.person + np.uint64(2**32))
    with pytest.raises(InputError, match="today's people, numbered below"):
        project(somerset, crowded)
