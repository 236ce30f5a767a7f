"""Each draw's futures: nothing done, everything done, and each programme alone, for one sample.

All of them share every person's luck, so that they differ only where a programme acts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.people import People, uniform
from tripleaim.place import Place
from tripleaim.place.estimate import CENTRAL, Draw
from tripleaim.prevention.compile import Lags, compile_programmes
from tripleaim.prevention.health import HealthOutcomes, health_outcomes
from tripleaim.prevention.programmes import Prevention
from tripleaim.projection import Laws, Programme, Tally, simulate
from tripleaim.projection.tally import UNIT

Floats = npt.NDArray[np.float64]
Arrays = Mapping[str, Floats]

NOTHING, TOGETHER, FIRST_ALONE = 0, 1, 2
"""Places along the axis of scenarios."""

IN_HEALTH, QUALITY = "good health", "qaly"


@dataclass(frozen=True)
class Setting:
    """What every scenario has in common. `scale` is registered people over simulated ones."""

    place: Place
    people: People
    programmes: tuple[Prevention, ...]
    lags: Lags
    scale: float


def sampled(people: People, size: int | None) -> People:
    """`size` of the people, the same for the same seed, each as likely; all, if None or more."""
    if size is None or size >= len(people):
        return people
    chance = uniform(people.seed, people.person, 0, "sample")
    return people.take(np.sort(np.argsort(chance, kind="stable")[:size]))


def run_draw(setting: Setting, laws: Laws, draw: Draw = CENTRAL) -> Arrays:
    """Results of one draw, scaled to all registered people; S scenarios, see `results_of`."""
    compiled = compile_programmes(setting.place, setting.programmes, laws, setting.lags, draw)
    tallies = [
        simulate(setting.people, laws, programmes=chosen).tally
        for chosen in ((), compiled, *((one,) for one in compiled))
    ]
    return results_of(tallies, setting, len(setting.programmes))


def results_of(tallies: Sequence[Tally], setting: Setting, programmes: int) -> Arrays:
    """Tallies of do nothing, all together and each alone, as the arrays that are kept.

    contacts   (S, Y + 1, 5, P) by quintile; outcomes (S, Y + 1, 5, O) late outcomes likewise
    registered (S, Y + 1); qalys (S, Y, 5); deaths (S, Y, 5); onsets (S, Y, K)
    with       (2, Y, K) people with a condition, levels (2, Y, L) at a level: nothing, together
    joined     (2, Y + 1, 5, J), members (2, Y + 1, J): in all together, and in each alone
    health     (2, H, Y) in the order of `health_names`: nothing, together
    quintiles  (5,) people at the start
    """
    place, scale = setting.place, setting.scale
    points = [p.id for p in place.points_of_delivery]
    late = late_outcomes(tallies[NOTHING].quantities, points)

    def of(tally: Tally, names: Sequence[str]) -> Floats:
        held = [tally.quantity(name).sum(axis=(1, 3)) for name in names]
        return np.stack(held, axis=-1) if held else np.zeros((len(tally.years), 5, 0))

    both = tallies[:FIRST_ALONE]
    health = [health_numbers(health_outcomes(tally)) for tally in both]
    return {
        "contacts": scale * np.array([of(t, points) for t in tallies]),
        "outcomes": scale * np.array([of(t, late) for t in tallies]),
        "registered": scale * np.array([t.people.sum(axis=(1, 2, 3)) for t in tallies]),
        "qalys": scale * np.array([of(t, [QUALITY])[1:, :, 0] for t in tallies]),
        "deaths": scale * np.array([t.deaths.sum(axis=(1, 3)) for t in tallies]),
        "onsets": scale * np.array([t.onsets.sum(axis=(1, 2, 3)) for t in tallies]),
        "with": scale * np.array([t.with_condition.sum(axis=(1, 2, 3))[1:] for t in both]),
        "levels": scale * np.array([t.levels.sum(axis=(1, 2, 3))[1:] for t in both]),
        "joined": scale * np.array(_of_programmes(tallies, programmes, joined_by_date)),
        "members": scale * np.array(_of_programmes(tallies, programmes, members_by_date)),
        "health": np.array(health),
        "quintiles": scale * tallies[NOTHING].people[0].sum(axis=(0, 2)).astype(np.float64),
    }


def joined_by_date(tally: Tally) -> Floats:
    """(Y + 1, 5, J) who join on each 1 January; nobody on the last."""
    return np.concatenate([tally.joined, np.zeros_like(tally.joined[:1])]).astype(np.float64)


def members_by_date(tally: Tally) -> Floats:
    """(Y + 1, J) members times the effect left on each 1 January."""
    return np.asarray(tally.members.sum(axis=(1, 2, 3)) / UNIT)


def _of_programmes(
    tallies: Sequence[Tally], programmes: int, counted: Callable[[Tally], Floats]
) -> list[Floats]:
    """Of each programme among all together, and of each alone: two arrays (..., J)."""
    together = counted(tallies[TOGETHER])
    alone = [counted(tally)[..., 0] for tally in tallies[FIRST_ALONE:]]
    return [together, np.stack(alone, axis=-1) if programmes else together]


def late_outcomes(quantities: Sequence[str], points: Sequence[str]) -> tuple[str, ...]:
    """The late outcomes among the expected quantities."""
    return tuple(q for q in quantities if q not in (*points, IN_HEALTH, QUALITY))


GROUPED = ("life", "healthy", "quality")
SLOPES = ("slope", "healthy_slope", "relative")
AHEAD_AGES = (0, 65)


def health_names() -> tuple[tuple[str, int, int, int], ...]:
    """What each row of `health` is: (measure, age, sex 0 or 1, group 0 to 5)."""
    ahead = [(m, a, s, g) for m in GROUPED for a in (0, 1) for s in (0, 1) for g in range(6)]
    slopes = [(m, a, s, 0) for m in SLOPES for a in (0, 1) for s in (0, 1)]
    return (*ahead, *slopes)


def health_numbers(found: HealthOutcomes) -> Floats:
    """(H, Y) the numbers of `health_names`; nan where official statistics would give none."""
    rows = []
    for measure, age, sex, group in health_names():
        if measure in GROUPED:
            rows.append(getattr(found.ahead, measure)[:, sex, group, age])
        else:
            rows.append(getattr(found.inequality, measure)[:, sex, age])
    return np.array(rows, dtype=np.float64)


def programmes_of(compiled: Sequence[Programme], coalition: int) -> tuple[Programme, ...]:
    """The programmes in a bit mask."""
    return tuple(p for k, p in enumerate(compiled) if coalition >> k & 1)
