"""The fast projection: one chunk of a cohort after the other, each led through all its years.

People of one sex, calendar year of birth and quintile share their age and rates, so that the tables
of a year are small and stay in the cache nearest the processor. For every person and year the
hazards of all lanes are multiplied and held against their draws side by side; only where one may
happen is it looked at alone. `plain` says in clear what this does; both give the same bytes.

Numbers of lanes, quantities and tables, and whether there are risk factors, programmes and records
of lives, come as tuples of that length (`size`, `width`, `tables`, `risks`, `programmes`, `lives`):
Numba compiles apart for each, so that loops over lanes have a known length and what a model lacks
costs nothing. All else comes in named tuples; `packing` says what is in those of laws and counts.
What takes one of them is written out where it is called: handing a hundred numbers over takes time.
"""
# ruff: noqa: PLR0912, PLR0915, PLR0917
# mypy: disable-error-code="no-untyped-def,no-untyped-call,no-any-return,misc"
# One step of the kernel is one function, with arrays for arguments: what the compiler does best on.

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tripleaim.compiling import compiled, inlined, part
from tripleaim.projection.newcomers import ARRIVED, MOST_STEPS, TODAY_BITS
from tripleaim.projection.probabilities import HIGHEST, exponential
from tripleaim.projection.random_numbers import draw, luck_of
from tripleaim.projection.relative import CHUNK, CHUNK_MASK
from tripleaim.projection.tally import BAND_OF_AGE, UNIT
from tripleaim.projection.vector_ops import (
    PEOPLE,
    SCREEN,
    add_expected,
    bit_count,
    lowest,
    pass_cut,
    screened,
    times_row,
)
from tripleaim.projection.vitals import AGES

PRESENT = 1 << 31
"""Set in a recorded life's conditions in the years in which the person is registered."""

SECOND, THIRD = np.uint32(CHUNK), np.uint32(2 * CHUNK)
"""By how much bits are shifted to be looked up in the second and third table of conditions."""
ONE = np.float32(1)
SCREENED = np.float32(SCREEN)
CLOSE = 1e-11
"""Far more than the rounding of a chance."""

CAME = np.array([ARRIVED * 3**s << TODAY_BITS for s in range(MOST_STEPS)], dtype=np.uint64)


_exponential = inlined(exponential)


@inlined
def _does(random: Any, hazard: Any) -> Any:
    x, random = min(np.float64(hazard), HIGHEST), np.float64(random) * 2.0**-32
    # x (1 - x / 2) lies below the chance and x above it; few draws fall between.
    if random < x * (1.0 - 0.5 * x) - CLOSE:
        return True
    if random > x + CLOSE:
        return False
    return random < 1.0 - _exponential(-x)


class State(NamedTuple):
    """The people of a chunk who are there, each in one place of every row.

    There is always room for PEOPLE more than there are, and for as many who arrive: `pass_cut`
    reads and writes past the last of them.

    person, bits, factor, rank   number, conditions, frailty's factor, (R, room) ranks
    root, line     the row of whom they were or are like, among all; where their lives are written
    first, second  their rows in the tables of both groups of risk factors this year
    who, hit       places of those to whom something may happen this year, and on which lanes
    member, wait   programmes, as bits, that they are in, or will be once they are eligible
    since, opens   (J, room) the step in which they joined; the first in which they may
    row_of         their row in the table of what programmes multiply by
    """

    person: Any
    bits: Any
    factor: Any
    rank: Any
    root: Any
    line: Any
    first: Any
    second: Any
    who: Any
    hit: Any
    member: Any
    wait: Any
    since: Any
    opens: Any
    row_of: Any


class Mothers(NamedTuple):
    """Births, in the order in which they are come upon: number, row and step of the mother."""

    number: Any
    root: Any
    step: Any


class Comers(NamedTuple):
    """Who arrived: number, row of whom they are like, (years, room) record of their lives."""

    number: Any
    root: Any
    record: Any


class Tables(NamedTuple):
    """The tables of one year, sex, age and quintile; rows as long as there are lanes.

    hazard   by row of the first group of risk factors: hazard times what their levels do
    other    the same for quintile and the second group
    ends     (lanes,) hazards of losing a condition
    """

    hazard: Any
    other: Any
    ends: Any


@part
def _longer(array, size):
    """The same with room for more, along the last axis."""
    if array.ndim == 1:
        longer = np.zeros(size, array.dtype)
        longer[: array.shape[0]] = array
        return longer
    wider = np.zeros((array.shape[0], size), array.dtype)
    wider[:, : array.shape[1]] = array
    return wider


@part
def _roomier(state, room):
    """The same people, with room for more."""
    return State(
        _longer(state.person, room), _longer(state.bits, room), _longer(state.factor, room),
        _longer(state.rank, room), _longer(state.root, room), _longer(state.line, room),
        _longer(state.first, room), _longer(state.second, room), _longer(state.who, room),
        _longer(state.hit, room), _longer(state.member, room), _longer(state.wait, room),
        _longer(state.since, room), _longer(state.opens, room), _longer(state.row_of, room),
    )  # fmt: skip


@inlined
def _enter(programmes, start, n, q, person_records, power, does, state):
    """The people of a chunk into the state, from their records; their lines are their rows."""
    factor, rank, member = state.factor, state.rank, state.member
    for i in range(n):
        one = person_records[start + i]
        state.person[i], state.bits[i], state.root[i] = one.person, one.conditions, one.row
        state.line[i] = one.row
        factor[i] = one.frailty
        for r in range(rank.shape[0]):
            rank[r, i] = one.ranks[r]
    for i in range(n):
        x = np.float64(factor[i]) * power
        factor[i] = np.float32(_exponential(min(max(x, -HIGHEST), HIGHEST)))
    if len(programmes) > 0:
        for i in range(n):
            member[i] = 0
            _wait_for_programmes(i, q, does, state)


@inlined
def _wait_for_programmes(i, q, does, state):
    """For which programmes somebody's random number ever lies below the coverage, and from when."""
    low, high = luck_of(state.person[i], does.stream)
    state.wait[i] = 0
    for j in range(does.keys.shape[0]):
        bit = np.uint32(1) << np.uint32(j)
        if state.member[i] & bit:
            continue
        random = np.float64(draw(low, high, does.keys[j])) * 2.0**-32
        for t in range(does.coverage.shape[1]):
            if random < does.coverage[j, t, q]:
                state.wait[i] |= bit
                state.opens[j, i] = t
                break


@inlined
def _see_levels(n, y, sex, age, laws, state, passed):
    """Each person's row in the tables of both groups of risk factors; how many pass each cut."""
    state.first[:n] = 0
    state.second[:n] = 0
    for c in range(laws.cut_of.shape[0]):
        cut = laws.thresholds[y, sex, age, c]
        rows_of = state.first if laws.cut_group[c] == 0 else state.second
        passed[c] += pass_cut(n, state.rank[laws.cut_of[c]], cut, laws.cut_stride[c], rows_of)


@part
def _combine(size, starts, counts, by, table):
    """Row 0 of `table` times every combination of levels, the last factor's moving fastest."""
    rows = 1
    for r in range(len(counts)):
        for a in range(rows - 1, -1, -1):
            for level in range(counts[r] - 1, -1, -1):
                times_row(size, table, a * counts[r] + level, by, starts[r] + level, table, a)
        rows *= counts[r]


@inlined
def _make_tables(size, y, sex, q, age, laws, tables_of_year):
    """The tables of a year: hazard by level of the first group, quintile by that of the second."""
    hazard, other, ends = tables_of_year.hazard, tables_of_year.other, tables_of_year.ends
    for lane in range(len(size)):
        ends[lane] = laws.ending[y, sex, age, lane] * SCREENED
        hazard[0, lane] = laws.hazard[y, sex, age, lane] * SCREENED
        other[0, lane] = laws.quintile[sex, q, lane]
    _combine(size, laws.first_starts, laws.first_counts, laws.risk[sex, age], hazard)
    _combine(size, laws.second_starts, laws.second_counts, laws.risk[sex, age], other)


@inlined
def _join(n, y, sex, q, age, does, state, joined, reached):
    """Who joins which programmes on this 1 January; `reached` takes it, as bits, by root.

    The tables `may_...` hold, as bits, the programmes that somebody's levels and conditions do not
    rule out; only what all of them leave is looked at clause by clause.
    """
    clause_of, clauses, may_have = does.clause_of, does.clauses, does.may_have
    bits, first, second, wait = state.bits, state.first, state.second, state.wait
    one = np.uint32(1)
    open_now = np.uint32(0)
    for j in range(state.since.shape[0]):
        for c in range(clause_of[j], clause_of[j + 1]):
            if (
                clauses[c, 0] <= age
                and age <= clauses[c, 1]
                and (clauses[c, 2] >> sex) & 1
                and (clauses[c, 3] >> q) & 1
                and does.coverage[j, y, q] > 0
            ):
                open_now = np.uint32(open_now | np.uint32(one << np.uint32(j)))
    if open_now == 0:
        return
    for i in range(n):
        b = bits[i]
        may = does.may_first[first[i]] & does.may_second[second[i]]
        pending = np.uint32(wait[i] & open_now & may)
        if pending:
            pending = np.uint32(pending & may_have[0, b & CHUNK_MASK] & may_have[2, b >> THIRD])
            pending = np.uint32(pending & may_have[1, (b >> SECOND) & CHUNK_MASK])
        while pending:
            j = lowest(pending)
            pending = np.uint32(pending & np.uint32(pending - one))
            if state.opens[j, i] > y:
                continue
            count = bit_count(b)
            for c in range(clause_of[j], clause_of[j + 1]):
                has = np.uint32(clauses[c, 4])
                if (
                    clauses[c, 0] <= age
                    and age <= clauses[c, 1]
                    and (clauses[c, 2] >> sex) & 1
                    and (clauses[c, 3] >> q) & 1
                    and (b & has) == has
                    and (b & np.uint32(clauses[c, 5])) == 0
                    and clauses[c, 6] <= count
                    and count <= clauses[c, 7]
                    and does.allowed_first[c, first[i]]
                    and does.allowed_second[c, second[i]]
                ):
                    state.member[i] |= one << j
                    wait[i] &= ~(one << j)
                    state.since[j, i] = y
                    joined[y, q, j] += 1
                    reached[state.root[i]] |= np.uint32(one << np.uint32(j))
                    break


@inlined
def _number_members(n, y, state, strength, members):
    """A row of its own for each member, from 1; adds up what programmes have left of strength."""
    rows = 0
    for i in range(n):
        left = state.member[i]
        rows += 1 if left else 0
        state.row_of[i] = rows if left else 0
        while left:
            j = lowest(left)
            left = np.uint32(left & np.uint32(left - np.uint32(1)))
            members[j] += strength[j, y - state.since[j, i]]


@inlined
def _multiply_programmes(size, n, y, state, of_programmes, times):
    """What each member's programmes multiply by together, into the member's row of `times`; row 0
    is of ones."""
    for i in range(n):
        left, start = state.member[i], 0
        while left:
            j = lowest(left)
            left = np.uint32(left & np.uint32(left - np.uint32(1)))
            t = np.int64(y - state.since[j, i])
            times_row(size, times, state.row_of[i], of_programmes[j], t, times, start)
            start = state.row_of[i]


@inlined
def _add_bits(counts, bits, by):
    """Counts each bit that is set."""
    while bits:
        counts[lowest(bits)] += by
        bits = np.uint32(bits & np.uint32(bits - np.uint32(1)))


@inlined
def _product(tables, laws, of_year, first, second, row_0, row_1, row_2, lane):
    """The factors of a hazard in the order of `plain.hazards`, but for frailty and programmes."""
    x = laws.conditions_0[row_0, lane]
    if len(tables) > 1:
        x = x * laws.conditions_1[row_1, lane]
    if len(tables) > 2:
        x = x * laws.conditions_2[row_2, lane]
    return of_year.hazard[first, lane] * of_year.other[second, lane] * x


@inlined
def _decide(tables, programmes, some, stream, laws, of_year, times, state):
    """Of `some` people in `who` and their lanes in `hit`, keeps those on which something happens;
    death alone if it does."""
    who, hit, bits, factor = state.who, state.hit, state.bits, state.factor
    one, happening, death = np.uint32(1), 0, np.uint32(laws.death)
    for k in range(some):
        i, left = who[k], hit[k]
        b = bits[i]
        first, second = np.uint64(state.first[i]), np.uint64(state.second[i])
        row_0 = np.uint64(b & CHUNK_MASK)
        row_1, row_2 = np.uint64((b >> SECOND) & CHUNK_MASK), np.uint64(b >> THIRD)
        low, high = luck_of(state.person[i], stream)
        lanes = np.uint32(0)
        while left:
            lane = lowest(left)
            left = np.uint32(left & np.uint32(left - one))
            x = _product(tables, laws, of_year, first, second, row_0, row_1, row_2, lane)
            x = x * (factor[i] if (laws.frail >> lane) & one else ONE)
            if len(programmes) > 0:
                x = x * times[state.row_of[i], lane]
            x = of_year.ends[lane] if (b >> lane) & one else x
            if _does(draw(low, high, laws.keys[lane]), x / SCREENED):
                lanes = np.uint32(lanes | np.uint32(one << lane))
        if (lanes >> death) & one:
            lanes = np.uint32(one << death)
        who[happening], hit[happening] = i, lanes
        happening += 1 if lanes else 0
    return happening


@inlined
def _move(programmes, here, there, state):
    """Somebody from one place of the state to another."""
    state.person[there], state.bits[there] = state.person[here], state.bits[here]
    state.factor[there], state.root[there] = state.factor[here], state.root[here]
    state.line[there] = state.line[here]
    for r in range(state.rank.shape[0]):
        state.rank[r, there] = state.rank[r, here]
    if len(programmes) > 0:
        state.member[there], state.wait[there] = state.member[here], state.wait[here]
        for j in range(state.since.shape[0]):
            state.since[j, there], state.opens[j, there] = (
                state.since[j, here],
                state.opens[j, here],
            )


@inlined
def _follow(programmes, at, new, number, line, after, q, does, state):
    """Somebody like the person in place `at`, who arrives with conditions `after`, to place `new`.

    A member's like is one too, and has luck of its own for the other programmes.
    """
    state.person[new], state.bits[new] = number, after
    state.factor[new], state.root[new], state.line[new] = state.factor[at], state.root[at], line
    for r in range(state.rank.shape[0]):
        state.rank[r, new] = state.rank[r, at]
    if len(programmes) > 0:
        state.member[new] = state.member[at]
        for j in range(state.since.shape[0]):
            state.since[j, new] = state.since[j, at]
        _wait_for_programmes(new, q, does, state)


@inlined
def _happen(
    programmes, lives, some, n, y, q, today, death, does, state, mothers, born, comers, came,
    with_it, onsets, flows,
):  # fmt: skip
    """What happens to `some` of n people in step y: they die, fall ill, leave, are followed, bear.

    `with_it` and `onsets` are counted on by lane, `flows` by arrivals and departures; `born` and
    `came` are how many `mothers` and `comers` there are. Gives who is there after it, both of these
    after it, and the deaths.
    """
    one, bits, person = np.uint32(1), state.bits, state.person
    # From the last to the first, so that who fills a leaver's place has been looked at.
    tail, arrived, died = n, 0, 0
    for k in range(some - 1, -1, -1):
        at, lanes = np.int64(state.who[k]), state.hit[k]
        lost = (lanes >> np.uint32(death)) & one
        leaves = (lanes >> np.uint32(death + 1)) & one
        died += 1 if lost else 0
        flows[2] += leaves
        struck = np.uint32(lanes & np.uint32((one << np.uint32(death)) - one))
        after = np.uint32(bits[at] ^ struck)
        _add_bits(onsets, np.uint32(struck & after), 1)
        if (lanes >> np.uint32(death + 3)) & one:
            mothers.number[born], mothers.root[born] = person[at], state.root[at]
            mothers.step[born] = y
            born += 1
        if (lanes >> np.uint32(death + 2)) & one:
            new, number = tail + arrived, person[at] + CAME[y]
            arrived += 1
            _add_bits(with_it, after, 1)
            _follow(programmes, at, new, number, today + came, after, q, does, state)
            if len(lives) > 0:
                comers.number[came], comers.root[came] = number, state.root[at]
                came += 1
        if lost or leaves:
            _add_bits(with_it, bits[at], -1)
            n -= 1
            _move(programmes, n, at, state)
        else:
            _add_bits(with_it, np.uint32(struck & after), 1)
            _add_bits(with_it, np.uint32(struck & bits[at]), -1)
            bits[at] = after
    for k in range(arrived):
        _move(programmes, tail + k, n, state)
        n += 1
    flows[1] += arrived
    return n, born, came, died


@inlined
def _record(n, column, today, state, record, comers):
    """The conditions of everybody who is there, PRESENT set, into their lives."""
    for i in range(n):
        life = np.uint32(state.bits[i] | np.uint32(PRESENT))
        if state.line[i] < today:
            record[state.line[i], column] = life
        else:
            comers.record[column, state.line[i] - today] = life


@part
def _empty_state(room, risks, programmes):
    return State(
        np.zeros(room, np.uint64), np.zeros(room, np.uint32), np.zeros(room, np.float32),
        np.zeros((risks, room), np.uint16), np.zeros(room, np.int64), np.zeros(room, np.int64),
        np.zeros(room, np.uint16), np.zeros(room, np.uint16), np.zeros(room, np.uint32),
        np.zeros(room, np.uint32), np.zeros(room, np.uint32), np.zeros(room, np.uint32),
        np.zeros((programmes, room), np.int8), np.zeros((programmes, room), np.int8),
        np.zeros(room, np.int64),
    )  # fmt: skip


@compiled
def lead(
    size, width, tables, risks, programmes, lives, laws, expected, does, counts, chunks,
    person_records, record, reached, span,
):  # fmt: skip
    """Leads chunks of cohorts, as `cohorts` deals them, from their first steps to the last.

    `laws`, `expected` and `does` are as `packing` packs them; `record` (people, years) takes lives,
    `reached` (people,) which programmes each or their likes join, as bits; `counts` are added to.
    Gives the births (number, row and step of the mother) and, with lives, who arrived (number, row
    of whom they are like, record).
    """
    base, last, record_from = span
    death, today = laws.death, record.shape[0]

    of_year = Tables(
        np.empty((expected.first.shape[0], len(size)), np.float32),
        np.empty((expected.second.shape[0], len(size)), np.float32),
        np.empty(len(size), np.float32),
    )
    times = np.ones((1, len(size)), np.float32)
    times_expected = np.ones((1, max(len(width), 1)), np.float32)
    with_it = np.zeros(len(size), np.int32)
    onsets = np.zeros(len(size), np.int32)
    total = np.zeros((2, max(len(width), 1)), np.int32)

    room = 2 * PEOPLE
    state = _empty_state(room, len(laws.first_counts) + len(laws.second_counts), does.keys.shape[0])
    born, came = 0, 0
    mothers = Mothers(np.zeros(64, np.uint64), np.zeros(64, np.int64), np.zeros(64, np.int64))
    comers = Comers(
        np.zeros(64, np.uint64),
        np.zeros(64, np.int64),
        np.zeros((record.shape[1], 64), np.uint32),
    )

    for chunk in range(chunks.shape[0]):
        start, sex, q = chunks[chunk, 0], chunks[chunk, 2], chunks[chunk, 5]
        n = chunks[chunk, 1] - start
        for y in range(chunks[chunk, 4], last + 1):
            if n == 0:
                break
            if 2 * n > room:
                room = 3 * n
                state = _roomier(state, room)
            if len(programmes) > 0 and len(times) <= n:
                times = np.ones((room + 1, len(size)), np.float32)
                times_expected = np.ones((room + 1, max(len(width), 1)), np.float32)
            if born + n > len(mothers.number):
                longer = 2 * len(mothers.number) + n
                mothers = Mothers(
                    _longer(mothers.number, longer),
                    _longer(mothers.root, longer),
                    _longer(mothers.step, longer),
                )
            if len(lives) > 0 and came + n > len(comers.number):
                longer = 2 * len(comers.number) + n
                comers = Comers(
                    _longer(comers.number, longer),
                    _longer(comers.root, longer),
                    _longer(comers.record, longer),
                )
            if y == chunks[chunk, 4]:
                _enter(programmes, start, n, q, person_records, laws.frailty_power, does, state)
                with_it[:] = 0
                for i in range(n):
                    _add_bits(with_it, state.bits[i], 1)

            age = min(max(base + y - chunks[chunk, 3], 0), AGES - 1)
            band = BAND_OF_AGE[age]
            leads = y < last
            counts.people[y, sex, q, band] += n
            for lane in range(death):
                counts.with_condition[y, sex, q, band, lane] += with_it[lane]
            _see_levels(n, y, sex, age, laws, state, counts.passed[y, sex, q, band])
            if len(programmes) > 0:
                if leads:
                    _join(n, y, sex, q, age, does, state, counts.joined, reached)
                _number_members(n, y, state, does.strength, counts.members[y, sex, q, band])
            if len(width) > 0:
                if len(programmes) > 0:
                    of_programmes = does.expected[sex, band]
                    _multiply_programmes(width, n, y, state, of_programmes, times_expected)
                add_expected(
                    width, tables, risks, programmes, n, state.bits, state.first, state.second,
                    expected.rate[y, sex, q, age], expected.first, expected.second,
                    expected.conditions_0, expected.conditions_1, expected.conditions_2,
                    times_expected, state.row_of, total,
                )  # fmt: skip
                for e in range(len(width)):
                    counts.expected[y, sex, q, band, e] += total[0, e] * UNIT + total[1, e]
                    total[0, e] = total[1, e] = 0
            for e in range(expected.flat.shape[4]):
                counts.flat[y, sex, q, band, e] += n * expected.flat[y, sex, q, age, e]
            if len(lives) > 0:
                _record(n, y - record_from, today, state, record, comers)
            if not leads:
                break

            _make_tables(size, y, sex, q, age, laws, of_year)
            if len(programmes) > 0:
                _multiply_programmes(size, n, y, state, does.hazard[sex, band], times)
            some = screened(
                size, tables, programmes, n, laws.streams[y], state.person, state.bits,
                state.factor, state.first, state.second, laws.frail, laws.keys, of_year.hazard,
                of_year.other, of_year.ends, laws.conditions_0, laws.conditions_1,
                laws.conditions_2, times, state.row_of, state.who, state.hit,
            )  # fmt: skip
            some = _decide(tables, programmes, some, laws.streams[y], laws, of_year, times, state)
            n, born, came, died = _happen(
                programmes, lives, some, n, y, q, today, death, does, state, mothers, born, comers,
                came, with_it, onsets, counts.flows[y],
            )  # fmt: skip
            counts.deaths[y, sex, q, band] += died
            for lane in range(death):
                counts.onsets[y, sex, q, band, lane] += onsets[lane]
                onsets[lane] = 0
    births = mothers.number[:born], mothers.root[:born], mothers.step[:born]
    return births, (comers.number[:came], comers.root[:came], comers.record[:, :came])
