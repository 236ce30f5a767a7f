"""The incentive table in the terminal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rich.console import Console

from tripleaim.accounts import PaymentRules
from tripleaim.cli.tables import justified
from tripleaim.place import Place
from tripleaim.plan import (
    IncentiveTable,
    OrganisationEffect,
    RuleComparison,
    SolutionIncentive,
    claim_tag_of,
)
from tripleaim.wording import sentence, tagged, with_sentences

_MILLION = Decimal(1_000_000)
_AT_A_TIME = 4
"""Rules side by side that a narrow terminal can hold."""


def as_data(result: IncentiveTable | SolutionIncentive | RuleComparison) -> dict[str, Any]:
    """A table or one solution of it as plain data; amounts are texts of pounds and pence."""
    document: dict[str, Any] = with_sentences(result)
    return document


def rules(out: Console, known: PaymentRules) -> None:
    """The payment methods, each with its sentence."""
    printed = justified(
        "Payment methods", ("Rule", "left"), ("Name", "left"), ("What it does", "left")
    )
    for rule in known.rules:
        default = " (default)" if rule.id == known.default else ""
        printed.add_row(rule.id + default, rule.name, rule.sentence)
    out.print(printed)


def table(out: Console, place: Place, result: IncentiveTable) -> None:
    """Every solution, and what each organisation would gain or lose over the plan's years."""
    if not result.solutions:
        _print_sentence(out, sentence(result.finding))
        return
    names = {o.id: o.short_name for o in place.organisations}
    printed = justified(
        tagged(
            f"{place.name}: who gains and who loses by each solution; {result.rule_name}, £m over "
            "all years",
            claim_tag_of(place),
        ),
        ("Solution", "left"),
        ("Who does it", "left"),
        ("Would gain", "left"),
        ("Would lose", "left"),
        ("System", "right"),
    )
    for row in result.solutions:
        printed.add_row(
            row.name,
            row.verdict,
            ", ".join(names[o] for o in row.wanted_by),
            ", ".join(names[o] for o in row.not_wanted_by),
            _millions(sum(row.system.values(), Decimal(0))),
        )
    out.print(printed)
    _organisations(out, "All solutions together", result, result.organisations)
    _print_sentence(out, result.rule_sentence, sentence(result.finding), *result.notes)


def solution(out: Console, result: IncentiveTable, row: SolutionIncentive) -> None:
    """One solution, with its effect on every organisation concerned."""
    _organisations(out, row.name, result, row.organisations)
    _print_sentence(out, sentence(row.finding), *result.notes)


def comparison(out: Console, place: Place, compared: RuleComparison) -> None:
    """The net effect on each organisation under every rule, and what no rule changes."""
    for start in range(0, len(compared.rules), _AT_A_TIME):
        columns = compared.rules[start : start + _AT_A_TIME]
        printed = justified(
            f"{place.name}: all solutions, net over all years by payment method, £m",
            ("", "left"),
            *((column.rule, "right") for column in columns),
        )
        for organisation, name in compared.organisations.items():
            nets = (column.net.get(organisation, Decimal(0)) for column in columns)
            printed.add_row(name, *(f"{net / _MILLION:,.1f}" for net in nets))
        printed.add_section()
        printed.add_row("System", *(f"{c.system / _MILLION:,.1f}" for c in columns))
        printed.add_row("Cost released", *(f"{c.cost_released / _MILLION:,.1f}" for c in columns))
        printed.add_section()
        printed.add_row("Solutions from which all gain", *(str(c.wanted) for c in columns))
        printed.add_row("from which all lose", *(str(c.not_wanted) for c in columns))
        printed.add_row("divided", *(str(c.divided) for c in columns))
        out.print(printed)
    _print_sentence(out, sentence(compared.finding))


def _organisations(
    out: Console, title: str, result: IncentiveTable, effects: tuple[OrganisationEffect, ...]
) -> None:
    last = result.years[-1]
    parts = justified(
        f"{title}: {last}, £m, {result.rule_name}",
        ("* does the work", "left"),
        ("Pays less", "right"),
        ("Loses income", "right"),
        ("Cost falls", "right"),
        ("Cost stays", "right"),
        ("Invests", "right"),
    )
    nets = justified(
        f"{title}: net by year, £m", ("", "left"), *((year, "right") for year in result.years)
    )
    for e in effects:
        name = e.name + (" *" if e.does_it else "")
        items = (e.pays_less, e.loses_income, e.cost_falls, e.cost_stays, e.invests)
        parts.add_row(name, *(_millions(item[last]) for item in items))
        nets.add_row(name, *(_millions(e.net[year]) for year in result.years))
    out.print(parts)
    out.print(nets)


def _print_sentence(out: Console, *sentences: str) -> None:
    for text in sentences:
        out.print(text, highlight=False, markup=False)


def _millions(amount: Decimal) -> str:
    return f"{amount / _MILLION:,.2f}" if amount else "-"
