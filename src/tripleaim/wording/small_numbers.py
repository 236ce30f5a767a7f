"""What is said of numbers that few people carry: one wording for every page and verb."""

from __future__ import annotations

from tripleaim.measures import FEW_ALIKE
from tripleaim.wording.numbers import count, money

SMALL_NUMBERS_NOTE = (
    f"Chance changes a number that comes from fewer than {FEW_ALIKE} people: we draw the people "
    "at random, and another draw gives another number. “From” and “to” are the 10% and the 90% of "
    "such draws."
)
"""What the columns From and To say, beside any table that has them."""


def luck_in_cost(million: float, people: float, year: str) -> str:
    """By how much luck in who lives there moves a small place's cost of care, and so its gap."""
    return (
        f"{count(people)} people are few, so chance changes the cost of their care in {year}, and "
        f"with it every gap, by up to {money(million)} either way (10% to 90%)."
    )
