"""Identities of people to come: those who are born and those who arrive.

A newcomer descends from somebody already there, a mother or the person whose like arrives, and so
back to one of today's people. The number of a newcomer says which person that is and by which
steps, so it is the same in any order, on any number of machines, with or without the others.
Newcomers in the order of their numbers come by step, arrivals before births.
"""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt

from tripleaim.people import People
from tripleaim.place import InputError
from tripleaim.projection.laws import Laws

TODAY_BITS = 32
"""Today's people have numbers of so many bits; the bits above say how a newcomer came."""

MOST_STEPS = 20
"""3 ** 20 ways of coming fit 32 bits, 3 ** 21 do not."""

ARRIVED, BORN = 1, 2
"""Digits, to base 3, of how somebody joined in a step; 0 is not at all."""


def number_newcomers(
    parents: npt.NDArray[np.uint64], step: int, how: int
) -> npt.NDArray[np.uint64]:
    """The numbers of those who come in step `step` (from 0) from `parents`.

    At most one birth and one arrival a step come of anybody, so that no number is given twice.
    """
    return parents + np.uint64(how * 3**step << TODAY_BITS)


def check_room(people: People, steps: int) -> None:
    """Raises InputError if people's numbers leave no room for newcomers of `steps` years."""
    if steps > MOST_STEPS:
        raise InputError(f"expected a horizon of at most {MOST_STEPS} years", value=steps)
    if len(people) and int(people.person.max()) >= 1 << TODAY_BITS:
        raise InputError(
            f"expected today's people, numbered below {1 << TODAY_BITS}",
            value=int(people.person.max()),
        )


def birth_keys(laws: Laws, conditions: npt.NDArray[np.intp]) -> npt.NDArray[np.uint32]:
    """The lanes of a child's random numbers, `conditions` being those that it may be born with."""
    events = ["sex", "month of birth", "death as newborn"]
    events += [f"born with {laws.lanes.conditions[k]}" for k in conditions]
    events += ["frailty", *(f"rank of {name}" for name, _ in laws.risk_levels)]
    keys = [hashlib.blake2b(f"newborn: {e}".encode(), digest_size=4).digest() for e in events]
    return np.array([int.from_bytes(key, "little") for key in keys], dtype=np.uint32)
