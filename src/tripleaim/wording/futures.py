"""The plan drawn many times, in sentences: what a reader must know beside its numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping

_LIMITED = {
    "own-trusts-income": (
        "the place's commissioner would have paid its own trusts more than their whole income;"
        " in those draws it pays all of it, and every line's share of the trusts is lower in"
        " proportion"
    )
}


def futures_notes(
    *,
    draws: int,
    parameters: int,
    people_drawn: int,
    people: int,
    place: str,
    limited: Mapping[str, int],
) -> list[str]:
    """What a reader must know of how futures were drawn.

    `people_drawn` of the `people` of the place had their lives drawn. `limited` says in how many
    draws figures had to keep to each of the LIMITS of the accounts.
    """
    notes = [
        f"{draws} draws of {parameters} parameters around the central run. The amounts that "
        "calibration added are the same in every draw.",
        "Most ranges are our own assumptions: a fan shows what follows from them, not what will "
        "happen.",
        "With so many draws, a share of the variance is accurate to about "
        f"{1 / math.sqrt(draws):.2f}.",
        "A solution that no controlled study measured saves anything from zero to its claim, and "
        "each share is equally likely. That is our assumption, not a finding. On evidence, with "
        "untested savings at zero, the same solutions save nothing in every draw.",
    ]
    if people_drawn < people:
        notes.append(
            f"Each draw simulated {people_drawn:,} of the {people:,} people of {place}. In a"
            " trial, 37,497 people gave nearly the same contacts as everybody. The difference was"
            " 0.1% for A&E, planned and outpatient care, 0.2% for emergency admissions, and 1% for"
            " continuing health care (root mean square of four draws)."
        )
    notes += [
        f"In {n:,} of {draws:,} draws, figures that are possible one by one were impossible "
        f"together: {_LIMITED[limit]}."
        for limit, n in limited.items()
        if n
    ]
    return notes


def which_is_best(place: str, years: int) -> str:
    """The question that the options of a plan answer."""
    return (
        f"Which of these saves the NHS of {place} most over {years} years, if untested savings "
        "are drawn at random?"
    )
