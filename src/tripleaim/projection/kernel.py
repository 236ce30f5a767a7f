"""The fast projection: one chunk of a cohort after the other, each led through all its years.

People of one sex, calendar year of birth and quintile share their age and rates, so that the tables
of a year are small and stay in the cache nearest the processor. For every person and year the
hazards of all lanes are multiplied and held against their draws side by side; only where one may
happen is it looked at alone. `plain` says in clear what this does; both give the same bytes.

Numbers of lanes, quantities and tables, and whether there are risk factors, programmes and records
of lives, come as tuples of that length: Numba compiles apart for each, so that loops over lanes
have a known length and what a model lacks costs nothing.
"""
# ruff: noqa: PLR0912, PLR0915, PLR0917
# mypy: disable-error-code="no-untyped-def,no-untyped-call,no-any-return,misc"
# One step of the kernel is one function, with arrays for arguments: what the compiler does best on.

from __future__ import annotations

from typing import Any

import numpy as np

from tripleaim.compiling import compiled, inlined, part
from tripleaim.projection.chance import HIGHEST, exponential
from tripleaim.projection.newcomers import ARRIVED, MOST_STEPS, TODAY_BITS
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
def _does(lot: Any, hazard: Any) -> Any:
    x, lot = min(np.float64(hazard), HIGHEST), np.float64(lot) * 2.0**-32
    # x (1 - x / 2) lies below the chance and x above it; few draws fall between.
    if lot < x * (1.0 - 0.5 * x) - CLOSE:
        return True
    if lot > x + CLOSE:
        return False
    return lot < 1.0 - _exponential(-x)


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
def _enter(
    programmes, start, n, q, cards, power, lot_stream, lots, coverage,
    person, bits, factor, root, rank, member, wait, opens,
):  # fmt: skip
    """The people of a chunk into the state, from their cards."""
    for i in range(n):
        card = cards[start + i]
        person[i], bits[i], root[i] = card.person, card.conditions, card.row
        factor[i] = card.frailty
        for r in range(rank.shape[0]):
            rank[r, i] = card.ranks[r]
    for i in range(n):
        x = np.float64(factor[i]) * power
        factor[i] = np.float32(_exponential(min(max(x, -HIGHEST), HIGHEST)))
    if len(programmes) > 0:
        for i in range(n):
            member[i] = 0
            _draw_lots(i, q, person, lot_stream, lots, coverage, member, wait, opens)


@part
def _draw_lots(i, q, person, lot_stream, lots, coverage, member, wait, opens):
    """For which programmes somebody's lot ever lies below the coverage, and from which step."""
    low, high = luck_of(person[i], lot_stream)
    wait[i] = 0
    for j in range(lots.shape[0]):
        bit = np.uint32(1) << np.uint32(j)
        if member[i] & bit:
            continue
        lot = np.float64(draw(low, high, lots[j])) * 2.0**-32
        for t in range(coverage.shape[1]):
            if lot < coverage[j, t, q]:
                wait[i] |= bit
                opens[j, i] = t
                break


@part
def _see_levels(n, y, sex, age, rank, cut_of, cut_stride, cut_group, thresholds, first, second,
                passed):  # fmt: skip
    """Each person's row in the tables of both groups of risk factors; how many pass each cut."""
    first[:n] = 0
    second[:n] = 0
    for c in range(cut_of.shape[0]):
        r, stride, cut = cut_of[c], cut_stride[c], thresholds[y, sex, age, c]
        rows_of = first if cut_group[c] == 0 else second
        passed[c] += pass_cut(n, rank[r], cut, stride, rows_of)


@part
def _combine(size, starts, counts, by, table):
    """Row 0 of `table` times every combination of levels, the last factor's moving fastest."""
    rows = 1
    for r in range(len(counts)):
        for a in range(rows - 1, -1, -1):
            for level in range(counts[r] - 1, -1, -1):
                times_row(size, table, a * counts[r] + level, by, starts[r] + level, table, a)
        rows *= counts[r]


@part
def _make_tables(
    size, y, sex, q, age, hazard, ending, quint, packed, starts_first, counts_first, starts_second,
    counts_second, table, other, ends,
):  # fmt: skip
    """The tables of a year: hazard by level of the first group, quintile by that of the second."""
    for lane in range(len(size)):
        ends[lane] = ending[y, sex, age, lane] * SCREENED
        table[0, lane] = hazard[y, sex, age, lane] * SCREENED
        other[0, lane] = quint[sex, q, lane]
    _combine(size, starts_first, counts_first, packed[sex, age], table)
    _combine(size, starts_second, counts_second, packed[sex, age], other)


@part
def _join(
    n, y, sex, q, age, coverage, clause_of, clauses, allowed_first, allowed_second, may_first,
    may_second, may_have, bits, first, second, member, wait, since, opens, n_joined,
):  # fmt: skip
    """Who joins which programmes on this 1 January.

    The tables `may_...` hold, as bits, the programmes that somebody's levels and conditions do not
    rule out; only what all of them leave is looked at clause by clause.
    """
    one = np.uint32(1)
    open_now = np.uint32(0)
    for j in range(since.shape[0]):
        for c in range(clause_of[j], clause_of[j + 1]):
            if (
                clauses[c, 0] <= age
                and age <= clauses[c, 1]
                and (clauses[c, 2] >> sex) & 1
                and (clauses[c, 3] >> q) & 1
                and coverage[j, y, q] > 0
            ):
                open_now = np.uint32(open_now | np.uint32(one << np.uint32(j)))
    if open_now == 0:
        return
    for i in range(n):
        b = bits[i]
        pending = np.uint32(wait[i] & open_now & may_first[first[i]] & may_second[second[i]])
        if pending:
            pending = np.uint32(pending & may_have[0, b & CHUNK_MASK] & may_have[2, b >> THIRD])
            pending = np.uint32(pending & may_have[1, (b >> SECOND) & CHUNK_MASK])
        while pending:
            j = lowest(pending)
            pending = np.uint32(pending & np.uint32(pending - one))
            if opens[j, i] > y:
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
                    and allowed_first[c, first[i]]
                    and allowed_second[c, second[i]]
                ):
                    member[i] |= one << j
                    wait[i] &= ~(one << j)
                    since[j, i] = y
                    n_joined[y, q, j] += 1
                    break


@part
def _number_members(n, y, member, since, strength, row_of, n_members):
    """A row of its own for each member, from 1; adds up what programmes have left of strength."""
    rows = 0
    for i in range(n):
        left = member[i]
        rows += 1 if left else 0
        row_of[i] = rows if left else 0
        while left:
            j = lowest(left)
            left = np.uint32(left & np.uint32(left - np.uint32(1)))
            n_members[j] += strength[j, y - since[j, i]]


@part
def _multiply_programmes(size, n, y, member, since, row_of, of_programmes, times):
    """What each member's programmes multiply by together, into the member's row of `times`; row 0
    is of ones."""
    for i in range(n):
        left, start = member[i], 0
        while left:
            j = lowest(left)
            left = np.uint32(left & np.uint32(left - np.uint32(1)))
            t = np.int64(y - since[j, i])
            times_row(size, times, row_of[i], of_programmes[j], t, times, start)
            start = row_of[i]


@inlined
def _add_bits(counts, bits, by):
    """Counts each bit that is set."""
    while bits:
        counts[lowest(bits)] += by
        bits = np.uint32(bits & np.uint32(bits - np.uint32(1)))


@inlined
def _product(tables, table, other, c0, c1, c2, fi, si, r0, r1, r2, lane):
    """The factors of a hazard in the order of `plain.hazards`, but for frailty and programmes."""
    x = c0[r0, lane]
    if len(tables) > 1:
        x = x * c1[r1, lane]
    if len(tables) > 2:
        x = x * c2[r2, lane]
    return table[fi, lane] * other[si, lane] * x


@part
def _decide(
    tables, programmes, some, stream, death, person, bits, factor, first, second, frail, keys,
    table, other, ends, c0, c1, c2, times, row_of, who, hit,
):  # fmt: skip
    """Of `some` people in `who` and their lanes in `hit`, keeps those on which something happens;
    death alone if it does."""
    one, found_by = np.uint32(1), 0
    for k in range(some):
        i, left = who[k], hit[k]
        b = bits[i]
        fi, si = np.uint64(first[i]), np.uint64(second[i])
        r0, r1 = np.uint64(b & CHUNK_MASK), np.uint64((b >> SECOND) & CHUNK_MASK)
        r2 = np.uint64(b >> THIRD)
        low, high = luck_of(person[i], stream)
        found = np.uint32(0)
        while left:
            lane = lowest(left)
            left = np.uint32(left & np.uint32(left - one))
            x = _product(tables, table, other, c0, c1, c2, fi, si, r0, r1, r2, lane)
            x = x * (factor[i] if (frail >> lane) & one else ONE)
            if len(programmes) > 0:
                x = x * times[row_of[i], lane]
            x = ends[lane] if (b >> lane) & one else x
            if _does(draw(low, high, keys[lane]), x / SCREENED):
                found = np.uint32(found | np.uint32(one << lane))
        if (found >> np.uint32(death)) & one:
            found = np.uint32(one << np.uint32(death))
        who[found_by], hit[found_by] = i, found
        found_by += 1 if found else 0
    return found_by


@inlined
def _move(programmes, here, there, person, bits, factor, root, line, rank, member, wait, since,
          opens):  # fmt: skip
    """Somebody from one place of the state to another."""
    person[there], bits[there], factor[there] = person[here], bits[here], factor[here]
    root[there], line[there] = root[here], line[here]
    for r in range(rank.shape[0]):
        rank[r, there] = rank[r, here]
    if len(programmes) > 0:
        member[there], wait[there] = member[here], wait[here]
        for j in range(since.shape[0]):
            since[j, there], opens[j, there] = since[j, here], opens[j, here]


@compiled
def lead(
    size, width, tables, risks, programmes, lives, laws, expected, does, counts, chunks, cards,
    record, span,
):  # fmt: skip
    """Leads chunks of cohorts, as `cohorts` deals them, from their first steps to the last.

    `laws`, `expected` and `does` are as `packing` packs them; `record` (people, years) takes lives;
    `counts` are added to. Gives the births (number, row and step of the mother) and, with lives,
    who arrived (number, row of whom they are like, record).
    """
    (
        death, power, streams, keys, hazard, ending, quint, frail, c0, c1, c2, packed,
        starts_first, counts_first, starts_second, counts_second, cut_of, cut_stride, cut_group,
        thresholds,
    ) = laws  # fmt: skip
    rate_of, flat_of, e0, e1, e2, of_first, of_second = expected
    (
        lot_stream, lots, coverage, clause_of, clauses, allowed_first, allowed_second,
        may_first, may_second, may_have, does_hazard, does_expected, strength,
    ) = does  # fmt: skip
    (
        n_people, n_deaths, n_with, n_onsets, n_passed, n_expected, n_flat, n_joined, n_members,
        n_flows,
    ) = counts  # fmt: skip
    base, last, record_from = span
    one = np.uint32(1)
    present = np.uint32(PRESENT)
    number, today = lots.shape[0], record.shape[0]

    table = np.empty((of_first.shape[0], len(size)), np.float32)
    other = np.empty((of_second.shape[0], len(size)), np.float32)
    ends = np.empty(len(size), np.float32)
    times = np.ones((1, len(size)), np.float32)
    times_expected = np.ones((1, max(len(width), 1)), np.float32)
    with_it = np.zeros(len(size), np.int32)
    onsets = np.zeros(len(size), np.int32)
    total = np.zeros((2, max(len(width), 1)), np.int32)

    # Always for PEOPLE more than there are, and for as many who arrive: see `pass_cut`.
    room = 2 * PEOPLE
    person, bits = np.zeros(room, np.uint64), np.zeros(room, np.uint32)
    factor = np.zeros(room, np.float32)
    root, line = np.zeros(room, np.int64), np.zeros(room, np.int64)
    rank = np.zeros((len(counts_first) + len(counts_second), room), np.uint16)
    first, second = np.zeros(room, np.uint16), np.zeros(room, np.uint16)
    who, hit = np.zeros(room, np.uint32), np.zeros(room, np.uint32)
    member, wait = np.zeros(room, np.uint32), np.zeros(room, np.uint32)
    since, opens = np.zeros((number, room), np.int8), np.zeros((number, room), np.int8)
    row_of = np.zeros(room, np.int64)

    births, comers = 0, 0
    mother, mother_root = np.zeros(64, np.uint64), np.zeros(64, np.int64)
    mother_step = np.zeros(64, np.int64)
    comer, comer_root = np.zeros(64, np.uint64), np.zeros(64, np.int64)
    comer_record = np.zeros((record.shape[1], 64), np.uint32)

    for chunk in range(chunks.shape[0]):
        start, sex, q = chunks[chunk, 0], chunks[chunk, 2], chunks[chunk, 5]
        n = chunks[chunk, 1] - start
        for y in range(chunks[chunk, 4], last + 1):
            if n == 0:
                break
            if 2 * n > room:
                room = 3 * n
                person, bits = _longer(person, room), _longer(bits, room)
                factor, rank = _longer(factor, room), _longer(rank, room)
                root, line = _longer(root, room), _longer(line, room)
                first, second = _longer(first, room), _longer(second, room)
                who, hit = _longer(who, room), _longer(hit, room)
                member, wait = _longer(member, room), _longer(wait, room)
                since, opens = _longer(since, room), _longer(opens, room)
                row_of = _longer(row_of, room)
            if len(programmes) > 0 and len(times) <= n:
                times = np.ones((room + 1, len(size)), np.float32)
                times_expected = np.ones((room + 1, max(len(width), 1)), np.float32)
            if births + n > len(mother):
                longer = 2 * len(mother) + n
                mother, mother_root = _longer(mother, longer), _longer(mother_root, longer)
                mother_step = _longer(mother_step, longer)
            if len(lives) > 0 and comers + n > len(comer):
                longer = 2 * len(comer) + n
                comer, comer_root = _longer(comer, longer), _longer(comer_root, longer)
                comer_record = _longer(comer_record, longer)
            if y == chunks[chunk, 4]:
                _enter(
                    programmes, start, n, q, cards, power, lot_stream, lots, coverage,
                    person, bits, factor, root, rank, member, wait, opens,
                )  # fmt: skip
                line[:n] = root[:n]
                with_it[:] = 0
                for i in range(n):
                    _add_bits(with_it, bits[i], 1)

            age = min(max(base + y - chunks[chunk, 3], 0), AGES - 1)
            band = BAND_OF_AGE[age]
            leads = y < last
            n_people[y, sex, q, band] += n
            for lane in range(death):
                n_with[y, sex, q, band, lane] += with_it[lane]
            _see_levels(
                n, y, sex, age, rank, cut_of, cut_stride, cut_group, thresholds, first, second,
                n_passed[y, sex, q, band],
            )  # fmt: skip
            if len(programmes) > 0:
                if leads:
                    _join(
                        n, y, sex, q, age, coverage, clause_of, clauses, allowed_first,
                        allowed_second, may_first, may_second, may_have, bits, first, second,
                        member, wait, since, opens, n_joined,
                    )  # fmt: skip
                _number_members(n, y, member, since, strength, row_of, n_members[y, sex, q, band])
            if len(width) > 0:
                if len(programmes) > 0:
                    _multiply_programmes(
                        width, n, y, member, since, row_of, does_expected[sex, band],
                        times_expected,
                    )  # fmt: skip
                add_expected(
                    width, tables, risks, programmes, n, bits, first, second,
                    rate_of[y, sex, q, age], of_first, of_second, e0, e1, e2, times_expected,
                    row_of, total,
                )  # fmt: skip
                for e in range(len(width)):
                    n_expected[y, sex, q, band, e] += total[0, e] * UNIT + total[1, e]
                    total[0, e] = total[1, e] = 0
            for e in range(flat_of.shape[4]):
                n_flat[y, sex, q, band, e] += n * flat_of[y, sex, q, age, e]
            if len(lives) > 0:
                for i in range(n):
                    if line[i] < today:
                        record[line[i], y - record_from] = bits[i] | present
                    else:
                        comer_record[y - record_from, line[i] - today] = bits[i] | present
            if not leads:
                break

            _make_tables(
                size, y, sex, q, age, hazard, ending, quint, packed, starts_first, counts_first,
                starts_second, counts_second, table, other, ends,
            )  # fmt: skip
            if len(programmes) > 0:
                _multiply_programmes(
                    size, n, y, member, since, row_of, does_hazard[sex, band], times
                )
            some = screened(
                size, tables, programmes, n, streams[y], person, bits, factor, first, second,
                frail, keys, table, other, ends, c0, c1, c2, times, row_of, who, hit,
            )  # fmt: skip
            some = _decide(
                tables, programmes, some, streams[y], death, person, bits, factor, first, second,
                frail, keys, table, other, ends, c0, c1, c2, times, row_of, who, hit,
            )  # fmt: skip
            # From the last to the first, so that who fills a leaver's place has been looked at.
            tail, arrived, died = n, 0, 0
            for k in range(some - 1, -1, -1):
                at, found = np.int64(who[k]), hit[k]
                lost = (found >> np.uint32(death)) & one
                leaves = (found >> np.uint32(death + 1)) & one
                died += 1 if lost else 0
                n_flows[y, 2] += leaves
                struck = np.uint32(found & np.uint32((one << np.uint32(death)) - one))
                after = np.uint32(bits[at] ^ struck)
                _add_bits(onsets, np.uint32(struck & after), 1)
                if (found >> np.uint32(death + 3)) & one:
                    mother[births], mother_root[births] = person[at], root[at]
                    mother_step[births] = y
                    births += 1
                if (found >> np.uint32(death + 2)) & one:
                    new = tail + arrived
                    arrived += 1
                    person[new], bits[new] = person[at] + CAME[y], after
                    _add_bits(with_it, after, 1)
                    factor[new], root[new] = factor[at], root[at]
                    for r in range(rank.shape[0]):
                        rank[r, new] = rank[r, at]
                    if len(lives) > 0:
                        comer[comers], comer_root[comers] = person[new], root[at]
                        line[new] = today + comers
                        comers += 1
                    if len(programmes) > 0:
                        member[new] = member[at]
                        for j in range(number):
                            since[j, new] = since[j, at]
                        _draw_lots(new, q, person, lot_stream, lots, coverage, member, wait, opens)
                if lost or leaves:
                    _add_bits(with_it, bits[at], -1)
                    n -= 1
                    _move(
                        programmes, n, at, person, bits, factor, root, line, rank, member, wait,
                        since, opens,
                    )  # fmt: skip
                else:
                    _add_bits(with_it, np.uint32(struck & after), 1)
                    _add_bits(with_it, np.uint32(struck & bits[at]), -1)
                    bits[at] = after
            for k in range(arrived):
                _move(
                    programmes, tail + k, n, person, bits, factor, root, line, rank, member, wait,
                    since, opens,
                )  # fmt: skip
                n += 1
            n_flows[y, 1] += arrived
            n_deaths[y, sex, q, band] += died
            for lane in range(death):
                n_onsets[y, sex, q, band, lane] += onsets[lane]
                onsets[lane] = 0
    found_births = mother[:births], mother_root[:births], mother_step[:births]
    return found_births, (comer[:comers], comer_root[:comers], comer_record[:, :comers])
