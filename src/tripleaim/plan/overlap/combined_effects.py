"""Combine effects on the same people and contacts, so that no saving is counted twice.

An effect multiplies the contacts, or their cost, of those it reaches by f = 1 - uptake x size.
The factors of several effects multiply. What they save together in a group and point of delivery
is shared among them by -ln f (the logarithmic mean Divisia index of Ang, Energy Policy 2004;32:
1131), which adds up exactly, depends on no order, and gives an effect that is alone all it saves.

Keeping a condition from beginning is thinning: of people whom solutions reached before an onset
in year v, a share q = 1 - prod(1 - uptake[v] x size) is spared, in expectation, and with it the
part a of their contacts that is due to the condition: f = 1 - q x a.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.plan.overlap.effects import Effects
from tripleaim.plan.overlap.groups import Groups, YearGroups

Floats = npt.NDArray[np.float64]

_LEAST = 1e-12

MOST_WEIGHTS, MOST_WEIGHTS_ALONE = 2048, 256
"""Columns of weights that a year keeps: of all groups, two kilobytes each, so some 20 MB in five
years; and of those of one solution alone, half a kilobyte, so some 20 MB for 33 solutions."""


@dataclass(frozen=True)
class Combined:
    """What the solutions do together.

    saving    (E, Y) £ a year that each effect saves, net of contacts elsewhere instead
    avoided   (E, P, Y) contacts that each effect avoids, by point of delivery, before those moved
    contacts  (P, Y) contacts that remain, with those moved in from elsewhere
    """

    saving: Floats
    avoided: Floats
    contacts: Floats


def combine_effects(
    groups: Groups, effects: Effects, uptake: Floats, size: Floats, price: Floats
) -> Combined:
    """All effects at once.

    uptake  (S, Y) share of those reached
    size    (E, Y) fall among those who take it up, as a share; negative where there is more.
            A year's size stands for all onsets up to it.
    price   (P, Y) £ a contact that can be saved; 0 where it is not the NHS's money
    """
    years = range(len(groups.years))
    each = [combine_year(groups, effects, uptake, size[:, y], price[:, y], y=y) for y in years]
    return Combined(
        saving=np.stack([saving for saving, _, _ in each], axis=1),
        avoided=np.stack([avoided for _, avoided, _ in each], axis=2),
        contacts=np.stack([contacts for _, _, contacts in each], axis=1),
    )


def combine_year(
    groups: Groups, effects: Effects, uptake: Floats, size: Floats, price: Floats, *, y: int
) -> tuple[Floats, Floats, Floats]:
    """Saving (E,), avoided (E, P) and remaining contacts (P,) of one year; `size` is (E,)."""
    now = groups.by_year[y]
    width = len(groups.points_of_delivery)
    direct = effects.point >= 0
    log = minus_log(1.0 - uptake[effects.solution, y] * size * effects.cost_share)
    log[~direct] = 0.0
    logs = by_solution_and_point(groups, effects, log)
    fewer = by_solution_and_point(groups, effects, np.where(effects.contacts, log, 0.0))

    onset = OnsetsSpared(groups, effects, uptake, size, y)
    acting = set(effects.point[direct & (log != 0)].tolist())
    by_cost, onset_cost = _weights(now, logs, onset.logs, acting)
    by_contact, onset_contact = _weights(now, fewer, onset.logs, acting)

    avoided = np.zeros((len(effects.solution), width))
    rows = np.flatnonzero(direct & effects.contacts)
    s, p = effects.solution[rows], effects.point[rows]
    avoided[rows, p] = log[rows] * by_contact[s, p]
    saving = np.zeros(len(effects.solution))
    rows = np.flatnonzero(direct)
    s, p = effects.solution[rows], effects.point[rows]
    saving[rows] = price[p] * log[rows] * by_cost[s, p]

    onset.share_out(avoided, onset_contact)
    spared = np.zeros_like(avoided)
    onset.share_out(spared, onset_cost)
    saving += spared @ price

    contacts = groups.contacts[:, y] - avoided.sum(axis=0)
    rows = np.flatnonzero(effects.to >= 0)
    if len(rows):
        moved = effects.each[rows] * avoided[rows, effects.point[rows]]
        saving[rows] -= moved * price[effects.to[rows]]
        np.add.at(contacts, effects.to[rows], moved)
    return saving, avoided, contacts


def by_solution_and_point(groups: Groups, effects: Effects, log: Floats) -> Floats:
    """(S, P) the sums of what effects on contacts or their cost have as `log` (E,)."""
    direct = effects.point >= 0
    sums = np.zeros((len(groups.solutions), len(groups.points_of_delivery)))
    np.add.at(sums, (effects.solution[direct], effects.point[direct]), log[direct])
    return sums


class OnsetsSpared:
    """How far effects thin each onset, and who is to be credited with it."""

    def __init__(
        self, groups: Groups, effects: Effects, uptake: Floats, size: Floats, y: int
    ) -> None:
        self.logs = np.zeros((len(groups.onsets), len(groups.points_of_delivery)))
        self.credit = np.zeros((len(groups.onsets), len(effects.solution)))
        acting = np.flatnonzero(effects.condition >= 0)
        if not len(acting) or not len(groups.onsets):
            return
        solution = effects.solution[acting]
        condition, year, who = groups.onset_columns
        reached = (who[:, None] >> solution.astype(np.uint64)) & np.uint64(1) > 0
        acts = reached & (condition[:, None] == effects.condition[acting]) & (year <= y)[:, None]
        thinned = np.where(acts, uptake[solution][:, year].T * size[acting], 0.0)
        log = minus_log(1.0 - thinned)
        total = log.sum(axis=1)
        spared = -np.expm1(-total)
        self.logs = minus_log(1.0 - spared[:, None] * groups.attributable[condition])
        share = np.divide(log, total[:, None], out=np.zeros_like(log), where=total[:, None] != 0)
        self.credit[:, acting] = share

    def share_out(self, avoided: Floats, weights: Floats) -> None:
        """Add to `avoided` (E, P) what each effect spares, by its share in each onset."""
        if len(self.logs) and self.logs.any():
            avoided += self.credit.T @ (self.logs * weights)


def _weights(
    now: YearGroups, logs: Floats, onset_logs: Floats, acting: set[int]
) -> tuple[Floats, Floats]:
    """Contacts per unit of -ln f, where all effects meet: (S, P) for solutions, (K, P) for onsets.

    In a group with C contacts and a sum L of -ln f, that is C x (1 - exp(-L)) / L. `acting` are
    the points of delivery where any effect acts; what no effect and no onset multiplies afterwards
    is left 0. Each point of delivery is worked out by itself, and kept with the groups: most of
    them are the same under two scenarios, and under several bases of one.
    """
    by_solution, by_onset = np.zeros_like(logs), np.zeros_like(onset_logs)
    thinned = np.flatnonzero(onset_logs.any(axis=0)).tolist()
    keys = {
        p: (p, p in acting, logs[:, p].tobytes(), onset_logs[:, p].tobytes())
        for p in acting.union(thinned)
    }
    kept = {p: now.weights.get(key) for p, key in keys.items()}
    new = [p for p, one in kept.items() if one is None]
    if new:
        some = _weights_at(now, logs, onset_logs, acting, new)
        most = MOST_WEIGHTS if len(logs) > 1 else MOST_WEIGHTS_ALONE
        if len(now.weights) + len(new) > most:
            now.weights.clear()
        for p in new:
            kept[p] = now.weights[keys[p]] = some[0][:, p].copy(), some[1][:, p].copy()
    for p, one in kept.items():
        if one is not None:
            by_solution[:, p], by_onset[:, p] = one
    return by_solution, by_onset


def _weights_at(
    now: YearGroups,
    logs: Floats,
    onset_logs: Floats,
    acting: set[int],
    points: Sequence[int],
) -> tuple[Floats, Floats]:
    """`_weights` of some points of delivery, worked out; 0 at the others."""
    reached = now.reached[:, : len(logs)]
    total, thinning = reached @ logs, now.sets @ onset_logs
    patterns, sets = np.zeros_like(total), np.zeros_like(thinning)
    order, starts = now.onset_order
    for p in points:
        thinned = bool(onset_logs[:, p].any())
        left = _left(now, total[:, p], thinning[:, p] if thinned else None, acts=p in acting)
        weight = now.contacts_by_point[p] * left
        if p in acting:
            patterns[:, p] = np.add.reduceat(weight, now.pattern_starts)
        if thinned and len(order):
            sets[1:, p] = np.add.reduceat(weight.take(order), starts)
    return reached.T @ patterns, now.sets.T @ sets


def _left(now: YearGroups, total: Floats, thinning: Floats | None, *, acts: bool) -> Floats:
    """(G,) `mean_left` of each group: of its pattern's `total` (R,) and its onsets' (O,).

    Worked out once a pattern or a set of onsets where the other does nothing.
    """
    if thinning is None:
        return mean_left(total).take(now.pattern)
    if not acts:
        return mean_left(thinning).take(now.onsets)
    # The first set holds no onset, and so adds nothing.
    both: Floats = total.take(now.pattern)
    both += thinning.take(now.onsets)
    return mean_left(both)


def logs_by_group(now: YearGroups, logs: Floats, onset_logs: Floats) -> Floats:
    """(G, P) the sum of -ln f in each group, of solutions (S, P) and of onsets spared (K, P)."""
    total: Floats = (now.reached[:, : len(logs)] @ logs).take(now.pattern, axis=0)
    if onset_logs.any():
        # The first set holds no onset, and so adds nothing.
        total += (now.sets @ onset_logs).take(now.onsets, axis=0)
    return total


def mean_left(log: Floats) -> Floats:
    """(1 - exp(-L)) / L, which is 1 at L = 0: the mean of what is left while L goes from 0 to L."""
    fallen = -log
    left: Floats = np.expm1(fallen)
    alike = fallen == 0
    if alike.any():
        left[alike] = fallen[alike] = 1.0
    left /= fallen
    return left


def minus_log(left: Floats) -> Floats:
    """-ln of what is left, kept finite where nothing is; + 0.0 so that no change is plain 0."""
    return -np.log(np.maximum(left, _LEAST)) + 0.0
