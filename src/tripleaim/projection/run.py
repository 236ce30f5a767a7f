"""What a projection of lives gives back."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.projection.model import Trajectory
from tripleaim.projection.tally import Tally


@dataclass(frozen=True)
class Run:
    """The counts of a projection and, where asked for, everybody's life.

    The trajectory holds today's people as they were given, then newcomers by number.
    """

    tally: Tally
    trajectory: Trajectory | None = None
