"""All draws around the central values, from the few that were simulated: see `smoothed_draws`.

Doing nothing has a map of its own. What one programme does alone has one by its own parameters, of
which there are few, so that luck is told from them. What all do together is the sum of what each
does alone and a rest, where people join more than one, which has a map too. So costs, contacts and
health of a scenario move together, and the parts add up in each draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.place import Draw
from tripleaim.prevention.programmes import Prevention
from tripleaim.prevention.scenarios import NOTHING, TOGETHER, WITHOUT, Arrays
from tripleaim.prevention.smoothed_draws import DrawMap, DrawNumbers, draw_map
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
class DrawSample:
    """The draws that are wanted, and results of some of them, simulated with fewer people.

    drawn         all draws that are wanted; simulated, some of them
    arrays        results of the simulated draws, by name, draws first
    parameters    ids of what draws move
    by_seed       results of the central draw under other luck, of `people_ratio` times as many
                  people as a draw has, whose variance is as much smaller
    """

    drawn: tuple[Draw, ...]
    simulated: tuple[Draw, ...]
    arrays: Arrays
    programmes: tuple[Prevention, ...]
    parameters: tuple[str, ...]
    by_seed: Sequence[Arrays] = ()
    people_ratio: float = 1.0

    @property
    def measures_luck(self) -> bool:
        """Whether there are enough seeds to tell how much luck is in a draw."""
        return len(self.by_seed) >= SEEDS_TO_MEASURE


@dataclass(frozen=True)
class AddedMaps:
    """Maps of what programmes add to doing nothing: each alone, and the rest of all together."""

    alone: tuple[DrawMap, ...]
    rest: DrawMap

    def deviations(self, added: Floats) -> Floats:
        """(1 + J, N, ...) deviations of all together, then of each alone, from what they add in the
        draws (1 + J, D, ...)."""
        alone = [one.deviations(values) for one, values in zip(self.alone, added[1:], strict=True)]
        rest = self.rest.deviations(added[0] - added[1:].sum(axis=0))
        return np.stack([sum(alone, rest), *alone])


@dataclass(frozen=True)
class Spread:
    """The maps of do nothing, of all together as such, of what programmes add to health and to
    care, and of whom each reaches; and the results of draws that they are read with."""

    nothing: DrawMap
    together: DrawMap
    health: AddedMaps
    care: AddedMaps
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
        maps = self.care if name in OF_CARE else self.health
        if name in LIFETIMES:
            return np.moveaxis(maps.deviations(np.moveaxis(values, 1, 0)), 0, 1)
        if name in BY_SCENARIO:
            axis = SCENARIOS_AT.get(name, 1)
            nothing, added = self._apart(values, axis)
            return np.moveaxis(np.stack([nothing, *(nothing + maps.deviations(added))]), 0, axis)
        if name in NOTHING_AND_ALL:
            nothing, added = self._apart(values, 1)
            return np.stack([nothing, nothing + self.together.deviations(added[0])], axis=1)
        return self.nothing.deviations(values)

    def _apart(self, values: Floats, axis: int) -> tuple[Floats, Floats]:
        """Deviations of doing nothing (N, ...), and what scenarios add to it (S - 1, D, ...)."""
        by_scenario = np.moveaxis(values, axis, 0)
        nothing, scenarios = by_scenario[NOTHING], by_scenario[TOGETHER:]
        return self.nothing.deviations(nothing), scenarios - nothing


def spread_over(sample: DrawSample) -> Spread:
    """The maps from results of the simulated draws to all that are drawn.

    How much luck is in a draw is measured by the seeds, where there are enough. It is that of the
    QALYs that a scenario gains, for care of the contacts that it avoids, and for reach and cost of
    who joins: some have more luck in them than others.
    """
    if not sample.drawn:
        empty = DrawMap(np.zeros((0, 0)))
        each = (empty,) * len(sample.programmes)
        added = AddedMaps(each, empty)
        return Spread(empty, empty, added, added, each, {})
    ids = list(sample.parameters)
    numbers = DrawNumbers(as_matrix(sample.simulated, ids), as_matrix(sample.drawn, ids))
    of_programme = [
        [k for k, key in enumerate(ids) if key.startswith(f"programme/{p.id}/")]
        for p in sample.programmes
    ]
    of_any = [k for own in of_programme for k in own]
    seen = _Sums.of(sample.arrays)
    lucky = _Sums.of(_stacked(sample.by_seed, sample.arrays))

    def mapped(own: Sequence[int], outcome: Floats, by_luck: Floats) -> DrawMap:
        measured = sample.measures_luck
        variance = sample.people_ratio * float(by_luck.var(ddof=1)) if measured else None
        return draw_map(numbers, own, outcome, variance)

    def added_maps(outcome: Floats, by_luck: Floats) -> AddedMaps:
        added, luck = (one[:, TOGETHER:] - one[:, [NOTHING]] for one in (outcome, by_luck))
        rest, luck_in_rest = (one[:, 0] - one[:, 1:].sum(axis=1) for one in (added, luck))
        return AddedMaps(
            tuple(
                mapped(own, added[:, j], luck[:, j]) for j, own in enumerate(of_programme, start=1)
            ),
            mapped(of_any, rest, luck_in_rest),
        )

    gained, luck_gained = (one.qalys[:, TOGETHER] - one.qalys[:, NOTHING] for one in (seen, lucky))
    return Spread(
        mapped((), seen.qalys[:, NOTHING], lucky.qalys[:, NOTHING]),
        mapped(of_any, gained, luck_gained),
        added_maps(seen.qalys, lucky.qalys),
        added_maps(seen.contacts, lucky.contacts),
        tuple(
            mapped(own, seen.joined[:, j], lucky.joined[:, j]) for j, own in enumerate(of_programme)
        ),
        sample.arrays,
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
