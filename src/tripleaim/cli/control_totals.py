"""The verb for control totals, the transformation fund, savings still to be found, and grants."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.table import Table

from tripleaim.cli.arguments import AsJson, PlaceName
from tripleaim.cli.json_output import print_json
from tripleaim.cli.terminal import out

if TYPE_CHECKING:
    from tripleaim.accounts import RulesOfTheYear
    from tripleaim.place import Place


_MILLION = Decimal(1_000_000)


def control_totals(
    name: PlaceName,
    as_json: AsJson = False,
) -> None:
    """Show control totals, the fund by quarter, quality payments, savings to find, and grants."""
    from tripleaim.accounts import rules_of_the_year, savings_to_find
    from tripleaim.place import load
    from tripleaim.wording import sentence

    place = load(name)
    if as_json:
        print_json(_as_data(place), str)
        return
    names = {o.id: o.short_name for o in place.organisations}
    _totals(place, names)
    for finding in savings_to_find(place):
        out.print(sentence(finding), highlight=False, markup=False)
    rules = rules_of_the_year(place)
    if rules:
        out.print(sentence(rules), highlight=False, markup=False)
        _fund(rules)
        _quality(rules, names)
    _conditions(place)
    _grants(place, names)


def _as_data(place: Place) -> dict[str, object]:
    from tripleaim.accounts import (
        grants,
        read_control_totals,
        read_stf_conditions,
        rules_of_the_year,
        savings_to_find,
        system_control_total,
    )
    from tripleaim.wording import with_sentences

    rules = rules_of_the_year(place)

    totals = read_control_totals(place)
    years = dict.fromkeys(total.year for total in totals)
    return {
        "control_totals": [{**asdict(t), "before_stf": t.before_stf} for t in totals],
        "system": {year: system_control_total(totals, year) for year in years},
        "to_find": [with_sentences(finding) for finding in savings_to_find(place)],
        "year_reported": with_sentences(rules) if rules else None,
        "stf_conditions": [asdict(condition) for condition in read_stf_conditions(place)],
        "grants": [asdict(grant) for grant in grants(place)],
    }


def _totals(place: Place, names: dict[str, str]) -> None:
    from tripleaim.accounts import read_control_totals, system_control_total

    totals = read_control_totals(place)
    if not totals:
        out.print(f"{place.name} has no control totals in its files.")
        return
    table = _table(f"{place.name}: control totals, £m", "Year", "After STF", "STF", "Before STF")
    for total in totals:
        amounts = (total.amount, total.stf, total.before_stf)
        table.add_row(names[total.organisation], total.year, *map(_millions, amounts))
    table.add_section()
    for year in dict.fromkeys(total.year for total in totals):
        table.add_row("System", year, _millions(system_control_total(totals, year)))
    out.print(table)


def _conditions(place: Place) -> None:
    from tripleaim.accounts import read_stf_conditions

    table = _table("Conditions of a quarter of the fund, % of it", "Kind", "Share", "Gate")
    for condition in read_stf_conditions(place):
        gate = "whole quarter lost if missed" if condition.gate else ""
        table.add_row(condition.name, condition.kind, f"{condition.share:g}", gate)
    out.print(table)


def _fund(rules: RulesOfTheYear) -> None:
    table = _table(
        "Earned of the fund (STF) by quarter, £m",
        *("Quarter", "Of the fund", "Every access standard met", "No standard met"),
    )
    for one in rules.fund:
        quarters = zip(one.every_standard.quarters, one.no_standard.quarters, strict=True)
        for best, worst in quarters:
            amounts = (best.available, best.earned, worst.earned)
            earned = (f"{amount / _MILLION:,.2f}" for amount in amounts)
            table.add_row(one.every_standard.name, best.quarter, *earned)
    out.print(table)


def _quality(rules: RulesOfTheYear, names: dict[str, str]) -> None:
    table = _table("Quality payments and penalties, £m", "Contract", "At best", "At worst")
    for one in rules.quality:
        amounts = (one.best.contract, one.best.net, one.worst.net)
        table.add_row(f"{names[one.payer]} to {names[one.payee]}", *map(_millions, amounts))
    out.print(table)


def _grants(place: Place, names: dict[str, str]) -> None:
    from tripleaim.accounts import grants

    rows = grants(place)
    if not rows:
        return
    table = _table("Grants, £", "Paid to", "Year", "Amount", "Printed cut", "Falls by")
    for grant in rows:
        fall = "" if grant.fall is None else f"{grant.fall:,.0f}"
        amounts = (f"{grant.amount:,.0f}", f"{grant.cut:,.0f}", fall)
        table.add_row(grant.name, names[grant.organisation], grant.year, *amounts)
    out.print(table)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("")
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _millions(amount: Decimal) -> str:
    return f"{amount / _MILLION:,.1f}"
