"""The fast projection: one chunk of a cohort after the other, each led through all its years.

People of one sex and calendar year of birth share their age, so that the tables of a year are small
and stay in the cache nearest the processor. For every person and year the hazards of all lanes are
multiplied and held against their draws side by side; only where one may happen is it looked at
alone. `plain` says in clear what this does; both give the same bytes.

Compiled apart for each number of lanes, quantities and tables, and for risk factors, programmes and
recorded lives or none, so that what a model lacks costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from tripleaim.people.luck import STIR_1, STIR_2
from tripleaim.projection.chance import HIGHEST, exponential
from tripleaim.projection.newcomers import ARRIVED, MOST_STEPS, TODAY_BITS
from tripleaim.projection.plain import BAND_OF_AGE, MOST_EXPECTED
from tripleaim.projection.tally import UNIT
from tripleaim.projection.vitals import AGES

PRESENT = 1 << 31
"""Set in a recorded life's conditions in the years in which the person is registered."""

CLAUSE = ("age_from", "age_to", "sexes", "quintiles", "has", "lacks", "count_from", "count_to")

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
WORD = np.uint64(0xFFFFFFFF)
OPTIONS = {"nogil": True, "boundscheck": False, "error_model": "numpy"}


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Numba's compilation, kept on disk for the next process where there is a folder for it."""
    try:
        return njit(function, cache=True, **OPTIONS)  # type: ignore[no-any-return]
    except RuntimeError:  # no folder to keep it in can be written to
        return njit(function, **OPTIONS)  # type: ignore[no-any-return]


SCREEN = np.float32(2.0**-24)
ROW = np.uint32(2047)
ONE = np.float32(1)


@intrinsic  # type: ignore[untyped-decorator]
def lowest(_context: Any, bits: Any) -> Any:
    """The number of the lowest bit set."""

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.uint32(types.uint32), generate


@intrinsic  # type: ignore[untyped-decorator]
def bit_count(_context: Any, bits: Any) -> Any:
    """How many bits are set."""

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint32(types.uint32), generate


_exponential = njit(exponential, forceinline=True, **OPTIONS)


@njit(forceinline=True, **OPTIONS)  # type: ignore[untyped-decorator]
def _hash(person: Any, stream: Any) -> Any:
    key = person * GOLDEN + stream
    key = (key ^ (key >> np.uint64(30))) * MIX_1
    key = (key ^ (key >> np.uint64(27))) * MIX_2
    return key ^ (key >> np.uint64(31))


@njit(forceinline=True, **OPTIONS)  # type: ignore[untyped-decorator]
def _draw(low: Any, high: Any, key: Any) -> Any:
    x = np.uint32((low ^ key) * STIR_1)
    x = np.uint32(x ^ (x >> np.uint32(15)))
    x = np.uint32((x + high) * STIR_2)
    return np.uint32(x ^ (x >> np.uint32(16)))


@njit(forceinline=True, **OPTIONS)  # type: ignore[untyped-decorator]
def _may(draw: Any, hazard: Any) -> Any:
    return np.float32(np.int32(draw >> np.uint32(8))) * SCREEN < hazard


@njit(forceinline=True, **OPTIONS)  # type: ignore[untyped-decorator]
def _does(draw: Any, hazard: Any) -> Any:
    x = min(np.float64(hazard), HIGHEST)
    return np.float64(draw) * 2.0**-32 < 1.0 - _exponential(-x)


@njit(forceinline=True, **OPTIONS)  # type: ignore[untyped-decorator]
def _of_conditions(t0: Any, t1: Any, t2: Any, tables: Any, bits: Any, at: Any) -> Any:
    x = t0[bits & ROW, at]
    if tables > 1:
        x = x * t1[(bits >> np.uint32(11)) & ROW, at]
    if tables > 2:
        x = x * t2[(bits >> np.uint32(22)) & ROW, at]
    return x


@njit(forceinline=True, **OPTIONS)  # type: ignore[untyped-decorator]
def _hazard(table, other, c0, c1, c2, tables, frailty, frail, times, programmes, ending, b, lane):  # type: ignore[no-untyped-def]
    """The hazard of one lane, in the order of `plain.hazards`."""
    x = table[lane] * other[lane]
    x = x * _of_conditions(c0, c1, c2, tables, b, lane)
    x = x * (frailty if frail[lane] > 0 else ONE)
    if programmes:
        x = x * times[lane]
    return ending[lane] if (b >> np.uint32(lane)) & np.uint32(1) else x


@njit(forceinline=True, **OPTIONS)  # type: ignore[untyped-decorator]
def _longer(array: Any, size: Any) -> Any:
    """The same with room for more, along the last axis."""
    if array.ndim == 1:
        longer = np.zeros(size, array.dtype)
        longer[: array.shape[0]] = array
        return longer
    wider = np.zeros((array.shape[0], size), array.dtype)
    wider[:, : array.shape[1]] = array
    return wider


@lru_cache(maxsize=64)
def kernel_for(
    size: int, width: int, tables: int, risks: bool, programmes: bool, lives: bool
) -> Callable[..., Any]:
    """The kernel for `size` lanes, `width` quantities and `tables` of conditions.

    It takes the chunks (start, stop, sex, year of birth, first step) of `order`, rows of people;
    the laws as `packing` packs them; `record` (people, years) for lives; counts to add to. It gives
    the births (number, row, step of the mother) and, with lives, who arrived (number, row of whom
    they are like, record).
    """
    band_of_age = BAND_OF_AGE
    present = np.uint32(PRESENT)
    one = np.uint32(1)
    came = np.array([ARRIVED * 3**s << TODAY_BITS for s in range(MOST_STEPS)], dtype=np.uint64)
    unit, half, most = np.float32(UNIT), np.float32(0.5), MOST_EXPECTED
    breadth = max(width, 1)

    def lead(people, laws, expected, does, counts, chunks, order, record, span):  # type: ignore[no-untyped-def]
        person_of, bits_of, frailty_of, quintile_of, ranks_of = people
        (
            death, frailty_power, streams, keys, hazard, ending, quint, frail, c0, c1, c2,
            packed, rows_first, rows_second, cut_of, cut_stride, cut_group, thresholds,
        ) = laws  # fmt: skip
        rate, e0, e1, e2, expected_first, expected_second = expected
        (
            lot_stream, lots, coverage, clause_of, clauses, allowed_first, allowed_second,
            does_hazard, does_expected, strength,
        ) = does  # fmt: skip
        (
            n_people, n_deaths, n_with, n_onsets, n_first, n_second, n_expected,
            n_joined, n_members, n_flows,
        ) = counts  # fmt: skip
        base, last, record_from = span
        follow, bear = death + 2, death + 3
        first_rows, second_rows = rows_first.shape[0], rows_second.shape[0]
        number, risk_factors, today = lots.shape[0], ranks_of.shape[0], record.shape[0]

        table = np.empty((first_rows, size), np.float32)
        other = np.empty((5 * second_rows, size), np.float32)
        times = np.ones((2, size), np.float32)
        times_expected = np.ones((2, breadth), np.float32)
        with_it = np.zeros((5, size), np.int32)
        onsets = np.zeros((5, size), np.int32)
        total = np.zeros((5, breadth), np.int64)
        of_first = np.zeros((5, first_rows), np.int32)
        of_second = np.zeros(5 * second_rows, np.int32)
        died = np.zeros(5, np.int32)
        member_parts = np.zeros((5, number), np.int64)

        room = 64
        person, bits = np.zeros(room, np.uint64), np.zeros(room, np.uint32)
        factor, quintile = np.zeros(room, np.float32), np.zeros(room, np.uint8)
        root, line = np.zeros(room, np.int64), np.zeros(room, np.int64)
        rank = np.zeros((risk_factors, room), np.uint16)
        first, second = np.zeros(room, np.uint16), np.zeros(room, np.uint16)
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
                entering = y == chunks[chunk, 4]
                if n == 0:
                    break
                if 2 * n > room:
                    room = 3 * n
                    person, bits = _longer(person, room), _longer(bits, room)
                    factor, quintile = _longer(factor, room), _longer(quintile, room)
                    root, line = _longer(root, room), _longer(line, room)
                    first, second = _longer(first, room), _longer(second, room)
                    rank = _longer(rank, room)
                    if programmes:
                        member, wait = _longer(member, room), _longer(wait, room)
                        since, opens = _longer(since, room), _longer(opens, room)
                if births + n > len(mother):
                    mother = _longer(mother, 2 * len(mother) + n)
                    mother_root = _longer(mother_root, len(mother))
                    mother_step = _longer(mother_step, len(mother))
                if lives and comers + n > len(comer):
                    comer = _longer(comer, 2 * len(comer) + n)
                    comer_root = _longer(comer_root, len(comer))
                    comer_record = _longer(comer_record, len(comer))
                if entering:
                    for i in range(n):
                        at = order[start + i]
                        person[i], bits[i] = person_of[at], bits_of[at]
                        x = np.float64(frailty_of[at]) * frailty_power
                        factor[i] = np.float32(_exponential(min(max(x, -HIGHEST), HIGHEST)))
                        quintile[i] = quintile_of[at] - 1
                        root[i] = line[i] = at
                        first[i], second[i] = 0, quintile[i] * second_rows
                        for r in range(risk_factors):
                            rank[r, i] = ranks_of[r, at]
                        if programmes:
                            member[i] = wait[i] = 0
                            key = _hash(person[i], lot_stream)
                            low, high = np.uint32(key & WORD), np.uint32(key >> np.uint64(32))
                            for j in range(number):
                                lot = np.float64(_draw(low, high, lots[j])) * 2.0**-32
                                for t in range(coverage.shape[1]):
                                    if lot < coverage[j, t, quintile[i]]:
                                        wait[i] |= one << np.uint32(j)
                                        opens[j, i] = t
                                        break

                age = min(max(base + y - chunks[chunk, 3], 0), AGES - 1)
                band = band_of_age[age]
                leads = y < last
                if risks:
                    for i in range(n):
                        first[i] = 0
                        second[i] = quintile[i] * second_rows
                    for c in range(cut_of.shape[0]):
                        r, stride, cut = cut_of[c], cut_stride[c], thresholds[y, sex, age, c]
                        if cut_group[c] == 0:
                            for i in range(n):
                                first[i] += stride if rank[r, i] >= cut else np.uint16(0)
                        else:
                            for i in range(n):
                                second[i] += stride if rank[r, i] >= cut else np.uint16(0)
                if leads:
                    for a in range(first_rows):
                        for lane in range(size):
                            table[a, lane] = hazard[y, sex, age, lane]
                        for m in range(rows_first.shape[1]):
                            at = rows_first[a, m]
                            for lane in range(size):
                                table[a, lane] *= packed[sex, age, at, lane]
                    for q in range(5):
                        for a in range(second_rows):
                            row = q * second_rows + a
                            for lane in range(size):
                                other[row, lane] = quint[q, lane]
                            for m in range(rows_second.shape[1]):
                                at = rows_second[a, m]
                                for lane in range(size):
                                    other[row, lane] *= packed[sex, age, at, lane]
                open_now = np.uint32(0)
                if programmes and leads:
                    for j in range(number):
                        for c in range(clause_of[j], clause_of[j + 1]):
                            if (
                                clauses[c, 0] <= age
                                and age <= clauses[c, 1]
                                and (clauses[c, 2] >> sex) & 1
                            ):
                                open_now |= one << np.uint32(j)

                tail, arrived, i = n, 0, 0
                while i < n:
                    b, q, fi, si = bits[i], quintile[i], first[i], second[i]
                    acted = 0
                    if programmes:
                        pending = wait[i] & open_now
                        while pending:
                            j = lowest(pending)
                            pending &= np.uint32(pending - one)
                            if opens[j, i] > y:
                                continue
                            for c in range(clause_of[j], clause_of[j + 1]):
                                has = np.uint32(clauses[c, 4])
                                count = bit_count(b)
                                if (
                                    clauses[c, 0] <= age
                                    and age <= clauses[c, 1]
                                    and (clauses[c, 2] >> sex) & 1
                                    and (clauses[c, 3] >> q) & 1
                                    and (b & has) == has
                                    and (b & np.uint32(clauses[c, 5])) == 0
                                    and clauses[c, 6] <= count
                                    and count <= clauses[c, 7]
                                    and allowed_first[c, fi]
                                    and allowed_second[c, si - q * second_rows]
                                ):
                                    member[i] |= one << np.uint32(j)
                                    wait[i] &= ~(one << np.uint32(j))
                                    since[j, i] = y
                                    n_joined[y, q, j] += 1
                                    break
                        left = member[i]
                        if left:
                            acted = 1
                            times[1, :] = ONE
                            times_expected[1, :] = ONE
                        while left:
                            j = lowest(left)
                            left &= np.uint32(left - one)
                            t = y - since[j, i]
                            member_parts[q, j] += strength[j, t]
                            for lane in range(size):
                                times[1, lane] *= does_hazard[sex, band, j, t, lane]
                            for e in range(width):
                                times_expected[1, e] *= does_expected[sex, band, j, t, e]

                    for lane in range(size):
                        with_it[q, lane] += np.int32((b >> np.uint32(lane)) & one)
                    of_second[si] += 1
                    if risks:
                        of_first[q, fi] += 1
                    own = si - q * second_rows
                    for e in range(width):
                        x = rate[y, sex, q, age, e]
                        if risks:
                            x = x * expected_first[fi, e] * expected_second[own, e]
                        x = x * _of_conditions(e0, e1, e2, tables, b, e)
                        if programmes:
                            x = x * times_expected[acted, e]
                        x = min(x, most)
                        total[q, e] += np.int64(np.int32(x * unit + half))
                    if lives:
                        at = line[i]
                        if at < today:
                            record[at, y - record_from] = b | present
                        else:
                            comer_record[y - record_from, at - today] = b | present
                    if not leads:
                        i += 1
                        continue

                    key = _hash(person[i], streams[y])
                    low, high = np.uint32(key & WORD), np.uint32(key >> np.uint64(32))
                    frailty = factor[i]
                    hit = np.uint32(0)
                    for lane in range(size):
                        x = _hazard(
                            table[fi], other[si], c0, c1, c2, tables, frailty, frail,
                            times[acted], programmes, ending[y, sex, age], b, lane,
                        )  # fmt: skip
                        may = _may(_draw(low, high, keys[lane]), x)
                        hit |= np.uint32(may) << np.uint32(lane)
                    if not hit:
                        i += 1
                        continue

                    lost = False
                    if (hit >> np.uint32(death)) & one:
                        x = _hazard(
                            table[fi], other[si], c0, c1, c2, tables, frailty, frail,
                            times[acted], programmes, ending[y, sex, age], b, death,
                        )  # fmt: skip
                        lost = _does(_draw(low, high, keys[death]), x)
                        died[q] += lost
                    after, comes, leaves = b, False, False
                    while hit and not lost:
                        lane = lowest(hit)
                        hit &= np.uint32(hit - one)
                        if lane == death:
                            continue
                        x = _hazard(
                            table[fi], other[si], c0, c1, c2, tables, frailty, frail,
                            times[acted], programmes, ending[y, sex, age], b, lane,
                        )  # fmt: skip
                        if not _does(_draw(low, high, keys[lane]), x):
                            continue
                        if lane < death:
                            onsets[q, lane] += ((b >> lane) & one) == 0
                            after ^= one << lane
                        elif lane == bear:
                            mother[births], mother_root[births] = person[i], root[i]
                            mother_step[births] = y
                            births += 1
                        elif lane == follow:
                            comes = True
                        else:
                            leaves = True
                    if comes:
                        at = tail + arrived
                        arrived += 1
                        person[at] = person[i] + came[y]
                        bits[at], factor[at], quintile[at] = after, factor[i], q
                        root[at] = root[i]
                        for r in range(risk_factors):
                            rank[r, at] = rank[r, i]
                        first[at], second[at] = 0, q * second_rows
                        if lives:
                            comer[comers], comer_root[comers] = person[at], root[i]
                            line[at] = today + comers
                            comers += 1
                        if programmes:
                            key = _hash(person[at], lot_stream)
                            low, high = np.uint32(key & WORD), np.uint32(key >> np.uint64(32))
                            member[at], wait[at] = member[i], 0
                            for j in range(number):
                                since[j, at] = since[j, i]
                                if (member[i] >> np.uint32(j)) & one:
                                    continue
                                lot = np.float64(_draw(low, high, lots[j])) * 2.0**-32
                                for t in range(coverage.shape[1]):
                                    if lot < coverage[j, t, q]:
                                        wait[at] |= one << np.uint32(j)
                                        opens[j, at] = t
                                        break
                    n_flows[y, 1] += comes
                    n_flows[y, 2] += leaves
                    if not (lost or leaves):
                        bits[i] = after
                        i += 1
                        continue
                    n -= 1
                    person[i], bits[i], factor[i] = person[n], bits[n], factor[n]
                    quintile[i], root[i], line[i] = quintile[n], root[n], line[n]
                    first[i], second[i] = first[n], second[n]
                    for r in range(risk_factors):
                        rank[r, i] = rank[r, n]
                    if programmes:
                        member[i], wait[i] = member[n], wait[n]
                        for j in range(number):
                            since[j, i], opens[j, i] = since[j, n], opens[j, n]

                for k in range(arrived):
                    at = tail + k
                    person[n], bits[n], factor[n] = person[at], bits[at], factor[at]
                    quintile[n], root[n], line[n] = quintile[at], root[at], line[at]
                    first[n], second[n] = first[at], second[at]
                    for r in range(risk_factors):
                        rank[r, n] = rank[r, at]
                    if programmes:
                        member[n], wait[n] = member[at], wait[at]
                        for j in range(number):
                            since[j, n], opens[j, n] = since[j, at], opens[j, at]
                    n += 1

                for q in range(5):
                    for lane in range(death):
                        n_with[y, sex, q, band, lane] += with_it[q, lane]
                        with_it[q, lane] = 0
                    for a in range(second_rows):
                        n_people[y, sex, q, band] += of_second[q * second_rows + a]
                        n_second[y, sex, q, band, a] += of_second[q * second_rows + a]
                        of_second[q * second_rows + a] = 0
                    if risks:
                        for a in range(first_rows):
                            n_first[y, sex, q, band, a] += of_first[q, a]
                            of_first[q, a] = 0
                    for e in range(width):
                        n_expected[y, sex, q, band, e] += total[q, e]
                        total[q, e] = 0
                    for j in range(number):
                        n_members[y, sex, q, band, j] += member_parts[q, j]
                        member_parts[q, j] = 0
                    if leads:
                        n_deaths[y, sex, q, band] += died[q]
                        died[q] = 0
                        for lane in range(death):
                            n_onsets[y, sex, q, band, lane] += onsets[q, lane]
                            onsets[q, lane] = 0
        found = mother[:births], mother_root[:births], mother_step[:births]
        return found, (comer[:comers], comer_root[:comers], comer_record[:, :comers])

    return compiled(lead)
