"""Lives of everybody under given laws: the fast way."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tripleaim.core import UNWATCHED, RunContext
from tripleaim.people import People, joined
from tripleaim.projection.births import children_of
from tripleaim.projection.calls import simulated_in_threads
from tripleaim.projection.cohorts import PersonRecords, Rows, split_into_chunks
from tripleaim.projection.kernel import PRESENT
from tripleaim.projection.kernel import lead as lead_chunks
from tripleaim.projection.laws import Laws
from tripleaim.projection.model import Trajectory
from tripleaim.projection.newcomers import check_room
from tripleaim.projection.packing import (
    Counts,
    Packed,
    add_to,
    empty_counts,
    lanes_at_work,
    pack,
    pack_programmes,
)
from tripleaim.projection.programme import Programme, check_coverage, strengths
from tripleaim.projection.run import Run
from tripleaim.projection.tally import Tally, empty_tally, events_of


def simulate(
    people: People,
    laws: Laws,
    *,
    programmes: Sequence[Programme] = (),
    threads: int | None = None,
    lives: bool = False,
    context: RunContext = UNWATCHED,
) -> Run:
    """Everybody's life from the first of the laws' years to the last, and what it adds up to.

    The same bytes as `plain.simulate_plainly`, on any number of threads (all processors unless
    given). Luck belongs to the person, so counts of parts add up to the whole. Raises InputError
    where people's numbers or the horizon leave no room for newcomers.
    """
    lead = _lead(people, laws, programmes, threads, lives=lives, context=context)
    tally = lead.tally()
    trajectory = lead.trajectory(tally, laws.years) if lives else None
    return Run(tally, trajectory)


def simulate_lives(people: People, laws: Laws) -> Trajectory:
    """Everybody's life, if nothing is done."""
    lead = _lead(people, laws, (), None, lives=True, context=UNWATCHED)
    return lead.trajectory(lead.tally(), laws.years)


def _lead(
    people: People,
    laws: Laws,
    programmes: Sequence[Programme],
    threads: int | None,
    *,
    lives: bool,
    context: RunContext = UNWATCHED,
) -> _Lead:
    if not laws.closed:
        check_room(people, laws.steps)
    check_coverage(programmes)
    lead = _Lead(people, laws, programmes, threads or os.cpu_count() or 1, lives)
    present = np.flatnonzero(people.age_in(laws.years[0]) >= 0)
    starts = np.zeros(len(present), dtype=np.int64)
    lead.through(people, present, starts, (0, laws.steps), context)
    return lead


def advance(people: People, laws: Laws, y: int) -> Trajectory:
    """The lives of people who are there at the start of step y, to its end: two years.

    Unlike `simulate` it takes people in whatever step they came.
    """
    lead = _Lead(people, laws, (), os.cpu_count() or 1, lives=True)
    rows = np.arange(len(people))
    lead.through(people, rows, np.full(len(people), y, dtype=np.int64), (y, y + 1))
    return lead.trajectory(lead.tally(), laws.years[y : y + 2])


@dataclass
class Record:
    """Lives of the people of one generation: conditions and PRESENT by year, one row a person."""

    people: People
    bits: npt.NDArray[np.uint32]


@dataclass
class _Lead:
    """One projection on its way, one generation after the other."""

    people: People
    laws: Laws
    programmes: Sequence[Programme]
    threads: int
    lives: bool
    records: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        laws, programmes, seed = self.laws, self.programmes, self.people.seed
        self.packed: Packed = pack(laws, seed, lanes_at_work(laws), programmes)
        self.does = pack_programmes(
            programmes, laws, self.packed, seed, [strengths(p) for p in programmes]
        )
        packed = self.packed
        self.shape = tuple(
            (0,) * n
            for n in (
                packed.size,
                packed.width,
                packed.tables,
                packed.risks,
                bool(programmes),
                self.lives,
            )
        )
        self.counts = [empty_counts(laws, packed, len(programmes)) for _ in range(self.threads)]
        self.births = np.zeros(laws.steps, dtype=np.int64)
        self.newborn_deaths = np.zeros((laws.steps, 2, 5), dtype=np.int64)

    def through(
        self,
        people: People,
        rows: Rows,
        starts: Rows,
        span: tuple[int, int],
        context: RunContext = UNWATCHED,
    ) -> None:
        """Leads those in `rows` from step `starts` (each) to the last of `span`, their children so.

        Records begin at its first.
        """
        first, last = span
        while True:
            years = last - first + 1 if self.lives else 0
            record = np.zeros((len(people) if self.lives else 0, years), dtype=np.uint32)
            if self.lives:
                self.records.append(Record(people, record))
            if not len(rows):
                return
            dealt = split_into_chunks(people, rows, starts, self.threads)
            results = self._call(dealt, record, span, context)
            if self.lives:
                self.records += [_arrived(people, *comers) for _, comers in results]
            mothers = [
                np.concatenate(parts) for parts in zip(*(m for m, _ in results), strict=True)
            ]
            if not len(mothers[0]) and not self.lives:
                return
            people, rows, starts = self._born(people, *mothers)

    def _call(
        self,
        dealt: tuple[Rows, PersonRecords],
        record: npt.NDArray[np.uint32],
        span: tuple[int, int],
        context: RunContext,
    ) -> list[Any]:
        chunks, person_records = dealt
        when = (int(self.laws.years[0][:4]), span[1], span[0])

        def lead(counts: Counts, some: Rows) -> Any:
            laws, expected = self.packed.laws, self.packed.expected
            fixed = (*self.shape, laws, expected, self.does)
            return lead_chunks(*fixed, counts, some, person_records, record, when)

        return simulated_in_threads(chunks, self.counts, lead, context)

    def _born(
        self,
        people: People,
        mother: npt.NDArray[np.uint64],
        root: Rows,
        step: Rows,
    ) -> tuple[People, Rows, Rows]:
        """The children of a generation, with the step at whose start each is there."""
        children, survived = children_of(
            people, mother, root, step, self.laws, threads=self.threads
        )
        self.births += np.bincount(step, minlength=self.laws.steps)
        died = np.flatnonzero(~survived)
        cell = step[died], children.sex[died], children.quintile[died] - 1
        np.add.at(self.newborn_deaths, cell, 1)
        rows = np.flatnonzero(survived)
        return children, rows, step[rows] + 1

    def tally(self) -> Tally:
        """Everything counted so far."""
        result = empty_tally(self.laws, self.people.condition_ids, [p.id for p in self.programmes])
        for counts in self.counts:
            add_to(result, counts, self.laws, self.packed)
        result.births[:] += self.births
        result.deaths[..., 0] += self.newborn_deaths
        return result

    def trajectory(self, tally: Tally, years: tuple[str, ...]) -> Trajectory:
        """Everybody's life, newcomers by number after today's people."""
        people, bits = self.everybody()
        return Trajectory(
            people=people,
            years=years,
            present=np.ascontiguousarray((bits & np.uint32(PRESENT)).T > 0),
            conditions=np.ascontiguousarray(bits.T & np.uint32(PRESENT - 1)),
            events=events_of(tally),
        )

    def everybody(self) -> tuple[People, npt.NDArray[np.uint32]]:
        """The people of all records and their bits by year, newcomers by number at the end."""
        people = joined(*(r.people for r in self.records))
        bits = np.concatenate([r.bits for r in self.records])
        today = len(self.records[0].people)
        newcomers = today + np.argsort(people.person[today:], kind="stable")
        order = np.concatenate([np.arange(today), newcomers])
        return people.take(order), bits[order]


def _arrived(
    people: People,
    number: npt.NDArray[np.uint64],
    root: Rows,
    bits: npt.NDArray[np.uint32],
) -> Record:
    """Those who came to be like the people in rows `root`, with the conditions they first have.

    `bits` (years, people).
    """
    first = (bits > 0).argmax(axis=0)
    conditions = bits[first, np.arange(bits.shape[1])] & np.uint32(PRESENT - 1)
    return Record(replace(people.take(root), person=number, conditions=conditions), bits.T)
