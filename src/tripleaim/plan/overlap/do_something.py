"""Do something as activity: what is left of everybody's contacts when solutions' effects meet.

What solutions leave of a group's contacts, bed days and cost is the same share for everybody in
the group, so the cells of the group keep it too. Contacts that happen elsewhere instead are of the
same people, and so of the same cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tripleaim.activity import Activity, Origin, people_rows, sums_by
from tripleaim.place import Place
from tripleaim.plan.basis import Basis
from tripleaim.plan.overlap.combined_effects import (
    OnsetsSpared,
    by_solution_and_point,
    logs_by_group,
    mean_left,
    minus_log,
)
from tripleaim.plan.overlap.effects import Effects, effects
from tripleaim.plan.overlap.groups import Groups
from tripleaim.plan.overlap.outcome import Outcome, Sized, prices
from tripleaim.plan.overlap.reach_cells import ReachCells

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Left:
    """What one year's effects leave, as shares (G, P) of what there is if nothing is done.

    `moved` are (from, to, share (G,)): contacts at `to` for each contact that was at `from`.
    """

    contacts: Floats
    bed_days: Floats
    cost: Floats
    moved: tuple[tuple[int, int, Floats], ...]


def do_something(
    place: Place,
    groups: Groups,
    reach: ReachCells,
    outcome: Outcome,
    basis: Basis,
    *,
    costs: Mapping[str, Mapping[str, float]],
    inputs_sha256: str,
) -> Activity:
    """The activity that solutions leave on one basis of an outcome, known by people, priced.

    `costs[year][point]` is £ a contact if nothing is done. Summed over cells, contacts are the
    outcome's own, and do nothing's cost less this one's is what effects save before investment.
    Raises ValueError for claims, of which no contacts are known.
    """
    sized = outcome.on(basis).sized
    if sized is None:
        raise ValueError("claims have no contacts, so there is no activity as claimed")
    table = effects(place)
    stay = np.array([point.bed_days for point in place.points_of_delivery])
    price = prices(place, costs)
    nhs = np.array([point.nhs for point in place.points_of_delivery])

    def years() -> Iterator[pa.Table]:
        for y, year in enumerate(groups.years):
            left = _left(groups, table, outcome, sized, y)
            now = reach.by_year[y]
            quantity = now.contacts * left.contacts[now.group]
            days = now.contacts * stay * left.bed_days[now.group]
            pounds = now.contacts * price[:, y] * left.cost[now.group]
            for origin, to, share in left.moved:
                moved = now.contacts[:, origin] * share[now.group]
                quantity[:, to] += moved
                days[:, to] += moved * stay[to]
                pounds[:, to] += moved * price[to, y]
            sums = [sums_by(now.cell, rows, len(reach.grid)) for rows in (quantity, days, pounds)]
            yield people_rows(
                reach.grid,
                groups.points_of_delivery,
                year,
                sums[0],
                Origin(False, basis, inputs_sha256),
                bed_days=sums[1],
                cost=np.where(nhs, sums[2], np.nan),
            )

    return Activity(pa.concat_tables(years()))


def _left(groups: Groups, table: Effects, outcome: Outcome, sized: Sized, y: int) -> _Left:
    size, kept = sized.size[:, y], sized.kept[:, y]
    uptake = outcome.terms.uptake
    now, direct = groups.by_year[y], table.point >= 0
    taken = uptake[table.solution, y] * size
    log = np.where(direct, minus_log(1.0 - taken * table.cost_share), 0.0)
    onset = OnsetsSpared(groups, table, uptake, size, y)

    def left(logs: Floats) -> tuple[Floats, Floats]:
        """The mean weight of effects with these logs (E,), and the share that they leave."""
        weight = mean_left(
            logs_by_group(now, by_solution_and_point(groups, table, logs), onset.logs)
        )
        counted = logs_by_group(now, by_solution_and_point(groups, table, logs * kept), onset.logs)
        return weight, 1.0 - weight * counted

    fewer = np.where(table.contacts, log, 0.0)
    # A shorter stay takes its days away whole, though only a share of the contact's cost.
    days = np.where(table.contacts | (table.cost_share < 1), minus_log(1.0 - taken), 0.0)
    combined, contacts = left(fewer)
    moved = []
    for e in np.flatnonzero(table.to >= 0):
        s, p = table.solution[e], table.point[e]
        reached = now.reached[now.pattern, s]
        share = table.each[e] * kept[e] * fewer[e] * reached * combined[:, p]
        moved.append((int(p), int(table.to[e]), share))
    return _Left(contacts, left(np.where(direct, days, 0.0))[1], left(log)[1], tuple(moved))
