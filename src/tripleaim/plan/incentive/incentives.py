"""Incentives: who saves and who loses income by each solution under a payment method.

A contact avoided saves the payer whatever the rule withdraws, costs the payee the same amount, and
releases part of the provider's cost, at once or later. So the system gains the cost released,
whatever the rule; the rule decides which organisation gains.

Avoided contacts are spread over all flows of their point of delivery in proportion. Cheaper work,
and work that replaces work elsewhere, is assigned to the organisations that carry out the solution;
they also share its investment equally, because the plan does not say who pays. Each solution is
valued on its own against the plan as contracted; under rules with a threshold, several together
would come to a different amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from tripleaim.accounts import (
    ANY,
    OUTSIDE,
    ContractFlow,
    CostStructure,
    PaymentRules,
    Rule,
    payable,
    pounds,
    read_cost_structures,
    read_payment_rules,
    released,
    split,
)
from tripleaim.place import Place, Solution
from tripleaim.plan.basis import OF_INCENTIVES, Basis, basis_of
from tripleaim.plan.incentive.changes import Changes, changes
from tripleaim.plan.incentive.incentive_model import (
    ByYear,
    Funder,
    IncentiveTable,
    OrganisationEffect,
    SolutionIncentive,
)
from tripleaim.plan.incentive.judgement import incentives_finding, judge
from tripleaim.plan.incentive.routes import Routes, routes, routes_to_doers
from tripleaim.plan.overlap.outcome import Outcome, prices
from tripleaim.plan.overlap.scenario import Scenario, choose
from tripleaim.plan.workspace import Workspace

Floats = npt.NDArray[np.float64]

NOTHING = Decimal(0)

NOTES = (
    "Avoided contacts are shared among the providers of their kind in proportion to their income.",
    "The organisations that carry out the solution do the cheaper work and the work that is moved.",
    "A contact costs its provider the average amount that the commissioner pays for it.",
    "We value each solution by itself, compared with the contract.",
)
_FUNDED: Mapping[Funder, str] = {
    "doers": (
        "The organisations that carry out a solution share its investment equally, because the "
        "plan names no payer."
    ),
    "commissioner": "The commissioner pays for the investment, because the plan names no payer.",
}


def incentives(
    workspace: Workspace,
    rule: str = "",
    *,
    scenario: Scenario | None = None,
    outcome: Outcome | None = None,
    basis: Basis = Basis.AS_CHOSEN,
    funded_by: Funder = "doers",
) -> IncentiveTable:
    """The incentive table of a run under a payment method (an id; empty for the place's default).

    The scenario is the plan's own unless one is given, or its `outcome` where that is known.
    Raises InputError for a rule that does not exist.
    """
    place, nothing = workspace.place, workspace.nothing
    rules = read_payment_rules(place)
    outcome = outcome or workspace.outcome(scenario or choose(place, seed=workspace.seed))
    return incentive_table(
        place,
        outcome,
        rules.rule(rule),
        costs=workspace.money.costs,
        planned=workspace.groups.contacts,
        along=routes(place, workspace.money.calibrated, nothing.activity, nothing.residents),
        basis=basis,
        funded_by=funded_by,
    )


def payment_rules(place: Place) -> PaymentRules:
    """The rules that can be chosen, each with a plain sentence."""
    return read_payment_rules(place)


def incentive_table(
    place: Place,
    outcome: Outcome,
    rule: Rule,
    *,
    costs: Mapping[str, Mapping[str, float]],
    planned: Floats,
    along: Mapping[str, Routes],
    basis: Basis = Basis.AS_CHOSEN,
    funded_by: Funder = "doers",
) -> IncentiveTable:
    """The incentive table of an outcome under `rule`, exact to the penny.

    `costs` is as in `evaluate`, `planned` (P, Y) the contacts contracted for (if nothing is done),
    `along` who buys each point of delivery of whom. Points of delivery without a route are left
    out: we do not know whose money it is. Raises InputError for a basis other than OF_INCENTIVES.
    """
    price = prices(place, costs)
    basis = basis_of(basis, OF_INCENTIVES)
    changed = changes(place, outcome, outcome.on(basis), price)
    writer = _TableWriter(
        place, rule, price=price, planned=planned, along=along, funded_by=funded_by
    )
    rows = tuple(
        writer.solution(solution, changed, s, outcome.terms.investment[s])
        for s, solution in enumerate(place.solutions)
        if outcome.scenario.takes_in(solution)
    )
    together = _together(place, rows)
    return IncentiveTable(
        place=place.id,
        rule=rule.id,
        rule_name=rule.name,
        rule_sentence=rule.sentence,
        basis=basis,
        funded_by=funded_by,
        years=place.years,
        solutions=rows,
        organisations=together,
        system={y: sum((e.net[y] for e in together), NOTHING) for y in place.years},
        cost_released={y: sum((e.cost_falls[y] for e in together), NOTHING) for y in place.years},
        notes=(*NOTES, _FUNDED[funded_by]),
        finding=incentives_finding(place, rule.name, rows, together),
    )


@dataclass
class _Books:
    """The effects of a solution on organisations: item, organisation, year -> pounds."""

    amounts: dict[str, dict[str, dict[str, Decimal]]] = field(default_factory=dict)

    def add(self, item: str, organisation: str, year: str, amount: Decimal) -> None:
        years = self.amounts.setdefault(organisation, {}).setdefault(item, {})
        years[year] = years.get(year, NOTHING) + amount


class _TableWriter:
    def __init__(
        self,
        place: Place,
        rule: Rule,
        *,
        price: Floats,
        planned: Floats,
        along: Mapping[str, Routes],
        funded_by: Funder,
    ) -> None:
        self.place, self.rule, self.price, self.planned = place, rule, price, planned
        self.along, self.funded_by = along, funded_by
        self.points = [point.id for point in place.points_of_delivery]
        self.structures = read_cost_structures(place)
        self.kinds = {o.id: o.kind for o in place.organisations}
        self.names = {o.id: o.short_name for o in place.organisations} | {OUTSIDE: "Others"}
        self.payers = [o.id for o in place.organisations if o.side == "commissioner"] or [OUTSIDE]

    def solution(
        self, solution: Solution, changed: Changes, s: int, investment: Floats
    ) -> SolutionIncentive:
        books = _Books()
        for p, point in enumerate(self.points):
            if not self.along.get(point):
                continue
            if changed.contacts[s, p].any() or changed.work[s, p].any():
                self.work(books, solution, changed, s, p)
            if changed.cheaper[s, p].any():
                self.cheaper(books, solution, changed.cheaper[s, p], point)
        bearers = solution.organisations if self.funded_by == "doers" else ()
        bearers = bearers or tuple(self.payers[:1])
        for y, year in enumerate(self.place.years):
            amount = pounds(float(investment[y]) * 1e6)
            for bearer, part in zip(bearers, split(amount, [1] * len(bearers)), strict=True):
                books.add("invests", bearer, year, part)
        return self._row(solution, books)

    def work(self, books: _Books, solution: Solution, changed: Changes, s: int, p: int) -> None:
        """Contacts avoided, added or moved, and the cost of the work."""
        point = self.points[p]
        here = self.along[point]
        moved_to = {
            (r.payer, r.payee): r.share for r in routes_to_doers(here, solution.organisations)
        }
        contacts_here = changed.here[s, p]
        contacts_avoided = changed.contacts[s, p] - contacts_here
        work_avoided = changed.work[s, p] + contacts_here * self.price[p]
        for route in here:
            share, doing = route.share, moved_to.get((route.payer, route.payee), 0.0)
            level = {
                year: pounds(
                    float(share * work_avoided[y] - doing * contacts_here[y] * self.price[p, y])
                )
                for y, year in enumerate(self.place.years)
            }
            if self.rule.terms(point).at_cost:
                self.passed_on(books, route.payer, route.payee, level)
                continue
            for y, year in enumerate(self.place.years):
                change = share * contacts_avoided[y] + doing * contacts_here[y]
                less = self.paid_less(p, y, share, float(change))
                books.add("pays_less", route.payer, year, less)
                books.add("loses_income", route.payee, year, less)
            self.cost(books, route.payee, level, capacity=solution.release == "capacity only")

    def cheaper(self, books: _Books, solution: Solution, saved: Floats, point: str) -> None:
        """The same work at lower cost: whoever does it keeps the saving, unless paid at cost."""
        here, at_cost = self.along[point], self.rule.terms(point).at_cost
        for route in here if at_cost else routes_to_doers(here, solution.organisations):
            level = {
                year: pounds(float(route.share * saved[y]))
                for y, year in enumerate(self.place.years)
            }
            spends_it = route.outside and route.payer in solution.organisations
            if at_cost and not spends_it:
                self.passed_on(books, route.payer, route.payee, level)
                continue
            spender = route.payer if spends_it else route.payee
            for year, amount in level.items():
                capacity_only = solution.release == "capacity only" and amount > 0
                books.add("cost_stays" if capacity_only else "cost_falls", spender, year, amount)

    def passed_on(self, books: _Books, payer: str, payee: str, level: ByYear) -> None:
        """A fall in cost that the payer gets back at once."""
        for year, amount in level.items():
            books.add("pays_less", payer, year, amount)
            books.add("loses_income", payee, year, amount)
            books.add("cost_falls", payee, year, amount)

    def paid_less(self, p: int, y: int, share: float, change: float) -> Decimal:
        """What is paid less in a year for contacts that change by `change`."""
        planned = Decimal(str(float(share * self.planned[p, y])))
        actual = max(NOTHING, planned + Decimal(str(change)))
        price = Decimal(str(float(self.price[p, y])))
        point, year = self.points[p], self.place.years[y]
        before, after = (
            payable(
                self.rule.terms(point),
                ContractFlow(year, "", "", point, planned, quantity, price),
            )
            for quantity in (planned, actual)
        )
        return before - after

    def cost(self, books: _Books, organisation: str, level: ByYear, *, capacity: bool) -> None:
        """The part of the cost that falls with the work, and the part that stays."""
        structure = self.structure(organisation)
        levels = {y: min(a, NOTHING) for y, a in level.items()} if capacity else level
        for year, amount in released(structure, levels).items():
            books.add("cost_falls", organisation, year, amount)
            books.add("cost_stays", organisation, year, level[year] - amount)

    def structure(self, organisation: str) -> CostStructure:
        kind = self.kinds.get(organisation, ANY)
        return self.structures.get(kind, self.structures[ANY])

    def _row(self, solution: Solution, books: _Books) -> SolutionIncentive:
        doers = solution.organisations
        felt = [o for o in books.amounts if any(any(i.values()) for i in books.amounts[o].values())]
        order = [*doers, *(o for o in self.names if o in felt and o not in doers)]
        effects = tuple(
            _effect(
                self.place.years,
                organisation,
                self.names[organisation],
                organisation in doers,
                books.amounts.get(organisation, {}),
            )
            for organisation in order
        )
        system = {y: sum((e.net[y] for e in effects), NOTHING) for y in self.place.years}
        judged = judge(effects, system, solution.release)
        return SolutionIncentive(
            solution.id,
            solution.name,
            solution.release,
            effects,
            judged.wanted_by,
            judged.not_wanted_by,
            judged.verdict,
            system,
            judged.finding,
        )


_ITEMS = ("pays_less", "loses_income", "cost_falls", "cost_stays", "invests")


def _effect(
    years: Sequence[str],
    organisation: str,
    name: str,
    does_it: bool,
    amounts: Mapping[str, ByYear],
) -> OrganisationEffect:
    item = {i: {y: amounts.get(i, {}).get(y, NOTHING) for y in years} for i in _ITEMS}
    net = {
        y: item["pays_less"][y]
        - item["loses_income"][y]
        + item["cost_falls"][y]
        - item["invests"][y]
        for y in years
    }
    return OrganisationEffect(
        organisation, name, does_it, **item, net=net, total=sum(net.values(), NOTHING)
    )


def _together(place: Place, rows: Iterable[SolutionIncentive]) -> tuple[OrganisationEffect, ...]:
    """The effects of all solutions on each organisation, added up."""
    books, names, doers = _Books(), {}, set()
    for row in rows:
        for effect in row.organisations:
            names[effect.organisation] = effect.name
            doers |= {effect.organisation} if effect.does_it else set()
            for item in _ITEMS:
                for year, amount in getattr(effect, item).items():
                    books.add(item, effect.organisation, year, amount)
    order = [o.id for o in place.organisations if o.id in names]
    order += [o for o in names if o not in order]
    return tuple(_effect(place.years, o, names[o], o in doers, books.amounts[o]) for o in order)
