"""Slope and relative index of inequality, against lines worked another way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.measures import slope_index
from tripleaim.measures.slope_indices import ranks

# Life expectancy of men in a district by deprivation decile, 1 the most deprived: an example of
# PHEindicatormethods' manual (people, years, standard error).
PEOPLE = [7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534]
YEARS = [75.9, 78.3, 83.8, 83.6, 80.5, 81.1, 81.7, 84.2, 80.6, 86.3]
ERRORS = [1.64, 1.58, 1.51, 1.78, 1.7, 1.56, 1.37, 1.4, 2.43, 1.57]


def square_root_regression(values: list[float], people: list[int]) -> tuple[float, float]:
    """As PHEindicatormethods words it: y sqrt(a) on sqrt(a) and b sqrt(a), without intercept."""
    a = np.array(people) / sum(people)
    b = np.cumsum(a) - a / 2
    design = np.column_stack([np.sqrt(a), b * np.sqrt(a)])
    start, slope = np.linalg.lstsq(design, np.array(values) * np.sqrt(a), rcond=None)[0]
    return float(start), float(slope)


def test_ranks_follow_the_text_of_the_method() -> None:
    # 12% of people in the first group and 10% in the second: 0.06, then 0.12 + 0.05.
    assert ranks([12, 10, 78])[:2] == pytest.approx([0.06, 0.17])


def test_the_slope_is_that_of_the_published_square_root_regression() -> None:
    start, slope = square_root_regression(YEARS, PEOPLE)
    found = slope_index(YEARS, PEOPLE, ERRORS)
    assert found.slope == pytest.approx(slope, rel=1e-12)
    assert found.start == pytest.approx(start, rel=1e-12)
    assert found.relative == pytest.approx((start + slope) / start, rel=1e-12)


def test_groups_on_a_line_have_its_two_ends_whatever_their_sizes() -> None:
    people = [100, 900, 300, 50, 650]
    values = 70 + 9.0 * ranks(people)
    found = slope_index(values, people, [0.0] * 5)
    assert found.slope == pytest.approx(9.0, rel=1e-12)
    assert found.relative == pytest.approx(79 / 70, rel=1e-12)
    assert found.slope_low == pytest.approx(found.slope) == found.slope_high


def test_simulated_limits_agree_with_exact_ones() -> None:
    exact = slope_index(YEARS, PEOPLE, ERRORS)
    drawn = slope_index(YEARS, PEOPLE, ERRORS, repetitions=100_000, seed=5)
    assert drawn.slope == exact.slope
    assert (drawn.slope_low, drawn.slope_high) == pytest.approx(
        (exact.slope_low, exact.slope_high), abs=0.05
    )
    assert (drawn.relative_low, drawn.relative_high) == pytest.approx(
        (exact.relative_low, exact.relative_high), abs=0.002
    )
    again = slope_index(YEARS, PEOPLE, ERRORS, repetitions=100_000, seed=5)
    assert again.slope_low == drawn.slope_low


def test_a_wider_confidence_has_wider_limits() -> None:
    usual, wide = (
        slope_index(YEARS, PEOPLE, ERRORS),
        slope_index(YEARS, PEOPLE, ERRORS, confidence=0.998),
    )
    ratio = (wide.slope_high - wide.slope_low) / (usual.slope_high - usual.slope_low)
    assert ratio == pytest.approx(3.0902 / 1.95996, rel=1e-4)


def test_quintiles_of_many_populations_give_what_each_gives_alone() -> None:
    values = np.arange(30.0).reshape(3, 2, 5) ** 1.1
    people = np.arange(1, 31).reshape(3, 2, 5)
    together = slope_index(values, people, np.ones((3, 2, 5)))
    alone = slope_index(values[2, 1], people[2, 1], np.ones(5))
    assert together.slope.shape == (3, 2)
    assert together.slope[2, 1] == pytest.approx(alone.slope, rel=1e-12)
    assert together.relative_high[2, 1] == pytest.approx(alone.relative_high, rel=1e-12)


def test_without_errors_there_are_no_limits_and_a_missing_group_leaves_no_slope() -> None:
    assert np.isnan(slope_index([1, 2, 3, 4, 5], [1] * 5).slope_low)
    assert np.isnan(slope_index([1, 2, np.nan, 4, 5], [1] * 5).slope)


@given(
    values=st.lists(st.floats(60, 90), min_size=5, max_size=5),
    people=st.lists(st.integers(1, 10_000), min_size=5, max_size=5),
    lift=st.floats(-20, 20),
)
def test_raising_everybody_equally_changes_no_slope_and_mirroring_reverses_it(
    values: list[float], people: list[int], lift: float
) -> None:
    found = slope_index(values, people)
    lifted = slope_index(np.array(values) + lift, people)
    turned = slope_index(values[::-1], people[::-1])
    assert lifted.slope == pytest.approx(found.slope, abs=1e-6)
    assert turned.slope == pytest.approx(-found.slope, abs=1e-6)


@pytest.mark.parametrize(
    ("values", "people", "errors", "says"),
    [
        ([1, 2, 3, 4], [1] * 4, None, "5 to 100 groups, found 4"),
        ([1, 2, 3, 4, 5], [1, 1, 0, 1, 1], None, "people in every group"),
        ([1, 2, 3, 4, 5], [1] * 5, [1, 1, -1, 1, 1], "standard errors of 0 or more"),
    ],
)
def test_bad_groups_are_refused(
    values: list[float], people: list[int], errors: list[float] | None, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        slope_index(values, people, errors)
