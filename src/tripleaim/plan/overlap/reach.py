"""Whom every solution reaches, year by year, in the lives that a projection gives."""

from __future__ import annotations

import numpy as np

from tripleaim.core import UNWATCHED, RunContext
from tripleaim.people import People, level_columns, read_risk_factors
from tripleaim.place import InputError, Place, parse, person_columns
from tripleaim.plan.overlap.effects import incidence_conditions
from tripleaim.plan.overlap.groups import Bits, Groups, OnsetBook, group_year, padded, patterns_of
from tripleaim.projection import (
    ContactModel,
    Forecast,
    Trajectory,
    condition_multipliers,
    contacts,
    fit_contacts,
)


def reach_groups(
    place: Place,
    trajectory: Trajectory,
    forecast: Forecast,
    *,
    context: RunContext = UNWATCHED,
    model: ContactModel | None = None,
) -> Groups:
    """Everyone registered in each year of the plan, grouped by what reaches them.

    Contacts are the calibrated ones. A person is reached by a solution in a year if its expression
    holds of them then; whether an onset might have been avoided depends on who reached the person
    in the year before it. `model` is fitted to the trajectory unless given.
    Raises InputError for a solution that reaches nobody in any year.
    """
    model = model or fit_contacts(place, trajectory)
    ids = trajectory.people.condition_ids
    conditions = incidence_conditions(place)
    order = [ids.index(c) for c in conditions]
    acting = [
        sum(
            1 << s
            for s, sol in enumerate(place.solutions)
            if any(e.condition == c for e in sol.effects)
        )
        for c in conditions
    ]
    points = tuple(p.id for p in place.points_of_delivery)
    multipliers = np.asarray(condition_multipliers(place), dtype=np.float64)[order]
    book = OnsetBook(len(trajectory.people), len(conditions))
    before = reach(place, trajectory.people, trajectory.years[0], trajectory.conditions[0])
    years = []
    for y in range(1, len(trajectory.years)):
        year = trajectory.years[y]
        has, had = trajectory.conditions[y], trajectory.conditions[y - 1]
        there = trajectory.present[y] & trajectory.present[y - 1]
        for c, bit in enumerate(order):
            new = there & ((has & ~had) >> np.uint32(bit) & np.uint32(1) > 0)
            book.begin(c, y - 1, new, before, acting[c])
        before = reach(place, trajectory.people, year, has)
        present = np.flatnonzero(trajectory.present[y])
        factor = np.array([forecast.factor[p][year] for p in points])
        expected = np.asarray(contacts(place, trajectory, year, model))[present] * factor
        known = len(book.onsets)
        years.append(group_year(before[present], book.sets[present], expected, onsets=known))
        context.report("seeing whom solutions reach", y / (len(trajectory.years) - 1))
    groups = Groups(
        years=trajectory.years[1:],
        solutions=tuple(s.id for s in place.solutions),
        points_of_delivery=points,
        conditions=conditions,
        onsets=tuple(book.onsets),
        attributable=1.0 - 1.0 / multipliers,
        by_year=tuple(padded(now, len(book.onsets)) for now in years),
    )
    _reaches_somebody(place, groups)
    return groups


def _reaches_somebody(place: Place, groups: Groups) -> None:
    for solution, reached in zip(place.solutions, groups.people_reached, strict=True):
        if not reached.any():
            raise InputError(
                "expected a condition that somebody meets; this reaches nobody in any year",
                file=solution.file,
                line=place.own.toml(f"solutions/{solution.id}.toml").line_of("reach", "who"),
                column="reach.who",
                value=solution.who,
            )


def reach(place: Place, people: People, year: str, conditions: np.ndarray) -> Bits:
    """The pattern (n,) of solutions that reach each person in `year`, bit by bit in place order."""
    factors = [f for f in read_risk_factors(place) if any(f.id in s.who for s in place.solutions)]
    named = level_columns(people, factors, year)
    columns = people.columns(year, conditions, named)
    names = person_columns(people.condition_ids, tuple(named))
    who = [parse(s.who, names, file=s.file).on(columns) for s in place.solutions]
    if not who:
        return np.zeros(len(people), dtype=np.uint64)
    return patterns_of([np.asarray(w, dtype=bool) for w in who])
