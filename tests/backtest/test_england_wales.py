"""What was known of dying, coming and ageing before the base."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.backtest.england_wales import (
    AGES,
    EnglandWales,
    aged,
    chance_of_death,
    mortality,
    mortality_errors,
    net_migration,
)
from tripleaim.place import InputError

YEARS = tuple(range(1999, 2014))


def known(pace: float = 0.0, people: float = 1000.0, rate: float = 0.01) -> EnglandWales:
    there = np.full((len(YEARS), 2, AGES), people)
    fall = np.exp(pace * (np.array(YEARS) - 2013))[:, None, None]
    return EnglandWales(YEARS, there * rate * fall, there)


def test_steady_mortality_stays() -> None:
    assert mortality(known(), 2016.0) == pytest.approx(np.full((2, AGES), 0.01))


def test_falling_mortality_keeps_falling_at_the_same_pace() -> None:
    falling = known(pace=-0.02)
    # the level of the last three years stands for the middle one, 2012
    expected = 0.01 * np.exp(-0.02 * -1) * np.exp(-0.02 * (2015.5 - 2012.5))
    assert mortality(falling, 2015.5)[0, 70] == pytest.approx(expected, rel=1e-3)
    assert np.allclose(mortality_errors(falling, 3)[:-3], 0, atol=1e-3)


def test_people_of_an_age_at_the_start_die_half_at_the_next_age() -> None:
    rates = known()
    rates.deaths[:, :, 81] = 1000 * 0.03
    die, newborn = chance_of_death(rates, 2013.0)
    assert die[0, 80] == pytest.approx(1 - np.exp(-0.02))
    assert die[0, 50] == pytest.approx(1 - np.exp(-0.01))
    assert newborn == pytest.approx([0.008, 0.008])


def test_a_cohort_that_loses_nobody_but_the_dead_shows_no_migration() -> None:
    there = np.empty((len(YEARS), 2, AGES))
    there[0] = 1000.0
    for y in range(1, len(YEARS)):
        there[y, :, 1:] = there[y - 1, :, :-1] * np.exp(-0.01)
        there[y, :, 0] = there[y - 1, :, 0]
    closed = EnglandWales(YEARS, there * 0.01, there)
    assert net_migration(closed)[:, :85] == pytest.approx(np.zeros((2, 85)), abs=1e-12)


def test_a_closed_cohort_ages_by_a_year_and_only_dies() -> None:
    there = np.empty((len(YEARS), 2, AGES))
    there[0] = 1000.0
    for y in range(1, len(YEARS)):
        there[y, :, 1:] = there[y - 1, :, :-1] * np.exp(-0.01)
        there[y, :, 0] = there[y - 1, :, 0]
    closed = EnglandWales(YEARS, there * 0.01, there)
    people = aged(closed, 2)
    assert people.shape == (3, 2, AGES)
    assert people[2, 0, 42] == pytest.approx(people[0, 0, 40] * np.exp(-0.02))


def test_ten_years_of_deaths_are_needed() -> None:
    with pytest.raises(InputError, match="10 years"):
        known().until(2007)
    assert known().until(2010).years[-1] == 2010
