"""What each solution changes at each point of delivery: contacts, cost of work, and unit cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.place import Place
from tripleaim.plan.overlap.effects import Effects, effects
from tripleaim.plan.overlap.outcome import Outcome, Result

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Changes:
    """What solutions change when they meet, (S, P, Y) each, against doing nothing.

    contacts  contacts a year more (positive) or fewer
    here      those of them that come here instead of somewhere else, none below 0
    work      £ a year, at full cost, of work that is no longer done; negative for work added
    cheaper   £ a year by which the same work costs less
    """

    contacts: Floats
    here: Floats
    work: Floats
    cheaper: Floats


def changes(place: Place, outcome: Outcome, result: Result, price: Floats) -> Changes:
    """What the solutions of `outcome` change, according to one of its results.

    `price` is (P, Y), £ a contact (see `prices`). Work and cheaper add up to what effects save: the
    result's net savings with its cap and the investment added back. Raises ValueError for the
    result as claimed, because a claim says nothing about contacts.
    """
    combined = result.combined
    if combined is None:
        raise ValueError("expected a result with combined effects, not the claims themselves")
    table = effects(place)
    shape = (len(outcome.solutions), *price.shape)
    contacts, here = np.zeros(shape), np.zeros(shape)
    work, cheaper = np.zeros(shape), np.zeros(shape)
    np.subtract.at(contacts, table.solution, combined.avoided)

    fewer = np.flatnonzero((table.point >= 0) & table.contacts)
    np.add.at(work, (table.solution[fewer], table.point[fewer]), combined.saving[fewer])
    changed = Changes(contacts, here, work, cheaper)
    _move(table, combined.avoided, price, changed)

    stays = np.flatnonzero((table.point >= 0) & ~table.contacts & (table.cost_share < 1))
    np.add.at(work, (table.solution[stays], table.point[stays]), combined.saving[stays])
    unit = np.flatnonzero((table.point >= 0) & ~table.contacts & (table.cost_share >= 1))
    np.add.at(cheaper, (table.solution[unit], table.point[unit]), combined.saving[unit])

    onset = np.flatnonzero(table.condition >= 0)
    if len(onset):
        worth = combined.avoided[onset] * price
        whole = worth.sum(axis=1, keepdims=True)
        share = np.divide(worth, whole, out=np.zeros_like(worth), where=whole != 0)
        np.add.at(work, table.solution[onset], share * combined.saving[onset, None])
    return changed


def _move(table: Effects, avoided: Floats, price: Floats, changed: Changes) -> None:
    """Record contacts that move elsewhere at the point of delivery they move to.

    The saving of an effect is net of them, so their cost is subtracted where they happen and added
    back where they came from.
    """
    for e in np.flatnonzero(table.to >= 0):
        s, p, to = table.solution[e], table.point[e], table.to[e]
        moved = table.each[e] * avoided[e, p]
        cost = moved * price[to]
        changed.contacts[s, to] += moved
        changed.here[s, to] += np.maximum(moved, 0.0)
        changed.work[s, to] -= cost
        changed.work[s, p] += cost
