"""Savings brought forward: the plan with every solution some years earlier."""

from __future__ import annotations

from dataclasses import replace

from tripleaim.place import Place, Solution
from tripleaim.plan.basis import Basis
from tripleaim.plan.overlap.scenario import Choice, Scenario, altered


def most_years_earlier(place: Place, scenario: Scenario) -> int:
    """How many years the latest solution that saves anything can come earlier in the plan."""
    return max(
        (
            place.years.index(choice.start or solution.start)
            for solution, choice in _in_use(place, scenario)
            if any(any(side.values()) for side in solution.claim.values())
        ),
        default=0,
    )


def earlier(place: Place, scenario: Scenario, years: int) -> Scenario:
    """`scenario` with every solution `years` earlier, none before the plan's first year.

    Claims and investment come as many years earlier; the last year is repeated at the end.
    """
    choices: dict[str, Choice] = dict(scenario.choices)
    for solution, choice in _in_use(place, scenario):
        start = max(0, place.years.index(choice.start or solution.start) - years)
        choices[solution.id] = replace(choice, start=place.years[start])
    return altered(place, scenario, choices=choices)


def _in_use(place: Place, scenario: Scenario) -> list[tuple[Solution, Choice]]:
    both = [(solution, scenario.choice(solution)) for solution in place.solutions]
    return [(s, choice) for s, choice in both if choice.basis is not Basis.OFF]
