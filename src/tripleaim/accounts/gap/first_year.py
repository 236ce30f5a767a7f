"""What the commissioner spends in the first year of the plan, line by line."""

from __future__ import annotations

from collections.abc import Mapping

from tripleaim.accounts.gap.indices import first_uplift, registered
from tripleaim.accounts.gap.inputs import AccountInputs
from tripleaim.accounts.gap.model import ByYear
from tripleaim.accounts.gap.parameters import Parameters
from tripleaim.place import InputError


def first_year_spend(
    inputs: AccountInputs, population: ByYear, parameters: Parameters
) -> Mapping[str, float]:
    """Spend of the first year in £m by spend line.

    Pounds a head x people registered then, or a stated total, carried from base-year to first-year
    prices. Where the place states its allocation, the lines that it pays for come to the allocation
    less the opening: those with a stated total are that part of the allocation, carried as it is,
    and the others are scaled to the rest, because their sizes are modelled.

    Raises InputError for an allocation that leaves nothing to spend.
    """
    people = registered(population, inputs.years[0])
    spend = {
        line.id: line.base_spend(people) * first_uplift(inputs, line, parameters)
        for line in inputs.lines
    }
    allocation, opening = first_allocation(inputs, parameters), parameters.openings["commissioner"]
    if allocation is None or opening is None:
        return spend
    parts = {
        line.id: line.total * _carried(inputs, parameters)
        for line in inputs.lines
        if line.funding == "allocation" and line.total is not None
    }
    modelled = [
        line.id for line in inputs.lines if line.funding == "allocation" and line.id not in parts
    ]
    left = allocation - opening - sum(parts.values())
    if left <= 0:
        raise InputError(
            f"expected an opening position below the allocation of £{allocation:,.1f}m, of which "
            f"£{sum(parts.values()):,.1f}m is stated by line",
            file=inputs.folder,
            column="opening.commissioner",
            value=opening,
        )
    scale = left / sum(spend[line] for line in modelled)
    return spend | parts | {line: spend[line] * scale for line in modelled}


def first_allocation(inputs: AccountInputs, parameters: Parameters) -> float | None:
    """The allocation of the first year, £m; None where the place states none.

    One of the base year is carried to the first by the growth of the allocation.
    """
    stated = inputs.allocation
    return None if stated is None else stated.value * _carried(inputs, parameters)


def _carried(inputs: AccountInputs, parameters: Parameters) -> float:
    """What carries an allocation from the year of the stated one to the first year."""
    stated, first = inputs.allocation, inputs.years[0]
    if stated is None or stated.year == first:
        return 1.0
    return 1 + parameters.allocation_growth[first]
