"""One year of everybody's life: the interface that a faster kernel keeps, and the plain kernel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from tripleaim.people import People, joined, uniform
from tripleaim.people.drawing import draw_frailty
from tripleaim.people.model import EPOCH_YEAR
from tripleaim.projection.model import Events
from tripleaim.projection.newcomers import ARRIVED, BORN, number_newcomers
from tripleaim.projection.rates import Bits, Cells, Mask, Rates, age_cells
from tripleaim.projection.vitals import AGES


@dataclass(frozen=True)
class State:
    """Everybody so far on one 1 January: who is registered, and what they have.

    `people` grows at its end by those who join; rows never move. `events` tells the step that led
    here.
    """

    people: People
    present: Mask
    conditions: Bits
    events: Events | None = None


class Step(Protocol):
    """From the 1 January inside `year` to the next. `index` is the step's number, from 0."""

    def __call__(self, state: State, year: str, index: int, rates: Rates) -> State:
        """The state a year on."""


@dataclass(frozen=True)
class Chances:
    """Each person's probabilities for one year, given that they are registered at its start."""

    death: npt.NDArray[np.float64]
    leave: npt.NDArray[np.float64]
    followed: npt.NDArray[np.float64]
    birth: npt.NDArray[np.float64]


def step(state: State, year: str, index: int, rates: Rates) -> State:
    """Ageing, deaths, onsets, migration out and in, and births, drawn person by person.

    A draw depends on the person's number, the year and the event alone. Everything hangs on how
    things stand at the start of the year: who dies has no onset, who leaves takes theirs along.
    Migration is net: at an age that loses people each may leave, at one that gains each may be
    followed by somebody like them, with the same age, home, practice, frailty and conditions.
    """
    people, seed, luck = state.people, state.people.seed, int(year[:4])
    cell = age_cells(people, year)
    chances = chances_of(state, cell, rates)

    def happens(who: Mask, probability: npt.NDArray[np.float64], event: str) -> Mask:
        rows = np.flatnonzero(who & (probability > 0))
        drawn = uniform(seed, people.person[rows], luck, event) < probability[rows]
        result = np.zeros(len(who), dtype=np.bool_)
        result[rows[drawn]] = True
        return result

    died = happens(state.present, chances.death, "death")
    alive = state.present & ~died
    conditions, onsets = _move_conditions(state, alive, cell, luck, rates)
    left = happens(alive, chances.leave, "departure")
    stayed = alive & ~left
    followed = np.flatnonzero(happens(alive, chances.followed, "arrival"))
    mothers = np.flatnonzero(happens(alive, chances.birth, "birth"))

    arrivals = _arrivals(people, followed, conditions, index)
    babies, survived = _babies(people, mothers, luck, index, rates)
    grown = joined(people, arrivals, babies)
    return State(
        people=grown,
        present=np.concatenate([stayed, np.ones(len(followed), dtype=np.bool_), survived]),
        conditions=np.concatenate([conditions, arrivals.conditions, babies.conditions]),
        events=Events(
            births=len(mothers),
            deaths=int(died.sum() + (~survived).sum()),
            arrivals=len(followed),
            departures=int(left.sum()),
            onsets=onsets,
        ),
    )


def chances_of(state: State, cell: Cells, rates: Rates) -> Chances:
    """Each person's chances of death, leaving, being followed and giving birth."""
    people = state.people
    relative = rates.risks.of_death(state.conditions, people.quintile)
    net = rates.net_migration.ravel()[cell]
    return Chances(
        death=-np.expm1(-rates.death_hazard.ravel()[cell] * relative),
        leave=np.maximum(-net, 0),
        followed=np.maximum(net, 0),
        birth=np.where(people.sex == 1, rates.birth[cell % AGES], 0.0),
    )


def onset_chances(
    state: State, rows: npt.NDArray[np.intp], cell: Cells, k: int, rates: Rates
) -> npt.NDArray[np.float64]:
    """The chance of condition k in this year for those in `rows`, who do not have it."""
    people = state.people
    relative = rates.risks.of_onset(
        k,
        state.conditions[rows],
        people.quintile[rows],
        rates.risks.from_frailty(people.frailty[rows]),
    )
    return np.asarray(-np.expm1(-rates.onset_hazard[k].ravel()[cell[rows]] * relative))


def _move_conditions(
    state: State, alive: Mask, cell: Cells, year: int, rates: Rates
) -> tuple[Bits, tuple[int, ...]]:
    """Onsets in those without, and leaving where a condition can be left; all at once."""
    people, before = state.people, state.conditions
    after, onsets = before.copy(), []
    for k, name in enumerate(people.condition_ids):
        bit = np.uint32(1) << np.uint32(k)
        has = (before & bit) != 0
        rows = np.flatnonzero(alive & ~has & (rates.onset_hazard[k].ravel() > 0)[cell])
        lot = uniform(people.seed, people.person[rows], year, f"onset of {name}")
        falls_ill = rows[lot < onset_chances(state, rows, cell, k, rates)]
        after[falls_ill] |= bit
        onsets.append(len(falls_ill))
        leaving = rates.leaving[k].ravel()
        rows = np.flatnonzero(alive & has & (leaving > 0)[cell])
        lot = uniform(people.seed, people.person[rows], year, f"end of {name}")
        after[rows[lot < leaving[cell[rows]]]] &= ~bit
    return after, tuple(onsets)


def _arrivals(people: People, rows: npt.NDArray[np.intp], conditions: Bits, index: int) -> People:
    """One more person like each of those in `rows`, under a number of their own."""
    like = people.take(rows)
    return replace(
        like,
        person=number_newcomers(like.person, index, ARRIVED),
        conditions=conditions[rows],
    )


def _babies(
    people: People, rows: npt.NDArray[np.intp], luck: int, index: int, rates: Rates
) -> tuple[People, Mask]:
    """One child of each mother in `rows`, at her home and practice; who lives to 1 January."""
    mother = people.take(rows)
    person = number_newcomers(mother.person, index, BORN)
    seed = people.seed
    male = uniform(seed, person, luck, "sex") < rates.male_share
    sex = np.where(male, 0, 1).astype(np.int8)
    month = (uniform(seed, person, luck, "month of birth") * 12).astype(np.int16)
    bits = np.zeros(len(rows), dtype=np.uint32)
    for k, name in enumerate(people.condition_ids):
        share = rates.at_birth[k][sex]
        if share.any():
            has = uniform(seed, person, luck, f"born with {name}") < share
            bits |= has.astype(np.uint32) << np.uint32(k)
    newborn_death = rates.newborn_death[sex]
    survived = uniform(seed, person, luck, "death") >= newborn_death
    child = replace(
        mother,
        person=person,
        birth=((luck + 1 - EPOCH_YEAR) * 12 + month).astype(np.int16),
        sex=sex,
        conditions=bits,
        frailty=draw_frailty(person, seed, luck),
    )
    return child, survived
