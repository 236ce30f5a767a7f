"""Each draw's scenarios: do nothing, all programmes, and each programme alone, for one sample.

All of them share every person's luck, so that they differ only where a programme acts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.people import People, uniform
from tripleaim.place import CENTRAL, Draw, Place
from tripleaim.prevention.compiled_programmes import Lags, compile_programmes, scenario_sets
from tripleaim.prevention.consequences import (
    DEATHS,
    QALYS,
    Consequence,
    Losses,
    events_of,
    events_spared,
    losses,
    rates_of,
    taken,
)
from tripleaim.prevention.health import HealthOutcomes, health_outcomes
from tripleaim.prevention.lifetime import LifetimeInputs, lifetime_results
from tripleaim.prevention.programmes import Prevention
from tripleaim.projection import (
    UNIT,
    Laws,
    Tally,
    simulate_scenarios,
)

Floats = npt.NDArray[np.float64]
Arrays = Mapping[str, Floats]

NOTHING, TOGETHER, FIRST_ALONE = 0, 1, 2
"""Places along the axis of scenarios."""

WITHOUT = "without_"
"""What the names of results begin with in which all programmes but one act; one after the other."""

IN_HEALTH, QUALITY = "good health", "qaly"


@dataclass(frozen=True)
class ScenarioInputs:
    """What every scenario has in common. `scale` is registered people over simulated ones;
    `consequences` are those of the late outcomes that are counted, `lifetime` what
    lives are followed to their end with, or None."""

    place: Place
    people: People
    programmes: tuple[Prevention, ...]
    lags: Lags
    scale: float
    consequences: tuple[Consequence, ...] = ()
    lifetime: LifetimeInputs | None = None


def sampled(people: People, size: int | None) -> People:
    """`size` of the people, the same for the same seed, each as likely; all, if None or more."""
    if size is None or size >= len(people):
        return people
    chance = uniform(people.seed, people.person, 0, "sample")
    return people.take(np.sort(np.argpartition(chance, size)[:size]))


def run_draw(
    setting: ScenarioInputs,
    laws: Laws,
    draw: Draw = CENTRAL,
    *,
    leaving_out: bool = False,
    threads: int | None = None,
) -> Arrays:
    """Results of one draw, scaled to all registered people: those of `results_of`, and those of
    `lifetime_results` where lives are followed to their end.

    With `leaving_out` also those of all programmes but one, for each, by names that begin WITHOUT.
    """
    compiled = compile_programmes(setting.place, setting.programmes, laws, setting.lags, draw)
    sets = scenario_sets(len(compiled))
    others = [sets[TOGETHER][:j] + sets[TOGETHER][j + 1 :] for j in range(len(compiled))]
    asked = [*sets, *others] if leaving_out else sets
    tallies = simulate_scenarios(setting.people, laws, compiled, asked, threads=threads)
    alone, without = tallies[: len(sets)], tallies[len(sets) :]
    arrays = dict(results_of(alone, setting, len(compiled), draw))
    if setting.lifetime is not None:
        lives = lifetime_results(
            setting.lifetime, setting.people, laws, tallies[NOTHING], draw, threads=threads
        )
        arrays |= {name: setting.scale * values for name, values in lives.items()}
    if leaving_out:
        left = results_of([*tallies[:FIRST_ALONE], *without], setting, len(compiled), draw)
        for name in ("contacts", "outcomes", "qalys", "deaths", "onsets"):
            arrays[WITHOUT + name] = left[name][FIRST_ALONE:]
        arrays[f"{WITHOUT}lost"] = left["lost"][:, FIRST_ALONE:]
    return arrays


def results_of(
    tallies: Sequence[Tally], setting: ScenarioInputs, programmes: int, draw: Draw = CENTRAL
) -> Arrays:
    """Tallies of do nothing, all together and each alone, as the arrays that are stored.

    contacts   (S, Y + 1, 5, P) by quintile; outcomes (S, Y + 1, 5, O) late outcomes likewise
    registered (S, Y + 1); qalys (S, Y, 5); deaths (S, Y, 5); onsets (S, Y, K)
    lost       (3, S, Y, 5, C) QALYs, years of life and deaths that late outcomes bring, of each of
               the setting's consequences, at the number of people of do nothing; what a scenario
               spares of them is in qalys and deaths
    died       (2, Y, 2) deaths by sex as simulated: nothing, together
    with       (2, Y, K) people with a condition, levels (2, Y, L) at a level: nothing, together
    joined     (2, Y + 1, 5, J), members (2, Y + 1, J): in all together, and in each alone
    health     (2, H, Y) in the order of `health_names`: nothing, together
    quintiles  (5,) people at the start
    """
    place, scale = setting.place, setting.scale
    points = [p.id for p in place.points_of_delivery]
    late = late_outcomes(tallies[NOTHING].quantities, points)

    def of(tally: Tally, names: Sequence[str]) -> Floats:
        quantities = [tally.quantity(name).sum(axis=(1, 3)) for name in names]
        return np.stack(quantities, axis=-1) if quantities else np.zeros((len(tally.years), 5, 0))

    both = tallies[:FIRST_ALONE]
    by_outcome = losses_under(tallies[NOTHING], setting, draw)
    less = scale * np.stack([spared_by(t, tallies[NOTHING], by_outcome) for t in tallies], axis=1)
    lost = scale * lost_by(tallies[NOTHING], by_outcome)[:, None] - less
    spared = less.sum(axis=-1)
    health = [health_numbers(health_outcomes(tally)) for tally in both]
    return {
        "contacts": scale * np.array([of(t, points) for t in tallies]),
        "outcomes": scale * np.array([of(t, late) for t in tallies]),
        "registered": scale * np.array([t.people.sum(axis=(1, 2, 3)) for t in tallies]),
        "qalys": scale * np.array([of(t, [QUALITY])[1:, :, 0] for t in tallies]) + spared[QALYS],
        "deaths": scale * np.array([t.deaths.sum(axis=(1, 3)) for t in tallies]) - spared[DEATHS],
        "lost": lost,
        "died": scale * np.array([t.deaths.sum(axis=(2, 3)) for t in both]),
        "onsets": scale * np.array([t.onsets.sum(axis=(1, 2, 3)) for t in tallies]),
        "with": scale * np.array([t.with_condition.sum(axis=(1, 2, 3))[1:] for t in both]),
        "levels": scale * np.array([t.levels.sum(axis=(1, 2, 3))[1:] for t in both]),
        "joined": scale * np.array(_of_programmes(tallies, programmes, joined_by_date)),
        "members": scale * np.array(_of_programmes(tallies, programmes, members_by_date)),
        "health": np.array(health),
        "quintiles": scale * tallies[NOTHING].people[0].sum(axis=(0, 2)).astype(np.float64),
    }


def losses_under(
    nothing: Tally, setting: ScenarioInputs, draw: Draw = CENTRAL
) -> dict[str, Losses]:
    """What one of each counted late outcome takes under a draw, by outcome; `nothing` is the tally
    of do nothing, whose life tables hold for all scenarios."""
    if not setting.consequences:
        return {}
    rates = rates_of(nothing)
    return {c.outcome: losses(c, rates, draw) for c in setting.consequences}


def lost_by(tally: Tally, by_outcome: Mapping[str, Losses]) -> Floats:
    """(3, Y, 5, C) QALYs, years of life and deaths that late outcomes bring in each year."""
    return _taken_by(tally, by_outcome, lambda outcome: events_of(tally, outcome))


def spared_by(tally: Tally, nothing: Tally, by_outcome: Mapping[str, Losses]) -> Floats:
    """(3, Y, 5, C) what is spared of them by late outcomes that do not happen."""
    return _taken_by(tally, by_outcome, lambda outcome: events_spared(tally, nothing, outcome))


def _taken_by(
    tally: Tally, by_outcome: Mapping[str, Losses], events: Callable[[str], Floats]
) -> Floats:
    totals = np.zeros((3, len(tally.deaths), 5, len(by_outcome)))
    for c, (outcome, one) in enumerate(by_outcome.items()):
        for part, by_event in enumerate((one.qalys, one.years, one.deaths)):
            totals[part, :, :, c] = taken(events(outcome), by_event)
    return totals


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


def health_numbers(outcomes: HealthOutcomes) -> Floats:
    """(H, Y) the numbers of `health_names`; nan where official statistics would give none."""
    rows = []
    for measure, age, sex, group in health_names():
        if measure in GROUPED:
            rows.append(getattr(outcomes.ahead, measure)[:, sex, group, age])
        else:
            rows.append(getattr(outcomes.inequality, measure)[:, sex, age])
    return np.array(rows, dtype=np.float64)
