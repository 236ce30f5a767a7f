"""The model that `make bench` holds all engines against, small: all meet the exact figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bench import simple_numpy, simple_ours
from bench.reference import Timed
from bench.simple_exact import expected
from bench.simple_inputs import chances, cohorts, counted, prevalence, start

from tripleaim.projection import added, simulate
from tripleaim.projection.plain import simulate_plainly

PEOPLE, YEARS, FAR = 20_000, 20, 5.0


@pytest.fixture(scope="module")
def everybody():
    return simple_ours.people_of(start(PEOPLE), seed=1)


def test_everybody_is_shared_out_to_ages_to_the_person():
    for people in (1, 999, PEOPLE):
        assert cohorts(people).sum() == people
    begin = start(PEOPLE)
    cells = np.bincount(begin.sex.astype(int) * 106 + begin.age, minlength=212)
    assert (cells == cohorts(PEOPLE).ravel()).all()


def test_the_closed_form_is_the_sum_over_a_persons_possible_lives():
    """One person of each cohort, by hand: three years, one condition, every path added up."""
    size, chance, has = cohorts(PEOPLE), chances(), prevalence()
    q, onset = chance[..., 0], chance[..., 1]
    alive, with_first = 0.0, 0.0
    for sex in range(2):
        for age in range(106):
            a, b, c = (min(age + year, 105) for year in range(3))
            lives = np.prod([1 - q[sex, x] for x in (a, b, c)])
            never = (1 - has[sex, age, 0]) * np.prod([1 - onset[sex, x] for x in (a, b, c)])
            alive += size[sex, age] * lives
            with_first += size[sex, age] * lives * (1 - never)
    assert expected(PEOPLE, 3).mean[3, :2] == pytest.approx([alive, with_first], rel=1e-12)


@pytest.mark.parametrize("variant", ["textbook", "packed", "one_draw"])
def test_each_model_in_numpy_meets_the_exact_expectation(variant):
    counts = getattr(simple_numpy, variant)(start(PEOPLE), YEARS, 1, Timed())
    assert np.abs(expected(PEOPLE, YEARS).z(counts)).max() < FAR


@pytest.mark.parametrize("engine", [simulate, simulate_plainly])
def test_our_engine_meets_the_exact_expectation(engine, everybody):
    tally = engine(everybody, simple_ours.laws_of(YEARS)).tally
    assert np.abs(expected(PEOPLE, YEARS).z(simple_ours.counts_of(tally))).max() < FAR


def test_the_kernel_counts_what_the_clear_projection_counts(everybody):
    laws = simple_ours.laws_of(YEARS)
    fast, plain = simulate(everybody, laws).tally, simulate_plainly(everybody, laws).tally
    assert (simple_ours.counts_of(fast) == simple_ours.counts_of(plain)).all()
    assert (fast.deaths == plain.deaths).all()
    assert (fast.onsets == plain.onsets).all()


def test_seven_shards_count_what_one_counts(everybody):
    laws = simple_ours.laws_of(YEARS)
    rows = np.arange(PEOPLE)
    shards = [simulate(everybody.take(rows[s::7]), laws).tally for s in range(7)]
    whole = simulate(everybody, laws).tally
    assert (added(shards).people == whole.people).all()
    assert (added(shards).with_condition == whole.with_condition).all()


def test_a_model_with_a_tenth_more_deaths_fails(everybody):
    laws = simple_ours.laws_of(YEARS)
    hazard = laws.hazard.copy()
    hazard[..., laws.lanes.death] *= 1.1
    tally = simulate(everybody, replace(laws, hazard=hazard)).tally
    assert np.abs(expected(PEOPLE, YEARS).z(simple_ours.counts_of(tally))).max() > FAR


def test_only_living_people_are_counted():
    bits = np.array([0b00000, 0b00011, 0b10001, 0b00000], dtype=np.uint8)
    alive = np.array([True, True, True, False])
    assert counted(alive, bits) == [3, 2, 1, 0, 0, 1, 1]
