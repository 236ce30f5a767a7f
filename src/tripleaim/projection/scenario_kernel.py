"""The fast projection of several scenarios at once: a life is led once for all in which it is same.

A scenario is a set of programmes that act. Luck belongs to the person, so under two scenarios
somebody has one life until the 1 January on which they join a programme that acts in one of them
alone. There the life parts in two, side by side in the same chunk. The scenarios in which a life
holds are its `world`, a word of bits; counts are kept by world within a year of a chunk and added
to those of each scenario at its end. The parts of a step are those of `kernel`, in `life_steps`;
`plain`, scenario by scenario, gives the same counts.
"""
# ruff: noqa: PLR0912, PLR0915, PLR0917
# mypy: disable-error-code="no-untyped-def,no-untyped-call,no-any-return,misc"
# One step of the kernel is one function, with arrays for arguments: what the compiler does best on.

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tripleaim.compiling import compiled, inlined, part
from tripleaim.projection.life_steps import (
    Comers,
    Mothers,
    Tables,
    add_bits,
    apply_events,
    copy_life,
    decide,
    empty_state,
    enter,
    longer,
    make_tables,
    means,
    multiply_programmes,
    open_programmes,
    open_to,
    see_levels,
    with_more_room,
)
from tripleaim.projection.tally import BAND_OF_AGE, UNIT
from tripleaim.projection.vector_ops import PEOPLE, add_expected_by, lowest, screened
from tripleaim.projection.vitals import AGES

NOBODY = np.uint64(0)
FEW = 128
MOST_PARTS = 32
"""A life parts at most so often on one day: programmes fit a word."""


class PackedScenarios(NamedTuple):
    """Scenarios (S of them) as the kernel reads them.

    with_programme  (J,) in which of them, as bits, a programme acts; in all if it changes nothing
    everything      all of them
    like            (S,) the earlier one that each is counted as more or less than; itself: none
    more, less      (S,) rows of the counts that get the lives which are in a scenario and not in
                    the one it is like, and the other way round; -1: they are not counted
    sign            what a life of `less` counts for: -1 or 1
    seen            the row of the counts of who joins where scenario 0 holds, counted or not; or -1
    stop            the step from which on nobody joins: lives that are not counted end there
    cuts_first, cuts_second   thresholds of risk factors, as bits, that a row of combined levels
                    of either group has passed
    """

    with_programme: Any
    everything: Any
    like: Any
    more: Any
    less: Any
    sign: Any
    seen: Any
    stop: Any
    cuts_first: Any
    cuts_second: Any


class Worlds(NamedTuple):
    """The worlds in which lives of a chunk hold, and what is counted in each in a year.

    scenarios, rows, signs, many   as bits; the rows of the counts that its lives are added to (so
                    many of them), and with which sign
    people, with_condition, onsets, passed, expected, members, joined, flows   its counts; of
                    expected quantities (worlds, 2 x width) whole units, then parts
    """

    scenarios: Any
    rows: Any
    signs: Any
    many: Any
    people: Any
    with_condition: Any
    onsets: Any
    passed: Any
    expected: Any
    members: Any
    joined: Any
    flows: Any


@part
def _no_worlds(room, scenarios, size, width, cuts, programmes):
    return Worlds(
        np.zeros(room, np.uint64), np.zeros((room, 2 * scenarios), np.int64),
        np.zeros((room, 2 * scenarios), np.int64), np.zeros(room, np.int64),
        np.zeros(room, np.int64), np.zeros((room, size), np.int32),
        np.zeros((room, size), np.int32), np.zeros((room, cuts), np.int64),
        np.zeros((room, 2 * width), np.int32), np.zeros((room, programmes), np.int64),
        np.zeros((room, programmes), np.int64), np.zeros((room, 3), np.int64),
    )  # fmt: skip


@part
def _more_rows(array, room):
    """The same with room for more, along the first axis."""
    more = np.zeros((room, array.shape[1]), array.dtype)
    more[: len(array)] = array
    return more


@part
def _more_worlds(worlds, room):
    return Worlds(
        longer(worlds.scenarios, room), _more_rows(worlds.rows, room),
        _more_rows(worlds.signs, room), longer(worlds.many, room), longer(worlds.people, room),
        _more_rows(worlds.with_condition, room), _more_rows(worlds.onsets, room),
        _more_rows(worlds.passed, room), _more_rows(worlds.expected, room),
        _more_rows(worlds.members, room), _more_rows(worlds.joined, room),
        _more_rows(worlds.flows, room),
    )  # fmt: skip


@part
def _place_of(world, scenarios, worlds, known):
    """A world's place among those of the chunk, and how many there are now."""
    for w in range(known):
        if worlds.scenarios[w] == world:
            return w, known
    one, many = np.uint64(1), 0
    for s in range(len(scenarios.like)):
        own = (world >> np.uint64(s)) & one
        other = (world >> np.uint64(scenarios.like[s])) & one
        if scenarios.like[s] == s:
            other = NOBODY
        if own > other and scenarios.more[s] >= 0:
            worlds.rows[known, many], worlds.signs[known, many] = scenarios.more[s], 1
            many += 1
        if other > own and scenarios.less[s] >= 0:
            worlds.rows[known, many] = scenarios.less[s]
            worlds.signs[known, many] = scenarios.sign
            many += 1
    worlds.scenarios[known], worlds.many[known] = world, many
    worlds.with_condition[known] = 0
    return known, known + 1


@inlined
def _join_or_part(
    looked_at, n, y, open_now, sex, q, age, does, scenarios, passed, state, worlds, known
):  # fmt: skip
    """Who joins which programmes on this 1 January; a life that parts by it goes on in two places.

    Looks at people from place `looked_at` on, as long as there is room for MOST_PARTS more of them
    and for as many new worlds on either side. `passed` has how many passed each threshold. Gives
    how many were looked at, how many there are, and how many worlds.
    """
    one = np.uint32(1)
    bits, first, second, wait = state.bits, state.first, state.second, state.wait
    member, opens, since, world_of = state.member, state.opens, state.since, state.world
    with_condition, inside_of = worlds.with_condition, scenarios.with_programme
    cuts_first, cuts_second = scenarios.cuts_first, scenarios.cuts_second
    while looked_at < n:
        i = looked_at
        waits = np.uint32(wait[i] & open_now)
        if waits == 0:
            looked_at += 1
            continue
        if n + MOST_PARTS + PEOPLE > len(bits) or known + 2 * MOST_PARTS > len(with_condition):
            break
        pending = open_to(waits, bits[i], first[i], second[i], does)
        while pending:
            j = lowest(pending)
            pending = np.uint32(pending & np.uint32(pending - one))
            world = worlds.scenarios[world_of[i]]
            inside = np.uint64(world & inside_of[j])
            if (
                inside == NOBODY
                or opens[j, i] > y
                or not means(j, bits[i], first[i], second[i], sex, q, age, does)
            ):
                continue
            if inside != world:
                copy_life((0,), i, state, n, state)
                first[n], second[n] = first[i], second[i]
                add_bits(passed, 0, cuts_first[first[i]], 1)
                add_bits(passed, 0, cuts_second[second[i]], 1)
                add_bits(with_condition, world_of[i], bits[i], -1)
                world_of[n], known = _place_of(world ^ inside, scenarios, worlds, known)
                world_of[i], known = _place_of(inside, scenarios, worlds, known)
                add_bits(with_condition, world_of[n], bits[i], 1)
                add_bits(with_condition, world_of[i], bits[i], 1)
                n += 1
            member[i] |= one << j
            wait[i] &= ~(one << j)
            since[j, i] = y
        looked_at += 1
    return looked_at, n, known


@inlined
def _see_people(n, y, health, passed, state, strength, scenarios, worlds, known):
    """Counts who is there, at which levels and in which programmes, by world; gives each member a
    row of its own, from 1. `passed` has how many of all passed each cut."""
    member, row_of, since, world_of = state.member, state.row_of, state.since, state.world
    first, second, cuts_first, cuts_second = (
        state.first, state.second, scenarios.cuts_first, scenarios.cuts_second,
    )  # fmt: skip
    people, by_cut, members, joined = worlds.people, worlds.passed, worlds.members, worlds.joined
    rows = 0
    for i in range(n):
        world = world_of[i]
        people[world] += 1
        # Those of the first world, most of all, pass what the others do not.
        if len(health) > 0 and world > 0:
            add_bits(by_cut, world, cuts_first[first[i]], 1)
            add_bits(by_cut, world, cuts_second[second[i]], 1)
        left = member[i]
        rows += 1 if left else 0
        row_of[i] = rows if left else 0
        while left:
            j = lowest(left)
            left = np.uint32(left & np.uint32(left - np.uint32(1)))
            members[world, j] += strength[j, y - since[j, i]]
            joined[world, j] += 1 if since[j, i] == y else 0
    if len(health) > 0:
        for cut in range(passed.shape[1]):
            others = 0
            for w in range(1, known):
                others += by_cut[w, cut]
            by_cut[0, cut] = passed[0, cut] - others


@inlined
def _add_people(y, sex, q, age, band, leads, death, health, expected, seen, worlds, known, counts):
    """Adds who is there in each world to the counts of its scenarios, and begins anew."""
    width, number = worlds.expected.shape[1] // 2, worlds.members.shape[1]
    of_people, of_conditions, of_cuts = counts.people, counts.with_condition, counts.passed
    of_members, of_joined, of_expected, of_flat = (
        counts.members, counts.joined, counts.expected, counts.flat,
    )  # fmt: skip
    people, by_condition, by_cut = worlds.people, worlds.with_condition, worlds.passed
    members, joined, total, flat = worlds.members, worlds.joined, worlds.expected, expected.flat
    rows, signs, many = worlds.rows, worlds.signs, worlds.many
    for w in range(known):
        n = people[w]
        if n == 0:
            continue
        for k in range(many[w]):
            row, sign = rows[w, k], signs[w, k]
            of_people[row, y, sex, q, band] += sign * n
            if len(health) > 0:
                for lane in range(death):
                    of_conditions[row, y, sex, q, band, lane] += sign * by_condition[w, lane]
                for cut in range(by_cut.shape[1]):
                    of_cuts[row, y, sex, q, band, cut] += sign * by_cut[w, cut]
            for j in range(number):
                of_members[row, y, sex, q, band, j] += sign * members[w, j]
                if leads:
                    of_joined[row, y, q, j] += sign * joined[w, j]
            for e in range(width):
                of_expected[row, y, sex, q, band, e] += sign * (
                    total[w, e] * UNIT + total[w, width + e]
                )
            for e in range(flat.shape[4]):
                of_flat[row, y, sex, q, band, e] += sign * n * flat[y, sex, q, age, e]
        if leads and seen >= 0 and worlds.scenarios[w] & np.uint64(1) != NOBODY:
            for j in range(number):
                of_joined[seen, y, q, j] += joined[w, j]
        people[w] = 0
        by_cut[w] = 0
        total[w] = 0
        members[w] = 0
        joined[w] = 0


@inlined
def _add_events(y, sex, q, band, death, health, worlds, known, counts):
    """Adds what happened in each world to the counts of its scenarios, and begins anew."""
    of_deaths, of_flows, of_onsets = counts.deaths, counts.flows, counts.onsets
    rows, signs, many = worlds.rows, worlds.signs, worlds.many
    flows, onsets = worlds.flows, worlds.onsets
    for w in range(known):
        for k in range(many[w]):
            row, sign = rows[w, k], signs[w, k]
            of_deaths[row, y, sex, q, band] += sign * flows[w, 0]
            of_flows[row, y, 1] += sign * flows[w, 1]
            of_flows[row, y, 2] += sign * flows[w, 2]
            if len(health) > 0:
                for lane in range(death):
                    of_onsets[row, y, sex, q, band, lane] += sign * onsets[w, lane]
        flows[w] = 0
        onsets[w] = 0


@compiled
def lead_scenarios(
    size, width, tables, risks, health, laws, expected, does, scenarios, counts, chunks,
    person_records, scenarios_at_start, span,
):  # fmt: skip
    """Leads chunks of cohorts, as `cohorts` deals them, through all scenarios.

    `laws`, `expected` and `does` are as `packing` packs them; `scenarios_at_start` (people,)
    has each one's, as bits; `counts`, with an axis more than in `kernel`, are added to. Conditions,
    onsets and levels are counted where `health` is not empty. `span` are the first calendar year
    and the last step. Gives the births: number, row and step of the mother, and her scenarios.
    """
    base, last = span
    death, programmes, lives = laws.death, (0,), ()

    of_year = Tables(
        np.empty((expected.first.shape[0], len(size)), np.float32),
        np.empty((expected.second.shape[0], len(size)), np.float32),
        np.empty(len(size), np.float32),
    )
    times = np.ones((1, len(size)), np.float32)
    times_expected = np.ones((1, max(len(width), 1)), np.float32)
    passed = np.zeros((1, len(laws.cut_of)), np.int64)
    number = does.keys.shape[0]

    room = 2 * PEOPLE
    state = empty_state(room, len(laws.first_counts) + len(laws.second_counts), number)
    worlds = _no_worlds(FEW, len(scenarios.like), len(size), len(width), passed.shape[1], number)
    born = 0
    mothers = Mothers(
        np.zeros(64, np.uint64), np.zeros(64, np.int64), np.zeros(64, np.int64),
        np.zeros(64, np.int64),
    )  # fmt: skip
    scenarios_of = np.zeros(64, np.uint64)
    comers = Comers(np.zeros(1, np.uint64), np.zeros(1, np.int64), np.zeros((1, 1), np.uint32))

    for chunk in range(chunks.shape[0]):
        start, sex, q = chunks[chunk, 0], chunks[chunk, 2], chunks[chunk, 5]
        n, known = chunks[chunk, 1] - start, 0
        if n + PEOPLE > room:
            room = 3 * n + PEOPLE
            state = with_more_room(state, room)
        enter(programmes, start, n, q, person_records, laws.frailty_power, does, state)
        for i in range(n):
            world = scenarios_at_start[person_records[start + i].row]
            if known == len(worlds.scenarios):
                worlds = _more_worlds(worlds, 2 * known)
            state.world[i], known = _place_of(world, scenarios, worlds, known)
            add_bits(worlds.with_condition, state.world[i], state.bits[i], 1)

        for y in range(chunks[chunk, 4], last + 1):
            if n == 0:
                break
            age = min(max(base + y - chunks[chunk, 3], 0), AGES - 1)
            band = BAND_OF_AGE[age]
            leads = y < last
            passed[:] = 0
            see_levels(n, y, sex, age, laws, state, passed[0])
            open_now = open_programmes(y, sex, q, age, does) if leads else np.uint32(0)
            if open_now:
                looked_at = 0
                while looked_at < n:
                    looked_at, n, known = _join_or_part(
                        looked_at, n, y, open_now, sex, q, age, does, scenarios, passed, state,
                        worlds, known,
                    )  # fmt: skip
                    if looked_at < n:
                        if n + MOST_PARTS + PEOPLE > room:
                            room = 2 * n + MOST_PARTS + PEOPLE
                            state = with_more_room(state, room)
                        if known + 2 * MOST_PARTS > len(worlds.scenarios):
                            worlds = _more_worlds(worlds, 2 * known + 2 * MOST_PARTS)
            if y >= scenarios.stop:
                # Nobody's life parts any more: those who are not counted are followed no longer.
                world_of, many = state.world, worlds.many
                for i in range(n - 1, -1, -1):
                    if many[world_of[i]] == 0:
                        n -= 1
                        copy_life(programmes, n, state, i, state)
                        state.first[i], state.second[i] = state.first[n], state.second[n]
                if n == 0:
                    break
            if 2 * n + PEOPLE > room:
                room = 3 * n + PEOPLE
                state = with_more_room(state, room)
            if len(times) <= n:
                times = np.ones((room + 1, len(size)), np.float32)
                times_expected = np.ones((room + 1, max(len(width), 1)), np.float32)
            _see_people(n, y, health, passed, state, does.strength, scenarios, worlds, known)
            if len(width) > 0:
                multiply_programmes(width, n, y, sex, band, state, does.expected, times_expected)
                add_expected_by(
                    width, tables, risks, programmes, n, state.bits, state.first, state.second,
                    expected.rate[y, sex, q, age], expected.first, expected.second,
                    expected.conditions_0, expected.conditions_1, expected.conditions_2,
                    times_expected, state.row_of, worlds.expected, state.world,
                )  # fmt: skip
            _add_people(
                y, sex, q, age, band, leads, death, health, expected, scenarios.seen, worlds,
                known, counts,
            )  # fmt: skip
            if not leads:
                break

            if born + n > len(mothers.number):
                more = 2 * len(mothers.number) + n
                mothers = Mothers(
                    longer(mothers.number, more),
                    longer(mothers.root, more),
                    longer(mothers.step, more),
                    longer(mothers.world, more),
                )
                scenarios_of = longer(scenarios_of, more)
            make_tables(size, y, sex, q, age, laws, of_year)
            multiply_programmes(size, n, y, sex, band, state, does.hazard, times)
            some = screened(
                size, tables, programmes, n, laws.streams[y], state.person, state.bits,
                state.factor, state.first, state.second, laws.frail, laws.keys, of_year.hazard,
                of_year.other, of_year.ends, laws.conditions_0, laws.conditions_1,
                laws.conditions_2, times, state.row_of, state.who, state.hit,
            )  # fmt: skip
            some = decide(tables, programmes, some, laws.streams[y], laws, of_year, times, state)
            before = born
            n, born, _ = apply_events(
                programmes, lives, some, n, y, q, 0, death, does, state, mothers, born, comers, 0,
                worlds.with_condition, worlds.onsets, worlds.flows,
            )  # fmt: skip
            for k in range(before, born):
                scenarios_of[k] = worlds.scenarios[mothers.world[k]]
            _add_events(y, sex, q, band, death, health, worlds, known, counts)
    return mothers.number[:born], mothers.root[:born], mothers.step[:born], scenarios_of[:born]
