"""What solutions do to money that activity alone does not tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.place import Place, Solution
from tripleaim.plan.by_setting.settings import INVESTMENT_NOT_KNOWN
from tripleaim.plan.by_setting.shares import (
    INVESTMENT,
    POINT,
    PRIORITY,
    SOLUTION,
    Parts,
    SettingShares,
    whole,
)
from tripleaim.plan.overlap.combined_effects import Combined
from tripleaim.plan.overlap.effects import Effects, effects
from tripleaim.plan.overlap.outcome import Outcome, prices
from tripleaim.plan.plan_activity import bases

Floats = npt.NDArray[np.float64]
ByYear = Mapping[str, float]

_MILLION = 1_000_000


@dataclass(frozen=True)
class PlacedEffect:
    """What one solution adds to the cost of one point of delivery, £ by basis and year.

    It is negative where the solution saves. `parts` are the settings in which it does so.
    """

    solution: str
    name: str
    point_of_delivery: str
    adds: Mapping[str, ByYear]
    parts: Parts


@dataclass(frozen=True)
class WhatIsDone:
    """Investment, the effects whose setting the footprint states, and what is only claimed.

    `investment` (£ by solution and year, whatever the basis) is in the settings of
    `investment_parts`. `claim_beyond` is £ a year that partners claim and that is not left once
    effects meet: money without contacts.
    """

    names: Mapping[str, str]
    investment: Mapping[str, ByYear]
    investment_parts: Mapping[str, Parts]
    placed: tuple[PlacedEffect, ...]
    claim_beyond: ByYear


def what_is_done(
    place: Place, outcome: Outcome, costs: Mapping[str, ByYear], shares: SettingShares
) -> WhatIsDone:
    """What an outcome comes to beside the activity that it leaves.

    `costs[year][point]` is £ a contact if nothing is done. Raises InputError as `effects` does.
    """
    years = outcome.years
    return WhatIsDone(
        names={s.id: s.name for s in place.solutions},
        investment={
            solution: dict(zip(years, map(float, row * _MILLION), strict=True))
            for solution, row in zip(outcome.solutions, outcome.terms.investment, strict=True)
        },
        investment_parts={s.id: investment_parts(s, shares) for s in place.solutions},
        placed=_placed_effects(place, outcome, costs, shares),
        claim_beyond=dict(zip(years, map(float, outcome.interaction * _MILLION), strict=True)),
    )


def investment_parts(solution: Solution, shares: SettingShares) -> Parts:
    """In which settings a solution's investment is spent, as far as the footprint says.

    By the solution's own rows, else those of its priority; else prevention for what keeps a
    condition from beginning, and the settings of the one point of delivery that all contacts it
    moves go to; else not known.
    """
    stated = shares.of(INVESTMENT, solution.id) or shares.of(PRIORITY, str(solution.priority))
    if stated:
        return stated
    if any(effect.changes == "incidence" for effect in solution.effects):
        return whole("prevention", "the solution keeps a condition from beginning")
    moved_to = {effect.to for effect in solution.effects if effect.to}
    if len(moved_to) == 1:
        point = moved_to.pop()
        there = shares.of(SOLUTION, solution.id, point) or shares.of(POINT, point)
        if there:
            return there
    return whole(
        INVESTMENT_NOT_KNOWN, "neither the footprint nor the solution's effects give the setting"
    )


def _placed_effects(
    place: Place, outcome: Outcome, costs: Mapping[str, ByYear], shares: SettingShares
) -> tuple[PlacedEffect, ...]:
    table, price = effects(place), prices(place, costs)
    points = [point.id for point in place.points_of_delivery]
    names = [solution.id for solution in place.solutions]
    placed = []
    for (kind, solution, point), parts in shares.parts.items():
        if kind != SOLUTION:
            continue
        rows = table.of(names.index(solution))
        adds = {
            str(basis): dict(
                zip(
                    outcome.years,
                    map(
                        float, _added(combined, table, price, rows=rows, point=points.index(point))
                    ),
                    strict=True,
                )
            )
            for basis in bases(outcome)
            if (combined := outcome.on(basis).combined) is not None
        }
        name = place.solution(solution).name
        placed.append(PlacedEffect(solution, name, point, adds, parts))
    return tuple(placed)


def _added(
    combined: Combined, table: Effects, price: Floats, *, rows: npt.NDArray[np.int64], point: int
) -> Floats:
    """£ by year (Y,) that some effects add to the cost of one point of delivery."""
    added = np.zeros(price.shape[1])
    for e in rows:
        at, to = int(table.point[e]), int(table.to[e])
        moved = (
            table.each[e] * combined.avoided[e, at] * price[to] if to >= 0 else np.zeros_like(added)
        )
        if at == point:
            # A saving is net of what contacts elsewhere cost instead, which is counted there.
            added -= combined.saving[e] + moved
        if to == point:
            added += moved
    return added
