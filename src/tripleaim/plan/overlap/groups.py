"""Reach groups: everyone in the place, grouped by the solutions that reach them.

What a solution does to a person's contacts depends on the person only through who is reached. So
for each year people with the same set of solutions (a bit pattern) and the same onsets that a
solution might have avoided form one group, and a scenario is evaluated on groups: for the whole
county, exact, without a sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tripleaim.core import cached_property
from tripleaim.place import InputError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]

T = TypeVar("T", np.uint64, np.int64, np.int16)

MOST_SOLUTIONS = 64


@dataclass(frozen=True, slots=True)
class Onset:
    """A new case in one year of the plan, among people whom these solutions reached before it.

    `condition` indexes `Groups.conditions`, `year` the plan's years; bit s of `solutions` is set
    where solution s, which acts on how often the condition begins, reached the person.
    """

    condition: int
    year: int
    solutions: int


@dataclass(frozen=True)
class YearGroups:
    """The G groups of one year, in order of `pattern`.

    patterns  (R,) uint64, bit s set where solution s reaches; the distinct patterns
    pattern   (G,) which of `patterns` a group has
    sets      (O, K) 0/1, which of the K onsets each distinct set of onsets holds; row 0 holds none
    onsets    (G,) which row of `sets` a group has
    people    (G,) people registered
    contacts  (G, P) their expected contacts if nothing is done
    """

    patterns: Bits
    pattern: Ints
    sets: Floats
    onsets: Ints
    people: Floats
    contacts: Floats

    @cached_property
    def reached(self) -> Floats:
        """(R, S) 1 where a pattern holds a solution, else 0; S is 64, the width of a pattern."""
        shifts = np.arange(MOST_SOLUTIONS, dtype=np.uint64)
        bits: Floats = ((self.patterns[:, None] >> shifts) & np.uint64(1)).astype(np.float64)
        return bits

    @cached_property
    def contacts_by_point(self) -> Floats:
        """(P, G) `contacts`, those of one point of delivery beside each other."""
        return np.ascontiguousarray(self.contacts.T)

    @cached_property
    def weights(self) -> dict[tuple[int, bool, bytes, bytes], tuple[Floats, Floats]]:
        """What meeting effects came to at a point of delivery, by all that it follows from."""
        return {}

    @cached_property
    def pattern_starts(self) -> Ints:
        """(R,) the first group of each pattern."""
        return np.searchsorted(self.pattern, np.arange(len(self.patterns)))

    @cached_property
    def onset_order(self) -> tuple[Ints, Ints]:
        """Groups that hold an onset, in order of `onsets`, and where each set's first one is."""
        some = np.flatnonzero(self.onsets)
        order = some[np.argsort(self.onsets[some], kind="stable")]
        starts = np.searchsorted(self.onsets[order], np.arange(1, len(self.sets)))
        return order, starts


@dataclass(frozen=True)
class Groups:
    """Reach groups of every year of the plan.

    solutions          S ids, in the order of the bits
    points_of_delivery P ids; conditions C ids of those that some solution acts on
    onsets             K onsets that a solution might have avoided
    attributable       (C, P) share of the contacts of people with a condition that is due to it
    """

    years: tuple[str, ...]
    solutions: tuple[str, ...]
    points_of_delivery: tuple[str, ...]
    conditions: tuple[str, ...]
    onsets: tuple[Onset, ...]
    attributable: Floats
    by_year: tuple[YearGroups, ...]

    @cached_property
    def onset_columns(self) -> tuple[Ints, Ints, Bits]:
        """(K,) each: condition, year and solutions of every onset."""
        return (
            np.array([onset.condition for onset in self.onsets]),
            np.array([onset.year for onset in self.onsets]),
            np.array([onset.solutions for onset in self.onsets], dtype=np.uint64),
        )

    @cached_property
    def contacts(self) -> Floats:
        """(P, Y) expected contacts of everyone if nothing is done."""
        return np.stack([g.contacts.sum(axis=0) for g in self.by_year], axis=1)

    @cached_property
    def population(self) -> Floats:
        """(Y,) people registered."""
        return np.array([g.people.sum() for g in self.by_year])

    @cached_property
    def people_reached(self) -> Floats:
        """(S, Y) people whom each solution reaches."""
        n = len(self.solutions)
        return np.stack([(g.people @ g.reached[g.pattern])[:n] for g in self.by_year], axis=1)

    @cached_property
    def contacts_reached(self) -> Floats:
        """(S, P, Y) expected contacts of those whom each solution reaches, if nothing is done."""
        n = len(self.solutions)
        sums = [np.add.reduceat(g.contacts, g.pattern_starts, axis=0) for g in self.by_year]
        return np.stack(
            [g.reached[:, :n].T @ s for g, s in zip(self.by_year, sums, strict=True)], axis=2
        )

    def times(self, contacts: Floats, people: Floats | None = None) -> Groups:
        """The same groups with contacts (P, Y) and people (Y,) times these; all groups alike."""

        def year(now: YearGroups, y: int) -> YearGroups:
            heads = now.people if people is None else now.people * people[y]
            scaled = replace(now, contacts=now.contacts * contacts[:, y], people=heads)
            # Which group is which stays: what was worked out of it is handed on.
            for known in ("reached", "pattern_starts", "onset_order"):
                scaled.__dict__[known] = getattr(now, known)
            return scaled

        return replace(self, by_year=tuple(year(now, y) for y, now in enumerate(self.by_year)))

    @cached_property
    def saved_alone(self) -> dict[tuple[int, bytes], dict[tuple[int, bytes], Floats]]:
        """What solutions alone save, by solution and terms, then by year and size of effects."""
        return {}

    @cached_property
    def _only(self) -> dict[int, Groups]:
        return {}

    def only(self, solution: int) -> Groups:
        """The same people grouped by one solution alone, which is then solution 0 of 1."""
        if solution not in self._only:
            self._only[solution] = _only(self, solution)
        return self._only[solution]


def _only(groups: Groups, solution: int) -> Groups:
    bit = np.uint64(solution)
    acts = [bool(o.solutions >> solution & 1) for o in groups.onsets]
    begun = {(o.condition, o.year): 0 for o, a in zip(groups.onsets, acts, strict=True) if a}
    begun = {key: k for k, key in enumerate(begun)}
    joins = np.zeros((len(groups.onsets), len(begun)))
    for k, onset in enumerate(groups.onsets):
        if acts[k]:
            joins[k, begun[onset.condition, onset.year]] = 1.0
    years = []
    for now in groups.by_year:
        reached = ((now.patterns >> bit) & np.uint64(1)).astype(np.int64)[now.pattern]
        sets, which = np.unique(now.sets @ joins > 0, axis=0, return_inverse=True)
        # Rows come out in order, so the row that holds no onset is the first.
        keys, group = np.unique(
            reached * len(sets) + which.reshape(-1)[now.onsets], return_inverse=True
        )
        patterns, pattern = np.unique(keys // len(sets), return_inverse=True)
        rows_left, onsets = np.unique(np.append(keys % len(sets), 0), return_inverse=True)
        summed = [np.bincount(group, column, len(keys)) for column in now.contacts.T]
        years.append(
            YearGroups(
                patterns=patterns.astype(np.uint64),
                pattern=pattern,
                sets=sets[rows_left].astype(np.float64),
                onsets=onsets[:-1],
                people=np.bincount(group, now.people, len(keys)).astype(np.float64),
                contacts=np.stack(summed, axis=1),
            )
        )
    return Groups(
        years=groups.years,
        solutions=(groups.solutions[solution],),
        points_of_delivery=groups.points_of_delivery,
        conditions=groups.conditions,
        onsets=tuple(Onset(condition, year, 1) for condition, year in begun),
        attributable=groups.attributable,
        by_year=tuple(years),
    )


def group_year(
    patterns: Bits,
    onset_sets: npt.NDArray[np.int16],
    contacts: npt.NDArray[np.floating],
    onsets: int,
) -> tuple[YearGroups, Ints]:
    """The groups of n people in one year, and which group each person is in (n,).

    patterns    (n,) uint64, the solutions that reach each
    onset_sets  (n, c) per condition, 0 for no onset or k + 1 for onset k (of `onsets` in all)
    contacts    (n, P) expected contacts
    """
    distinct, reach = distinct_of(patterns)
    rows = np.flatnonzero(onset_sets.any(axis=1))
    which = np.zeros(len(patterns), dtype=np.int64)
    sets = np.zeros((1, onsets))
    if len(rows):
        distinct_sets, inverse = _unique_rows(onset_sets[rows])
        which[rows] = inverse + 1
        sets = np.zeros((len(distinct_sets) + 1, onsets))
        for column in distinct_sets.T:
            has = np.flatnonzero(column)
            sets[has + 1, column[has] - 1] = 1.0
    keys, group = distinct_of(reach * len(sets) + which)
    summed = [np.bincount(group, contacts[:, p], len(keys)) for p in range(contacts.shape[1])]
    groups = YearGroups(
        patterns=distinct,
        pattern=keys // len(sets),
        sets=sets,
        onsets=keys % len(sets),
        people=np.bincount(group, minlength=len(keys)).astype(np.float64),
        contacts=np.stack(summed, axis=1),
    )
    return groups, group


def distinct_of(values: npt.NDArray[T]) -> tuple[npt.NDArray[T], Ints]:
    """What `np.unique` gives with its inverse, distinct_sets by hashing: many rows, few values."""
    encoded = pa.array(values).dictionary_encode()
    met, codes = encoded.dictionary.to_numpy(), encoded.indices.to_numpy()
    order = np.argsort(met)
    rank = np.empty(len(met), dtype=np.int64)
    rank[order] = np.arange(len(met))
    return met[order], rank[codes]


def padded(now: YearGroups, onsets: int) -> YearGroups:
    """The same groups with room for onsets of later years, which none of them holds."""
    more = onsets - now.sets.shape[1]
    return replace(now, sets=np.pad(now.sets, ((0, 0), (0, more))))


def _unique_rows(rows: npt.NDArray[np.int16]) -> tuple[npt.NDArray[np.int16], Ints]:
    """Distinct rows of small whole numbers, and for each row which of them it is."""
    key = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        _, code = distinct_of(column)
        # Keys stay small because they are numbered anew before each column joins.
        _, key = distinct_of(key * (int(code.max()) + 1) + code)
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    return rows[first], inverse.astype(np.int64)


class OnsetBook:
    """Numbers the onsets met so far, and remembers per person which one each condition had.

    `begin` records the new cases of one year; `sets` is then (n, C) int16, 0 for none or k + 1.
    """

    def __init__(self, people: int, conditions: int) -> None:
        self.sets = np.zeros((people, conditions), dtype=np.int16)
        self.onsets: list[Onset] = []

    def begin(
        self, condition: int, year: int, new: npt.NDArray[np.bool_], reached: Bits, acting: int
    ) -> None:
        """Record new cases (n bool) of a condition in a year, among people reached before (n bits).

        `acting` has the bits of the solutions that act on how often the condition begins; people
        whom none of them reached hold no onset that could have been avoided.
        """
        rows = np.flatnonzero(new)
        by_whom = reached[rows] & np.uint64(acting)
        rows, by_whom = rows[by_whom > 0], by_whom[by_whom > 0]
        distinct, which = np.unique(by_whom, return_inverse=True)
        first = len(self.onsets)
        self.onsets += [Onset(condition, year, int(bits)) for bits in distinct]
        if len(self.onsets) >= np.iinfo(np.int16).max:
            raise InputError(
                "too many solutions change the incidence of conditions", value=len(self.onsets)
            )
        self.sets[rows, condition] = (first + which + 1).astype(np.int16)


def patterns_of(reached: Sequence[npt.NDArray[np.bool_]]) -> Bits:
    """Bit patterns (n,) from one bool array a solution, in the order of the bits."""
    if len(reached) > MOST_SOLUTIONS:
        raise InputError(f"expected at most {MOST_SOLUTIONS} solutions", value=len(reached))
    bits = np.zeros(len(reached[0]), dtype=np.uint64)
    for s, who in enumerate(reached):
        bits |= who.astype(np.uint64) << np.uint64(s)
    return bits
