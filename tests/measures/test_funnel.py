"""Funnels: chance, spread beyond chance, and what deprivation explains."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.measures import Funnel, funnel
from tripleaim.measures.funnel import after


def test_with_chance_alone_limits_are_those_of_the_poisson_by_its_normal_form() -> None:
    low, high = Funnel(dispersion=1, between=0).limits(100, 0.95)
    assert low == pytest.approx(1 - 1.959964 / 10, abs=1e-6)
    assert high == pytest.approx(1 + 1.959964 / 10, abs=1e-6)


def test_areas_that_lie_closer_than_chance_add_no_spread() -> None:
    found = funnel([100, 101, 99, 100], [100, 100, 100, 100], winsorised=0)
    assert found.between == 0
    assert found.dispersion == pytest.approx(0.5 * 0.01)


def test_spread_beyond_chance_is_the_random_effects_estimate() -> None:
    # Two areas of 10,000 expected at ratios 0.9 and 1.1: z is -10 and 10, dispersion 100;
    # (2 x 100 - 1) / (20,000 - 10,000) is the variance.
    found = funnel([9000, 11000], [10_000, 10_000], winsorised=0)
    assert found.dispersion == pytest.approx(100)
    assert found.between == pytest.approx(math.sqrt(199 / 10_000))


def test_one_wild_area_does_not_hide_itself_by_widening_the_limits() -> None:
    expected = [1000.0] * 20
    observed = [1000.0 + 10 * (i % 5 - 2) for i in range(19)] + [3000.0]
    assert funnel(observed, expected, winsorised=0.1).verdict(3.0, 1000) == "very high"


@pytest.mark.parametrize(
    ("ratio", "verdict"),
    [(1.0, "as expected"), (1.25, "high"), (1.4, "very high"), (0.75, "low"), (0.6, "very low")],
)
def test_beyond_two_limits_is_high_and_beyond_three_very(ratio: float, verdict: str) -> None:
    assert Funnel(1, 0).verdict(ratio, 100) == verdict


@given(st.floats(1, 1e6), st.floats(0, 1))
def test_the_wider_limits_hold_the_narrower(expected: float, between: float) -> None:
    inner = Funnel(1, between).limits(expected, 0.95)
    outer = Funnel(1, between).limits(expected, 0.998)
    assert outer[0] <= inner[0] <= 1 <= inner[1] <= outer[1]


def test_a_score_that_explains_everything_leaves_no_difference() -> None:
    score = [10.0, 20.0, 30.0]
    expected = [100.0, 200.0, 300.0]
    observed = [e * (0.5 + 0.02 * s) for e, s in zip(expected, score, strict=True)]
    assert after(observed, expected, score) == pytest.approx(observed)


def test_a_score_that_does_not_vary_explains_nothing() -> None:
    assert after([90, 110], [100, 100], [5, 5]) == pytest.approx((100, 100))


@given(
    st.lists(
        st.tuples(st.floats(50, 150), st.floats(80, 120), st.floats(5, 50)),
        min_size=2,
        max_size=12,
    )
)
def test_what_is_expected_keeps_the_sum_of_what_was_observed(
    areas: list[tuple[float, float, float]],
) -> None:
    observed, expected, score = zip(*areas, strict=True)
    assert sum(after(observed, expected, score)) == pytest.approx(sum(observed))


def test_a_funnel_of_one_area_is_refused() -> None:
    with pytest.raises(ValueError, match="two areas or more"):
        funnel([1], [1])
