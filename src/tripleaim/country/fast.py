"""People drawn one after the other, compiled: equal to `plain` to the bit."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tripleaim.compiling import compiled, inlined
from tripleaim.people import GOLDEN, HIGHEST, mix, quantile

GRID_FROM, GRID_STEPS, GRID_SIZE = -7.0, 200.0, 2801
"""Where the grid of `places` begins, its points in a unit, and how many they are."""


class DrawingTables(NamedTuple):
    """The tables of `drawing.PeopleDistribution` as the compiled loop reads them.

    streams      of month of birth, frailty (two), the ranks and the conditions
    link_ends    condition k is raised by `link_causes[link_ends[k]:link_ends[k + 1]]`
    acts         (R, K) whether any level of a risk factor multiplies a condition's odds
    highest      (K,) the most that odds can be multiplied by; most draws need no closer look
    links        as `link_ends`, `link_causes` and `link_factors`: those that are not 1, row by row
    """

    ends: npt.NDArray[np.int64]
    first_month: int
    streams: npt.NDArray[np.uint64]
    loading: float
    odds: npt.NDArray[np.float64]
    order: npt.NDArray[np.int64]
    link_ends: npt.NDArray[np.int64]
    link_causes: npt.NDArray[np.int64]
    link_factors: npt.NDArray[np.float64]
    thresholds: npt.NDArray[np.int64]
    levels: npt.NDArray[np.float64]
    acts: npt.NDArray[np.bool_]
    highest: npt.NDArray[np.float64]
    ties: npt.NDArray[np.float64]
    pull: npt.NDArray[np.float64]
    band: npt.NDArray[np.int64]
    places: npt.NDArray[np.float64]


class PersonColumns(NamedTuple):
    """The columns to fill, as `people.People` has them; `lsoa` is the quintile's area."""

    birth: npt.NDArray[np.int16]
    sex: npt.NDArray[np.int8]
    lsoa: npt.NDArray[np.int16]
    frailty: npt.NDArray[np.float32]
    conditions: npt.NDArray[np.uint32]
    ranks: npt.NDArray[np.uint16]


_mix = inlined(mix)


@inlined
def _uniform(person: Any, stream: Any) -> Any:
    """`people.luck.uniform` for one person."""
    key = _mix(_mix(person * GOLDEN + stream) ^ stream)
    return np.float64(np.int64(key >> np.uint64(11))) * 2.0**-53


@inlined
def _normal(size: Any, direction: Any) -> Any:
    """A standard normal number from two uniform ones (Box and Muller 1958)."""
    return math.sqrt(-2.0 * math.log1p(-size)) * math.cos(2.0 * math.pi * direction)


@inlined
def _rank(x: Any, places: Any) -> Any:
    """The rank of a number by its place, which `places` has on a grid (see `people.ranks`)."""
    t = (min(max(x, GRID_FROM), -GRID_FROM) - GRID_FROM) * GRID_STEPS
    j = np.int64(t)
    j = min(np.int64(t), np.int64(GRID_SIZE - 2))
    place = places[j] + (places[j + 1] - places[j]) * (t - j)
    return np.int64(min(place * 65536.0, HIGHEST))


@compiled
# One loop over people, which the compiler turns into one piece.
def draw_people(numbers: Any, tables: Any, columns: Any) -> None:  # noqa: PLR0912
    """Fill `columns` for the people with these `numbers`; rising order is quickest.

    Tables are taken out of their tuple once: inside the loop each look would count references.
    """
    ends, first_month, streams, loading, odds, order = tables[:6]
    link_ends, link_causes, link_factors = tables[6:9]
    thresholds, levels, acts, highest, ties, pull, band, places = tables[9:]
    birth, sex, lsoa, frailty, conditions, ranks = columns
    ages, risks, cuts = odds.shape[2], ranks.shape[0], thresholds.shape[3]
    first_condition = 3 + risks
    normal, level = np.empty(risks, np.float64), np.zeros(risks, np.int64)
    lots = np.empty(len(streams), np.float64)
    cell = 0
    for row in range(len(numbers)):
        number, person = np.int64(numbers[row]), np.uint64(numbers[row])
        while number >= ends[cell]:
            cell += 1
        while cell > 0 and number < ends[cell - 1]:
            cell -= 1
        for event in range(len(streams)):  # by itself, so that it runs several at a time
            lots[event] = _uniform(person, streams[event])
        s, a, q = cell // (5 * ages), cell // 5 % ages, cell % 5
        birth[row] = first_month - 12 * a - np.int64(12 * lots[0])
        sex[row] = s
        lsoa[row] = q
        z = np.float32(_normal(lots[1], lots[2]))
        frailty[row] = z
        for r in range(risks):
            normal[r] = quantile(lots[3 + r])
            x = pull[r, q]
            for o in range(r + 1):
                x += ties[r, o] * normal[o]
            rank = _rank(x, places[r, s, band[a]])
            ranks[r, row] = rank
            level[r] = 0
            for cut in range(cuts):
                level[r] += rank >= thresholds[r, s, a, cut]
        from_frailty = math.exp(loading * np.float64(z))
        bits = np.uint32(0)
        for k in order:
            lot = lots[first_condition + k]
            x = odds[k, s, a, q] * from_frailty
            if x * highest[k] * (1.0 - lot) <= lot:
                continue
            for r in range(risks):
                if acts[r, k]:
                    x *= levels[r, level[r], s, a, k]
            for link in range(link_ends[k], link_ends[k + 1]):
                if (bits >> np.uint32(link_causes[link])) & np.uint32(1):
                    x *= link_factors[link]
            if lot < x * (1.0 - lot):
                bits |= np.uint32(1) << np.uint32(k)
        conditions[row] = bits
