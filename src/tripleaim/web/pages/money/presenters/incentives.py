"""Who gains and who loses by each solution under a payment method, in words and rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tripleaim import wording as words
from tripleaim.plan import IncentiveTable, RuleComparison, SolutionIncentive
from tripleaim.plan import OrganisationEffect as Effect
from tripleaim.web.ui.charts.signed import BETTER, WORSE, Bar, BarLabel
from tripleaim.web.ui.tables import PageColumn, PageTable

BASES = {
    "as_chosen": "What this scenario chooses",
    "after_overlap": "What is claimed, after overlap",
    "on_evidence": "What evidence supports (untested savings at zero)",
}


def who_gains(comparison: RuleComparison, solutions: int) -> dict[str, str]:
    """With how many solutions all gain, all lose, or some gain, by payment method."""
    return {
        rule.rule: words.capital(
            words.who_gains(solutions, rule.wanted, rule.not_wanted, rule.divided)
        )
        for rule in comparison.rules
    }


def bars(table: IncentiveTable) -> tuple[list[Bar], list[BarLabel]]:
    """What each organisation gains or loses by all solutions together over the plan."""
    drawn, labels = [], []
    for effect in table.organisations:
        value = float(effect.total) / 1e6
        drawn.append(Bar(effect.name, 0, value, BETTER if value > 0 else WORSE))
        labels.append(BarLabel(effect.name, _gains(value)))
    return drawn, labels


def _gains(million: float) -> str:
    if abs(million) < words.NOTHING:
        return "neither"
    return f"{'gains' if million > 0 else 'loses'} {words.money(million)}"


def description(table: IncentiveTable) -> str:
    """What the picture shows, in a sentence."""
    labels = [f"{e.name} {_gains(float(e.total) / 1e6)}" for e in table.organisations]
    return (
        "Bars of what each organisation gains or loses by all solutions together from "
        f"{table.years[0]} to {table.years[-1]} under “{table.rule_name}”: {words.listed(labels)}."
    )


def organisations(table: IncentiveTable, effects: Sequence[Effect], name: str) -> PageTable:
    """What reaches each organisation in the last year, and over all years."""
    last = table.years[-1]

    def of(effect: Effect) -> dict[str, object]:
        return {
            "name": effect.name + (" (carries it out)" if effect.does_it and name else ""),
            "pays_less": _m(effect.pays_less[last]),
            "loses_income": -_m(effect.loses_income[last]),
            "cost_falls": _m(effect.cost_falls[last]),
            "cost_stays": _m(effect.cost_stays[last]),
            "invests": -_m(effect.invests[last]),
            "net": _m(effect.net[last]),
            "total": _m(effect.total),
        }

    about = f"{name}: what" if name else "All solutions together: what"
    return PageTable(
        f"incentives-organisations-{table.rule}-{table.basis}",
        f"{about} reaches each organisation in {last}, £m; what it loses is in brackets",
        [
            PageColumn("name", "Organisation"),
            PageColumn("pays_less", "Pays others less", "account"),
            PageColumn("loses_income", "Is paid less", "account"),
            PageColumn("cost_falls", "Own cost saved", "account"),
            PageColumn("invests", "Invests", "account"),
            PageColumn("net", f"Net in {last}", "account"),
            PageColumn("total", "Net over the plan", "account"),
            PageColumn("cost_stays", "Cost that stays (in net)", "account"),
        ],
        [of(effect) for effect in effects],
    )


def solutions(table: IncentiveTable, tag: str) -> PageTable:
    """Each solution: whether those who do it would want to, who gains, who loses, the system.

    `tag` says whose split the claims are, which amounts are worked out from.
    """
    last = table.years[-1]

    def of(row: SolutionIncentive) -> dict[str, object]:
        names = {e.organisation: e.name for e in row.organisations}
        return {
            "name": row.name,
            "href": f"solutions/{row.solution}/",
            "verdict": words.capital(row.verdict),
            "wanted_by": words.listed([names[o] for o in row.wanted_by]),
            "not_wanted_by": words.listed([names[o] for o in row.not_wanted_by]),
            "income": -_m(sum((e.loses_income[last] for e in row.organisations), Decimal(0))),
            "cost": _m(sum((e.cost_falls[last] for e in row.organisations), Decimal(0))),
            "system": _m(row.system[last]),
            "total": _m(sum(row.system.values(), Decimal(0))),
        }

    return PageTable(
        f"incentives-{table.rule}-{table.basis}",
        words.tagged(f"Who gains and who loses by each solution? £m in {last}", tag),
        [
            PageColumn("name", "Solution"),
            PageColumn("verdict", "Those who carry it out"),
            PageColumn("wanted_by", "Who gains"),
            PageColumn("not_wanted_by", "Who loses"),
            PageColumn("income", "Income lost", "account"),
            PageColumn("cost", "Cost saved", "account"),
            PageColumn("system", f"System in {last}", "account"),
            PageColumn("total", "System over the plan", "account"),
        ],
        [of(row) for row in table.solutions],
    )


def rules(comparison: RuleComparison) -> PageTable:
    """What each organisation nets over the plan: a column a rule, all with the same sum."""
    rows: list[dict[str, object]] = [
        {"name": name}
        | {rule.rule: _m(rule.net.get(organisation, Decimal(0))) for rule in comparison.rules}
        for organisation, name in comparison.organisations.items()
    ]
    rows.append(
        {"name": "All together"} | {rule.rule: _m(rule.system) for rule in comparison.rules}
    )
    first, last = comparison.years[0], comparison.years[-1]
    return PageTable(
        "payment-rules",
        f"Net gain of each organisation under each payment method, {first} to {last}, £m",
        [
            PageColumn("name", "Organisation"),
            *(PageColumn(rule.rule, rule.name, "account") for rule in comparison.rules),
        ],
        rows,
        total=True,
    )


def rule_bars(comparison: RuleComparison) -> tuple[str, list[Bar], list[BarLabel]]:
    """The organisation to which the rule matters most, under each rule: name, bars, words."""
    if not comparison.organisations:
        return "", [], []

    def net(organisation: str) -> list[float]:
        return [_m(rule.net.get(organisation, Decimal(0))) for rule in comparison.rules]

    most = max(comparison.organisations, key=lambda o: max(net(o)) - min(net(o)))
    drawn, labels = [], []
    for rule, value in zip(comparison.rules, net(most), strict=True):
        drawn.append(Bar(rule.name, 0, value, BETTER if value > 0 else WORSE))
        labels.append(BarLabel(rule.name, _gains(value)))
    return comparison.organisations[most], drawn, labels


def rule_description(comparison: RuleComparison) -> str:
    """What the picture of the rules shows, in a sentence."""
    name, _, labels = rule_bars(comparison)
    return (
        f"Bars of what {name} gains or loses by all solutions together under each payment method: "
        f"{words.listed([f'{s.name} {s.text}' for s in labels])}."
    )


def _m(pounds: Decimal) -> float:
    return float(pounds) / 1e6
