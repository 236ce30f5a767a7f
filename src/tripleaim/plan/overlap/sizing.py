"""How large effects would have to be for a solution, alone, to save what is claimed for it.

A solution's effects share one size: each is weight x size, a fall as a share of what it acts on
among those who take it up. For every year the size is solved so that the solution alone would save
its claim and its investment. None can be larger than all there is: such a claim is impossible.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from tripleaim.plan.overlap.claims import ScenarioTerms
from tripleaim.plan.overlap.combined_effects import combine_year
from tripleaim.plan.overlap.effects import Effects
from tripleaim.plan.overlap.groups import Groups

Floats = npt.NDArray[np.float64]

MILLION = 1e6

MOST_TERMS = 512
"""Terms of solutions alone for which groups keep what was solved, of some ten kilobytes each."""


@dataclass(frozen=True)
class Sizes:
    """The common size of each solution's effects (S, Y).

    size       used: never so large that an effect would be more than all there is
    needed     what the claim needs; infinite where no size saves anything
    possible   whether `size` is enough
    shortfall  £m of the claim that the solution cannot save even so
    """

    size: Floats
    needed: Floats
    possible: npt.NDArray[np.bool_]
    shortfall: Floats

    def by_effect(self, effects: Effects) -> Floats:
        """The fall of each effect (E, Y) at these sizes."""
        return self.size[effects.solution] * effects.weight[:, None]


def size_claims(groups: Groups, effects: Effects, terms: ScenarioTerms, price: Floats) -> Sizes:
    """The sizes that claims need, each solution alone; `price` is (P, Y), £ a contact."""
    target = MILLION * (terms.claimed.sum(axis=1) + terms.investment)
    largest = largest_sizes(effects, len(target))
    most = np.zeros_like(target)
    size = np.zeros_like(target)
    for s in range(len(target)):
        saves = _alone(groups, effects, terms.uptake[s], price, s)
        for y in range(target.shape[1]):
            most[s, y] = saves(largest[s], y)
            if 0 < target[s, y] < most[s, y]:
                size[s, y] = _solve(saves, target[s, y], most[s, y], largest[s], y)
            elif target[s, y] > 0 and most[s, y] > 0:
                size[s, y] = largest[s]
    # A claim of a whole that rounding makes a hair more than the whole is still possible.
    possible = (target <= 0) | (target <= most * (1 + 1e-12))
    beyond = np.divide(target, most, out=np.full_like(target, np.inf), where=most > 0)
    needed = np.where(possible, size, beyond * largest[:, None])
    short = np.where(possible, 0.0, target - np.maximum(most, 0.0)) / MILLION
    return Sizes(size, needed, possible, short)


def largest_sizes(effects: Effects, solutions: int) -> Floats:
    """The size (S,) at which a solution's heaviest effect would be all there is."""
    heaviest = np.zeros(solutions)
    np.maximum.at(heaviest, effects.solution, effects.weight)
    return np.divide(1.0, heaviest, out=np.zeros(solutions), where=heaviest > 0)


def alone_by_effect(
    groups: Groups, effects: Effects, uptake: Floats, price: Floats, s: int
) -> Callable[[Floats, int], Floats]:
    """What each effect of solution s saves in year y, in £, if no other solution acts.

    The function takes the falls of the solution's effects (e,) and y, and gives (e,). `uptake` is
    (Y,), the solution's own. Most scenarios leave most solutions as they are: what was worked out
    on the same terms is kept with the groups.
    """
    rows = effects.of(s)
    points = effects.point[rows]
    if (points >= 0).all() and len(set(points.tolist())) == len(points):
        # One effect a point of delivery: the saving is in proportion to the size.
        moved = np.where(
            (effects.to[rows] >= 0)[:, None],
            effects.each[rows, None] * price[effects.to[rows]],
            0.0,
        )
        worth = effects.cost_share[rows, None] * price[points] - moved
        per_size = uptake * worth * groups.contacts_reached[s, points]
        return lambda size, y: np.asarray(size * per_size[:, y])

    columns = ("point", "condition", "to", "each", "contacts", "weight", "cost_share")
    of_rows = {name: getattr(effects, name)[rows] for name in columns}
    own = replace(effects, solution=np.zeros(len(rows), dtype=np.int64), **of_rows)
    follows_from = b"".join(one.tobytes() for one in (*of_rows.values(), uptake, price))
    if len(groups.saved_alone) >= MOST_TERMS:
        groups.saved_alone.clear()
    kept = groups.saved_alone.setdefault((s, sha256(follows_from).digest()), {})

    def saves(size: Floats, y: int) -> Floats:
        key = y, size.tobytes()
        saved = kept.get(key)
        if saved is None:
            saved = combine_year(groups.only(s), own, uptake[None], size, price[:, y], y=y)[0]
            saved.flags.writeable = False
            kept[key] = saved
        return saved

    return saves


def _alone(
    groups: Groups, effects: Effects, uptake: Floats, price: Floats, s: int
) -> Callable[[float, int], float]:
    """What solution s alone saves, in £, at a common size in year y."""
    saves, weight = (
        alone_by_effect(groups, effects, uptake, price, s),
        effects.weight[effects.of(s)],
    )
    return lambda size, y: float(saves(size * weight, y).sum())


def _solve(
    saves: Callable[[float, int], float], target: float, most: float, largest: float, y: int
) -> float:
    """The size in (0, largest) that saves `target`: regula falsi, Illinois variant.

    Savings grow with size, by less and less, so the root is one and bracketed. (Dowell and
    Jarratt, BIT 1971;11:168.)
    """
    low, high = 0.0, largest
    at_low, at_high = -target, most - target
    size, kept = largest * target / most, ""
    for _ in range(100):
        left = saves(size, y) - target
        if abs(left) <= 1e-13 * target:
            break
        if left < 0:
            low, at_low = size, left
            at_high *= 0.5 if kept == "high" else 1.0
            kept = "high"
        else:
            high, at_high = size, left
            at_low *= 0.5 if kept == "low" else 1.0
            kept = "low"
        following = (low * at_high - high * at_low) / (at_high - at_low)
        if following in (low, high):
            break
        size = following
    return size
