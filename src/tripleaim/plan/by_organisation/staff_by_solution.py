"""Staff freed where a solution avoids contacts, and needed where contacts move to.

Contacts avoided and moved, by point of delivery, times the wte that one contact a year takes of
each staff group, shared among the organisations that do the work. A shorter stay frees staff as it
frees cost: by the share that goes with days in bed. Staff freed are hours, not people who leave;
what becomes of them is for the accounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.capacity import Range, StaffShares, staff_inputs, wte_per_contact
from tripleaim.place import InputError, Place, Solution, at_prices_of
from tripleaim.plan.basis import OF_STAFF, Basis, basis_of
from tripleaim.plan.overlap.combined_effects import combine_effects
from tripleaim.plan.overlap.effects import Effects, effects, evidenced
from tripleaim.plan.overlap.groups import Groups
from tripleaim.plan.overlap.outcome import Outcome
from tripleaim.wording import SolutionStaffFinding, StaffMovedFinding, StaffSum, position_name

Floats = npt.NDArray[np.float64]

PAY_SHARE = "staff.investment-pay-share"
POST_COST = "staff.investment-cost-a-post"
_LEAST_WTE = 0.005


@dataclass(frozen=True, slots=True)
class StaffMove:
    """Wte of one staff group at one organisation: negative is freed, positive needed.

    `contacts` is the change in contacts a year at the point of delivery that causes it, of this
    organisation's share; `low` and `high` bound the wte.
    """

    point_of_delivery: str
    group: str
    name: str
    organisation: str
    contacts: float
    wte: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SolutionStaff:
    """What one solution means for staff in one year: freed and needed wte, and whose.

    `posts_paid` is how many posts its investment would pay for, besides what contacts need.
    """

    solution: str
    name: str
    freed: float
    needed: float
    freed_by_organisation: dict[str, float]
    needed_by_organisation: dict[str, float]
    posts_paid: float
    moves: tuple[StaffMove, ...]
    finding: SolutionStaffFinding

    @property
    def net(self) -> float:
        """Needed less freed: positive where the solution asks for more staff than it frees."""
        return self.needed - self.freed


@dataclass(frozen=True, slots=True)
class StaffBySolution:
    """Every solution's staff in one year, on one basis."""

    year: str
    basis: Basis
    solutions: tuple[SolutionStaff, ...]
    freed: float
    needed: float
    finding: StaffMovedFinding
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Staff:
    """Names of staff groups, the wte that a contact takes, and whose they are."""

    names: Mapping[str, str]
    each: Mapping[str, Mapping[str, Range]]
    shares: StaffShares


def staff_by_solution(
    place: Place,
    groups: Groups,
    outcome: Outcome,
    *,
    basis: Basis = Basis.AFTER_OVERLAP,
    year: str | None = None,
) -> StaffBySolution:
    """Staff freed and needed by each solution of an `outcome`, in `year` (the last, if not given).

    Effects meet as in the outcome: sized for the claims, or as evidence supports them. Raises
    InputError for a year outside the plan and for a basis other than those of OF_STAFF.
    """
    basis = basis_of(basis, OF_STAFF)
    year = year or place.last_year
    if year not in place.years:
        raise InputError("expected a year of the plan", value=year, valid=place.years)
    change = contacts_changed(place, groups, outcome, basis)[:, :, place.years.index(year)]
    inputs = staff_inputs(place)
    staff = _Staff(
        {group.id: group.name for group in inputs.groups.values()},
        wte_per_contact(inputs, year),
        inputs.shares,
    )
    rows = []
    for s, solution in enumerate(place.solutions):
        if not outcome.scenario.takes_in(solution):
            continue
        by_point = {
            p.id: float(change[s, i])
            for i, p in enumerate(place.points_of_delivery)
            if change[s, i]
        }
        rows.append(_of_solution(place, solution, by_point, staff, year))
    freed, needed = sum(r.freed for r in rows), sum(r.needed for r in rows)
    return StaffBySolution(
        year=year,
        basis=basis,
        solutions=tuple(rows),
        freed=freed,
        needed=needed,
        finding=StaffMovedFinding(year, position_name(basis), freed, needed),
        notes=(
            "Hours freed are not posts removed: money is saved only where posts are left vacant.",
            "Effects on the cost of a contact are left out, because we do not know how much of "
            "them is staff time.",
            "The limit from studies of whole populations is not applied here.",
        ),
    )


def contacts_changed(place: Place, groups: Groups, outcome: Outcome, basis: Basis) -> Floats:
    """(S, P, Y) contacts a year that each solution adds (positive) or takes away (negative).

    Days in bed that fall away count as the part of a contact that goes with them.
    """
    table = effects(place)
    steady = np.ones(len(place.years))
    of_claims = outcome.sizes.by_effect(table)
    size = of_claims if basis is Basis.AFTER_OVERLAP else np.outer(evidenced(place).central, steady)
    # At a price of 1 a contact, what is saved is contacts, or the parts of contacts that shorter
    # stays are worth.
    even = np.ones((len(groups.points_of_delivery), len(place.years)))
    combined = combine_effects(groups, table, outcome.terms.uptake, size, even)
    change = np.zeros((len(place.solutions), *even.shape))
    np.add.at(change, table.solution, -combined.avoided)
    _move(change, table, combined.avoided)
    for s, p, saving in _shorter_stays(place, table, combined.saving):
        change[s, p] -= saving
    return change


def _move(change: Floats, table: Effects, avoided: Floats) -> None:
    for e in np.flatnonzero(table.to >= 0):
        change[table.solution[e], table.to[e]] += table.each[e] * avoided[e, table.point[e]]


def _shorter_stays(
    place: Place, table: Effects, saving: Floats
) -> list[tuple[int, int, npt.NDArray[np.float64]]]:
    changes = [effect.changes for solution in place.solutions for effect in solution.effects]
    return [
        (int(table.solution[e]), int(table.point[e]), saving[e])
        for e, what in enumerate(changes)
        if what == "length of stay"
    ]


def _of_solution(
    place: Place,
    solution: Solution,
    by_point: Mapping[str, float],
    staff: _Staff,
    year: str,
) -> SolutionStaff:
    moves = [
        StaffMove(
            point_of_delivery=point,
            group=group,
            name=staff.names[group],
            organisation=organisation,
            contacts=contacts * share,
            wte=contacts * share * wte.value,
            low=min(contacts * share * wte.low, contacts * share * wte.high),
            high=max(contacts * share * wte.low, contacts * share * wte.high),
        )
        for point, contacts in by_point.items()
        for group, wte in staff.each.get(point, {}).items()
        for organisation, share in staff.shares.of(point, group).items()
    ]
    moves = [m for m in moves if abs(m.wte) >= _LEAST_WTE]
    freed, needed = _by_organisation(moves, -1), _by_organisation(moves, 1)
    spent = solution.recurrent.get(year, 0.0) + solution.double_running.get(year, 0.0)
    posts = 0.0
    if PAY_SHARE in place.figures and POST_COST in place.figures:
        a_post = at_prices_of(place, POST_COST, place.years[0])
        posts = spent * 1e6 * place.value(PAY_SHARE) / 100 / a_post
    return SolutionStaff(
        solution=solution.id,
        name=solution.name,
        freed=sum(freed.values()),
        needed=sum(needed.values()),
        freed_by_organisation=freed,
        needed_by_organisation=needed,
        posts_paid=posts,
        moves=tuple(moves),
        finding=SolutionStaffFinding(
            solution.name, _staff_sum(place, freed), _staff_sum(place, needed), posts
        ),
    )


def _by_organisation(moves: list[StaffMove], sign: int) -> dict[str, float]:
    sums: dict[str, float] = {}
    for move in moves:
        if move.wte * sign > 0:
            sums[move.organisation] = sums.get(move.organisation, 0.0) + abs(move.wte)
    return dict(sorted(sums.items(), key=lambda item: -item[1]))


def _staff_sum(place: Place, by_organisation: Mapping[str, float]) -> StaffSum | None:
    if not by_organisation:
        return None
    names = {o.id: o.short_name for o in place.organisations} | {"": "others"}
    most = next(iter(by_organisation))
    total = sum(by_organisation.values())
    return StaffSum(total, len(by_organisation), names[most], by_organisation[most])
