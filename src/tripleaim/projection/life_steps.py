"""One step of the lives of a chunk's people, in parts that both kernels write out.

`kernel` leads everybody under one scenario, `scenario_kernel` under several at once. `State` holds
the people of a chunk who are there; what is handed in besides is as `packing` packs it.
"""
# ruff: noqa: PLR0917
# mypy: disable-error-code="no-untyped-def,no-untyped-call,no-any-return,misc"
# One step of the kernel is one function, with arrays for arguments: what the compiler does best on.

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tripleaim.compiling import inlined, part
from tripleaim.projection.newcomers import ARRIVED, MOST_STEPS, TODAY_BITS
from tripleaim.projection.probabilities import HIGHEST, exponential
from tripleaim.projection.random_numbers import draw, luck_of
from tripleaim.projection.relative import CHUNK, CHUNK_MASK
from tripleaim.projection.vector_ops import (
    SCREEN,
    bit_count,
    lowest,
    pass_cut,
    times_row,
)

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
    world          the row in which what happens to them is counted; 0 under one scenario
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
    world: Any


class Mothers(NamedTuple):
    """Births as they are come upon: number, row (`root`), step and `world` of the mother."""

    number: Any
    root: Any
    step: Any
    world: Any


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
def longer(array, size):
    """The same with room for more, along the last axis.

    Number by number: for a slice the compiler makes words for what does not fit, which takes it
    seconds.
    """
    if array.ndim == 1:
        longer = np.zeros(size, array.dtype)
        for i in range(array.shape[0]):
            longer[i] = array[i]
        return longer
    wider = np.zeros((array.shape[0], size), array.dtype)
    for row in range(array.shape[0]):
        for i in range(array.shape[1]):
            wider[row, i] = array[row, i]
    return wider


@part
def with_more_room(state, room):
    """The same people, with room for more."""
    return State(
        longer(state.person, room), longer(state.bits, room), longer(state.factor, room),
        longer(state.rank, room), longer(state.root, room), longer(state.line, room),
        longer(state.first, room), longer(state.second, room), longer(state.who, room),
        longer(state.hit, room), longer(state.member, room), longer(state.wait, room),
        longer(state.since, room), longer(state.opens, room), longer(state.row_of, room),
        longer(state.world, room),
    )  # fmt: skip


@inlined
def enter(programmes, start, n, q, person_records, power, does, state):
    """The people of a chunk into the state, from their records; their lines are their rows."""
    factor, rank, member, line = state.factor, state.rank, state.member, state.line
    person, bits, root = state.person, state.bits, state.root
    for i in range(n):
        one = person_records[start + i]
        person[i], bits[i], root[i], line[i] = one.person, one.conditions, one.row, one.row
        factor[i] = one.frailty
        for r in range(rank.shape[0]):
            rank[r, i] = one.ranks[r]
    for i in range(n):
        x = np.float64(factor[i]) * power
        factor[i] = np.float32(_exponential(min(max(x, -HIGHEST), HIGHEST)))
    if len(programmes) > 0:
        for i in range(n):
            member[i] = 0
            wait_for_programmes(i, q, does, state)


@inlined
def wait_for_programmes(i, q, does, state):
    """For which programmes somebody's random number ever lies below the coverage, and from when."""
    # Arrays are taken out of their tuples before a loop: that counts who uses them, each time.
    keys, most, coverage, wait, opens = (
        does.keys, does.most, does.coverage, state.wait, state.opens,
    )  # fmt: skip
    low, high = luck_of(state.person[i], does.stream)
    waits, member = np.uint32(0), state.member[i]
    for j in range(keys.shape[0]):
        bit = np.uint32(np.uint32(1) << np.uint32(j))
        if member & bit:
            continue
        random = np.float64(draw(low, high, keys[j])) * 2.0**-32
        if random < most[j, q]:
            for t in range(coverage.shape[1]):
                if random < coverage[j, t, q]:
                    waits = np.uint32(waits | bit)
                    opens[j, i] = t
                    break
    wait[i] = waits


@inlined
def see_levels(n, y, sex, age, laws, state, passed):
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
def make_tables(size, y, sex, q, age, laws, tables_of_year):
    """The tables of a year: hazard by level of the first group, quintile by that of the second."""
    hazard, other, ends = tables_of_year.hazard, tables_of_year.other, tables_of_year.ends
    for lane in range(len(size)):
        ends[lane] = laws.ending[y, sex, age, lane] * SCREENED
        hazard[0, lane] = laws.hazard[y, sex, age, lane] * SCREENED
        other[0, lane] = laws.quintile[sex, q, lane]
    _combine(size, laws.first_starts, laws.first_counts, laws.risk[sex, age], hazard)
    _combine(size, laws.second_starts, laws.second_counts, laws.risk[sex, age], other)


@inlined
def open_programmes(y, sex, q, age, does):
    """The programmes, as bits, that anybody of this sex, quintile and age may join in step y."""
    clause_of, clauses = does.clause_of, does.clauses
    open_now = np.uint32(0)
    for j in range(does.keys.shape[0]):
        for c in range(clause_of[j], clause_of[j + 1]):
            if (
                clauses[c, 0] <= age
                and age <= clauses[c, 1]
                and (clauses[c, 2] >> sex) & 1
                and (clauses[c, 3] >> q) & 1
                and does.coverage[j, y, q] > 0
            ):
                open_now = np.uint32(open_now | np.uint32(np.uint32(1) << np.uint32(j)))
    return open_now


@inlined
def open_to(waits, b, first, second, does):
    """Those of the programmes in `waits` whose clauses may mean somebody with conditions `b` and
    these rows of levels.

    The tables `may_...` hold, as bits, the programmes that somebody's levels and conditions do not
    rule out; only what all of them leave is looked at clause by clause.
    """
    may_have = does.may_have
    pending = np.uint32(waits & does.may_first[first] & does.may_second[second])
    if pending:
        pending = np.uint32(pending & may_have[0, b & CHUNK_MASK] & may_have[2, b >> THIRD])
        pending = np.uint32(pending & may_have[1, (b >> SECOND) & CHUNK_MASK])
    return pending


@inlined
def means(j, b, first, second, sex, q, age, does):
    """Whether a clause of programme j means somebody with conditions `b` and these levels."""
    clause_of, clauses = does.clause_of, does.clauses
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
            and does.allowed_first[c, first]
            and does.allowed_second[c, second]
        ):
            return True
    return False


@inlined
def number_members(n, y, state, strength, members):
    """A row of its own for each member, from 1; adds up what programmes have left of strength."""
    member, row_of, since = state.member, state.row_of, state.since
    rows = 0
    for i in range(n):
        left = member[i]
        rows += 1 if left else 0
        row_of[i] = rows if left else 0
        while left:
            j = lowest(left)
            left = np.uint32(left & np.uint32(left - np.uint32(1)))
            members[j] += strength[j, y - since[j, i]]


@inlined
def multiply_programmes(size, n, y, sex, band, state, of_programmes, times):
    """What each member's programmes multiply by together, into the member's row of `times`; row 0
    is of ones. `of_programmes` is (2, BANDS, J, steps + 1, size)."""
    # The row is worked out, so that no array is cut for each member.
    member, row_of, since = state.member, state.row_of, state.since
    _, bands, number, steps, _ = of_programmes.shape
    begin = (sex * bands + band) * number
    for i in range(n):
        left, start = member[i], 0
        while left:
            j = lowest(left)
            left = np.uint32(left & np.uint32(left - np.uint32(1)))
            t = (begin + np.int64(j)) * steps + y - since[j, i]
            times_row(size, times, row_of[i], of_programmes, t, times, start)
            start = row_of[i]


@inlined
def add_bits(counts, row, bits, by):
    """Counts each bit that is set, in a row of the counts."""
    while bits:
        counts[row, lowest(bits)] += by
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
def decide(tables, programmes, some, stream, laws, of_year, times, state):
    """Of `some` people in `who` and their lanes in `hit`, keeps those on which something happens;
    death alone if it does."""
    who, hit, bits, factor = state.who, state.hit, state.bits, state.factor
    firsts, seconds, person, row_of = state.first, state.second, state.person, state.row_of
    keys, ends = laws.keys, of_year.ends
    one, happening, death = np.uint32(1), 0, np.uint32(laws.death)
    for k in range(some):
        i, left = who[k], hit[k]
        b = bits[i]
        first, second = np.uint64(firsts[i]), np.uint64(seconds[i])
        row_0 = np.uint64(b & CHUNK_MASK)
        row_1, row_2 = np.uint64((b >> SECOND) & CHUNK_MASK), np.uint64(b >> THIRD)
        low, high = luck_of(person[i], stream)
        lanes = np.uint32(0)
        while left:
            lane = lowest(left)
            left = np.uint32(left & np.uint32(left - one))
            x = _product(tables, laws, of_year, first, second, row_0, row_1, row_2, lane)
            x = x * (factor[i] if (laws.frail >> lane) & one else ONE)
            if len(programmes) > 0:
                x = x * times[row_of[i], lane]
            x = ends[lane] if (b >> lane) & one else x
            if _does(draw(low, high, keys[lane]), x / SCREENED):
                lanes = np.uint32(lanes | np.uint32(one << lane))
        if (lanes >> death) & one:
            lanes = np.uint32(one << death)
        who[happening], hit[happening] = i, lanes
        happening += 1 if lanes else 0
    return happening


@inlined
def copy_life(programmes, here, source, there, target):
    """Somebody from one place of a state to one of another, or of the same."""
    target.person[there], target.bits[there] = source.person[here], source.bits[here]
    target.factor[there], target.root[there] = source.factor[here], source.root[here]
    target.line[there], target.world[there] = source.line[here], source.world[here]
    for r in range(source.rank.shape[0]):
        target.rank[r, there] = source.rank[r, here]
    if len(programmes) > 0:
        target.member[there], target.wait[there] = source.member[here], source.wait[here]
        for j in range(source.since.shape[0]):
            target.since[j, there], target.opens[j, there] = (
                source.since[j, here],
                source.opens[j, here],
            )


@inlined
def _follow(programmes, at, new, number, line, after, q, does, state):
    """Somebody like the person in place `at`, who arrives with conditions `after`, to place `new`.

    A member's like is one too, and has luck of its own for the other programmes.
    """
    state.person[new], state.bits[new] = number, after
    state.factor[new], state.root[new], state.line[new] = state.factor[at], state.root[at], line
    state.world[new] = state.world[at]
    for r in range(state.rank.shape[0]):
        state.rank[r, new] = state.rank[r, at]
    if len(programmes) > 0:
        state.member[new] = state.member[at]
        for j in range(state.since.shape[0]):
            state.since[j, new] = state.since[j, at]
        wait_for_programmes(new, q, does, state)


@inlined
def apply_events(
    programmes, lives, some, n, y, q, today, death, does, state, mothers, born, comers, came,
    with_it, onsets, flows,
):  # fmt: skip
    """What happens to `some` of n people in step y: they die, fall ill, leave, are followed, bear.

    `with_it` and `onsets` are counted on by world and lane, `flows` by world: deaths, arrivals and
    departures. `born` and `came` are how many `mothers` and `comers` there are; gives who is there
    after it, and both of these after it.
    """
    one, bits, person = np.uint32(1), state.bits, state.person
    # From the last to the first, so that who fills a leaver's place has been looked at.
    tail, arrived = n, 0
    for k in range(some - 1, -1, -1):
        at, lanes = np.int64(state.who[k]), state.hit[k]
        lost = (lanes >> np.uint32(death)) & one
        leaves = (lanes >> np.uint32(death + 1)) & one
        world = state.world[at]
        flows[world, 0] += 1 if lost else 0
        flows[world, 2] += leaves
        struck = np.uint32(lanes & np.uint32((one << np.uint32(death)) - one))
        after = np.uint32(bits[at] ^ struck)
        add_bits(onsets, world, np.uint32(struck & after), 1)
        if (lanes >> np.uint32(death + 3)) & one:
            mothers.number[born], mothers.root[born] = person[at], state.root[at]
            mothers.step[born], mothers.world[born] = y, world
            born += 1
        if (lanes >> np.uint32(death + 2)) & one:
            new, number = tail + arrived, person[at] + CAME[y]
            arrived += 1
            flows[world, 1] += 1
            add_bits(with_it, world, after, 1)
            _follow(programmes, at, new, number, today + came, after, q, does, state)
            if len(lives) > 0:
                comers.number[came], comers.root[came] = number, state.root[at]
                came += 1
        if lost or leaves:
            add_bits(with_it, world, bits[at], -1)
            n -= 1
            copy_life(programmes, n, state, at, state)
        else:
            add_bits(with_it, world, np.uint32(struck & after), 1)
            add_bits(with_it, world, np.uint32(struck & bits[at]), -1)
            bits[at] = after
    for k in range(arrived):
        copy_life(programmes, tail + k, state, n, state)
        n += 1
    return n, born, came


@part
def empty_state(room, risks, programmes):
    """Room for so many people, who are not there yet."""
    return State(
        np.zeros(room, np.uint64), np.zeros(room, np.uint32), np.zeros(room, np.float32),
        np.zeros((risks, room), np.uint16), np.zeros(room, np.int64), np.zeros(room, np.int64),
        np.zeros(room, np.uint16), np.zeros(room, np.uint16), np.zeros(room, np.uint32),
        np.zeros(room, np.uint32), np.zeros(room, np.uint32), np.zeros(room, np.uint32),
        np.zeros((programmes, room), np.int8), np.zeros((programmes, room), np.int8),
        np.zeros(room, np.int64), np.zeros(room, np.int64),
    )  # fmt: skip
