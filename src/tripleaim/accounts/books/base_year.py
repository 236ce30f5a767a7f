"""The amounts of the last recorded year, worked back from those of the first planned year."""

from __future__ import annotations

from decimal import Decimal

from tripleaim.accounts.books.flow_table import ELSEWHERE, own_trusts
from tripleaim.accounts.books.ledger import pounds
from tripleaim.accounts.gap.indices import first_uplift
from tripleaim.accounts.gap.inputs import account_inputs
from tripleaim.accounts.gap.model import OUTSIDE, Accounts
from tripleaim.accounts.gap.parameters import key
from tripleaim.place import InputError, Place

MILLION = 1_000_000


def recorded_incomes(place: Place) -> dict[str, Decimal]:
    """The base year's income of each of the place's own trusts, £; empty where none is known."""
    names = {t: f"trust-income.{t}.{key(place.base_year)}" for t in own_trusts(place)}
    return {
        t: pounds(Decimal(str(place.value(n))) * MILLION)
        for t, n in names.items()
        if n in place.figures
    }


def own_part(place: Place, accounts: Accounts, year: str) -> dict[str, Decimal]:
    """What the place's own trusts are paid in `year` by spend line and `elsewhere`, £.

    The base year's lines are the first year's lines at the base year's prices and population; what
    its trusts are paid elsewhere is the rest of their recorded incomes. Empty for the base year of
    a place whose trusts' incomes are not known.
    """
    first = place.years[0]
    lines = {
        line.line: line
        for line in accounts.lines
        if line.side == "providers" and line.kind == "income" and line.line != "stf"
    }
    if year != place.base_year:
        return {name: pounds(line.amount(year) * MILLION) for name, line in lines.items()}
    incomes = recorded_incomes(place)
    if not incomes:
        return {}
    divisors = _divisors(place, accounts)
    amounts = {
        name: pounds(line.amount(first) * MILLION / divisors[name])
        for name, line in lines.items()
        if name != ELSEWHERE
    }
    rest = sum(incomes.values(), Decimal(0)) - sum(amounts.values(), Decimal(0))
    if rest < 0:
        raise InputError(
            "expected trusts' incomes above what the place's commissioner pays them",
            file=place.folder,
            value=sum(incomes.values()),
        )
    return {**amounts, ELSEWHERE: rest}


def outside_part(place: Place, accounts: Accounts, year: str) -> dict[str, Decimal]:
    """What the commissioner pays others than the place's own trusts in `year`, £ by spend line."""
    base = year == place.base_year
    if base and not recorded_incomes(place):
        return {}
    divisors = _divisors(place, accounts) if base else {}
    return {
        line.line: pounds(
            -line.amount(place.years[0] if base else year) * MILLION / divisors.get(line.line, 1.0)
        )
        for line in accounts.lines
        if line.side == "commissioner" and line.kind == "cost" and line.counterparty == OUTSIDE
    }


def _divisors(place: Place, accounts: Accounts) -> dict[str, float]:
    """How much each spend line grew from the base year to the first year, in prices and people."""
    inputs = account_inputs(place)
    first, parameters = inputs.years[0], inputs.parameters
    paid = sum(
        line.amount(first)
        for line in accounts.lines
        if line.side == "providers" and line.kind == "income" and line.line != "stf"
    )
    incomes = float(sum(recorded_incomes(place).values(), Decimal(0))) / MILLION
    people = paid / incomes / (1 + parameters.tariff(first))
    return {
        line.id: first_uplift(inputs, line, parameters)
        * (1.0 if line.growth is not None and line.total is not None else people)
        for line in inputs.lines
    }
