"""What moves before a late outcome does: the chain leading to it, taken from the model's effects.

Programmes move risk factors, onsets or outcomes; risk factors raise conditions; conditions raise
each other, late outcomes and death. Whatever lies on a way from there to an outcome is a measure
that can be watched for it. Nothing is listed by hand: another disease file adds its links.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tripleaim.people import Disease, RiskFactor
from tripleaim.prevention.programmes import Prevention

Floats = npt.NDArray[np.float64]

Kind = Literal["programme", "risk", "condition"]
KINDS: tuple[Kind, ...] = ("programme", "risk", "condition")

DEATHS = "deaths"
_NO_EFFECT = 1.0


@dataclass(frozen=True, slots=True)
class Leading:
    """One measure that moves before an outcome.

    kind        "programme": its members, as far as their effect is left; "risk": people whom
                programmes moved to a lower level; "condition": people who have it
    generation  how many steps of the longest chain lie before it; 0 moves first
    acts_on     the measures and the outcome that it acts on itself
    lag_years   the least years from a change in it to the outcome, along any way
    """

    key: str
    kind: Kind
    id: str
    name: str
    generation: int
    acts_on: tuple[str, ...]
    lag_years: int


@dataclass(frozen=True, slots=True)
class _Link:
    cause: str
    effect: str
    lag: int


def chain(
    outcome: str,
    diseases: Sequence[Disease],
    risks: Sequence[RiskFactor],
    programmes: Sequence[Prevention] = (),
) -> tuple[Leading, ...]:
    """The measures that lead to an outcome, in the order in which they move.

    `outcome` is "deaths", a late outcome or a condition (its onsets). With `programmes`, only what
    one of them moves, itself or by way of others, is kept, and they come first. Raises ValueError
    for a circle of links without a lag, which no disease file may hold.
    """
    target = f"condition/{outcome}" if any(d.id == outcome for d in diseases) else outcome
    links = list(_links(diseases, risks, programmes))
    ahead = _lags_to(target, links)
    keys = set(ahead) - {target}
    if programmes:
        keys &= _reached_from({f"programme/{p.id}" for p in programmes}, links)
    order = _generations([link for link in links if {link.cause, link.effect} <= keys])
    names = {f"programme/{p.id}": p.name for p in programmes}
    names |= {f"risk/{r.id}": r.name for r in risks} | {
        f"condition/{d.id}": d.name for d in diseases
    }
    measures = []
    for key in keys:
        kind = next(k for k in KINDS if key.startswith(f"{k}/"))
        onwards = {k.effect for k in links if k.cause == key and k.effect in keys | {target}}
        name = key.removeprefix(f"{kind}/")
        measures.append(
            Leading(
                key, kind, name, names[key], order.get(key, 0), tuple(sorted(onwards)), ahead[key]
            )
        )
    return tuple(sorted(measures, key=lambda m: (m.generation, KINDS.index(m.kind), m.id)))


def movements(
    measures: Sequence[Leading],
    members: Mapping[str, Floats],
    moved: Mapping[str, Mapping[str, float | Floats]],
    people_with: Mapping[str, Floats],
) -> Floats:
    """How far each measure moves, in people: (draws, years, measures).

    members      by programme: members times the effect left, (draws, years)
    moved        by risk factor, then programme: what share of a member moves down a level, one for
                 all draws or (draws,)
    people_with  by condition: people who have it, do something less do nothing, (draws, years)

    A risk factor's movement is below 0: people fewer at the higher level. Raises KeyError for a
    measure that nothing is given of.
    """
    series = []
    for measure in measures:
        if measure.kind == "programme":
            series.append(members[measure.id])
        elif measure.kind == "condition":
            series.append(people_with[measure.id])
        else:
            parts = [
                -np.asarray(share, dtype=np.float64)[..., None] * members[programme]
                for programme, share in moved[measure.id].items()
            ]
            series.append(np.sum(parts, axis=0))
    return np.stack(series, axis=-1)


def _links(
    diseases: Sequence[Disease], risks: Sequence[RiskFactor], programmes: Sequence[Prevention]
) -> Iterator[_Link]:
    conditions = {d.id for d in diseases}

    def effect_of(target: str) -> str:
        if target == "death":
            return DEATHS
        return f"condition/{target}" if target in conditions else target

    for disease in diseases:
        own = f"condition/{disease.id}"
        for raised in disease.raised_by:
            yield _Link(f"condition/{raised.condition}", own, raised.lag_years)
        for late, ratio in disease.outcomes.items():
            if ratio.value != _NO_EFFECT:
                yield _Link(own, late, 0)
        if disease.death.value != _NO_EFFECT:
            yield _Link(own, DEATHS, 0)
    for risk in risks:
        for target, raises in risk.effects.items():
            yield _Link(f"risk/{risk.id}", effect_of(target), raises.lag_years)
    for programme in programmes:
        for change in programme.effects:
            if not change.acts:
                continue
            if change.changes in ("risk level", "risk shift"):
                yield _Link(f"programme/{programme.id}", f"risk/{change.target}", 0)
            elif change.changes in ("incidence", "outcome"):
                target = effect_of(change.target)
                yield _Link(f"programme/{programme.id}", target, change.lag_years)


def _lags_to(target: str, links: Sequence[_Link]) -> dict[str, int]:
    """The least lag to `target` of everything that leads to it, itself included."""
    least = {target: 0}
    # As many rounds as there are links are enough for the longest way (Bellman and Ford).
    for _ in range(len(links) + 1):
        before = dict(least)
        for link in links:
            if link.effect in least:
                way = least[link.effect] + link.lag
                least[link.cause] = min(way, least.get(link.cause, way))
        if least == before:
            break
    return least


def _reached_from(starts: set[str], links: Sequence[_Link]) -> set[str]:
    reached = set(starts)
    while further := {k.effect for k in links if k.cause in reached} - reached:
        reached |= further
    return reached


def _generations(links: Sequence[_Link]) -> dict[str, int]:
    """The length of the longest way to each measure; a lagged link between conditions is no step
    of it, since it may close a circle."""
    causes: dict[str, set[str]] = {}
    for link in links:
        causes.setdefault(link.cause, set())
        between = link.cause.startswith("condition/") and link.effect.startswith("condition/")
        if not (between and link.lag > 0):
            causes.setdefault(link.effect, set()).add(link.cause)
    generation: dict[str, int] = {}
    while len(generation) < len(causes):
        ready = {
            key: 1 + max((generation[c] for c in before), default=-1)
            for key, before in causes.items()
            if key not in generation and before <= set(generation)
        }
        if not ready:
            raise ValueError("expected a lag in every circle of conditions")
        generation |= ready
    return generation
