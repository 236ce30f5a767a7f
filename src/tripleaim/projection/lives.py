"""People in, their lives to the end of the plan out."""

from __future__ import annotations

import numpy as np

from tripleaim.people import People
from tripleaim.place import InputError, Place
from tripleaim.progress import Progress, silent
from tripleaim.projection.model import Events, Trajectory
from tripleaim.projection.newcomers import today_limit
from tripleaim.projection.rates import Rates, fit_rates
from tripleaim.projection.step import State, Step, step


def project(
    place: Place,
    people: People,
    progress: Progress | None = None,
    *,
    rates: Rates | None = None,
    kernel: Step = step,
) -> Trajectory:
    """Everybody's life from the base year to the last year of the plan, if nothing is done.

    `rates` are fitted to `people` unless given: part of a population is projected with the rates
    of the whole, and then leads the same lives. `kernel` takes one year's step.
    Raises InputError if the numbers of people leave no room for newcomers.
    """
    report = progress or silent
    report("projecting lives", 0.0)
    rates = rates or fit_rates(place, people)
    steps = rates.vitals.years
    limit = today_limit(len(steps))
    if len(people) and int(people.person.max()) >= limit:
        raise InputError(
            f"expected people numbered below {limit} for a horizon of {len(steps)} years",
            value=int(people.person.max()),
        )
    state = State(people, people.age_in(place.base_year) >= 0, people.conditions)
    states = [state]
    for index, year in enumerate(steps):
        report("projecting lives", (index + 1) / (len(steps) + 1))
        state = kernel(state, year, index, rates)
        states.append(state)
    everyone = len(state.people)
    present = np.zeros((len(states), everyone), dtype=np.bool_)
    conditions = np.zeros((len(states), everyone), dtype=np.uint32)
    for y, one in enumerate(states):
        present[y, : len(one.present)] = one.present
        conditions[y, : len(one.conditions)] = one.conditions
    report("projecting lives", 1.0)
    return Trajectory(
        people=state.people,
        years=(place.base_year, *place.years),
        present=present,
        conditions=conditions,
        events=_events(steps, states),
    )


def _events(steps: tuple[str, ...], states: list[State]) -> dict[str, Events]:
    return {
        year: one.events
        for year, one in zip(steps, states[1:], strict=True)
        if one.events is not None
    }
