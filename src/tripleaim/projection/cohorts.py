"""People who share sex, year of birth, quintile and first year, laid next to each other.

What the kernel reads of a person stands in one record; the records of a cohort follow each other,
so that they come from memory in one stream.
"""
# ruff: noqa: PLR0917
# Arrays for arguments, not a record of them: what the compiler does best on.
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from tripleaim.compiling import COMPILING, compiled
from tripleaim.people import EPOCH_YEAR, People

CHUNK = 4096
"""People whose years are led in one go: their state stays in the cache."""

QUINTILES = 5

Rows = npt.NDArray[np.int64]
PersonRecords = npt.NDArray[Any]


def split_into_chunks(
    people: People, rows: Rows, starts: Rows, threads: int
) -> tuple[Rows, PersonRecords]:
    """The people in `rows`, by first step (`starts`), as chunks of one cohort and their records.

    Chunks (chunks, 6): from, to (of the records), sex, calendar year of birth, first step, quintile
    from 0; at most CHUNK people each.
    """
    births = people.birth if len(people) else np.zeros(1, dtype=np.int16)
    first, last = int(births.min()) // 12, int(births.max()) // 12
    spread, steps = last - first + 1, int(starts.max(initial=0)) + 1
    cells = 2 * steps * spread * QUINTILES
    cell_of = np.empty(len(rows), dtype=np.int32)
    person_records = np.empty(len(rows), dtype=person_record(len(people.ranks)))
    ranks = np.ascontiguousarray(people.ranks)
    columns = (0,) * len(ranks), people.person, people.conditions, people.frailty, ranks
    quintiles = people.quintile
    parts = [len(rows) * t // threads for t in range(threads + 1)]

    def sort(part: tuple[int, int]) -> Rows:
        counts = np.zeros(cells, dtype=np.int64)
        some = slice(*part)
        what = people.sex, quintiles, people.birth, starts[some]
        _sort(rows[some], *what, (steps, first, spread), cell_of[some], counts)
        return counts

    def fill(work: tuple[tuple[int, int], Rows]) -> None:
        part, places = work
        _fill(rows[slice(*part)], cell_of[slice(*part)], *columns, places, person_records)

    with COMPILING:
        fill(((0, 0), sort((0, 0))))  # nobody is dealt, but both passes compiled
    if threads == 1:
        counts = sort((0, len(rows)))[None]
        ends = np.cumsum(counts.T).reshape(cells, 1)
        fill(((0, len(rows)), (ends - counts.T).T[0].copy()))
    else:
        with ThreadPoolExecutor(threads) as pool:
            counts = np.array(list(pool.map(sort, pairwise(parts))))
            ends = np.cumsum(counts.T).reshape(cells, threads)
            list(pool.map(fill, zip(pairwise(parts), (ends - counts.T).T.copy(), strict=True)))
    table = []
    begin = 0
    for cell in np.flatnonzero(counts.sum(axis=0)).tolist():
        end = int(ends[cell, -1])
        cohort, quintile = divmod(cell, QUINTILES)
        cohort, year = divmod(cohort, spread)
        sex, step = divmod(cohort, steps)
        what = sex, EPOCH_YEAR + first + year, step, quintile
        pieces = -(-(end - begin) // CHUNK)
        cuts = [begin + (end - begin) * p // pieces for p in range(pieces + 1)]
        table += [(a, b, *what) for a, b in pairwise(cuts)]
        begin = end
    return np.array(table, dtype=np.int64).reshape(-1, 6), person_records


def person_record(risks: int) -> np.dtype[Any]:
    """What the kernel reads of a person: `row` is the person's row among all.

    There is room for as many ranks as the record's length, a multiple of eight bytes, has anyway:
    the kernel is compiled apart for each record, and a place that adds a risk factor needs no other
    one.
    """
    room = (max(risks, 1) + 5) // 4 * 4 - 2
    return np.dtype(
        [
            ("person", np.uint64),
            ("row", np.uint32),
            ("conditions", np.uint32),
            ("frailty", np.float32),
            ("ranks", np.uint16, (room,)),
        ],
        align=True,
    )


@compiled
def _sort(rows, sex, quintile, birth, starts, shape, cell_of, counts):
    """Each row's cell of (sex, first step, year of birth, quintile); how many are in each."""
    steps, first, spread = shape
    for i in range(len(rows)):
        row = rows[i]
        cohort = (sex[row] * steps + starts[i]) * spread + birth[row] // 12 - first
        cell_of[i] = cohort * QUINTILES + quintile[row] - 1
        counts[cell_of[i]] += 1


@compiled
def _fill(rows, cell_of, risks, person, conditions, frailty, ranks, places, person_records):
    """Writes everybody's record to the next place of their cell; `risks` is as long as `ranks`."""
    for i in range(len(rows)):
        row, at = rows[i], places[cell_of[i]]
        places[cell_of[i]] += 1
        one = person_records[at]
        one.person, one.row = person[row], row
        one.conditions, one.frailty = conditions[row], frailty[row]
        for r in range(len(risks)):
            one.ranks[r] = ranks[r, row]
