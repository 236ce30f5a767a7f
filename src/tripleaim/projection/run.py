"""What a projection of lives gives back."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tripleaim.projection.model import Trajectory
from tripleaim.projection.tally import Tally


@dataclass(frozen=True)
class Run:
    """The counts of a projection and, where asked for, everybody's life.

    The trajectory holds today's people as they were given, then newcomers by number; `reached`
    (people,) says, as bits, which programmes each of today's people, or anybody who comes of them,
    has joined.
    """

    tally: Tally
    trajectory: Trajectory | None = None
    reached: npt.NDArray[np.uint32] = field(default_factory=lambda: np.zeros(0, dtype=np.uint32))
