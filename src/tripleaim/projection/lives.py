"""People in, their lives to the end of the plan out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tripleaim.people import People
from tripleaim.place import Place
from tripleaim.progress import Progress, silent
from tripleaim.projection.model import Trajectory
from tripleaim.projection.newcomers import check_room
from tripleaim.projection.rates import Rates, Target, age_cells, fit_rates, shares_by_age
from tripleaim.projection.risks import read_risks
from tripleaim.projection.step import State, Step, step
from tripleaim.projection.vitals import read_vitals


def project(
    place: Place,
    people: People,
    progress: Progress | None = None,
    *,
    rates: tuple[Rates, ...] | None = None,
    kernel: Step = step,
) -> Trajectory:
    """Everybody's life from the base year to the last year of the plan, if nothing is done.

    Each year's rates are fitted to the people of that year unless given: part of a population is
    projected with the `rates` that its whole was led by, and then leads the same lives. `kernel`
    takes one year's step. Raises InputError if people's numbers leave no room for newcomers.
    """
    report = progress or silent
    report("projecting lives", 0.0)
    years = (place.base_year, *place.years)
    steps = len(years) - 1
    check_room(people, steps)
    state = State(people, people.age_in(place.base_year) >= 0, people.conditions)
    rates_of = _fitter(place, state) if rates is None else lambda _, index: rates[index]
    states, used = [state], []
    for index, year in enumerate(years[:-1]):
        used.append(rates_of(state, index))
        state = kernel(state, year, index, used[-1])
        states.append(state)
        report("projecting lives", (index + 1) / steps)
    return _trajectory(years, states, tuple(used))


def _fitter(place: Place, start: State) -> Callable[[State, int], Rates]:
    """What fits the rates of a step to the state at its start."""
    people = start.people
    target = Target(
        vitals=read_vitals(place),
        risks=read_risks(place, people),
        shares=shares_by_age(people, age_cells(people, place.base_year), start.present),
    )
    return lambda state, index: fit_rates(
        target, index, state.people, state.present, state.conditions
    )


def _trajectory(
    years: tuple[str, ...], states: list[State], rates: tuple[Rates, ...]
) -> Trajectory:
    everyone = len(states[-1].people)
    present = np.zeros((len(states), everyone), dtype=np.bool_)
    conditions = np.zeros((len(states), everyone), dtype=np.uint32)
    for y, one in enumerate(states):
        present[y, : len(one.present)] = one.present
        conditions[y, : len(one.conditions)] = one.conditions
    return Trajectory(
        people=states[-1].people,
        years=years,
        present=present,
        conditions=conditions,
        events={
            year: one.events
            for year, one in zip(years[:-1], states[1:], strict=True)
            if one.events is not None
        },
        rates=rates,
    )
