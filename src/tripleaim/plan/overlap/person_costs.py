"""Costs for each person who takes part, as the investment of a place: people reached times cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tripleaim.place import CostPerPerson, Place, Solution, price_factor
from tripleaim.plan.overlap.groups import Groups

MILLION = 1e6


def with_costs_of_reach(place: Place, groups: Groups) -> Place:
    """The place with each solution's cost per person in its recurrent investment.

    `groups` count the people whom each solution reaches in each year. Costs are carried to the
    prices of the place's base year. A place whose solutions state no cost per person is unchanged.
    """
    if not any(solution.cost_per_person for solution in place.solutions):
        return place
    reached = groups.people_reached
    solutions = tuple(
        _with_cost(place, solution, reached[groups.solutions.index(solution.id)])
        for solution in place.solutions
    )
    return replace(place, solutions=solutions)


def cost_now(place: Place, cost: CostPerPerson) -> CostPerPerson:
    """The same cost at the prices of the place's base year; as stated where nothing carries it."""
    factor = price_factor(place, cost.year, place.base_year)
    if factor is None:
        return cost
    return replace(
        cost,
        value=cost.value * factor,
        low=cost.low * factor,
        high=cost.high * factor,
        year=place.base_year,
    )


def _with_cost(place: Place, solution: Solution, reached: np.ndarray) -> Solution:
    if solution.cost_per_person is None:
        return solution
    cost = cost_now(place, solution.cost_per_person).value
    years = np.arange(len(place.years))
    begun = years - place.years.index(solution.start) + 1
    part = solution.uptake * np.clip(begun / solution.years_to_full, 0.0, 1.0)
    amounts = cost * reached * part / MILLION
    return replace(
        solution,
        recurrent={
            year: solution.recurrent[year] + float(amount)
            for year, amount in zip(place.years, amounts, strict=True)
        },
    )
