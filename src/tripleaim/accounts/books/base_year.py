"""The amounts of the last recorded year, worked back from those of the first planned year."""

from __future__ import annotations

from decimal import Decimal

from tripleaim.accounts.books.flow_table import ELSEWHERE
from tripleaim.accounts.books.inputs import FlowInputs
from tripleaim.accounts.books.ledger import MILLION, pounds
from tripleaim.accounts.gap.indices import first_uplift
from tripleaim.accounts.gap.model import OUTSIDE, Accounts
from tripleaim.place import InputError


def own_part(inputs: FlowInputs, accounts: Accounts, year: str) -> dict[str, Decimal]:
    """What the place's own trusts are paid in `year` by spend line and `elsewhere`, £.

    The base year's lines are the first year's lines at the base year's prices and population; what
    its trusts are paid elsewhere is the rest of their recorded incomes. Empty for the base year of
    a place whose trusts' incomes are not known.
    """
    first = inputs.years[0]
    lines = {
        line.line: line
        for line in accounts.lines
        if line.side == "providers" and line.kind == "income" and line.line != "stf"
    }
    if year != inputs.base_year:
        return {name: pounds(line.amount(year) * MILLION) for name, line in lines.items()}
    incomes = inputs.recorded_incomes
    if not incomes:
        return {}
    divisors = _divisors(inputs, accounts)
    amounts = {
        name: pounds(line.amount(first) * MILLION / divisors[name])
        for name, line in lines.items()
        if name != ELSEWHERE
    }
    rest = sum(incomes.values(), Decimal(0)) - sum(amounts.values(), Decimal(0))
    if rest < 0:
        raise InputError(
            "expected trusts' incomes higher than what the place's commissioner pays them",
            file=inputs.account.folder,
            value=sum(incomes.values()),
        )
    return {**amounts, ELSEWHERE: rest}


def outside_part(inputs: FlowInputs, accounts: Accounts, year: str) -> dict[str, Decimal]:
    """What the commissioner pays others than the place's own trusts in `year`, £ by spend line."""
    base = year == inputs.base_year
    if base and not inputs.recorded_incomes:
        return {}
    divisors = _divisors(inputs, accounts) if base else {}
    return {
        line.line: pounds(
            -line.amount(inputs.years[0] if base else year) * MILLION / divisors.get(line.line, 1.0)
        )
        for line in accounts.lines
        if line.side == "commissioner" and line.kind == "cost" and line.counterparty == OUTSIDE
    }


def _divisors(inputs: FlowInputs, accounts: Accounts) -> dict[str, float]:
    """How much each spend line grew from the base year to the first year, in prices and people."""
    first, parameters = inputs.years[0], inputs.account.parameters
    paid = sum(
        line.amount(first)
        for line in accounts.lines
        if line.side == "providers" and line.kind == "income" and line.line != "stf"
    )
    incomes = float(sum(inputs.recorded_incomes.values(), Decimal(0))) / MILLION
    people = paid / incomes / (1 + parameters.tariff(first))
    return {
        line.id: first_uplift(inputs.account, line, parameters)
        * (1.0 if line.growth is not None and line.total is not None else people)
        for line in inputs.account.lines
    }
