"""The same activity under every payment method: who gains, who loses, and what does not change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tripleaim.plan.basis import Basis
from tripleaim.plan.incentive.incentive_model import Funder, IncentiveTable
from tripleaim.plan.incentive.incentives import incentives, payment_rules
from tripleaim.plan.overlap.outcome import Outcome
from tripleaim.plan.overlap.scenario import choose
from tripleaim.plan.workspace import Workspace
from tripleaim.wording import RuleEffect, RulesFinding

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class RuleColumn:
    """One rule: what each organisation nets over all years of all solutions, in pounds.

    `loses_income` is the fall in its income less the fall in its payments; it sums to zero.
    """

    rule: str
    name: str
    sentence: str
    net: Mapping[str, Decimal]
    loses_income: Mapping[str, Decimal]
    system: Decimal
    cost_released: Decimal
    wanted: int
    not_wanted: int
    divided: int


@dataclass(frozen=True, slots=True)
class RuleComparison:
    """Every payment method on the same activity. `organisations` maps ids to names, in order."""

    place: str
    years: tuple[str, ...]
    organisations: Mapping[str, str]
    rules: tuple[RuleColumn, ...]
    finding: RulesFinding


def compare_rules(
    workspace: Workspace,
    *,
    outcome: Outcome | None = None,
    basis: Basis = Basis.AS_CHOSEN,
    funded_by: Funder = "doers",
) -> RuleComparison:
    """What the solutions of a run mean for each organisation under every payment method of the
    place.

    The scenario is the plan's own unless its `outcome` is given.
    """
    place = workspace.place
    outcome = outcome or workspace.outcome(choose(place, seed=workspace.seed))
    tables = [
        incentives(workspace, rule.id, outcome=outcome, basis=basis, funded_by=funded_by)
        for rule in payment_rules(place).rules
    ]
    names = {e.organisation: e.name for table in tables for e in table.organisations}
    order = [o.id for o in place.organisations if o.id in names]
    order += [o for o in names if o not in order]
    columns = tuple(_column(table) for table in tables)
    return RuleComparison(
        place.id,
        place.years,
        {o: names[o] for o in order},
        columns,
        _finding(columns, names),
    )


def _column(table: IncentiveTable) -> RuleColumn:
    verdicts = [row.verdict for row in table.solutions]
    return RuleColumn(
        rule=table.rule,
        name=table.rule_name,
        sentence=table.rule_sentence,
        net={e.organisation: e.total for e in table.organisations},
        loses_income={
            e.organisation: sum(e.loses_income.values(), NOTHING)
            - sum(e.pays_less.values(), NOTHING)
            for e in table.organisations
        },
        system=sum(table.system.values(), NOTHING),
        cost_released=sum(table.cost_released.values(), NOTHING),
        wanted=verdicts.count("wanted"),
        not_wanted=verdicts.count("not wanted"),
        divided=verdicts.count("divided"),
    )


def _finding(columns: tuple[RuleColumn, ...], names: Mapping[str, str]) -> RulesFinding:
    widths = {
        o: max(c.net.get(o, NOTHING) for c in columns) - min(c.net.get(o, NOTHING) for c in columns)
        for o in names
    }
    most = max(widths, key=lambda o: widths[o], default="")
    ordered = sorted(columns, key=lambda c: c.net.get(most, NOTHING))
    worst, best = (RuleEffect(c.name, c.net.get(most, NOTHING)) for c in (ordered[0], ordered[-1]))
    return RulesFinding(
        system=columns[0].system if names else None,
        most=names[most] if any(widths.values()) else "",
        worst=worst,
        best=best,
    )
