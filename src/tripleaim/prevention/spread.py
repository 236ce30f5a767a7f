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
    qalys = arrays["qalys"].sum(axis=(2, 3))
    luck = _LuckVariances(by_seed, people_ratio)
    of_programme = [
        [k for k, key in enumerate(parameters) if key.startswith(f"programme/{p.id}/")]
        for p in programmes
    ]

    contacts = arrays["contacts"].sum(axis=(2, 3, 4))
    joined = _joined(arrays["joined"])
    every_own = [k for own in of_programme for k in own]
    scenarios = [(TOGETHER, every_own)]
    scenarios += [(FIRST_ALONE + j, own) for j, own in enumerate(of_programme)]

    def differing(by_scenario: Floats, luck_of: Floats | None) -> tuple[DrawMap, ...]:
        return tuple(
            draw_map(
                few,
                every,
                own,
                by_scenario[:, scenario] - by_scenario[:, NOTHING],
                None if luck_of is None else float(luck_of[scenario]),
            )
            for scenario, own in scenarios
        )

    of_nothing = luck.of("qalys", (2, 3), apart=False)
    of_reach = luck.of_reach()
    together, *alone = differing(qalys, luck.of("qalys", (2, 3)))
    return Spread(
        draw_map(
            few,
            every,
            (),
            qalys[:, NOTHING],
            None if of_nothing is None else float(of_nothing[NOTHING]),
        ),
        together,
        tuple(alone),
        differing(contacts, luck.of("contacts", (2, 3, 4))),
        tuple(
            draw_map(
                few, every, own, joined[:, j], None if of_reach is None else float(of_reach[j])
            )
            for j, own in enumerate(of_programme)
        ),
        arrays,
    )


def _joined(by_draw: Floats) -> Floats:
    """(D, J) who join each programme alone, from (D, 2, Y + 1, 5, J)."""
    return np.asarray(by_draw[:, 1].sum(axis=(1, 2)))


@dataclass(frozen=True)
class _LuckVariances:
    """The variance by luck of what a draw of fewer people sums to; None where it is not known."""

    by_seed: Sequence[Arrays]
    people_ratio: float

    def of(self, name: str, axes: tuple[int, ...], *, apart: bool = True) -> Floats | None:
        """(S,) of a result summed over `axes`, of what each scenario differs from do nothing by;
        of the scenario itself where not `apart`."""
        if len(self.by_seed) < SEEDS_TO_MEASURE:
            return None
        sums = np.stack([one[name] for one in self.by_seed]).sum(axis=axes)
        return self._variance(sums - sums[:, [NOTHING]] if apart else sums)

    def of_reach(self) -> Floats | None:
        """(J,) of who join each programme alone."""
        if len(self.by_seed) < SEEDS_TO_MEASURE:
            return None
        return self._variance(_joined(np.stack([one["joined"] for one in self.by_seed])))

    def _variance(self, sums: Floats) -> Floats:
        return np.asarray(self.people_ratio * sums.var(axis=0, ddof=1))
