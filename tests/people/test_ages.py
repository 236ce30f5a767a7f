from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.people.ages import OLDEST, by_single_year, whole_people
from tripleaim.place import Place


@given(
    shares=st.lists(st.floats(0, 1e6), min_size=1, max_size=40),
    people=st.integers(0, 100_000),
)
def test_whole_people_add_up_and_nobody_is_rounded_by_more_than_one(
    shares: list[float], people: int
) -> None:
    weights = np.array(shares)
    counts = whole_people(weights, people)
    assert counts.sum() == people
    assert (counts >= 0).all()
    even = weights if weights.sum() > 0 else np.ones_like(weights)
    assert (np.abs(counts - even * people / even.sum()) <= 1 + 1e-6).all()


def test_the_larger_remainder_gets_the_last_person() -> None:
    assert whole_people(np.array([5.0, 3.0, 2.0]), 11).tolist() == [6, 3, 2]
    assert whole_people(np.array([0.0, 0.0]), 3).tolist() == [2, 1]


def test_ninety_and_over_is_split_and_keeps_its_number(somerset: Place) -> None:
    known = np.ones((2, 91)) * 100
    known[:, 90] = [1_000, 2_000]
    single = by_single_year(somerset, known, 90)
    assert single.shape == (2, OLDEST + 1)
    assert (single[:, :90] == 100).all()
    assert np.allclose(single[:, 90:].sum(axis=1), [1_000, 2_000])
    assert (np.diff(single[:, 90:105]) < 0).all()
