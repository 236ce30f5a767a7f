"""What a projection gives: everyone's life, year by year, and the contacts to be expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tripleaim.people import People


@dataclass(frozen=True)
class Events:
    """What happened from one 1 January to the next, in people.

    Who is born and dies before the year is out counts in both. `onsets` runs along the conditions.
    """

    births: int
    deaths: int
    arrivals: int
    departures: int
    onsets: tuple[int, ...]


@dataclass(frozen=True)
class Trajectory:
    """The lives of everyone who is or will be registered, from the base year on.

    `people` holds today's people first and then those to come (births, arrivals): N in all.
    `years` starts with the base year: Y + 1 of them. `present[y]` (bool, N) says who is registered
    on the 1 January inside years[y]; `conditions[y]` (uint32, N) what they have then, nothing if
    they are not. Nothing in it
    depends on any solution. `events[year]` counts what happened from the 1 January inside that
    year to the next.
    """

    people: People
    years: tuple[str, ...]
    present: npt.NDArray[np.bool_]
    conditions: npt.NDArray[np.uint32]
    events: Mapping[str, Events] = field(default_factory=dict)


@dataclass(frozen=True)
class Growth:
    """Why activity at one point of delivery grows from the first to the last year of the plan.

    Contacts; the parts add up to `last - first`: size and age of the population, morbidity beyond
    it, official trend, and the rest, which calibration added and which may be negative.
    """

    point_of_delivery: str
    first: float
    last: float
    size_and_age: float
    morbidity: float
    trend: float
    rest: float
