"""The numbers of people to come."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.people import People
from tripleaim.place import InputError
from tripleaim.projection.newcomers import (
    ARRIVED,
    BORN,
    MOST_STEPS,
    TODAY_BITS,
    check_room,
    number_newcomers,
)


def everybody_who_may_come(today: np.ndarray, steps: range) -> np.ndarray:
    """If each person has a child and is followed by another in each year."""
    people = today
    for step in steps:
        people = np.concatenate(
            [people, *(number_newcomers(people, step, how) for how in (ARRIVED, BORN))]
        )
    return people


@given(st.sets(st.integers(0, 2**TODAY_BITS - 1), min_size=1, max_size=20))
def test_no_number_is_given_twice_even_if_all_come_who_can(today: set[int]) -> None:
    people = everybody_who_may_come(np.array(sorted(today), dtype=np.uint64), range(5))
    assert len(people) == len(today) * 3**5
    assert len(np.unique(people)) == len(people)


def test_a_newcomer_is_never_mistaken_for_one_of_today() -> None:
    last = np.array([2**TODAY_BITS - 1], dtype=np.uint64)
    assert everybody_who_may_come(last, range(5))[1:].min() >= 2**TODAY_BITS


def test_the_longest_chain_of_newcomers_has_room() -> None:
    last = np.array([2**TODAY_BITS - 1], dtype=np.uint64)
    for step in range(MOST_STEPS):
        last = number_newcomers(last, step, BORN)
    assert int(last[0]) == ((3**MOST_STEPS - 1) << TODAY_BITS) + 2**TODAY_BITS - 1


def test_newcomers_sort_by_step_and_arrivals_come_before_births() -> None:
    today = np.array([7, 2**31], dtype=np.uint64)
    first = number_newcomers(today, 0, BORN)
    second = number_newcomers(np.concatenate([today, first]), 1, ARRIVED)
    third = number_newcomers(today, 1, BORN)
    assert today.max() < first.min() < first.max() < second.min() < second.max() < third.min()


def test_a_number_that_leaves_no_room_for_newcomers_is_refused(few: People) -> None:
    crowded = replace(few, person=few.person + np.uint64(2**32))
    with pytest.raises(InputError, match="expected today's people, numbered below 4294967296"):
        check_room(crowded, 5)


def test_a_horizon_beyond_twenty_years_is_refused(few: People) -> None:
    with pytest.raises(InputError, match="expected a horizon of at most 20 years"):
        check_room(few, 21)
