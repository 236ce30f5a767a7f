"""A lifetime: the people who join in the plan's years, followed to their end, and nobody else.

The population is closed: nobody is born, comes or leaves, so that every pound and every QALY is of
somebody who was there at the start. Only those whom a programme reaches are led to their end, from
the day they join, without it and with it, with the same luck. Care that they need in the years they
gain is counted, and so is what late outcomes would have taken, at mortality by age that goes on as
the laws have it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tripleaim.people import People
from tripleaim.place import Draw, Place
from tripleaim.prevention.compiled_programmes import Lags, compile_programmes, scenario_sets
from tripleaim.prevention.consequences import (
    Consequence,
    Losses,
    events_spared,
    losses,
    rates_of,
    taken,
)
from tripleaim.prevention.health import QUALITY
from tripleaim.prevention.programmes import Prevention
from tripleaim.projection import (
    UNIT,
    Laws,
    Lifetimes,
    Programme,
    Tally,
    simulate_differences,
)

Floats = npt.NDArray[np.float64]

STEPS = 90
"""Years that people are followed: who is 16 when they join is 106 at the end."""


@dataclass(frozen=True)
class LifetimeInputs:
    """What the lifetimes of every draw have in common; `joining` are the years, of the laws', in
    which people join."""

    place: Place
    programmes: tuple[Prevention, ...]
    lags: Lags
    lifetimes: Lifetimes
    consequences: tuple[Consequence, ...]
    joining: int


def lifetime_inputs(
    place: Place,
    programmes: tuple[Prevention, ...],
    lags: Lags,
    consequences: tuple[Consequence, ...],
    fitted: int,
) -> LifetimeInputs:
    """Lifetimes from laws of `fitted` steps: people join in the years of the plan."""
    lifetimes = Lifetimes(place, fitted, STEPS)
    return LifetimeInputs(place, programmes, lags, lifetimes, consequences, len(place.years))


def lifetime_results(
    inputs: LifetimeInputs,
    people: People,
    laws: Laws,
    nothing: Tally,
    draw: Draw,
    *,
    threads: int | None = None,
) -> Mapping[str, Floats]:
    """What all programmes together, then each alone, do over lifetimes; L = STEPS years.

    life_avoided  (1 + J, L, P) contacts avoided by point of delivery, unscaled, uncalibrated
    life_qalys    (1 + J, L) QALYs gained; life_years (1 + J, L) years of life gained
    life_joined   (2, L, J) who join on the 1 January in each year: in all together, and alone
    life_members  (2, L, J) members times the effect left, likewise

    `nothing` is the tally of doing nothing over the horizon of `laws`.
    """
    place = inputs.place
    closed = inputs.lifetimes(laws)
    compiled = tuple(
        _joining(p, inputs.joining)
        for p in compile_programmes(place, inputs.programmes, closed, inputs.lags, draw)
    )
    number = len(compiled)
    found = simulate_differences(
        people,
        closed,
        compiled,
        scenario_sets(number),
        threads=threads,
    )
    together, *alone = (_Pair(before, after) for before, after in found.pairs)
    points = tuple(p.id for p in place.points_of_delivery)
    lost = _losses(inputs.consequences, nothing, draw)

    # Who joins a programme that changes nothing is seen where nothing is done.
    joined = [
        [
            found.joined[..., j] if j in found.idle else pair.something.joined[..., k]
            for j, pair, k in rows
        ]
        for rows in (
            [(j, together, j) for j in range(number)],
            [(j, pair, 0) for j, pair in enumerate(alone)],
        )
    ]
    members = [
        [together.something.members[..., j] for j in range(number)],
        [pair.something.members[..., 0] for pair in alone],
    ]
    pairs = (together, *alone)
    return {
        "life_avoided": np.array([pair.avoided(points) for pair in pairs]),
        "life_qalys": np.array([pair.qalys(lost) for pair in pairs]),
        "life_years": np.array([pair.years for pair in pairs]),
        "life_joined": np.array([[_next_year(n) for n in row] for row in joined]).swapaxes(1, 2),
        "life_members": np.array(
            [[m.sum(axis=(1, 2, 3))[1:] / UNIT for m in row] for row in members]
        ).swapaxes(1, 2),
    }


@dataclass(frozen=True)
class _Pair:
    """The same people without programmes and with them, from when their lives part."""

    nothing: Tally
    something: Tally

    def avoided(self, points: Sequence[str]) -> Floats:
        """(L, P) contacts that do not happen."""
        return np.stack([-self._more(point) for point in points], axis=-1)

    def qalys(self, lost: Mapping[str, Losses]) -> Floats:
        """(L,) QALYs gained in each year, with those that late outcomes no longer take."""
        gained = self._more(QUALITY)
        for outcome, by_event in lost.items():
            events = events_spared(self.something, self.nothing, outcome)
            gained = gained + taken(events, by_event.qalys).sum(axis=-1)
        return gained

    @property
    def years(self) -> Floats:
        """(L,) more people alive on the 1 January in each year."""
        more = self.something.people[1:] - self.nothing.people[1:]
        return np.asarray(more.sum(axis=(1, 2, 3)), dtype=np.float64)

    def _more(self, quantity: str) -> Floats:
        more = self.something.quantity(quantity)[1:] - self.nothing.quantity(quantity)[1:]
        return np.asarray(more.sum(axis=(1, 2, 3)))


def _joining(programme: Programme, years: int) -> Programme:
    """The same programme, which nobody joins after so many years of the place."""
    coverage = programme.coverage.copy()
    # The laws' first year comes before the place's.
    coverage[years + 1 :] = 0
    return replace(programme, coverage=coverage)


def _losses(
    consequences: Sequence[Consequence], nothing: Tally, draw: Draw
) -> Mapping[str, Losses]:
    """What late outcomes take over lifetimes, at rates that stay as in the horizon's last year."""
    if not consequences:
        return {}
    rates = rates_of(nothing)
    later = STEPS - len(rates.hazard)
    return {c.outcome: losses(c, rates, draw, later=later) for c in consequences}


def _next_year(joined: npt.NDArray[np.int64]) -> Floats:
    """(L,) who join on the 1 January in each year after the base, from (L, 5) of the base on."""
    by_date = joined.sum(axis=1).astype(np.float64)
    return np.append(by_date[1:], 0.0)
