"""The fast projection: one chunk of a cohort after the other, each led through all its years.

People of one sex and calendar year of birth share their age, so that the tables of a year are small
and stay in the cache nearest the processor. For every person and year the hazards of all lanes are
multiplied and held against their draws side by side; only where one may happen is it looked at
alone. `plain` says in clear what this does; both give the same bytes.

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

from tripleaim.people.luck import STIR_1, STIR_2
from tripleaim.projection.chance import HIGHEST, exponential
from tripleaim.projection.compiling import bit_count, compiled, inlined, lowest, part
from tripleaim.projection.newcomers import ARRIVED, MOST_STEPS, TODAY_BITS
from tripleaim.projection.plain import BAND_OF_AGE
from tripleaim.projection.side_by_side import add_parts, may_happen
from tripleaim.projection.tally import UNIT
from tripleaim.projection.vitals import AGES

PRESENT = 1 << 31
"""Set in a recorded life's conditions in the years in which the person is registered."""

CLAUSE = ("age_from", "age_to", "sexes", "quintiles", "has", "lacks", "count_from", "count_to")

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
WORD = np.uint64(0xFFFFFFFF)
ROW = np.uint32(2047)
ONE = np.float32(1)
CAME = np.array([ARRIVED * 3**s << TODAY_BITS for s in range(MOST_STEPS)], dtype=np.uint64)


_exponential = inlined(exponential)


@inlined
def _hash(person: Any, stream: Any) -> Any:
    key = person * GOLDEN + stream
    key = (key ^ (key >> np.uint64(30))) * MIX_1
    key = (key ^ (key >> np.uint64(27))) * MIX_2
    return key ^ (key >> np.uint64(31))


@inlined
def _draw(low: Any, high: Any, key: Any) -> Any:
    x = np.uint32((low ^ key) * STIR_1)
    x = np.uint32(x ^ (x >> np.uint32(15)))
    x = np.uint32((x + high) * STIR_2)
    return np.uint32(x ^ (x >> np.uint32(16)))


@inlined
def _does(draw: Any, hazard: Any) -> Any:
    x = min(np.float64(hazard), HIGHEST)
    return np.float64(draw) * 2.0**-32 < 1.0 - _exponential(-x)


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
    programmes, start, n, order, people, power, lot_stream, lots, coverage,
    person, bits, factor, quintile, root, rank, member, wait, opens,
):  # fmt: skip
    """The people of a chunk into the state, from rows of everybody's columns."""
    person_of, bits_of, frailty_of, quintile_of, ranks_of = people
    for i in range(n):
        at = order[start + i]
        person[i], bits[i], root[i] = person_of[at], bits_of[at], at
        x = np.float64(frailty_of[at]) * power
        factor[i] = np.float32(_exponential(min(max(x, -HIGHEST), HIGHEST)))
        quintile[i] = quintile_of[at] - 1
    for r in range(rank.shape[0]):
        for i in range(n):
            rank[r, i] = ranks_of[r, order[start + i]]
    if len(programmes) > 0:
        for i in range(n):
            member[i] = 0
            _draw_lots(i, person, quintile, lot_stream, lots, coverage, member, wait, opens)


@part
def _draw_lots(i, person, quintile, lot_stream, lots, coverage, member, wait, opens):
    """For which programmes somebody's lot ever lies below the coverage, and from which step."""
    key = _hash(person[i], lot_stream)
    low, high = np.uint32(key & WORD), np.uint32(key >> np.uint64(32))
    wait[i] = 0
    for j in range(lots.shape[0]):
        bit = np.uint32(1) << np.uint32(j)
        if member[i] & bit:
            continue
        lot = np.float64(_draw(low, high, lots[j])) * 2.0**-32
        for t in range(coverage.shape[1]):
            if lot < coverage[j, t, quintile[i]]:
                wait[i] |= bit
                opens[j, i] = t
                break


@part
def _see_levels(
    n, y, sex, age, second_rows, quintile, rank, cut_of, cut_stride, cut_group, thresholds,
    first, second,
):  # fmt: skip
    """Each person's row in the tables of both groups of risk factors."""
    rows = np.uint16(second_rows)
    for i in range(n):
        first[i] = 0
        second[i] = np.uint16(quintile[i] * rows)
    for c in range(cut_of.shape[0]):
        r, stride, cut = cut_of[c], cut_stride[c], thresholds[y, sex, age, c]
        rows_of = first if cut_group[c] == 0 else second
        for i in range(n):
            passed = stride if rank[r, i] >= cut else np.uint16(0)
            rows_of[i] = np.uint16(rows_of[i] + passed)


@part
def _make_tables(
    size, y, sex, age, hazard, ending, quint, packed, rows_first, rows_second, table, other, ends
):
    """The tables of a year: hazard by level of the first group, quintile by that of the second."""
    for lane in range(len(size)):
        ends[lane] = ending[y, sex, age, lane]
    for a in range(table.shape[0]):
        for lane in range(len(size)):
            table[a, lane] = hazard[y, sex, age, lane]
        for m in range(rows_first.shape[1]):
            at = rows_first[a, m]
            for lane in range(len(size)):
                table[a, lane] *= packed[sex, age, at, lane]
    second_rows = rows_second.shape[0]
    for q in range(5):
        for a in range(second_rows):
            row = q * second_rows + a
            for lane in range(len(size)):
                other[row, lane] = quint[q, lane]
            for m in range(rows_second.shape[1]):
                at = rows_second[a, m]
                for lane in range(len(size)):
                    other[row, lane] *= packed[sex, age, at, lane]


@part
def _join(
    n, y, sex, age, second_rows, clause_of, clauses, allowed_first, allowed_second,
    bits, quintile, first, second, member, wait, since, opens, n_joined,
):  # fmt: skip
    """Who joins which programmes on this 1 January."""
    one = np.uint32(1)
    open_now = np.uint32(0)
    for j in range(since.shape[0]):
        for c in range(clause_of[j], clause_of[j + 1]):
            if clauses[c, 0] <= age and age <= clauses[c, 1] and (clauses[c, 2] >> sex) & 1:
                open_now = np.uint32(open_now | np.uint32(one << np.uint32(j)))
    if open_now == 0:
        return
    for i in range(n):
        pending = np.uint32(wait[i] & open_now)
        while pending:
            j = lowest(pending)
            pending = np.uint32(pending & np.uint32(pending - one))
            if opens[j, i] > y:
                continue
            b, q = bits[i], quintile[i]
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
                    and allowed_second[c, second[i] - q * second_rows]
                ):
                    member[i] |= one << j
                    wait[i] &= ~(one << j)
                    since[j, i] = y
                    n_joined[y, q, j] += 1
                    break


@inlined
def _add_bits(counts, q, bits, by):
    """Counts each bit that is set, for quintile q."""
    while bits:
        counts[q, lowest(bits)] += by
        bits = np.uint32(bits & np.uint32(bits - np.uint32(1)))


@inlined
def _times(size, i, y, member, since, of_programmes, times):
    """What a member's programmes multiply by together, into `times`."""
    left = member[i]
    for at in range(len(size)):
        times[at] = ONE
    while left:
        j = lowest(left)
        left = np.uint32(left & np.uint32(left - np.uint32(1)))
        t = np.uint64(y - since[j, i])
        for at in range(len(size)):
            times[at] *= of_programmes[j, t, at]


@part
def _count(
    width, tables, risks, programmes, n, y, second_rows, bits, quintile, first, second, member,
    since, rate, e0, e1, e2, expected_first, expected_second, does_expected, strength, times,
    of_first, of_second, total, member_parts,
):  # fmt: skip
    """Adds everybody on this 1 January to the counts of the chunk; `total` in whole units and in
    parts, so that both fit 32 bits."""
    for i in range(n):
        of_second[second[i]] += 1
    if len(risks) > 0:
        for i in range(n):
            of_first[quintile[i], first[i]] += 1
    if len(programmes) > 0:
        for i in range(n):
            left = member[i]
            while left:
                j = lowest(left)
                left = np.uint32(left & np.uint32(left - np.uint32(1)))
                member_parts[quintile[i], j] += strength[j, y - since[j, i]]
    if len(width) > 0:
        for i in range(n):
            b, q = bits[i], np.int64(quintile[i])
            fi, own = np.int64(first[i]), np.int64(second[i] - quintile[i] * second_rows)
            r0, r1 = np.int64(b & ROW), np.int64((b >> np.uint32(11)) & ROW)
            r2 = np.int64(b >> np.uint32(22))
            acts = np.int64(0)
            if len(programmes) > 0 and member[i]:
                acts = np.int64(1)
                _times(width, i, y, member, since, does_expected, times[1])
            add_parts(
                width, tables, risks, programmes, total, rate, q, expected_first, fi,
                expected_second, own, e0, r0, e1, r1, e2, r2, times, acts,
            )  # fmt: skip


@part
def _screen(
    size, tables, programmes, n, y, stream, person, bits, factor, first, second, member, since,
    keys, table, other, frail, ends, c0, c1, c2, does_hazard, times, hit,
):  # fmt: skip
    """For everybody the lanes on which something may happen, as bits: all lanes side by side."""
    for i in range(n):
        b = bits[i]
        fi, si = np.int64(first[i]), np.int64(second[i])
        r0, r1 = np.int64(b & ROW), np.int64((b >> np.uint32(11)) & ROW)
        r2 = np.int64(b >> np.uint32(22))
        key = _hash(person[i], stream)
        low, high = np.uint32(key & WORD), np.uint32(key >> np.uint64(32))
        acts = np.int64(0)
        if len(programmes) > 0 and member[i]:
            acts = np.int64(1)
            _times(size, i, y, member, since, does_hazard, times[1])
        hit[i] = may_happen(
            size, tables, programmes, low, high, keys, table, fi, other, si, c0, r0, c1, r1, c2, r2,
            factor[i], frail, ends, b, times, acts,
        )  # fmt: skip


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
    size, tables, programmes, n, y, stream, death, person, bits, factor, first, second, member,
    since, keys, table, other, frail, ends, c0, c1, c2, does_hazard, times, hit,
):  # fmt: skip
    """Of the lanes in `hit`, leaves those on which something happens; death alone if it does."""
    one = np.uint32(1)
    for i in range(n):
        left = hit[i]
        if left == 0:
            continue
        b = bits[i]
        fi, si = np.uint64(first[i]), np.uint64(second[i])
        r0, r1 = np.uint64(b & ROW), np.uint64((b >> np.uint32(11)) & ROW)
        r2 = np.uint64(b >> np.uint32(22))
        key = _hash(person[i], stream)
        low, high = np.uint32(key & WORD), np.uint32(key >> np.uint64(32))
        if len(programmes) > 0:
            _times(size, i, y, member, since, does_hazard, times)
        found = np.uint32(0)
        while left:
            lane = lowest(left)
            left = np.uint32(left & np.uint32(left - one))
            x = _product(tables, table, other, c0, c1, c2, fi, si, r0, r1, r2, lane)
            x = x * (factor[i] if frail[lane] > 0 else ONE)
            if len(programmes) > 0:
                x = x * times[lane]
            x = ends[lane] if (b >> lane) & one else x
            if _does(_draw(low, high, keys[lane]), x):
                found = np.uint32(found | np.uint32(one << lane))
        if (found >> np.uint32(death)) & one:
            found = np.uint32(one << np.uint32(death))
        hit[i] = found


@inlined
def _move(
    programmes, here, there, person, bits, factor, quintile, root, line, rank, member, wait, since,
    opens,
):  # fmt: skip
    """Somebody from one place of the state to another."""
    person[there], bits[there], factor[there] = person[here], bits[here], factor[here]
    quintile[there], root[there], line[there] = quintile[here], root[here], line[here]
    for r in range(rank.shape[0]):
        rank[r, there] = rank[r, here]
    if len(programmes) > 0:
        member[there], wait[there] = member[here], wait[here]
        for j in range(since.shape[0]):
            since[j, there], opens[j, there] = since[j, here], opens[j, here]


@compiled
def lead(
    size, width, tables, risks, programmes, lives, people, laws, expected, does, counts, chunks,
    order, record, span,
):  # fmt: skip
    """Leads the chunks (from, to, sex, year of birth, first step) of `order`, rows of `people`.

    `laws`, `expected` and `does` are as `packing` packs them; `record` (people, years) takes lives;
    `counts` are added to. Gives the births (number, row and step of the mother) and, with lives,
    who arrived (number, row of whom they are like, record).
    """
    (
        death, power, streams, keys, hazard, ending, quint, frail, c0, c1, c2,
        packed, rows_first, rows_second, cut_of, cut_stride, cut_group, thresholds,
    ) = laws  # fmt: skip
    rate_of, e0, e1, e2, expected_first, expected_second = expected
    (
        lot_stream, lots, coverage, clause_of, clauses, allowed_first, allowed_second,
        does_hazard, does_expected, strength,
    ) = does  # fmt: skip
    (
        n_people, n_deaths, n_with, n_onsets, n_first, n_second, n_expected,
        n_joined, n_members, n_flows,
    ) = counts  # fmt: skip
    base, last, record_from = span
    one = np.uint32(1)
    present = np.uint32(PRESENT)
    first_rows, second_rows = rows_first.shape[0], rows_second.shape[0]
    number, today = lots.shape[0], record.shape[0]

    table = np.empty((first_rows, len(size)), np.float32)
    other = np.empty((5 * second_rows, len(size)), np.float32)
    ends = np.empty(len(size), np.float32)
    times = np.ones((2, len(size)), np.float32)
    times_expected = np.ones((2, max(len(width), 1)), np.float32)
    rate = np.empty((5, max(len(width), 1)), np.float32)
    with_it = np.zeros((5, len(size)), np.int32)
    onsets = np.zeros((5, len(size)), np.int32)
    total = np.zeros((5, 2, max(len(width), 1)), np.int32)
    of_first = np.zeros((5, first_rows), np.int32)
    of_second = np.zeros(5 * second_rows, np.int32)
    died = np.zeros(5, np.int32)
    member_parts = np.zeros((5, number), np.int64)

    room = 64
    person, bits = np.zeros(room, np.uint64), np.zeros(room, np.uint32)
    factor, quintile = np.zeros(room, np.float32), np.zeros(room, np.uint8)
    root, line = np.zeros(room, np.int64), np.zeros(room, np.int64)
    rank = np.zeros((people[4].shape[0], room), np.uint16)
    first, second = np.zeros(room, np.uint16), np.zeros(room, np.uint16)
    hit = np.zeros(room, np.uint32)
    member, wait = np.zeros(room, np.uint32), np.zeros(room, np.uint32)
    since, opens = np.zeros((number, room), np.int8), np.zeros((number, room), np.int8)

    births, comers = 0, 0
    mother, mother_root = np.zeros(64, np.uint64), np.zeros(64, np.int64)
    mother_step = np.zeros(64, np.int64)
    comer, comer_root = np.zeros(64, np.uint64), np.zeros(64, np.int64)
    comer_record = np.zeros((record.shape[1], 64), np.uint32)

    for chunk in range(chunks.shape[0]):
        start, sex = chunks[chunk, 0], chunks[chunk, 2]
        n = chunks[chunk, 1] - start
        for y in range(chunks[chunk, 4], last + 1):
            if n == 0:
                break
            if 2 * n > room:
                room = 3 * n
                person, bits = _longer(person, room), _longer(bits, room)
                factor, quintile = _longer(factor, room), _longer(quintile, room)
                root, line = _longer(root, room), _longer(line, room)
                first, second = _longer(first, room), _longer(second, room)
                rank, hit = _longer(rank, room), _longer(hit, room)
                member, wait = _longer(member, room), _longer(wait, room)
                since, opens = _longer(since, room), _longer(opens, room)
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
                    programmes, start, n, order, people, power, lot_stream, lots, coverage,
                    person, bits, factor, quintile, root, rank, member, wait, opens,
                )  # fmt: skip
                line[:n] = root[:n]
                with_it[:] = 0
                for i in range(n):
                    _add_bits(with_it, quintile[i], bits[i], 1)

            age = min(max(base + y - chunks[chunk, 3], 0), AGES - 1)
            band = BAND_OF_AGE[age]
            leads = y < last
            _see_levels(
                n, y, sex, age, second_rows, quintile, rank, cut_of, cut_stride, cut_group,
                thresholds, first, second,
            )  # fmt: skip
            if len(programmes) > 0 and leads:
                _join(
                    n, y, sex, age, second_rows, clause_of, clauses, allowed_first,
                    allowed_second, bits, quintile, first, second, member, wait, since, opens,
                    n_joined,
                )  # fmt: skip
            if len(width) > 0:
                for q in range(5):
                    for e in range(len(width)):
                        rate[q, e] = rate_of[y, sex, q, age, e]
            _count(
                width, tables, risks, programmes, n, y, second_rows, bits, quintile, first, second,
                member, since, rate, e0, e1, e2, expected_first, expected_second,
                does_expected[sex, band], strength, times_expected, of_first, of_second, total,
                member_parts,
            )  # fmt: skip
            for q in range(5):
                for lane in range(death):
                    n_with[y, sex, q, band, lane] += with_it[q, lane]
            if len(lives) > 0:
                for i in range(n):
                    if line[i] < today:
                        record[line[i], y - record_from] = bits[i] | present
                    else:
                        comer_record[y - record_from, line[i] - today] = bits[i] | present
            if leads:
                _make_tables(
                    size, y, sex, age, hazard, ending, quint, packed, rows_first, rows_second,
                    table, other, ends,
                )  # fmt: skip
                acting = does_hazard[sex, band]
                _screen(
                    size, tables, programmes, n, y, streams[y], person, bits, factor, first,
                    second, member, since, keys, table, other, frail, ends, c0, c1, c2, acting,
                    times, hit,
                )  # fmt: skip
                _decide(
                    size, tables, programmes, n, y, streams[y], death, person, bits, factor, first,
                    second, member, since, keys, table, other, frail, ends, c0, c1, c2, acting,
                    times[1], hit,
                )  # fmt: skip
                tail, arrived, i = n, 0, 0
                while i < n:
                    if hit[i] == 0:
                        i += 1
                        continue
                    found = hit[i]
                    q = quintile[i]
                    lost = (found >> np.uint32(death)) & one
                    leaves = (found >> np.uint32(death + 1)) & one
                    died[q] += lost
                    n_flows[y, 2] += leaves
                    struck = np.uint32(found & np.uint32((one << np.uint32(death)) - one))
                    after = np.uint32(bits[i] ^ struck)
                    _add_bits(onsets, q, np.uint32(struck & after), 1)
                    if lost or leaves:
                        _add_bits(with_it, q, bits[i], -1)
                    else:
                        _add_bits(with_it, q, np.uint32(struck & after), 1)
                        _add_bits(with_it, q, np.uint32(struck & bits[i]), -1)
                    if (found >> np.uint32(death + 3)) & one:
                        mother[births], mother_root[births] = person[i], root[i]
                        mother_step[births] = y
                        births += 1
                    if (found >> np.uint32(death + 2)) & one:
                        at = tail + arrived
                        arrived += 1
                        person[at], bits[at] = person[i] + CAME[y], after
                        _add_bits(with_it, q, after, 1)
                        factor[at], quintile[at], root[at] = factor[i], q, root[i]
                        for r in range(rank.shape[0]):
                            rank[r, at] = rank[r, i]
                        if len(lives) > 0:
                            comer[comers], comer_root[comers] = person[at], root[i]
                            line[at] = today + comers
                            comers += 1
                        if len(programmes) > 0:
                            member[at] = member[i]
                            for j in range(number):
                                since[j, at] = since[j, i]
                            _draw_lots(
                                at, person, quintile, lot_stream, lots, coverage, member, wait,
                                opens,
                            )  # fmt: skip
                    if not (lost or leaves):
                        bits[i] = after
                        i += 1
                        continue
                    n -= 1
                    hit[i] = hit[n]
                    first[i], second[i] = first[n], second[n]
                    _move(
                        programmes, n, i, person, bits, factor, quintile, root, line, rank, member,
                        wait, since, opens,
                    )  # fmt: skip
                n_flows[y, 1] += arrived
                for k in range(arrived):
                    _move(
                        programmes, tail + k, n, person, bits, factor, quintile, root, line, rank,
                        member, wait, since, opens,
                    )  # fmt: skip
                    n += 1

            for q in range(5):
                for a in range(second_rows):
                    n_people[y, sex, q, band] += of_second[q * second_rows + a]
                    n_second[y, sex, q, band, a] += of_second[q * second_rows + a]
                    of_second[q * second_rows + a] = 0
                if len(risks) > 0:
                    for a in range(first_rows):
                        n_first[y, sex, q, band, a] += of_first[q, a]
                        of_first[q, a] = 0
                for e in range(len(width)):
                    n_expected[y, sex, q, band, e] += total[q, 0, e] * UNIT + total[q, 1, e]
                    total[q, 0, e] = total[q, 1, e] = 0
                for j in range(number):
                    n_members[y, sex, q, band, j] += member_parts[q, j]
                    member_parts[q, j] = 0
                if leads:
                    n_deaths[y, sex, q, band] += died[q]
                    died[q] = 0
                    for lane in range(death):
                        n_onsets[y, sex, q, band, lane] += onsets[q, lane]
                        onsets[q, lane] = 0
    found_births = mother[:births], mother_root[:births], mother_step[:births]
    return found_births, (comer[:comers], comer_root[:comers], comer_record[:, :comers])
