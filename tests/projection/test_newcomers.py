"""The numbers of people to come."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.projection.newcomers import ARRIVED, BORN, number_newcomers, today_limit


def everybody_who_may_come(today: np.ndarray, steps: int) -> np.ndarray:
    """If each person has a child and is followed by another in each year."""
    people = today
    for step in range(steps):
        people = np.concatenate(
            [people, *(number_newcomers(people, step, steps, how) for how in (ARRIVED, BORN))]
        )
    return people


@given(st.sets(st.integers(0, today_limit(5) - 1), min_size=1, max_size=20))
def test_no_number_is_given_twice_even_if_all_come_who_can(today: set[int]) -> None:
    people = everybody_who_may_come(np.array(sorted(today), dtype=np.uint64), 5)
    assert len(people) == len(today) * 3**5
    assert len(np.unique(people)) == len(people)


def test_a_newcomer_is_never_mistaken_for_one_of_today() -> None:
    last = np.array([today_limit(5) - 1], dtype=np.uint64)
    newcomers = everybody_who_may_come(last, 5)[1:]
    assert newcomers.min() >= today_limit(5)


@pytest.mark.parametrize(("steps", "people"), [(1, 500_000_000), (5, 16_000_000), (7, 1_000_000)])
def test_a_longer_horizon_leaves_room_for_fewer_people(steps: int, people: int) -> None:
    assert people < today_limit(steps) < 4 * people
