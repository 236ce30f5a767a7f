"""The forecast of the whole county, its calibration and its causes of growth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from forecast import Forecast

from tripleaim.core import RunContext
from tripleaim.people import read_diseases, synthesise
from tripleaim.place import Place, load
from tripleaim.projection import (
    ContactModel,
    Growth,
    Trajectory,
    added_by_calibration,
    levels,
    project,
    read_vitals,
)
from tripleaim.projection.vitals import AGES


def test_calibrated_the_first_and_last_year_are_as_printed(
    somerset: Place, county_forecast: Forecast
) -> None:
    for point in somerset.points_of_delivery:
        found = county_forecast.calibrated.contacts[point.id]
        assert found["2016/17"] == pytest.approx(somerset.value(point.printed_base), rel=1e-9)
        assert found["2020/21"] == pytest.approx(somerset.value(point.printed_last), rel=1e-9)


def test_the_factor_moves_by_the_same_percentage_each_year(county_forecast: Forecast) -> None:
    for factor in county_forecast.factor.values():
        steps = np.diff(np.log([factor[y] for y in list(factor)[1:]]))
        np.testing.assert_allclose(steps, steps[0], atol=1e-12)
        assert factor["2015/16"] == factor["2016/17"]


def test_calibrated_is_uncalibrated_times_the_factor(county_forecast: Forecast) -> None:
    for point, by_year in county_forecast.calibrated.contacts.items():
        for year, value in by_year.items():
            raw = county_forecast.uncalibrated.contacts[point][year]
            assert value == pytest.approx(raw * county_forecast.factor[point][year], rel=1e-12)


@pytest.mark.parametrize("which", ["growth", "growth_uncalibrated"])
def test_the_causes_of_growth_add_up(county_forecast: Forecast, which: str) -> None:
    parts: tuple[Growth, ...] = getattr(county_forecast, which)
    for part in parts:
        causes = part.size_and_age + part.morbidity + part.trend + part.rest
        assert part.first + causes == pytest.approx(part.last, rel=1e-12)


def test_without_calibration_nothing_is_left_over(county_forecast: Forecast) -> None:
    for part in county_forecast.growth_uncalibrated:
        assert abs(part.rest) < 1e-6 * part.first


def test_a_printed_figure_moves_no_uncalibrated_growth(
    somerset: Place, county_forecast: Forecast
) -> None:
    for calibrated, raw in zip(
        county_forecast.growth, county_forecast.growth_uncalibrated, strict=True
    ):
        assert calibrated.size_and_age / calibrated.first == pytest.approx(
            raw.size_and_age / raw.first
        )
    assert len(county_forecast.growth) == len(somerset.points_of_delivery)


def test_what_calibration_added_takes_the_first_year_to_the_last(
    somerset: Place, county_forecast: Forecast
) -> None:
    for added in added_by_calibration(
        somerset, county_forecast.factor, county_forecast.uncalibrated
    ):
        raw = county_forecast.uncalibrated.contacts[added.point_of_delivery]
        last = raw["2020/21"] * added.level + added.contacts
        by_growth = raw["2020/21"] * added.level * (1 + added.pct_a_year / 100) ** 4
        printed = somerset.value(f"activity.{added.point_of_delivery}.2020_21")
        assert last == pytest.approx(printed, rel=1e-9)
        assert by_growth == pytest.approx(printed, rel=1e-9)


def test_levels_say_what_england_would_have_and_what_is_printed(
    somerset: Place, county_forecast: Forecast, county_model: ContactModel
) -> None:
    found = {
        level.point_of_delivery: level
        for level in levels(somerset, county_forecast.uncalibrated, county_model)
    }
    assert found["acute-ae"].at_england_rates == found["acute-ae"].uncalibrated
    assert found["community"].uncalibrated == pytest.approx(902_781, rel=1e-5)
    assert found["gp"].printed == 3_352_311


def test_ageing_alone_explains_most_of_the_growth_of_social_care(county_forecast: Forecast) -> None:
    care = next(g for g in county_forecast.growth if g.point_of_delivery == "social-care")
    assert 100 * (care.last / care.first - 1) == pytest.approx(8.4, abs=0.05)
    assert 6.5 < 100 * care.size_and_age / care.first < 7.5


def test_a_place_that_prints_nothing_is_left_as_it_is(hamlet: Path) -> None:
    place = load(str(hamlet))
    found = Forecast.of(place, project(place, synthesise(place, RunContext(3))))
    assert found.calibrated.contacts == found.uncalibrated.contacts
    assert all(abs(part.rest) < 1e-6 * part.first for part in found.growth)


def test_deaths_and_births_of_the_first_year_are_near_the_official_ones(
    somerset: Place, county_lives: Trajectory
) -> None:
    people = county_lives.people
    here = county_lives.present[0]
    age = np.clip(people.age_in(somerset.base_year), 0, AGES - 1)
    cell = (people.sex * AGES + age)[here].astype(np.intp)
    official = read_vitals(somerset).death[0].ravel()[cell].sum()
    drawn = county_lives.events["2015/16"].deaths
    assert abs(drawn - official) < 4 * official**0.5
    per_resident = here.sum() / people.resident[here].sum()
    # Somerset's residents, means of the five years to mid-2015 (ONS components of change).
    assert drawn / per_resident == pytest.approx(5619, rel=0.05)
    assert county_lives.events["2015/16"].births / per_resident == pytest.approx(5654, rel=0.05)


def test_each_conditions_share_by_age_moves_by_its_trend_alone(
    somerset: Place, county_lives: Trajectory
) -> None:
    people = county_lives.people
    diseases = read_diseases(somerset)
    first, last = people.age_in("2015/16"), people.age_in("2020/21")
    for k, name in enumerate(people.condition_ids):
        bit = np.uint32(1 << k)
        for low, high in ((45, 64), (65, 74), (75, 84), (85, 120)):
            then = county_lives.present[0] & (first >= low) & (first <= high)
            now = county_lives.present[5] & (last >= low) & (last <= high)
            # Age within the band moves too, so the base year's shares stand at today's ages.
            one_year = np.bincount(first[then], minlength=121)
            with_it = np.bincount(first[then], ((county_lives.conditions[0][then] & bit) > 0), 121)
            share = with_it / np.maximum(one_year, 1)
            expected = share[last[now]].sum() * (1 + diseases[k].trend) ** 5
            found = ((county_lives.conditions[5][now] & bit) > 0).sum()
            error = (2 * expected) ** 0.5
            assert abs(found - expected) < 4 * error + 0.05 * expected, (name, low)


def test_the_places_numbers_of_people_grow_as_its_recent_years_did(
    county_lives: Trajectory,
) -> None:
    registered = county_lives.present.sum(axis=1)
    growth = 100 * ((registered[-1] / registered[0]) ** (1 / 5) - 1)
    assert growth == pytest.approx(0.66, abs=0.15)
