"""Scenarios from parts: only those whom a programme reaches have another life."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from tripleaim.core import RunContext
from tripleaim.people import People, read_risk_factors, synthesise
from tripleaim.place import Place, load
from tripleaim.prevention.compiled_programmes import compile_programmes
from tripleaim.prevention.job import lags_of, names_of
from tripleaim.prevention.programmes import read_programmes
from tripleaim.prevention.scenarios import late_outcomes
from tripleaim.projection import (
    Laws,
    Programme,
    Tally,
    changed,
    fit_laws,
    lifetime_laws,
    of_programmes,
    simulate,
    simulate_reach,
)


@pytest.fixture(scope="module")
def place(hamlet: Path) -> Place:
    return load(hamlet)


@pytest.fixture(scope="module")
def people(place: Place) -> People:
    return synthesise(place, RunContext(7))


@pytest.fixture(scope="module")
def laws(place: Place, people: People) -> Laws:
    return fit_laws(place, people, steps=8)


@pytest.fixture(scope="module")
def programmes(place: Place, laws: Laws) -> tuple[Programme, ...]:
    late = late_outcomes(laws.expected.names, [p.id for p in place.points_of_delivery])
    read = read_programmes(place, names_of(place, laws, late))
    return compile_programmes(place, read, laws, lags_of(read_risk_factors(place)))


def same(one: Tally, other: Tally) -> None:
    for field in fields(Tally):
        np.testing.assert_array_equal(
            getattr(one, field.name), getattr(other, field.name), err_msg=field.name
        )


def test_to_look_whom_programmes_reach_changes_no_life(
    people: People, laws: Laws, programmes: tuple[Programme, ...]
) -> None:
    seen, reached = simulate_reach(people, laws, programmes)
    nothing = simulate(people, laws).tally
    for name in ("people", "deaths", "onsets", "expected", "births", "arrivals"):
        np.testing.assert_array_equal(getattr(seen, name), getattr(nothing, name))
    assert 0 < np.count_nonzero(reached) < len(people)


def test_a_programme_is_do_nothing_but_for_those_it_reaches(
    people: People, laws: Laws, programmes: tuple[Programme, ...]
) -> None:
    seen, reached = simulate_reach(people, laws, programmes)
    for j, programme in enumerate(programmes):
        rows = np.flatnonzero(reached >> np.uint32(j) & np.uint32(1))
        before, _ = simulate_reach(people, laws, [programme], among=rows)
        after = simulate(people, laws, programmes=[programme], among=rows).tally
        whole = changed(of_programmes(seen, [j]), before, after)
        same(whole, simulate(people, laws, programmes=[programme]).tally)


def test_all_programmes_are_do_nothing_but_for_those_that_any_reaches(
    people: People, laws: Laws, programmes: tuple[Programme, ...]
) -> None:
    seen, reached = simulate_reach(people, laws, programmes)
    rows = np.flatnonzero(reached)
    before, _ = simulate_reach(people, laws, programmes, among=rows)
    after = simulate(people, laws, programmes=programmes, among=rows).tally
    same(changed(seen, before, after), simulate(people, laws, programmes=programmes).tally)


def test_a_closed_population_is_led_to_its_end(place: Place, people: People, laws: Laws) -> None:
    closed = lifetime_laws(place, laws, 110)
    tally = simulate(people, closed).tally
    assert len(tally.years) == 111
    alive = tally.people.sum(axis=(1, 2, 3))
    assert alive[0] == len(people)
    np.testing.assert_array_equal(alive[:-1] - alive[1:], tally.deaths.sum(axis=(1, 2, 3)))
    for flow in (tally.births, tally.arrivals, tally.departures):
        assert not flow.any()
    # Nobody was older than 0 less than 110 years ago; mortality of the oldest falls on and on.
    assert alive[-1] < len(people) / 50


def test_the_years_that_were_fitted_stay_and_mortality_goes_on_falling(
    place: Place, laws: Laws
) -> None:
    closed, death = lifetime_laws(place, laws, 60), laws.lanes.death
    np.testing.assert_array_equal(closed.hazard[:8, ..., death], laws.hazard[..., death])
    assert (closed.hazard[50, :, 70, death] < closed.hazard[10, :, 70, death]).all()
    np.testing.assert_array_equal(closed.hazard[50, ..., :death], laws.hazard[-1, ..., :death])
