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
    prices. Where the place states its allocation, the lines that it pays for are scaled to come to
    the allocation less the opening: the allocation is published, their sizes are modelled.

    Raises InputError for an allocation that leaves nothing to spend.
    """
    people = registered(population, inputs.years[0])
    spend = {
        line.id: line.base_spend(people) * first_uplift(inputs, line, parameters)
        for line in inputs.lines
    }
    scale = _scale(inputs, spend, parameters)
    return {
        line.id: spend[line.id] * (scale if line.funding == "allocation" else 1.0)
        for line in inputs.lines
    }


def first_allocation(inputs: AccountInputs, parameters: Parameters) -> float | None:
    """The allocation of the first year, £m; None where the place states none.

    One of the base year is carried to the first by the growth of the allocation.
    """
    stated, first = inputs.allocation, inputs.years[0]
    if stated is None:
        return None
    return stated.value * (1 if stated.year == first else 1 + parameters.allocation_growth[first])


def _scale(inputs: AccountInputs, spend: Mapping[str, float], parameters: Parameters) -> float:
    allocation, opening = first_allocation(inputs, parameters), parameters.openings["commissioner"]
    if allocation is None or opening is None:
        return 1.0
    modelled = sum(spend[line.id] for line in inputs.lines if line.funding == "allocation")
    if allocation <= opening:
        raise InputError(
            f"expected an opening position below the allocation of £{allocation:,.1f}m",
            file=inputs.folder,
            column="opening.commissioner",
            value=opening,
        )
    return (allocation - opening) / modelled
