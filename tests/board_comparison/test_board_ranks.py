"""Ranks and the range that draws leave them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tripleaim.board_comparison import RankRange, rank_ranges


def test_boards_that_never_cross_have_one_rank() -> None:
    values = np.array([1.0, 3.0, 2.0])
    drawn = values + np.linspace(-5, 5, 16)[:, None]
    assert rank_ranges(values, drawn) == [
        RankRange(3, 3, 3),
        RankRange(1, 1, 1),
        RankRange(2, 2, 2),
    ]


def test_a_tenth_of_the_draws_may_be_left_out_at_each_end() -> None:
    values = np.array([2.0, 1.0])
    drawn = np.tile(values, (16, 1))
    drawn[0] = [0.0, 1.0]  # one draw in sixteen
    assert rank_ranges(values, drawn)[0] == RankRange(1, 1, 1)
    drawn[1:3] = [0.0, 1.0]  # three
    assert rank_ranges(values, drawn)[0] == RankRange(1, 1, 2)


def test_equal_numbers_share_the_better_rank() -> None:
    values = np.array([2.0, 2.0, 1.0])
    assert [one.rank for one in rank_ranges(values, values[None, :])] == [1, 1, 3]


@given(arrays(np.float64, (8, 5), elements=st.floats(-10, 10)))
def test_a_range_holds_its_rank(drawn: np.ndarray) -> None:
    for one in rank_ranges(drawn.mean(axis=0), drawn):
        assert 1 <= one.low <= one.rank <= one.high <= 5
