"""What stated figures must fulfil together, and the nearest inputs that do, for draws of them."""

from __future__ import annotations

from dataclasses import replace

from tripleaim.accounts.gap.first_year import first_year_spend
from tripleaim.accounts.gap.indices import registered
from tripleaim.accounts.gap.inputs import AccountInputs
from tripleaim.accounts.gap.model import ByYear
from tripleaim.accounts.gap.parameters import Parameters

TRUST_INCOME = "own-trusts-income"
"""The place's commissioner pays its own trusts no more than their whole income."""

LIMITS = (TRUST_INCOME,)
"""Everything that figures, each possible by itself, can break together."""


def paid_to_own_trusts(
    inputs: AccountInputs, population: ByYear, parameters: Parameters
) -> dict[str, float]:
    """What the place's commissioner pays its own trusts in the first year, £m by spend line."""
    spend = first_year_spend(inputs, population, parameters)
    return {line.id: spend[line.id] * line.own_share for line in inputs.lines}


def own_trusts_income(
    inputs: AccountInputs, population: ByYear, parameters: Parameters
) -> float | None:
    """The whole income of the place's own trusts in the first year, £m; None where not known.

    The base year's income at the tariff of the first year, for as many more people.
    """
    if inputs.trust_income is None:
        return None
    first = inputs.years[0]
    growth = registered(population, first) / registered(population, inputs.base_year)
    return inputs.trust_income * (1 + parameters.tariff(first)) * growth


def within_limits(
    inputs: AccountInputs, population: ByYear, parameters: Parameters | None = None
) -> tuple[AccountInputs, tuple[str, ...]]:
    """The nearest inputs that are possible together, and the LIMITS that had to be kept to.

    Where the trusts would be paid more than their whole income, every line's share of the trusts
    falls in proportion until the commissioner pays the whole and others nothing: the incomes are
    public, the shares assumed. Inputs that are possible come back as they are.
    """
    parameters = parameters or inputs.parameters
    income = own_trusts_income(inputs, population, parameters)
    paid = sum(paid_to_own_trusts(inputs, population, parameters).values())
    if income is None or paid <= income:
        return inputs, ()
    # A shade below, so that rounding does not leave the trusts paid a penny too much.
    kept = income / paid * (1 - 1e-12)
    lines = tuple(replace(line, own_share=line.own_share * kept) for line in inputs.lines)
    return replace(inputs, lines=lines), (TRUST_INCOME,)
