"""Sullivan's method against its manual's worked table, and what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.measures import (
    healthy_life_expectancy,
    life_table,
    quality_adjusted_life_expectancy,
)
from tripleaim.measures.healthy_life import sullivan

# The Sullivan manual (EHEMU, June 2007), example 1: women of Belgium, 2004, from 65 to 85 and over.
SURVIVORS = [
    *(90062.67, 89445.41, 88638.37, 87794.05, 86818.98, 85687.67, 84498.39),
    *(83241.63, 81944.75, 80489.15, 78786.43, 76961.65, 74626.01, 71857.87),
    *(68896.88, 65741.36, 62565.73, 59623.05, 57063.81, 55015.25, 51850.51),
]
LIVED = [
    *(89754.04, 89041.89, 88216.21, 87306.52, 86253.33, 85093.03, 83870.01),
    *(82593.19, 81216.95, 79637.79, 77874.04, 75793.83, 73241.94, 70377.37),
    *(67319.12, 64153.54, 61094.39, 58343.43, 56039.53, 53432.88, 278530.14),
]
DISABLED = [0.257] * 5 + [0.345] * 5 + [0.431] * 10 + [0.513]
AT_65, AT_70, AT_85 = 12.295134, 9.102682, 2.616062

DEATHS = np.array(
    [17, 9, 4, 8, 20, 15, 24, 33, 50, 71, 100, 163, 263, 304, 536, 872, 1390, 1605, 1936, 1937],
    dtype=float,
)
PEOPLE = np.array(
    [
        7060,
        35059,
        46974,
        48489,
        43219,
        38561,
        46009,
        57208,
        61435,
        55601,
        50209,
        56416,
        46411,
        39820,
        37978,
        37039,
        33288,
        23306,
        11936,
        11936,
    ],
    dtype=float,
)
TABLE = life_table(DEATHS, PEOPLE)


def test_disability_free_life_expectancy_is_the_manuals_at_every_age_it_prints() -> None:
    found = sullivan(np.array(SURVIVORS), np.array(LIVED), 1 - np.array(DISABLED))
    assert found[0] == pytest.approx(AT_65, abs=2e-6)
    assert found[5] == pytest.approx(AT_70, abs=2e-6)
    assert found[20] == pytest.approx(AT_85, abs=2e-6)


def test_with_everybody_in_health_it_is_life_expectancy_with_its_error() -> None:
    found = healthy_life_expectancy(TABLE, np.ones(20))
    assert found.remaining == pytest.approx(TABLE.remaining, rel=1e-12)
    assert found.error == pytest.approx(TABLE.error, rel=1e-12)


def test_with_half_in_health_at_every_age_it_is_half_of_it() -> None:
    found = healthy_life_expectancy(TABLE, np.full(20, 0.5))
    assert found.remaining == pytest.approx(TABLE.remaining / 2, rel=1e-12)
    assert found.error == pytest.approx(TABLE.error / 2, rel=1e-12)


@given(shares=st.lists(st.floats(0, 1), min_size=20, max_size=20))
def test_years_in_health_and_out_of_it_add_up_to_life_expectancy(shares: list[float]) -> None:
    inside = healthy_life_expectancy(TABLE, shares)
    outside = healthy_life_expectancy(TABLE, 1 - np.array(shares))
    assert inside.remaining + outside.remaining == pytest.approx(TABLE.remaining, rel=1e-9)


def test_shares_from_a_small_sample_widen_the_interval() -> None:
    shares = np.linspace(0.95, 0.4, 20)
    known = healthy_life_expectancy(TABLE, shares)
    asked = healthy_life_expectancy(TABLE, shares, np.full(20, 100.0))
    low, high = asked.interval(65)
    assert asked.expectancy(65) == known.expectancy(65)
    assert high - low > 2 * (known.interval(65)[1] - known.interval(65)[0])


def test_the_error_of_a_sample_is_its_spread_over_many_samples() -> None:
    shares, asked = np.linspace(0.95, 0.4, 20), 100
    drawn = np.random.default_rng(2).binomial(asked, shares, (4000, 20)) / asked
    spread = sullivan(TABLE.survivors, TABLE.lived, drawn)[:, 0].std()
    alone = healthy_life_expectancy(TABLE, shares).error[0]
    both = healthy_life_expectancy(TABLE, shares, np.full(20, asked)).error[0]
    assert spread == pytest.approx(np.sqrt(both**2 - alone**2), rel=0.05)


def test_quality_weighs_each_year() -> None:
    weights = np.where(np.arange(20) < 10, 1.0, 0.8)
    found = quality_adjusted_life_expectancy(TABLE, weights)
    lost = 0.2 * TABLE.remaining[10] * TABLE.survivors[10] / TABLE.survivors[0]
    assert found.expectancy(0) == pytest.approx(TABLE.expectancy(0) - lost, rel=1e-12)
    assert found.expectancy(65) == pytest.approx(0.8 * TABLE.expectancy(65), rel=1e-12)


def test_a_population_that_has_no_life_expectancy_has_no_healthy_one() -> None:
    small = life_table([1.0] * 20, [100.0] * 20)
    assert np.isnan(healthy_life_expectancy(small, np.ones(20)).remaining).all()


@pytest.mark.parametrize("share", [-0.1, 1.01, float("nan")])
def test_a_share_outside_0_to_1_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="shares from 0 to 1"):
        healthy_life_expectancy(TABLE, np.array([share] + [0.5] * 19))


def test_shares_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="shares of shape"):
        healthy_life_expectancy(TABLE, np.ones(19))


@pytest.mark.filterwarnings("error")
def test_where_nobody_dies_at_90_a_share_of_zero_there_says_nothing_and_warns_of_nothing() -> None:
    deaths, people = DEATHS.copy(), PEOPLE.copy()
    deaths[-1] = 0
    table = life_table(np.stack([deaths, DEATHS]), np.stack([people, PEOPLE]))
    shares = np.stack([np.r_[np.full(19, 0.5), 0.0]] * 2)
    for asked in (None, np.full((2, 20), 50.0)):
        found = healthy_life_expectancy(table, shares, asked)
        assert np.isnan(found.remaining[0]).all()
        assert np.isnan(found.error[0]).all()
        assert (found.remaining[1] > 0).sum() == 19
        assert np.isfinite(found.error[1]).all()
