"""Lives of everybody under several scenarios at once: each led once for all in which it is same."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.people import People
from tripleaim.projection.births import children_of
from tripleaim.projection.calls import simulated_in_threads
from tripleaim.projection.cohorts import Rows, split_into_chunks
from tripleaim.projection.laws import Laws
from tripleaim.projection.newcomers import check_room
from tripleaim.projection.packing import (
    Counts,
    add_to,
    empty_counts,
    lanes_at_work,
    pack,
    pack_programmes,
)
from tripleaim.projection.programme import Programme, check_coverage, strengths
from tripleaim.projection.scenario_kernel import PackedScenarios, lead_scenarios
from tripleaim.projection.tally import Ints, Tally, empty_tally, of_programmes

Worlds = npt.NDArray[np.uint64]
Mothers = tuple[npt.NDArray[np.uint64], Rows, Rows, Worlds]

MOST_SCENARIOS = 64
"""So many fit a word."""


@dataclass(frozen=True)
class Differences:
    """What sets scenarios apart from the first.

    idle    programmes, by number, that change nothing
    joined  (Y, 5, J) who would join each of these in the first scenario; others are zeros
    pairs   for each of the others the tallies of the lives that are not the same in both, as they
            are in the first scenario and in the other
    """

    idle: frozenset[int]
    joined: Ints
    pairs: list[tuple[Tally, Tally]]


def simulate_scenarios(
    people: People,
    laws: Laws,
    programmes: Sequence[Programme],
    scenarios: Sequence[Sequence[int]],
    *,
    threads: int | None = None,
) -> list[Tally]:
    """The tally of each scenario, in which the programmes of these numbers act.

    The same bytes as `simulate` gives for each with those programmes in that order, on any number
    of threads (all processors unless given). Raises InputError where people's numbers or the
    horizon leave no room for newcomers, ValueError for more than MOST_SCENARIOS that differ.
    """
    asked = _Asked(programmes, scenarios)
    like, rows = asked.like(), np.arange(len(asked.sets))
    packed = asked.packed(like, rows, rows, sign=-1)
    lead = _Lead(people, laws, programmes, packed, rows=len(rows), threads=threads, health=True)
    counts = lead.counts()
    for s in range(1, len(rows)):
        for array in counts:
            array[s] += array[like[s]]
    return [
        of_programmes(lead.tally(counts, asked.which[s]), one) for s, one in enumerate(scenarios)
    ]


def simulate_differences(
    people: People,
    laws: Laws,
    programmes: Sequence[Programme],
    scenarios: Sequence[Sequence[int]],
    *,
    threads: int | None = None,
) -> Differences:
    """What sets each scenario apart from the first: lives from the 1 January on which they part.

    Tallies count neither conditions, onsets nor levels. Nobody whose life is the same in all
    scenarios is led further than the last year in which anybody joins. Raises as
    `simulate_scenarios`.
    """
    asked = _Asked(programmes, scenarios)
    others = len(asked.sets) - 1
    more = np.arange(-1, others)
    less = np.where(more >= 0, more + others, -1)
    packed = asked.packed(np.zeros(others + 1, dtype=np.int64), more, less, sign=1, seen=2 * others)
    lead = _Lead(
        people, laws, programmes, packed, rows=2 * others + 1, threads=threads, health=False
    )
    counts = lead.counts()
    pairs = []
    for s, one in enumerate(scenarios[1:], start=1):
        at = asked.which[s]
        if at == 0:
            before, after = lead.tally(None, 0), lead.tally(None, 0)
        else:
            before, after = (lead.tally(counts, int(row[at])) for row in (less, more))
        pairs.append((of_programmes(before, []), of_programmes(after, one)))
    return Differences(asked.idle, counts.joined[-1], pairs)


class _Asked:
    """Scenarios as sets of the programmes that change anything, each set once."""

    def __init__(self, programmes: Sequence[Programme], scenarios: Sequence[Sequence[int]]) -> None:
        self.programmes = programmes
        self.idle = frozenset(
            j for j, p in enumerate(programmes) if (p.hazard == 1).all() and (p.expected == 1).all()
        )
        acting = [frozenset(one) - self.idle for one in scenarios]
        self.sets = list(dict.fromkeys(acting))
        self.which = [self.sets.index(one) for one in acting]
        if len(self.sets) > MOST_SCENARIOS:
            raise ValueError(f"expected at most {MOST_SCENARIOS} scenarios, found {len(self.sets)}")

    def like(self) -> Rows:
        """(S,) the earlier set that each differs from least."""
        like = [0]
        for s, one in enumerate(self.sets[1:], start=1):
            like.append(min(range(s), key=lambda other: len(one ^ self.sets[other])))
        return np.array(like, dtype=np.int64)

    def packed(
        self, like: Rows, more: Rows, less: Rows, *, sign: int, seen: int = -1
    ) -> PackedScenarios:
        """The sets as the kernel reads them, but for the levels that rows of tables stand for."""
        everything = sum(1 << s for s in range(len(self.sets)))
        inside = [
            everything
            if j in self.idle
            else sum(1 << s for s, one in enumerate(self.sets) if j in one)
            for j in range(len(self.programmes))
        ]
        open_in = [np.flatnonzero(p.coverage.any(axis=1)) for p in self.programmes]
        return PackedScenarios(
            with_programme=np.array(inside, dtype=np.uint64),
            everything=np.uint64(everything),
            like=like,
            more=more.astype(np.int64),
            less=less.astype(np.int64),
            sign=sign,
            seen=seen,
            stop=max((int(steps[-1]) + 1 for steps in open_in if len(steps)), default=0),
            cuts_first=None,
            cuts_second=None,
        )


class _Lead:
    """Everybody's lives, one generation after the other, counted in so many rows."""

    def __init__(
        self,
        people: People,
        laws: Laws,
        programmes: Sequence[Programme],
        scenarios: PackedScenarios,
        *,
        rows: int,
        threads: int | None,
        health: bool,
    ) -> None:
        if not laws.closed:
            check_room(people, laws.steps)
        check_coverage(programmes)
        self.people, self.laws, self.programmes = people, laws, programmes
        self.rows, self.health = rows, health
        self.threads = threads or os.cpu_count() or 1
        self.pack = pack(laws, people.seed, lanes_at_work(laws), programmes)
        self.does = pack_programmes(
            programmes, laws, self.pack, people.seed, [strengths(p) for p in programmes]
        )
        first, second = self.pack.cuts_passed
        self.scenarios = scenarios._replace(cuts_first=first, cuts_second=second)

    def counts(self) -> Counts:
        """What the lives of each row of the counts add up to."""
        counts = [
            empty_counts(
                self.laws, self.pack, len(self.programmes), rows=(self.rows,), health=self.health
            )
            for _ in range(self.threads)
        ]
        people = self.people
        rows = np.flatnonzero(people.age_in(self.laws.years[0]) >= 0)
        starts = np.zeros(len(rows), dtype=np.int64)
        worlds = np.full(len(people), self.scenarios.everything)
        while len(rows):
            mothers = self._generation(people, rows, starts, worlds, counts)
            number, root, step, worlds = mothers
            if not len(number):
                break
            people, survived = children_of(
                people, number, root, step, self.laws, threads=self.threads
            )
            self._count_births(people, survived, step, worlds, counts[0])
            rows = np.flatnonzero(survived)
            starts = step[rows] + 1
        for other in counts[1:]:
            for whole, part in zip(counts[0], other, strict=True):
                whole[:] += part
        return counts[0]

    def tally(self, counts: Counts | None, row: int) -> Tally:
        """A row of the counts as the tally of all programmes; an empty one without counts."""
        conditions = self.people.condition_ids if self.health else ()
        ids = [p.id for p in self.programmes]
        result = empty_tally(self.laws, conditions, ids, levels=self.health)
        if counts is not None:
            own = Counts(*(array[row] for array in counts))
            add_to(result, own, self.laws, self.pack)
            result.births[:] += own.flows[:, 0]
        return result

    def _generation(
        self,
        people: People,
        rows: Rows,
        starts: Rows,
        worlds: Worlds,
        counts: Sequence[Counts],
    ) -> Mothers:
        pack, laws = self.pack, self.laws
        chunks, person_records = split_into_chunks(people, rows, starts, self.threads)
        shape = (pack.size, pack.width, pack.tables, pack.risks, self.health)
        sizes = tuple((0,) * int(n) for n in shape)
        span = int(laws.years[0][:4]), laws.steps

        def lead(own: Counts, some: Rows) -> Mothers:
            fixed = (*sizes, pack.laws, pack.expected, self.does, self.scenarios)
            found: Mothers = lead_scenarios(*fixed, own, some, person_records, worlds, span)
            return found

        found = simulated_in_threads(chunks, counts, lead)
        number, root, step, world = (np.concatenate(part) for part in zip(*found, strict=True))
        return number, root, step, world

    def _count_births(
        self,
        children: People,
        survived: npt.NDArray[np.bool_],
        step: Rows,
        worlds: Worlds,
        counts: Counts,
    ) -> None:
        """Births and newborns' deaths, which no kernel counts."""
        for world in np.unique(worlds).tolist():
            of_world = worlds == world
            died = np.flatnonzero(of_world & ~survived)
            cell = step[died], children.sex[died], children.quintile[died] - 1
            for row, sign in self._rows_of(world):
                counts.flows[row, :, 0] += sign * np.bincount(
                    step[of_world], minlength=self.laws.steps
                )
                np.add.at(counts.deaths[row, ..., 0], cell, sign)

    def _rows_of(self, world: int) -> list[tuple[int, int]]:
        """As in the kernel: the rows of the counts that a world's lives are added to, and signs."""
        scenarios, rows = self.scenarios, []
        for s, like in enumerate(scenarios.like.tolist()):
            own, other = world >> s & 1, 0 if like == s else world >> like & 1
            if own > other and scenarios.more[s] >= 0:
                rows.append((int(scenarios.more[s]), 1))
            if other > own and scenarios.less[s] >= 0:
                rows.append((int(scenarios.less[s]), scenarios.sign))
        return rows
