"""The stationary check: incidence, prevalence and survival agree in the base year.

Shares of conditions, ages and sexes weighing as in the base year, must stay where they are under
laws without trends: in exact expectation, where no luck hides a drift, and in the mean of many
simulations of everybody, within its standard error.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tripleaim.people import Disease, People, read_diseases
from tripleaim.place import Place
from tripleaim.projection import Laws, Tally, fit_laws, simulate
from tripleaim.projection.stationary import Course, courses, without_trends

YEARS = 5
CLOSE = 0.01
"""How far a share may drift in five years: a fifth of what this check has to catch."""

LIVES = 12
"""Simulations with luck of their own."""


@pytest.fixture(scope="module")
def diseases(somerset: Place) -> tuple[Disease, ...]:
    return read_diseases(somerset)


@pytest.fixture(scope="module")
def laws(somerset: Place, somerset_people: People, diseases: tuple[Disease, ...]) -> Laws:
    return fit_laws(somerset, somerset_people, steps=YEARS, draw=without_trends(diseases))


@pytest.fixture(scope="module")
def found(somerset_people: People, laws: Laws, diseases: tuple[Disease, ...]) -> dict[str, Course]:
    return {c.condition: c for c in courses(somerset_people, laws, diseases)}


def drift(share: np.ndarray, year: int = YEARS) -> float:
    return float(share[year] / share[0] - 1)


def test_the_share_with_each_condition_is_expected_to_stay(found: dict[str, Course]) -> None:
    off = {name: drift(c.share, y) for name, c in found.items() for y in range(1, YEARS + 1)}
    for name, course in found.items():
        worst = max((drift(course.share, y) for y in range(1, YEARS + 1)), key=abs)
        assert abs(worst) < CLOSE, (name, off)


def test_simulated_shares_stay_within_their_standard_error(
    somerset_people: People, laws: Laws, diseases: tuple[Disease, ...]
) -> None:
    drifts = np.array(
        [
            drift_in(simulate(replace(somerset_people, seed=seed), laws).tally)
            for seed in range(101, 101 + LIVES)
        ]
    )
    error = drifts.std(axis=0, ddof=1) / np.sqrt(LIVES)
    # Else the check could not see what it is for.
    assert (4 * error < 0.02).all()
    off = np.abs(drifts.mean(axis=0)) - 4 * error
    assert {d.id: o for d, o in zip(diseases, off, strict=True) if o > CLOSE} == {}


def drift_in(tally: Tally) -> np.ndarray:
    """Of the share with each condition, from the first year to the last, by bands as at first."""
    heads = tally.people.sum(axis=2).astype(float)[..., None]
    having = tally.with_condition.sum(axis=2)
    share = np.divide(having, heads, out=np.zeros(having.shape), where=heads > 0)
    weighted = (share * heads[0]).sum(axis=(1, 2))
    return np.asarray(weighted[YEARS] / weighted[0] - 1)


def test_expected_results_are_the_average_of_simulated_lives(
    somerset_people: People, laws: Laws, found: dict[str, Course]
) -> None:
    """With nobody leaving what cannot be left: the drift that the calibrated leaving takes away."""
    k = somerset_people.condition_ids.index("learning_disability")
    ending = laws.ending.copy()
    ending[..., k] = 0
    kept = replace(laws, ending=ending)
    drifts = [
        drift_in(simulate(replace(somerset_people, seed=seed), kept).tally)[k]
        for seed in range(101, 101 + LIVES)
    ]
    expected = drift(found["learning_disability"].uncalibrated)
    assert expected > 0.03
    error = float(np.std(drifts, ddof=1)) / np.sqrt(LIVES)
    assert float(np.mean(drifts)) == pytest.approx(expected, abs=4 * error + 0.003)


def test_few_leave_what_cannot_be_left_and_the_value_is_marked_calibrated(
    found: dict[str, Course], diseases: tuple[Disease, ...]
) -> None:
    lost = {name for name, c in found.items() if c.status == "calibrated"}
    assert lost == {"learning_disability", "serious_mental_illness"}
    for disease in diseases:
        course = found[disease.id]
        if disease.id in lost:
            assert 0.001 < course.leaving < 0.015
            assert drift(course.uncalibrated) > 0.01 > CLOSE / 2 > abs(drift(course.share))
        else:
            assert (course.leaving > 0) == disease.can_be_left
            np.testing.assert_array_equal(course.share, course.uncalibrated)


def test_chance_in_a_few_people_makes_nobody_lose_a_condition(
    somerset: Place, few: People, diseases: tuple[Disease, ...]
) -> None:
    """Shares that wobble from age to age would have a rare condition come and go."""
    laws = fit_laws(somerset, few, steps=1, draw=without_trends(diseases))
    for course in courses(few, laws, diseases):
        assert course.leaving < 0.02, course.condition


def test_by_hand_where_nobody_differs(
    somerset_people: People, laws: Laws, diseases: tuple[Disease, ...]
) -> None:
    """Men of 70 and 71, one hazard for all: the share a year on is arithmetic."""
    age = somerset_people.age_in(laws.years[0])
    men = (somerset_people.sex == 0) & ((age == 70) | (age == 71))
    some, age = somerset_people.take(np.flatnonzero(men)), age[men]
    k = some.condition_ids.index("diabetes")
    hazard, ending = np.zeros_like(laws.hazard), np.zeros_like(laws.ending)
    hazard[..., k], hazard[..., laws.lanes.death], ending[..., k] = 0.02, 0.3, 0.1
    plain = replace(
        laws,
        hazard=hazard,
        ending=ending,
        conditions=tuple(np.ones_like(t) for t in laws.conditions),
        quintile=np.ones_like(laws.quintile),
        risk=tuple(np.ones_like(t) for t in laws.risk),
        frail=np.zeros_like(laws.frail),
    )
    course = courses(some, plain, diseases)[k]
    has = ((some.conditions >> np.uint32(k)) & np.uint32(1)).astype(float)
    leaves, falls = 1 - np.exp(-0.1), 1 - np.exp(-0.02)
    younger = has[age == 70].mean()
    at_71 = younger * (1 - leaves) + (1 - younger) * falls
    assert course.share[0] == pytest.approx(has.mean())
    # Men weigh as in the first year; whoever would be 70 was 69, and of those there is nobody.
    assert course.share[1] == pytest.approx(at_71 * (age == 71).mean(), rel=1e-5)
    assert course.leaving == pytest.approx(leaves * np.exp(-0.3), rel=1e-5)
