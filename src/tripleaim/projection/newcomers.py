"""Identities of people to come: those who are born and those who arrive.

A newcomer descends from somebody already there, a mother or the person whose like arrives, and so
back to one of today's people. The number of a newcomer says which person that is and by which
steps, so it is the same in any order, on any number of machines, with or without the others.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

BITS = 32
ARRIVED, BORN = 1, 2
"""Digits, to base 3, of how somebody joined in a step; 0 is not at all."""


def today_limit(steps: int) -> int:
    """The largest number of today's people, plus one, that leaves room for `steps` years."""
    return int(1 << (BITS - int(np.ceil(steps * np.log2(3)))))


def number_newcomers(
    parents: npt.NDArray[np.uint64], step: int, steps: int, how: int
) -> npt.NDArray[np.uint64]:
    """The numbers of those who come in step `step` (from 0) from `parents`.

    The upper bits hold the digits of the way that led here, the lower ones today's person. At most
    one birth and one arrival a step come of anybody, so that no number is given twice.
    """
    limit = np.uint64(today_limit(steps))
    return parents + np.uint64(how * 3**step) * limit
