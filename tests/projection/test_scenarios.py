"""Scenarios in one pass: a life is led once for all scenarios in which it is the same."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from tripleaim.core import RunContext
from tripleaim.people import People, read_risk_factors, synthesise
from tripleaim.place import Place, load
from tripleaim.prevention.compiled_programmes import compile_programmes
from tripleaim.prevention.job import lags_of, names_of
from tripleaim.prevention.programme_files import read_programmes
from tripleaim.prevention.scenarios import late_outcomes
from tripleaim.projection import (
    MOST_SCENARIOS,
    Laws,
    Programme,
    Tally,
    fit_laws,
    lifetime_laws,
    simulate,
    simulate_differences,
    simulate_scenarios,
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


def sets_of(programmes: tuple[Programme, ...]) -> list[tuple[int, ...]]:
    """None, all, each alone, all but each, and two pairs."""
    every = tuple(range(len(programmes)))
    others = [every[:j] + every[j + 1 :] for j in every]
    return [(), every, *((j,) for j in every), *others, (0, 1), (2, 1)]


def test_scenarios_in_one_pass_equal_those_simulated_one_after_the_other(
    people: People, laws: Laws, programmes: tuple[Programme, ...]
) -> None:
    sets = sets_of(programmes)
    found = simulate_scenarios(people, laws, programmes, sets)
    for one, tally in zip(sets, found, strict=True):
        same(tally, simulate(people, laws, programmes=[programmes[j] for j in one]).tally)


def test_scenarios_are_the_same_on_any_number_of_threads(
    people: People, laws: Laws, programmes: tuple[Programme, ...]
) -> None:
    sets = sets_of(programmes)[:4]
    one, three = (
        simulate_scenarios(people, laws, programmes, sets, threads=threads) for threads in (1, 3)
    )
    for mine, other in zip(one, three, strict=True):
        same(mine, other)


def test_differences_equal_those_of_whole_simulated_lives(
    place: Place, people: People, laws: Laws, programmes: tuple[Programme, ...]
) -> None:
    every = tuple(range(len(programmes)))
    closed = lifetime_laws(place, laws, 30)
    names = [*(p.id for p in programmes)]
    joining = [
        replace(
            p,
            coverage=np.concatenate([p.coverage[:3], np.zeros((27, 5))]),
            **{
                name: np.repeat(getattr(p, name)[..., :1, :], 31, axis=2)
                for name in ("hazard", "expected")
            },
            strength=np.repeat(p.strength[:1], 31),
        )
        for p in programmes
    ]
    sets = [(), every, *((j,) for j in every)]
    found = simulate_differences(people, closed, joining, sets)
    whole = [simulate(people, closed, programmes=[joining[j] for j in one]).tally for one in sets]
    for (before, after), tally in zip(found.pairs, whole[1:], strict=True):
        for name in ("people", "deaths", "expected"):
            np.testing.assert_array_equal(
                getattr(after, name) - getattr(before, name),
                getattr(tally, name) - getattr(whole[0], name),
                err_msg=name,
            )
    seen = simulate_scenarios(people, closed, joining, [every])[0]
    for j in found.idle:
        np.testing.assert_array_equal(found.joined[..., j], seen.joined[..., j], names[j])
    for j, (_, after) in enumerate(found.pairs[1:]):
        if j not in found.idle:
            np.testing.assert_array_equal(after.joined, whole[2 + j].joined, names[j])
            np.testing.assert_array_equal(after.members, whole[2 + j].members, names[j])


def test_more_scenarios_than_fit_a_word_are_refused(
    people: People, laws: Laws, programmes: tuple[Programme, ...]
) -> None:
    acting = [
        j for j, p in enumerate(programmes) if (p.hazard != 1).any() or (p.expected != 1).any()
    ]
    sets = [one for n in range(4) for one in combinations(acting, n)]
    assert len(sets) > MOST_SCENARIOS
    with pytest.raises(ValueError, match=f"at most {MOST_SCENARIOS} scenarios, found"):
        simulate_scenarios(people, laws, programmes, sets)


def test_a_closed_population_is_simulated_to_its_end(
    place: Place, people: People, laws: Laws
) -> None:
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
