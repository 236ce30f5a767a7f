"""Rates fitted so that the totals are right."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tripleaim.projection.rates import HIGHEST, required_flows, solve_factors
from tripleaim.projection.vitals import AGES

shares = arrays(np.float64, (2, AGES), elements=st.floats(0.001, 0.6))
survivals = arrays(np.float64, (2, AGES), elements=st.floats(0.6, 1.0))


@given(shares, shares, survivals, survivals)
def test_onsets_and_leaving_take_each_age_to_the_share_it_shall_have(
    now: np.ndarray, then: np.ndarray, with_it: np.ndarray, without: np.ndarray
) -> None:
    onset, leaving = required_flows(now, then, with_it, without)
    assert not (onset * leaving).any()
    sick = now * with_it * (1 - leaving) + (1 - now) * without * onset
    alive = now * with_it + (1 - now) * without
    reached = (sick / alive)[:, :-1]
    free = ((onset < HIGHEST) & (leaving < HIGHEST))[:, :-1]
    np.testing.assert_allclose(reached[free], then[:, 1:][free], rtol=1e-9)


def test_a_condition_that_nobody_dies_of_and_that_stays_as_common_has_no_onsets() -> None:
    flat, all_live = np.full((2, AGES), 0.1), np.ones((2, AGES))
    onset, leaving = required_flows(flat, flat, all_live, all_live)
    assert not onset.any()
    assert not leaving.any()


@given(st.integers(0, 2**32 - 1), st.floats(0.0001, 2.0))
def test_people_of_an_age_expect_the_official_number_of_events(seed: int, size: float) -> None:
    draw = np.random.default_rng(seed)
    hazard = np.full(2 * AGES, size)
    cell = draw.integers(0, 3, 600).astype(np.intp)
    relative, weight = np.exp(draw.normal(size=600)), draw.uniform(0.2, 1, 600)
    factor = solve_factors(hazard, relative, cell, weight)
    happens = -np.expm1(-hazard[cell] * factor[cell] * relative)
    for one in range(3):
        here = cell == one
        expected = weight[here].sum() * -np.expm1(-size)
        assert np.isclose((weight * happens)[here].sum(), expected, rtol=1e-6)


def test_an_age_without_people_takes_the_factor_of_the_nearest_age() -> None:
    hazard = np.full(2 * AGES, 0.1)
    cell = np.array([40, 40, 60, 60], dtype=np.intp)
    factor = solve_factors(hazard, np.array([1.0, 3.0, 5.0, 5.0]), cell, np.ones(4))
    assert factor[0] == factor[40] == factor[49]
    assert factor[51] == factor[60] == factor[AGES - 1]
    assert np.isclose(factor[60], 0.2)
