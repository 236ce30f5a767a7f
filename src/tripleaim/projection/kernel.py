"""The fast projection: one chunk of a cohort after the other, each led through all its years.

People of one sex, calendar year of birth and quintile share their age and rates, so that the tables
of a year are small and stay in the cache nearest the processor. For every person and year the
hazards of all lanes are multiplied and compared with their draws side by side; only where one may
happen is it looked at alone. `life_steps` has the parts of a step; `plain` says in clear what this
does, and both give the same bytes.

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

import numpy as np

from tripleaim.compiling import compiled, inlined
from tripleaim.projection.life_steps import (
    Comers,
    Mothers,
    Tables,
    add_bits,
    apply_events,
    decide,
    empty_state,
    enter,
    longer,
    make_tables,
    means,
    multiply_programmes,
    number_members,
    open_programmes,
    open_to,
    see_levels,
    with_more_room,
)
from tripleaim.projection.tally import BAND_OF_AGE, UNIT
from tripleaim.projection.vector_ops import PEOPLE, add_expected, lowest, screened
from tripleaim.projection.vitals import AGES

PRESENT = 1 << 31
"""Set in a recorded life's conditions in the years in which the person is registered."""


@inlined
def _join(n, y, sex, q, age, does, state, joined):
    """Who joins which programmes on this 1 January."""
    open_now = open_programmes(y, sex, q, age, does)
    if open_now == 0:
        return
    one = np.uint32(1)
    bits, first, second, wait = state.bits, state.first, state.second, state.wait
    member, opens, since = state.member, state.opens, state.since
    for i in range(n):
        if np.uint32(wait[i] & open_now) == 0:
            continue
        pending = open_to(np.uint32(wait[i] & open_now), bits[i], first[i], second[i], does)
        while pending:
            j = lowest(pending)
            pending = np.uint32(pending & np.uint32(pending - one))
            if opens[j, i] <= y and means(j, bits[i], first[i], second[i], sex, q, age, does):
                member[i] |= one << j
                wait[i] &= ~(one << j)
                since[j, i] = y
                joined[y, q, j] += 1


@inlined
def _record(n, column, today, state, record, comers):
    """The conditions of everybody who is there, PRESENT set, into their lives."""
    bits, line, of_comers = state.bits, state.line, comers.record
    for i in range(n):
        life = np.uint32(bits[i] | np.uint32(PRESENT))
        if line[i] < today:
            record[line[i], column] = life
        else:
            of_comers[column, line[i] - today] = life


@compiled
def lead(
    size, width, tables, risks, programmes, lives, laws, expected, does, counts, chunks,
    person_records, record, span,
):  # fmt: skip
    """Leads chunks of cohorts, as `cohorts` deals them, from their first steps to the last.

    `laws`, `expected` and `does` are as `packing` packs them; `record` (people, years) takes lives;
    `counts` are added to.
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
    with_it = np.zeros((1, len(size)), np.int32)
    onsets = np.zeros((1, len(size)), np.int32)
    flows = np.zeros((1, 3), np.int64)
    total = np.zeros((2, max(len(width), 1)), np.int32)

    room = 2 * PEOPLE
    state = empty_state(room, len(laws.first_counts) + len(laws.second_counts), does.keys.shape[0])
    born, came = 0, 0
    mothers = Mothers(
        np.zeros(64, np.uint64), np.zeros(64, np.int64), np.zeros(64, np.int64),
        np.zeros(64, np.int64),
    )  # fmt: skip
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
                state = with_more_room(state, room)
            if len(programmes) > 0 and len(times) <= n:
                times = np.ones((room + 1, len(size)), np.float32)
                times_expected = np.ones((room + 1, max(len(width), 1)), np.float32)
            if born + n > len(mothers.number):
                more = 2 * len(mothers.number) + n
                mothers = Mothers(
                    longer(mothers.number, more),
                    longer(mothers.root, more),
                    longer(mothers.step, more),
                    longer(mothers.world, more),
                )
            if len(lives) > 0 and came + n > len(comers.number):
                more = 2 * len(comers.number) + n
                comers = Comers(
                    longer(comers.number, more),
                    longer(comers.root, more),
                    longer(comers.record, more),
                )
            if y == chunks[chunk, 4]:
                enter(programmes, start, n, q, person_records, laws.frailty_power, does, state)
                with_it[:] = 0
                for i in range(n):
                    add_bits(with_it, 0, state.bits[i], 1)

            age = min(max(base + y - chunks[chunk, 3], 0), AGES - 1)
            band = BAND_OF_AGE[age]
            leads = y < last
            counts.people[y, sex, q, band] += n
            for lane in range(death):
                counts.with_condition[y, sex, q, band, lane] += with_it[0, lane]
            see_levels(n, y, sex, age, laws, state, counts.passed[y, sex, q, band])
            if len(programmes) > 0:
                if leads:
                    _join(n, y, sex, q, age, does, state, counts.joined)
                number_members(n, y, state, does.strength, counts.members[y, sex, q, band])
            if len(width) > 0:
                if len(programmes) > 0:
                    multiply_programmes(
                        width, n, y, sex, band, state, does.expected, times_expected
                    )
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

            make_tables(size, y, sex, q, age, laws, of_year)
            if len(programmes) > 0:
                multiply_programmes(size, n, y, sex, band, state, does.hazard, times)
            some = screened(
                size, tables, programmes, n, laws.streams[y], state.person, state.bits,
                state.factor, state.first, state.second, laws.frail, laws.keys, of_year.hazard,
                of_year.other, of_year.ends, laws.conditions_0, laws.conditions_1,
                laws.conditions_2, times, state.row_of, state.who, state.hit,
            )  # fmt: skip
            some = decide(tables, programmes, some, laws.streams[y], laws, of_year, times, state)
            n, born, came = apply_events(
                programmes, lives, some, n, y, q, today, death, does, state, mothers, born, comers,
                came, with_it, onsets, flows,
            )  # fmt: skip
            counts.deaths[y, sex, q, band] += flows[0, 0]
            counts.flows[y, 1] += flows[0, 1]
            counts.flows[y, 2] += flows[0, 2]
            flows[0, 0] = flows[0, 1] = flows[0, 2] = 0
            for lane in range(death):
                counts.onsets[y, sex, q, band, lane] += onsets[0, lane]
                onsets[0, lane] = 0
    births = mothers.number[:born], mothers.root[:born], mothers.step[:born]
    return births, (comers.number[:came], comers.root[:came], comers.record[:, :came])
