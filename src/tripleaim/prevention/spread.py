"""All draws around the central values, from the few that were simulated: see `smoothed_draws`.

Doing nothing has a map of its own. A scenario is do nothing plus a difference, and each difference
the map of its own programmes, so that costs, contacts and health of a scenario move together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.place import Draw
from tripleaim.prevention.programmes import Prevention
from tripleaim.prevention.scenarios import FIRST_ALONE, NOTHING, TOGETHER, WITHOUT, Arrays
from tripleaim.prevention.smoothed_draws import DrawMap, draw_map
from tripleaim.uncertainty import as_matrix

Floats = npt.NDArray[np.float64]

SCENARIOS_AT = {"lost": 2}
"""Where the axis of scenarios is in results that do not have it first after the draws."""

BY_SCENARIO = ("contacts", "outcomes", "registered", "qalys", "deaths", "onsets", "lost")
NOTHING_AND_ALL = ("died", "with", "levels", "health")
BY_PROGRAMME = ("joined", "members", "life_joined", "life_members")
OF_CARE = ("contacts", "life_avoided")
LIFETIMES = ("life_avoided", "life_qalys", "life_years")


SEEDS_TO_MEASURE = 4
"""With fewer seeds than this luck is told from the draws themselves."""


@dataclass(frozen=True)
class Spread:
    """The maps of do nothing, of all together and of each programme; results they are read with."""

    nothing: DrawMap
    together: DrawMap
    alone: tuple[DrawMap, ...]
    care: tuple[DrawMap, ...]
    reach: tuple[DrawMap, ...]
    simulated: Arrays

    def around(self, central: Arrays) -> Arrays:
        """Results of the central draw, then of all draws, by name; what is left out stays out."""
        return {
            name: np.concatenate([values[None], values + self._deviations(name)])
            if self.simulated
            else values[None]
            for name, values in central.items()
            if not name.startswith(WITHOUT)
        }

    def _deviations(self, name: str) -> Floats:
        values = self.simulated[name]
        if name in BY_PROGRAMME:
            parts = [one.deviations(values[..., j]) for j, one in enumerate(self.reach)]
            return np.stack(parts, axis=-1) if parts else self.nothing.deviations(values)
        health = (self.together, *self.alone)
        if name in LIFETIMES:
            maps = self.care if name in OF_CARE else health
            return np.stack([m.deviations(values[:, s]) for s, m in enumerate(maps)], axis=1)
        if name in BY_SCENARIO:
            maps = self.care if name in OF_CARE else health
            return self._of_scenarios(values, maps, SCENARIOS_AT.get(name, 1))
        if name in NOTHING_AND_ALL:
            return self._of_scenarios(values, (self.together,), 1)
        return self.nothing.deviations(values)

    def _of_scenarios(self, values: Floats, maps: Sequence[DrawMap], axis: int) -> Floats:
        by_scenario = np.moveaxis(values, axis, 0)
        nothing = self.nothing.deviations(by_scenario[NOTHING])
        parts = [nothing]
        for s, one in enumerate(maps, TOGETHER):
            parts.append(nothing + one.deviations(by_scenario[s] - by_scenario[NOTHING]))
        return np.moveaxis(np.stack(parts), 0, axis)


def spread_over(
    drawn: Sequence[Draw],
    simulated: Sequence[Draw],
    arrays: Arrays,
    programmes: Sequence[Prevention],
    parameters: Sequence[str],
    *,
    by_seed: Sequence[Arrays] = (),
    people_ratio: float = 1.0,
) -> Spread:
    """The maps from `arrays` of the simulated draws to all that are drawn.

    How much luck is in a draw is measured where there are SEEDS_TO_MEASURE of `by_seed` or more:
    results of the central draw under other luck, of `people_ratio` times as many people as a draw
    has, whose variance is as much smaller. It is that of the QALYs that a scenario gains, for care
    of the contacts that it avoids, and for reach and cost of who joins: some have more luck in
    them than others.
    """
    if not drawn:
        empty = DrawMap(np.zeros((0, 0)), 1.0)
        each = (empty,) * len(programmes)
        return Spread(empty, empty, each, (empty, *each), each, {})
    few, every = (as_matrix(some, list(parameters)) for some in (simulated, drawn))
    of_programme = [
        [k for k, key in enumerate(parameters) if key.startswith(f"programme/{p.id}/")]
        for p in programmes
    ]
    every_own = [k for own in of_programme for k in own]
    scenarios = [(TOGETHER, every_own)]
    scenarios += [(FIRST_ALONE + j, own) for j, own in enumerate(of_programme)]
    seen, lucky = _Sums.of(arrays), _Sums.of(_stacked(by_seed, arrays))

    def mapped(own: Sequence[int], outcome: Floats, by_luck: Floats) -> DrawMap:
        measured = len(by_luck) >= SEEDS_TO_MEASURE
        variance = people_ratio * float(by_luck.var(ddof=1)) if measured else None
        return draw_map(few, every, own, outcome, variance)

    def differing(outcome: Floats, by_luck: Floats) -> tuple[DrawMap, ...]:
        apart, luck_apart = (one - one[:, [NOTHING]] for one in (outcome, by_luck))
        return tuple(mapped(own, apart[:, s], luck_apart[:, s]) for s, own in scenarios)

    together, *alone = differing(seen.qalys, lucky.qalys)
    return Spread(
        mapped((), seen.qalys[:, NOTHING], lucky.qalys[:, NOTHING]),
        together,
        tuple(alone),
        differing(seen.contacts, lucky.contacts),
        tuple(
            mapped(own, seen.joined[:, j], lucky.joined[:, j]) for j, own in enumerate(of_programme)
        ),
        arrays,
    )


@dataclass(frozen=True)
class _Sums:
    """Sums of each run: (runs, scenarios) QALYs and contacts, (runs, J) who join each alone."""

    qalys: Floats
    contacts: Floats
    joined: Floats

    @classmethod
    def of(cls, arrays: Arrays) -> _Sums:
        return cls(
            arrays["qalys"].sum(axis=(2, 3)),
            arrays["contacts"].sum(axis=(2, 3, 4)),
            arrays["joined"][:, 1].sum(axis=(1, 2)),
        )


def _stacked(runs: Sequence[Arrays], like: Arrays) -> Arrays:
    """Results of runs along a first axis, as `like` has them along its own; of none where none."""
    names = ("qalys", "contacts", "joined")
    return {n: np.stack([one[n] for one in runs]) if runs else like[n][:0] for n in names}
