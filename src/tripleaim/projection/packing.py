"""Laws and programmes laid out for the kernel, and its counts laid out for a tally."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tripleaim.measures import BANDS
from tripleaim.people import lane_stream
from tripleaim.projection.lanes import WIDTH
from tripleaim.projection.laws import Laws
from tripleaim.projection.programme import Clause, Programme, random_keys
from tripleaim.projection.relative import CHUNK, CHUNK_ROWS
from tripleaim.projection.tally import Tally, in_parts
from tripleaim.projection.vitals import AGES

Ints = npt.NDArray[np.int64]

MOST_CUTS = 32
"""So many thresholds of risk factors fit a word."""


class PackedLaws(NamedTuple):
    """Laws as the kernel reads them, for the lanes at work (`lanes`).

    death, frailty_power, streams, keys, frail   the lane of death; what a person's factor is made
                 with; (steps + 1,) luck of each year; (lanes,) of each lane; lanes, as bits, on
                 which the factor counts
    hazard, ending, quintile   as in Laws
    conditions_0, _1, _2   (CHUNK_ROWS, lanes) tables of conditions, three whether there are as
                 many or not: one of ones, a row long, stands for each that is not there
    risk         (2, AGES, all levels, lanes) the tables of all risk factors
    first_starts, first_counts, second_starts, second_counts   where the levels of each factor of a
                 group begin in `risk`, and how many they are
    cut_of, cut_stride, cut_group, thresholds   of each threshold its factor, what passing it adds
                 to whose group's row; (steps + 1, 2, AGES, cuts) the ranks
    """

    death: int
    frailty_power: float
    streams: Any
    keys: Any
    hazard: Any
    ending: Any
    quintile: Any
    frail: Any
    conditions_0: Any
    conditions_1: Any
    conditions_2: Any
    risk: Any
    first_starts: Any
    first_counts: Any
    second_starts: Any
    second_counts: Any
    cut_of: Any
    cut_stride: Any
    cut_group: Any
    thresholds: Any


class PackedExpected(NamedTuple):
    """Expected quantities as the kernel reads them, `width` of them, those behind of zeros.

    rate, conditions_0, _1, _2   as in Expected, and as in PackedLaws
    flat             (steps + 1, 2, 5, AGES, F) in parts of UNIT: what depends on nobody's person
    first, second    (rows, width) what the combined levels of each group multiply by
    """

    rate: Any
    flat: Any
    conditions_0: Any
    conditions_1: Any
    conditions_2: Any
    first: Any
    second: Any


class PackedProgrammes(NamedTuple):
    """Programmes (J of them) and their clauses (C) as the kernel reads them.

    stream, keys     luck of people's random numbers for programmes, and (J,) of each programme
    coverage, most   (J, steps, 5); (J, 5) the most of all steps
    clause_of        (J + 1,) from where to where a programme's clauses go
    clauses          (C, 8) bounds of age, sexes, quintiles, conditions had and lacked, and bounds
                     of their number
    allowed_first, allowed_second   (C, rows) whether the clause means a row of combined levels
    may_first, may_second, may_have   (rows,), (rows,) and (3, CHUNK_ROWS) the programmes, as bits,
                     that a row of levels or of conditions leaves open
    hazard, expected, strength   (2, BANDS, J, steps + 1, lanes or width); (J, steps + 1) in parts
    """

    stream: Any
    keys: Any
    coverage: Any
    most: Any
    clause_of: Any
    clauses: Any
    allowed_first: Any
    allowed_second: Any
    may_first: Any
    may_second: Any
    may_have: Any
    hazard: Any
    expected: Any
    strength: Any


class Counts(NamedTuple):
    """What the kernel adds to: by year or step, sex, quintile and age band.

    `passed` are people beyond each threshold; `flows` (steps, 3) births (not counted here),
    arrivals and departures.
    """

    people: Ints
    deaths: Ints
    with_condition: Ints
    onsets: Ints
    passed: Ints
    expected: Ints
    flat: Ints
    joined: Ints
    members: Ints
    flows: Ints


@dataclass(frozen=True)
class Packed:
    """What the kernel takes, besides people and counts.

    `own` are the quantities that depend on who somebody is; `flat` depend on sex, age, quintile and
    year alone. `combined` says which levels a row of each group's table stands for, `groups` of
    which risk factors.
    """

    size: int
    width: int
    tables: int
    risks: bool
    own: tuple[int, ...]
    flat: tuple[int, ...]
    laws: PackedLaws
    expected: PackedExpected
    combined: tuple[Ints, Ints]
    groups: tuple[tuple[int, ...], tuple[int, ...]]

    @property
    def three(self) -> tuple[Any, ...]:
        """The tables of conditions, three whether there are as many or not."""
        laws = self.laws
        return laws.conditions_0, laws.conditions_1, laws.conditions_2

    @property
    def cuts(self) -> tuple[Any, Any]:
        """Whose each threshold of a risk factor is; thresholds (steps + 1, 2, AGES, cuts)."""
        return self.laws.cut_of, self.laws.thresholds

    @property
    def cuts_passed(self) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
        """The thresholds, as bits, that each row of either group's combined levels has passed.

        Raises ValueError for more than 32 thresholds.
        """
        laws = self.laws
        if len(laws.cut_of) > MOST_CUTS:
            raise ValueError(f"expected at most {MOST_CUTS} thresholds, found {len(laws.cut_of)}")
        passed = []
        for g, (levels, group) in enumerate(zip(self.combined, self.groups, strict=True)):
            bits = np.zeros(len(levels), dtype=np.uint32)
            for at, r in enumerate(group):
                cuts = np.flatnonzero((laws.cut_of == r) & (laws.cut_group == g))
                for level, cut in enumerate(cuts.tolist()):
                    bits |= (levels[:, at] > level).astype(np.uint32) << np.uint32(cut)
            passed.append(bits)
        return passed[0], passed[1]

    @property
    def risk(self) -> Any:
        """(2, AGES, all levels, lanes): the tables of all risk factors."""
        return self.laws.risk


def lanes_at_work(laws: Laws) -> int:
    """How many lanes the kernel has to look at: those behind, where nothing can happen, cost none.

    A multiple of `lanes.WIDTH`; nobody leaves, comes or is born in a closed population.
    """
    acts = (laws.hazard != 0).any(axis=(0, 1, 2)) | (laws.ending != 0).any(axis=(0, 1, 2))
    last = max(int(np.flatnonzero(acts).max(initial=0)), laws.lanes.death)
    return -(-(last + 1) // WIDTH) * WIDTH


def pack(
    laws: Laws, seed: int, size: int | None = None, programmes: Sequence[Programme] = ()
) -> Packed:
    """The laws as the kernel reads them: the first `size` lanes, or all."""
    size, own, flat = size or laws.lanes.size, *_own_and_flat(laws, programmes)
    width = -(-len(own) // WIDTH) * WIDTH
    counts = [len(levels) for _, levels in laws.risk_levels]
    combined = tuple(_combinations([counts[r] for r in group]) for group in laws.groups)
    return Packed(
        size=size,
        width=width,
        tables=len(laws.conditions),
        risks=bool(counts),
        own=own,
        flat=flat,
        laws=_packed_laws(laws, seed, size),
        expected=PackedExpected(
            _wider(laws.expected.rate[..., own], width),
            in_parts(laws.expected.rate[..., flat]),
            *_three([_wider(t[:, own], width) for t in laws.expected.conditions], width),
            *(
                _products([laws.expected.risk[r][:, own] for r in group], levels, width)
                for group, levels in zip(laws.groups, combined, strict=True)
            ),
        ),
        combined=(combined[0], combined[1]),
        groups=laws.groups,
    )


def _packed_laws(laws: Laws, seed: int, size: int) -> PackedLaws:
    counts = [len(levels) for _, levels in laws.risk_levels]
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    risk = np.ones((2, AGES, max(int(starts[-1]), 1), size), dtype=np.float32)
    for r, table in enumerate(laws.risk):
        risk[:, :, starts[r] : starts[r + 1]] = np.moveaxis(table, 0, 2)[..., :size]
    streams = [lane_stream(seed, int(year[:4])) for year in laws.years]
    tables = _three([t[:, :size] for t in laws.conditions], size)
    first, second = (np.array(group, dtype=np.int64) for group in laws.groups)
    levels = np.array(counts, dtype=np.int64)
    cut_of, cut_stride, cut_group, thresholds = _cuts(laws, counts)
    return PackedLaws(
        death=laws.lanes.death,
        frailty_power=float(laws.frailty_power),
        streams=np.array(streams, dtype=np.uint64),
        keys=laws.lanes.keys[:size].copy(),
        hazard=np.ascontiguousarray(laws.hazard[..., :size]),
        ending=np.ascontiguousarray(laws.ending[..., :size]),
        quintile=np.ascontiguousarray(laws.quintile[..., :size]),
        frail=np.uint32(sum(1 << k for k in np.flatnonzero(laws.frail[:size] > 0).tolist())),
        conditions_0=tables[0],
        conditions_1=tables[1],
        conditions_2=tables[2],
        risk=risk,
        first_starts=starts[first],
        first_counts=levels[first],
        second_starts=starts[second],
        second_counts=levels[second],
        cut_of=cut_of,
        cut_stride=cut_stride,
        cut_group=cut_group,
        thresholds=thresholds,
    )


def pack_programmes(
    programmes: Sequence[Programme], laws: Laws, packed: Packed, seed: int, strength: Sequence[Ints]
) -> PackedProgrammes:
    """Programmes as the kernel reads them; `strength` in whole parts."""
    steps, number = laws.steps, len(programmes)
    coverage = np.array([p.coverage for p in programmes], dtype=np.float64)
    coverage = coverage.reshape(number, steps, 5)
    clauses = [clause for p in programmes for clause in p.clauses]
    starts = np.cumsum([0, *(len(p.clauses) for p in programmes)]).astype(np.int64)
    hazard = np.ones((2, BANDS, max(number, 1), steps + 1, packed.size), dtype=np.float32)
    expected = np.ones(
        (2, BANDS, max(number, 1), steps + 1, max(packed.width, 1)), dtype=np.float32
    )
    for j, programme in enumerate(programmes):
        hazard[:, :, j] = programme.hazard[..., : packed.size]
        expected[:, :, j, :, : len(packed.own)] = programme.expected[..., packed.own]
    allowed = [
        np.array([_allowed(c, group, levels) for c in clauses], dtype=np.bool_).reshape(
            len(clauses), len(levels)
        )
        for group, levels in zip(laws.groups, packed.combined, strict=True)
    ]
    return PackedProgrammes(
        stream=lane_stream(seed, 0),
        keys=random_keys(programmes),
        coverage=coverage,
        most=coverage.max(axis=1),
        clause_of=starts,
        clauses=np.array([_numbers(c) for c in clauses], dtype=np.int64).reshape(len(clauses), 8),
        allowed_first=allowed[0],
        allowed_second=allowed[1],
        may_first=_by_programme(allowed[0], starts),
        may_second=_by_programme(allowed[1], starts),
        may_have=np.stack([_by_programme(_has(clauses, part), starts) for part in range(3)]),
        hazard=hazard,
        expected=expected,
        strength=np.array(strength, dtype=np.int64).reshape(number, steps + 1),
    )


def empty_counts(
    laws: Laws,
    packed: Packed,
    number: int,
    *,
    rows: tuple[int, ...] = (),
    health: bool = True,
) -> Counts:
    """What the kernel adds to, with axes before all others where there are `rows`; without `health`
    nothing of conditions, onsets and levels."""
    years, steps = laws.steps + 1, laws.steps
    cells = (2, 5, BANDS)
    lanes = packed.size if health else 0
    cuts = sum(len(levels) - 1 for _, levels in laws.risk_levels) if health else 0
    shapes: tuple[tuple[int, ...], ...] = (
        (years, *cells),
        (steps, *cells),
        (years, *cells, lanes),
        (steps, *cells, lanes),
        (years, *cells, cuts),
        (years, *cells, packed.width),
        (years, *cells, len(packed.flat)),
        (steps, 5, number),
        (years, *cells, number),
        (steps, 3),
    )
    return Counts(*(np.zeros((*rows, *shape), dtype=np.int64) for shape in shapes))


def add_to(tally: Tally, counts: Counts, laws: Laws, packed: Packed) -> None:
    """The kernel's counts, added to a tally; births are counted where the born are made."""
    tally.people[:] += counts.people
    tally.deaths[:] += counts.deaths
    tally.with_condition[:] += counts.with_condition[..., : tally.with_condition.shape[-1]]
    tally.onsets[:] += counts.onsets[..., : tally.onsets.shape[-1]]
    tally.expected[..., packed.own] += counts.expected[..., : len(packed.own)]
    tally.expected[..., packed.flat] += counts.flat
    tally.joined[:] += counts.joined
    tally.members[:] += counts.members
    tally.arrivals[:] += counts.flows[:, 1]
    tally.departures[:] += counts.flows[:, 2]
    if not tally.risk_levels:
        return
    levels = np.cumsum([0, *(len(levels) for _, levels in laws.risk_levels)])
    cut = 0
    for r in (r for group in laws.groups for r in group):
        # A level's people pass all cuts below it and not the one above.
        beyond = counts.people
        for level in range(levels[r], levels[r + 1] - 1):
            tally.levels[..., level] += beyond - counts.passed[..., cut]
            beyond = counts.passed[..., cut]
            cut += 1
        tally.levels[..., levels[r + 1] - 1] += beyond


def _has(clauses: Sequence[Clause], part: int) -> npt.NDArray[np.bool_]:
    """(clauses, rows): whether conditions of one table's row, as bits, leave the clause open."""
    rows, shift = np.arange(CHUNK_ROWS), part * CHUNK
    mask = CHUNK_ROWS - 1
    has = np.array([c.has >> shift & mask for c in clauses], dtype=np.int64)[:, None]
    lacks = np.array([c.lacks >> shift & mask for c in clauses], dtype=np.int64)[:, None]
    return np.asarray((rows & has == has) & (rows & lacks == 0))


def _by_programme(open_to: npt.NDArray[np.bool_], starts: Ints) -> npt.NDArray[np.uint32]:
    """(rows,) the programmes, as bits, any of whose clauses is open to a row (clauses, rows)."""
    result = np.zeros(open_to.shape[1], dtype=np.uint32)
    for j, (first, last) in enumerate(pairwise(starts.tolist())):
        result |= open_to[first:last].any(axis=0).astype(np.uint32) << np.uint32(j)
    return result


def _own_and_flat(
    laws: Laws, programmes: Sequence[Programme]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Quantities that conditions, risk factors or programmes act on, and the others."""
    expected = laws.expected
    tables = [*expected.conditions, *expected.risk, *(p.expected for p in programmes)]
    flat = tuple(
        e for e in range(len(expected.names)) if all((t[..., e] == 1).all() for t in tables)
    )
    return tuple(e for e in range(len(expected.names)) if e not in flat), flat


def _combinations(counts: Sequence[int]) -> Ints:
    """(rows, factors): the level of each factor, the last one moving fastest."""
    rows = list(product(*(range(n) for n in counts)))
    return np.array(rows, dtype=np.int64).reshape(len(rows), len(counts))


def _cuts(laws: Laws, counts: Sequence[int]) -> tuple[Any, ...]:
    """Every threshold of every factor: whose it is, what passing it adds to which group's row."""
    of, stride, which, thresholds = [], [], [], []
    for g, group in enumerate(laws.groups):
        for at, r in enumerate(group):
            step = int(np.prod([counts[other] for other in group[at + 1 :]], dtype=np.int64))
            for cut in range(counts[r] - 1):
                of.append(r)
                stride.append(step)
                which.append(g)
                thresholds.append(laws.thresholds[r][..., cut])
    shape = (laws.steps + 1, 2, AGES, len(of))
    table = np.stack(thresholds, axis=-1) if of else np.zeros(shape)
    return (
        np.array(of, dtype=np.int64),
        np.array(stride, dtype=np.uint16),
        np.array(which, dtype=np.int64),
        np.ascontiguousarray(table.astype(np.uint16)),
    )


def _three(tables: Sequence[npt.NDArray[np.float32]], width: int) -> tuple[Any, ...]:
    given = [np.ascontiguousarray(t) for t in tables]
    return (*given, *[np.ones((1, width), dtype=np.float32)] * (3 - len(given)))


def _wider(table: npt.NDArray[np.float32], width: int) -> npt.NDArray[np.float32]:
    result = np.zeros((*table.shape[:-1], width), dtype=np.float32)
    result[..., : table.shape[-1]] = table
    return result


def _products(
    tables: Sequence[npt.NDArray[np.float32]], levels: Ints, width: int
) -> npt.NDArray[np.float32]:
    result = np.ones((len(levels), width), dtype=np.float32)
    for at, table in enumerate(tables):
        result *= _wider(table, width)[levels[:, at]]
    return result


def _numbers(clause: Clause) -> tuple[int, ...]:
    return (
        clause.age_from,
        clause.age_to,
        clause.sexes,
        clause.quintiles,
        clause.has,
        clause.lacks,
        clause.count_from,
        clause.count_to,
    )


def _allowed(clause: Clause, group: Sequence[int], levels: Ints) -> npt.NDArray[np.bool_]:
    """For each row of combined levels, whether the clause means it."""
    result = np.ones(len(levels), dtype=np.bool_)
    if clause.levels:
        for at, r in enumerate(group):
            result &= (clause.levels[r] >> levels[:, at]) & 1 > 0
    return result
