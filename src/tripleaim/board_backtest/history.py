"""A measure by board and period: what was known by a day, and what followed."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from tripleaim.board_backtest.measures import BoardMeasure
from tripleaim.boards import OfficialTables

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

PANDEMIC = (date(2020, 3, 1), date(2021, 7, 31))
"""Restrictions and the return from them say nothing about other months: nothing is forecast
across."""
GONE_AFTER = 3
"""Years after which a part that is no longer published is no part of its board any more."""
LEAST_PART = 0.05
"""A part that is missing and usually less than this of its board leaves the board known."""


@dataclass(frozen=True, slots=True)
class LaterValues:
    """Values after the start that the tables do not have, by part and by board, and period."""

    by_part: Mapping[tuple[str, int], float] = field(default_factory=dict)
    by_board: Mapping[tuple[str, int], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Series:
    """A measure of each board: `past` up to the start (boards x periods from `first`, gaps filled),
    `observed` where it was not filled, `later` the same boards in the periods `after`; NaN: not
    known."""

    boards: tuple[str, ...]
    first: int
    past: Floats
    observed: Flags
    after: tuple[int, ...]
    later: Floats


def series(
    measure: BoardMeasure,
    tables: OfficialTables,
    boards: Sequence[str],
    *,
    start: date,
    to: date,
    later: LaterValues,
) -> Series:
    """What is known of a measure by `start`, and what followed until `to`.

    `later` replaces the tables' values after the start, or adds to them.
    """
    cadence = measure.cadence
    homes = _homes(measure, tables, boards)
    rows = tables.records(
        measure.values, **({"start": start} if "$start" in measure.values else {})
    )
    split = cadence.last_by(start)
    known = [row for row in rows if cadence.at(row["from"]) <= split]
    first = min((cadence.at(row["from"]) for row in known), default=split)
    after = range(split + 1, cadence.last_by(to) + 1)
    parts = list(homes)
    before_parts = _matrix(known, parts, measure, first, split)
    if not measure.needs_pandemic:
        gone = [at for at in range(first, split + 1) if _in_pandemic(cadence.over(at))]
        before_parts[:, [at - first for at in gone]] = np.nan
    usual = _usual(before_parts, cadence.a_year)
    before_parts[before_parts < measure.least_of_usual * usual[:, None]] = np.nan
    shares = np.array([[homes[part].get(board, 0.0) for board in boards] for part in parts])
    filled = _filled(before_parts, measure.gap)
    past = _by_board(filled, shares, usual)
    observed = ~np.isnan(_by_board(before_parts, shares, usual))
    followed = [row for row in rows if cadence.at(row["from"]) in after]
    after_parts = _matrix(followed, parts, measure, split + 1, split + len(after))
    _overlay(after_parts, parts, split + 1, later.by_part)
    after_parts[after_parts < measure.least_of_usual * usual[:, None]] = np.nan
    values = _by_board(after_parts, shares, usual)
    _overlay(values, boards, split + 1, later.by_board)
    return Series(tuple(boards), first, past, observed, tuple(after), values)


def _homes(
    measure: BoardMeasure, tables: OfficialTables, boards: Sequence[str]
) -> dict[str, dict[str, float]]:
    homes: dict[str, dict[str, float]] = {}
    for row in tables.records(measure.homes):
        if row["board"] in boards:
            homes.setdefault(row["part"], {})[row["board"]] = float(row["share"])
    return homes


def _matrix(
    rows: Sequence[dict[str, Any]],
    parts: Sequence[str],
    measure: BoardMeasure,
    first: int,
    last: int,
) -> Floats:
    """Parts x periods from `first` to `last`; NaN where nothing is published, and for a zero."""
    at = {part: index for index, part in enumerate(parts)}
    matrix = np.full((len(parts), last - first + 1), np.nan)
    for row in rows:
        if row["part"] in at and row["value"]:
            matrix[at[row["part"]], measure.cadence.at(row["from"]) - first] = row["value"]
    return matrix


def _overlay(
    matrix: Floats, names: Sequence[str], first: int, later: Mapping[tuple[str, int], float]
) -> None:
    at = {name: index for index, name in enumerate(names)}
    for (name, period), value in later.items():
        if name in at and 0 <= period - first < matrix.shape[1]:
            matrix[at[name], period - first] = value


def _in_pandemic(day: date) -> bool:
    return PANDEMIC[0] <= day <= PANDEMIC[1]


def _usual(parts: Floats, a_year: int) -> Floats:
    """The mean of each part over the last year in which it is known; zero if that is long ago."""
    usual = np.zeros(len(parts))
    for at, row in enumerate(parts):
        known = np.flatnonzero(~np.isnan(row))[-a_year:]
        if known.size and known[-1] >= parts.shape[1] - GONE_AFTER * a_year:
            usual[at] = row[known].mean()
    return usual


def _filled(parts: Floats, gap: int) -> Floats:
    """Gaps of up to `gap` periods between two known values, by a straight line."""
    filled = parts.copy()
    for row in filled:
        known = np.flatnonzero(~np.isnan(row))
        for left, right in itertools.pairwise(known):
            if 1 < right - left <= gap + 1:
                row[left : right + 1] = np.linspace(row[left], row[right], right - left + 1)
    return filled


def _by_board(parts: Floats, shares: Floats, usual: Floats) -> Floats:
    """Boards x periods: the sum of parts by share; NaN where too much of a board is missing."""
    missing = np.isnan(parts)
    whole = shares.T @ usual
    lost = shares.T @ (missing * usual[:, None])
    sums = shares.T @ np.nan_to_num(parts)
    known: Floats = np.where((lost <= LEAST_PART * whole[:, None]) & (sums > 0), sums, np.nan)
    return known
