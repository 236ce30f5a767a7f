"""What a projection counts. Whole numbers only, so that no order of adding changes a sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from tripleaim.measures import BAND_STARTS, BANDS
from tripleaim.projection.laws import Laws
from tripleaim.projection.model import Events
from tripleaim.projection.vitals import AGES

Ints = npt.NDArray[np.int64]

UNIT = 1 << 16
"""Expected quantities are counted in parts of this many, each person's rounded to nearest."""

BAND_OF_AGE = np.searchsorted(BAND_STARTS, np.arange(AGES), side="right") - 1
MOST_EXPECTED = np.float32(30_000)
"""No person's expected quantity of a year counts for more than this."""


@dataclass(frozen=True)
class Tally:
    """Counts by year, sex, deprivation quintile and age band (Y + 1 years, or Y steps).

    people          (Y + 1, 2, 5, BANDS) registered on 1 January
    deaths          (Y, 2, 5, BANDS) by age at the start of the year; who is born in it counts at 0
    with_condition  (Y + 1, 2, 5, BANDS, K)
    onsets          (Y, 2, 5, BANDS, K)
    levels          (Y + 1, 2, 5, BANDS, sum of levels) people by level of each risk factor in turn
    expected        (Y + 1, 2, 5, BANDS, E) in parts of UNIT: contacts by point of delivery, late
                    outcomes, years in good health, quality-adjusted years
    joined          (Y, 5, J) people who join each programme in a year
    members         (Y + 1, 2, 5, BANDS, J) in parts of UNIT: members times the strength left
    births, arrivals, departures  (Y,)
    """

    years: tuple[str, ...]
    conditions: tuple[str, ...]
    risk_levels: tuple[tuple[str, str], ...]
    quantities: tuple[str, ...]
    programmes: tuple[str, ...]
    people: Ints
    deaths: Ints
    with_condition: Ints
    onsets: Ints
    levels: Ints
    expected: Ints
    joined: Ints
    members: Ints
    births: Ints
    arrivals: Ints
    departures: Ints

    def quantity(self, name: str) -> npt.NDArray[np.float64]:
        """(Y + 1, 2, 5, BANDS) one expected quantity, in its own unit."""
        return self.expected[..., self.quantities.index(name)] / UNIT


def added(parts: Sequence[Tally]) -> Tally:
    """The tally of several shards together; exact. Raises ValueError if they do not match."""
    first = parts[0]
    names = [f.name for f in fields(Tally)]
    arrays = [n for n in names if isinstance(getattr(first, n), np.ndarray)]
    for part in parts[1:]:
        for name in names:
            if name not in arrays and getattr(part, name) != getattr(first, name):
                raise ValueError(f"expected shards of one projection; {name} differs")
    sums = {n: np.sum([getattr(p, n) for p in parts], axis=0, dtype=np.int64) for n in arrays}
    return Tally(**{n: sums.get(n, getattr(first, n)) for n in names})


def of_programmes(tally: Tally, chosen: Sequence[int]) -> Tally:
    """The tally as if only some of its programmes had been counted, by number."""
    kept = list(chosen)
    return replace(
        tally,
        programmes=tuple(tally.programmes[j] for j in kept),
        joined=tally.joined[..., kept],
        members=tally.members[..., kept],
    )


def empty_tally(
    laws: Laws, conditions: tuple[str, ...], programmes: Sequence[str], *, levels: bool = True
) -> Tally:
    """A tally of zeros, of the shape that these laws and programmes (by id) ask for."""
    years, steps = laws.steps + 1, laws.steps
    risk_levels = tuple((name, level) for name, levels in laws.risk_levels for level in levels)
    if not levels:
        risk_levels = ()

    def zeros(*shape: int) -> Ints:
        return np.zeros(shape, dtype=np.int64)

    return Tally(
        years=laws.years,
        conditions=conditions,
        risk_levels=risk_levels,
        quantities=laws.expected.names,
        programmes=tuple(programmes),
        people=zeros(years, 2, 5, BANDS),
        deaths=zeros(steps, 2, 5, BANDS),
        with_condition=zeros(years, 2, 5, BANDS, len(conditions)),
        onsets=zeros(steps, 2, 5, BANDS, len(conditions)),
        levels=zeros(years, 2, 5, BANDS, len(risk_levels)),
        expected=zeros(years, 2, 5, BANDS, len(laws.expected.names)),
        joined=zeros(steps, 5, len(programmes)),
        members=zeros(years, 2, 5, BANDS, len(programmes)),
        births=zeros(steps),
        arrivals=zeros(steps),
        departures=zeros(steps),
    )


def events_of(counts: Tally) -> dict[str, Events]:
    """What happened in each step, everybody together."""
    return {
        year: Events(
            births=int(counts.births[y]),
            deaths=int(counts.deaths[y].sum()),
            arrivals=int(counts.arrivals[y]),
            departures=int(counts.departures[y]),
            onsets=tuple(int(n) for n in counts.onsets[y].sum(axis=(0, 1, 2))),
        )
        for y, year in enumerate(counts.years[:-1])
    }


def in_parts(x: npt.NDArray[np.float32]) -> Ints:
    """Expected quantities of single people in parts of UNIT, to the nearest."""
    x = np.minimum(x, MOST_EXPECTED)
    return np.asarray((x * np.float32(UNIT) + np.float32(0.5)).astype(np.int64))
