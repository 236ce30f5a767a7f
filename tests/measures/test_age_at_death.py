"""Deaths counted by age at one end of a year, put back to the age at which people died."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.measures import BAND_STARTS, deaths_by_age_at_death, life_table
from tripleaim.measures.age_at_death import Counted

WAYS: tuple[Counted, ...] = ("start of year", "end of year")

# A stationary population under Gompertz's law, by hundredths of a year of age.
AGE = np.arange(0, 130, 0.01) + 0.005
HAZARD = 0.00003 * np.exp(0.1 * AGE)
ALIVE = np.exp(-np.cumsum(HAZARD) * 0.01)
DYING = HAZARD * ALIVE * 0.01 * 1e6


def people_by_band() -> np.ndarray:
    return np.histogram(AGE, [*BAND_STARTS, 130], weights=ALIVE * 0.01 * 1e6)[0]


def deaths_by_band(counted_by: Counted | None = None) -> np.ndarray:
    """Deaths of a year, by age at death or by completed age at the year's start or end."""
    shift = {"start of year": -1, "end of year": 1, None: 0}[counted_by]
    days = np.linspace(0.005, 0.995, 100)
    ages = [np.maximum(AGE + shift * day, 0) for day in days]
    return sum(np.histogram(a, [*BAND_STARTS, 140], weights=DYING)[0] for a in ages) / 100


@pytest.mark.parametrize("counted_by", WAYS)
@pytest.mark.parametrize("age", [0, 65])
def test_life_expectancy_is_that_of_deaths_by_age_at_death(counted_by: Counted, age: int) -> None:
    true = life_table(deaths_by_band(), people_by_band()).expectancy(age)
    moved = deaths_by_age_at_death(deaths_by_band(counted_by), counted_by)
    assert life_table(moved, people_by_band()).expectancy(age) == pytest.approx(true, abs=0.01)


@pytest.mark.parametrize("counted_by", WAYS)
def test_each_band_has_about_the_deaths_that_happened_at_its_ages(counted_by: Counted) -> None:
    moved = deaths_by_age_at_death(deaths_by_band(counted_by), counted_by)
    assert moved[4:] == pytest.approx(deaths_by_band()[4:], rel=0.015)


def test_left_alone_deaths_by_age_at_the_start_shorten_life() -> None:
    true = life_table(deaths_by_band(), people_by_band()).expectancy(0)
    assert life_table(deaths_by_band("start of year"), people_by_band()).expectancy(0) < true - 0.1
    assert life_table(deaths_by_band("end of year"), people_by_band()).expectancy(0) > true + 0.1


@given(deaths=st.lists(st.integers(0, 5000), min_size=20, max_size=20), way=st.sampled_from(WAYS))
def test_nobody_is_lost_and_no_band_falls_below_nobody(deaths: list[int], way: Counted) -> None:
    moved = deaths_by_age_at_death(deaths, way)
    assert moved.sum() == pytest.approx(sum(deaths), rel=1e-12)
    assert (moved >= -1e-9).all()


def test_deaths_below_0_and_other_bands_are_refused() -> None:
    with pytest.raises(ValueError, match="deaths of 0 or more"):
        deaths_by_age_at_death([-1.0] + [1.0] * 19, "start of year")
    with pytest.raises(ValueError, match="20 bands"):
        deaths_by_age_at_death([1.0] * 19, "start of year")
