"""Whom every solution reaches, year by year, in the lives that a projection gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from tripleaim.activity import CellGrid
from tripleaim.people import People, level_columns, read_risk_factors
from tripleaim.place import InputError, Place, parse, person_columns, refuse
from tripleaim.plan.overlap.effects import incidence_conditions
from tripleaim.plan.overlap.groups import (
    Bits,
    Groups,
    OnsetBook,
    YearGroups,
    group_year,
    padded,
    patterns_of,
)
from tripleaim.plan.overlap.reach_cells import ReachCells, YearCells, cells_of_groups
from tripleaim.projection import Trajectory, condition_multipliers


class ReachCount:
    """Counts, year after year, who is reached by what, and their contacts before calibration.

    Hand every year of the trajectory to `add`, the base year first; then ask for the `groups` and
    for the `cells` that their contacts are in. A person is reached by a solution in a year if its
    expression holds of them then; whether an onset might have been avoided depends on who reached
    the person in the year before it.
    """

    def __init__(self, place: Place, trajectory: Trajectory, grid: CellGrid) -> None:
        self.place, self.trajectory, self.grid = place, trajectory, grid
        ids = trajectory.people.condition_ids
        self.conditions = incidence_conditions(place)
        self.order = [ids.index(c) for c in self.conditions]
        self.acting = [
            sum(
                1 << s
                for s, solution in enumerate(place.solutions)
                if any(e.condition == c for e in solution.effects)
            )
            for c in self.conditions
        ]
        self.book = OnsetBook(len(trajectory.people), len(self.conditions))
        self.before = np.zeros(0, dtype=np.uint64)
        self.years: list[YearGroups] = []
        self.year_cells: list[YearCells] = []

    def add(self, y: int, expected: npt.NDArray[np.float32]) -> None:
        """Count year `y` of the trajectory, in which people have the contacts `expected` (N, P)."""
        trajectory, year = self.trajectory, self.trajectory.years[y]
        has = trajectory.conditions[y]
        if y:
            had = trajectory.conditions[y - 1]
            there = trajectory.present[y] & trajectory.present[y - 1]
            for c, bit in enumerate(self.order):
                new = there & ((has & ~had) >> np.uint32(bit) & np.uint32(1) > 0)
                self.book.begin(c, y - 1, new, self.before, self.acting[c])
        self.before = reach(self.place, trajectory.people, year, has)
        if not y:
            return
        here = np.flatnonzero(trajectory.present[y])
        known = len(self.book.onsets)
        groups, group = group_year(
            self.before[here], self.book.sets[here], expected[here], onsets=known
        )
        self.years.append(groups)
        cell = self.grid.cells(trajectory.people, year, has)[here]
        self.year_cells.append(cells_of_groups(group, cell, expected[here], len(self.grid)))

    def groups(self, factors: Mapping[str, Mapping[str, float]]) -> Groups:
        """The groups with calibrated contacts: those counted, times calibration's `factors`.

        Raises InputError for a solution that reaches nobody in any year.
        """
        points = tuple(p.id for p in self.place.points_of_delivery)
        multipliers = np.asarray(condition_multipliers(self.place), dtype=np.float64)[self.order]
        groups = Groups(
            years=self.trajectory.years[1:],
            solutions=tuple(s.id for s in self.place.solutions),
            points_of_delivery=points,
            conditions=self.conditions,
            onsets=tuple(self.book.onsets),
            attributable=1.0 - 1.0 / multipliers,
            by_year=tuple(
                replace(
                    padded(now, len(self.book.onsets)),
                    contacts=now.contacts * [factors[point][year] for point in points],
                )
                for now, year in zip(self.years, self.trajectory.years[1:], strict=True)
            ),
        )
        _reaches_somebody(self.place, groups)
        return groups

    def cells(self, factors: Mapping[str, Mapping[str, float]]) -> ReachCells:
        """In which cells of people the groups' calibrated contacts are."""
        points = [p.id for p in self.place.points_of_delivery]
        return ReachCells(
            self.grid,
            tuple(
                replace(now, contacts=now.contacts * [factors[p][year] for p in points])
                for now, year in zip(self.year_cells, self.trajectory.years[1:], strict=True)
            ),
        )


def _reaches_somebody(place: Place, groups: Groups) -> None:
    for solution, reached in zip(place.solutions, groups.people_reached, strict=True):
        if not reached.any():
            raise InputError(
                "expected a condition that some people meet; this reaches no people in any year",
                file=solution.file,
                line=place.own.toml(f"solutions/{solution.id}.toml").line_of("reach", "who"),
                column="reach.who",
                value=solution.who,
            )


def refuse_reaching_nobody(place: Place, people: People) -> None:
    """Raise InputError with every solution whose condition none of `people` meets in the base year.

    The plan and the check of a place both ask this, the one of its own people, the other of those
    of the usual seed: in a place of few people a rare condition may be met by those of one seed
    alone.
    """
    if not place.solutions:
        return
    patterns = reach(place, people, place.base_year, people.conditions)
    reached = int(np.bitwise_or.reduce(patterns)) if len(patterns) else 0
    refuse(
        [
            InputError(
                f"expected a condition that some people meet in {place.base_year}; this reaches "
                "no people: widen it, or move the file out of solutions",
                file=solution.file,
                line=place.own.toml(f"solutions/{solution.id}.toml").line_of("reach", "who"),
                column="reach.who",
                value=solution.who,
            )
            for s, solution in enumerate(place.solutions)
            if not reached >> s & 1
        ]
    )


def reach(place: Place, people: People, year: str, conditions: np.ndarray) -> Bits:
    """The pattern (n,) of solutions that reach each person in `year`, bit by bit in place order."""
    factors = [f for f in read_risk_factors(place) if any(f.id in s.who for s in place.solutions)]
    named = level_columns(people, factors, year)
    names = person_columns(people.condition_ids, tuple(named))
    who = [parse(s.who, names, file=s.file) for s in place.solutions]
    if not who:
        return np.zeros(len(people), dtype=np.uint64)
    read = frozenset().union(*(expression.names for expression in who))
    columns = people.columns(year, conditions, named, only=read)
    return patterns_of([np.asarray(w.on(columns), dtype=bool) for w in who])
