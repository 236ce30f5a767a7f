"""Lanes: everything that can happen to a person in a year has one, in a fixed order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

WIDTH = 8
"""Lanes and expected quantities come in multiples of this, for a processor to take side by side."""

MOST_CONDITIONS = 28


@dataclass(frozen=True)
class Lanes:
    """One lane for each condition (its onset in those without it, its end in those with it), then
    death, departure, arrival (of somebody like this person) and birth; the rest are empty.

    A lane's luck depends on its name, so that another condition changes nobody's luck.
    """

    conditions: tuple[str, ...]

    @property
    def death(self) -> int:
        """The lane of death."""
        return len(self.conditions)

    @property
    def departure(self) -> int:
        """The lane of leaving the place."""
        return self.death + 1

    @property
    def arrival(self) -> int:
        """The lane of being followed by somebody alike who arrives."""
        return self.death + 2

    @property
    def birth(self) -> int:
        """The lane of giving birth."""
        return self.death + 3

    @cached_property
    def size(self) -> int:
        """Lanes in all, empty ones included: a multiple of WIDTH."""
        return -(-(len(self.conditions) + 4) // WIDTH) * WIDTH

    @cached_property
    def keys(self) -> npt.NDArray[np.uint32]:
        """(size,) what sets a lane's luck apart; empty lanes have one too."""
        names = [*(f"condition {c}" for c in self.conditions), "death", "departure", "arrival"]
        names += ["birth", *(f"empty {i}" for i in range(self.size - len(names) - 1))]
        return np.array(
            [
                int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little")
                for name in names
            ],
            dtype=np.uint32,
        )
