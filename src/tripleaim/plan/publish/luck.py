"""How far luck in who the people are moves a small place's numbers."""

from __future__ import annotations

from tripleaim import wording
from tripleaim.measures import MANY_PEOPLE, luck_share, small_number
from tripleaim.place import Place
from tripleaim.plan.do_nothing import DoNothing, Money


def by_luck(value: float, alike: float) -> tuple[float, float] | None:
    """10% and 90% of a number over other draws of the people; None where many carry it."""
    small = small_number(value, alike)
    return (small.interval.low, small.interval.high) if small else None


def luck_notes(place: Place, nothing: DoNothing, money: Money) -> list[str]:
    """By how much luck in who lives there moves a small place's cost of care; else nothing.

    As if all kinds of care rose and fell together, which is the most that they can do.
    """
    year = place.last_year
    people = nothing.registered[year]
    if people >= MANY_PEOPLE or not nothing.people_alike:
        return []
    moved = sum(
        cost * nothing.activity.contacts[point][year] * luck_share(nothing.people_alike[point])
        for point, cost in money.costs[year].items()
        if nothing.people_alike.get(point)
    )
    return [wording.luck_in_cost(moved / 1e6, people, year)]
