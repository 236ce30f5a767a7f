"""Health from a projection's counts: every number by hand or against a life table of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tripleaim import wording
from tripleaim.measures import BAND_STARTS, BANDS, WHY_NOT, deaths_by_age_at_death, life_table
from tripleaim.place import load
from tripleaim.prevention.health import (
    HealthOutcomes,
    difference,
    discounted,
    health_outcomes,
)
from tripleaim.prevention.official import compare_with_official, official_life_expectancy
from tripleaim.projection.tally import UNIT, Tally

STEPS = 4
CONDITIONS = ("dementia", "stroke", "asthma")
QUANTITIES = ("acute-ae", "amputation", "heart_attack", "hip_fracture", "good health", "qaly")

# A stationary population by half-years of age, Gompertz's law, heavier in poorer quintiles.
AGE = np.arange(0, 120, 0.05) + 0.025
HEAVIER = (1.6, 1.3, 1.0, 0.9, 0.8)


def lives(times: float) -> tuple[np.ndarray, np.ndarray, float]:
    """People by band, deaths of a year by band of age at its start, and life expectancy."""
    hazard = 0.000035 * times * np.exp(0.1 * AGE)
    alive = np.exp(-np.cumsum(hazard) * 0.05)
    dying = hazard * alive * 0.05 * 4000
    starts = [np.maximum(AGE - day, 0) for day in np.linspace(0.025, 0.975, 20)]
    people = np.histogram(AGE, [*BAND_STARTS, 130], weights=alive * 0.05 * 4000)[0]
    deaths = sum(np.histogram(a, [*BAND_STARTS, 130], weights=dying)[0] for a in starts) / 20
    return people, deaths, float(alive.sum() * 0.05)


def stationary(healthy: float = 0.7, times: float = 1.0) -> Tally:
    """The same people and deaths every year, in both sexes; counts rounded to whole people."""
    people, deaths = np.zeros((2, 5, BANDS)), np.zeros((2, 5, BANDS))
    for q, heavier in enumerate(HEAVIER):
        people[:, q], deaths[:, q], _ = lives(heavier * times)
    people, deaths = people.round(), deaths.round()
    each = {
        "acute-ae": 0.4,
        "amputation": 0.001,
        "heart_attack": 0.004,
        "hip_fracture": 0.003,
        "good health": healthy,
        "qaly": 0.8,
    }
    expected = np.stack([people * each[name] * UNIT for name in QUANTITIES], axis=-1)
    onsets = np.stack([deaths // 4, deaths // 2, deaths], axis=-1)
    years = tuple(f"{2015 + y}/{16 + y}" for y in range(STEPS + 1))

    def ints(values: np.ndarray, times_over: int) -> np.ndarray:
        return np.repeat(values.round().astype(np.int64)[None], times_over, axis=0)

    empty = np.zeros((STEPS, 5, 0), dtype=np.int64)
    return Tally(
        years=years,
        conditions=CONDITIONS,
        risk_levels=(),
        quantities=QUANTITIES,
        programmes=(),
        people=ints(people, STEPS + 1),
        deaths=ints(deaths, STEPS),
        with_condition=ints(onsets, STEPS + 1),
        onsets=ints(onsets, STEPS),
        levels=np.zeros((STEPS + 1, 2, 5, BANDS, 0), dtype=np.int64),
        expected=ints(expected, STEPS + 1),
        joined=empty,
        members=np.zeros((STEPS + 1, 2, 5, BANDS, 0), dtype=np.int64),
        births=np.full(STEPS, 40_000),
        arrivals=np.zeros(STEPS, dtype=np.int64),
        departures=np.zeros(STEPS, dtype=np.int64),
    )


@pytest.fixture(scope="module")
def tally() -> Tally:
    return stationary()


@pytest.fixture(scope="module")
def health(tally: Tally) -> HealthOutcomes:
    return health_outcomes(tally)


def test_life_expectancy_of_each_quintile_is_what_its_law_of_dying_gives(
    health: HealthOutcomes,
) -> None:
    for q, heavier in enumerate(HEAVIER):
        _, _, true = lives(heavier)
        assert health.ahead.life[:, :, 1 + q, 0] == pytest.approx(true, abs=0.05)


def test_everybodys_is_worked_from_everybodys_deaths_and_not_a_mean_of_quintiles(
    tally: Tally, health: HealthOutcomes
) -> None:
    lowest, highest = health.ahead.life[0, 0, 1, 0], health.ahead.life[0, 0, 5, 0]
    assert lowest < health.ahead.life[0, 0, 0, 0] < highest
    alone = replace(
        tally,
        people=np.where(np.arange(5)[:, None] == 2, tally.people, 0),
        deaths=np.where(np.arange(5)[:, None] == 2, tally.deaths, 0),
        expected=np.where(np.arange(5)[:, None, None] == 2, tally.expected, 0),
    )
    found = health_outcomes(alone)
    assert found.ahead.life[:, :, 0] == pytest.approx(health.ahead.life[:, :, 3])


def test_seven_tenths_in_health_at_every_age_is_seven_tenths_of_life(
    health: HealthOutcomes,
) -> None:
    assert health.ahead.healthy == pytest.approx(0.7 * health.ahead.life, rel=1e-5)
    assert health.ahead.quality == pytest.approx(0.8 * health.ahead.life, rel=1e-5)


def test_the_slope_goes_from_the_most_to_the_least_deprived(health: HealthOutcomes) -> None:
    gap = health.ahead.life[:, :, 5] - health.ahead.life[:, :, 1]
    assert (health.inequality.slope > gap).all()
    assert health.inequality.slope == pytest.approx(gap * 1.25, rel=0.15)
    assert (health.inequality.relative > 1).all()
    assert (health.inequality.slope_low < health.inequality.slope).all()
    assert health.inequality.healthy_slope == pytest.approx(health.inequality.slope * 0.7, rel=1e-4)


def test_quality_adjusted_years_are_those_lived_in_each_year(
    tally: Tally, health: HealthOutcomes
) -> None:
    people = tally.people[1:].sum(axis=-1)
    assert health.qalys == pytest.approx(people * 0.8, rel=1e-6)


def test_years_are_those_the_steps_lead_into_and_ends_pool_fewer(health: HealthOutcomes) -> None:
    assert health.years == ("2016/17", "2017/18", "2018/19", "2019/20")
    assert health.pooled == (2, 3, 3, 2)


def test_pooling_is_of_deaths_and_person_years_around_a_year(tally: Tally) -> None:
    deaths = tally.deaths.copy()
    deaths[2] += deaths[2] // 4
    worse = replace(tally, deaths=deaths)
    single, pooled = health_outcomes(worse, pool=1), health_outcomes(worse, pool=3)
    assert single.pooled == (1, 1, 1, 1)
    assert pooled.ahead.life[0] == pytest.approx(single.ahead.life[0])
    assert (pooled.ahead.life[2] > single.ahead.life[2]).all()
    assert (pooled.ahead.life[1] < single.ahead.life[1]).all()
    three = deaths_by_age_at_death(deaths[1:4].sum(axis=0), "start of year")
    table = life_table(three, 3 * tally.people[0])
    assert pooled.ahead.life[2, :, 1:, 0] == pytest.approx(table.expectancy(0), rel=1e-12)


def test_too_few_people_have_no_life_expectancy_and_no_slope(
    tally: Tally,
) -> None:
    few = replace(
        tally,
        people=tally.people // 500,
        deaths=tally.deaths // 500,
        expected=tally.expected // 500,
    )
    found = health_outcomes(few)
    assert np.isnan(found.ahead.life[:, :, 1:]).all()
    assert {WHY_NOT[int(code)] for code in np.unique(found.ahead.why_not[:, :, 1:])} <= set(
        WHY_NOT.values()
    )
    assert np.isnan(found.inequality.slope).all()


def test_a_difference_is_number_by_number_and_claims_no_interval(health: HealthOutcomes) -> None:
    better = health_outcomes(stationary(healthy=0.75, times=0.9))
    gain = difference(better, health)
    assert gain.ahead.life == pytest.approx(better.ahead.life - health.ahead.life)
    assert (gain.ahead.healthy > gain.ahead.life * 0.7).all()
    assert np.isnan(gain.inequality.slope_low).all()
    assert np.isnan(gain.ahead.life_error).all()
    nothing = difference(health, health)
    assert not nothing.qalys.any()
    assert not nothing.inequality.slope.any()


def test_a_difference_of_other_years_is_refused(health: HealthOutcomes) -> None:
    with pytest.raises(ValueError, match="same years"):
        difference(health, replace(health, years=("2030/31",) * STEPS))


@pytest.mark.parametrize(
    ("rate", "total"), [(0.0, 300.0), (0.035, 100 + 100 / 1.035 + 100 / 1.035**2)]
)
def test_the_first_year_is_not_discounted(rate: float, total: float) -> None:
    by_group = np.full((3, 2, 5), 10.0)
    assert discounted(by_group, rate) == pytest.approx(total)


def test_impossible_values_are_refused(tally: Tally) -> None:
    with pytest.raises(ValueError, match="odd number of years"):
        health_outcomes(tally, pool=2)
    with pytest.raises(ValueError, match="quantity 'qaly'"):
        health_outcomes(replace(tally, quantities=(*QUANTITIES[:-1], "other")))
    with pytest.raises(ValueError, match="above -1"):
        discounted([1.0], -1)


def test_somersets_model_is_shown_with_printed_and_official_numbers(
    health: HealthOutcomes,
) -> None:
    rows = {(r.measure, r.sex, r.age): r for r in compare_with_official(load("somerset"), health)}
    men, women = rows["life", "male", 0], rows["life", "female", 0]
    assert men.printed is not None
    assert women.printed is not None
    assert (men.printed.value, women.printed.value) == (80.0, 83.8)
    assert men.modelled == health.ahead.life[0, 0, 0, 0]
    assert men.place is not None
    assert men.place.period == "2016/18"
    assert men.england is not None
    assert men.england.area.startswith("England")
    assert "2016 to 2017" in wording.why_official_differs(men)
    assert "2009/11" in wording.why_official_differs(men)
    healthy = rows["healthy", "female", 0]
    assert healthy.printed is None
    assert "as people report it themselves" in wording.why_official_differs(healthy)
    assert rows["slope-life", "male", 0].england is not None


def test_a_place_without_official_numbers_has_englands() -> None:
    held = official_life_expectancy(load("northamptonshire"))
    assert {o.area for o in held} == {"England", "England and Wales"}
