"""Laws for following the people of today to the end of their lives, and nobody else.

Nobody is born, comes or leaves. After the last of the years that laws were fitted for, everything
is as in that year, but for mortality, which goes on as `read_vitals` has it after its projection.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from tripleaim.place import Place
from tripleaim.projection.laws import Laws
from tripleaim.projection.vitals import horizon, read_vitals

SURE = 1 - 1e-9
"""No chance of dying counts as more than this, so that it has a hazard."""


class Lifetimes:
    """`lifetime_laws` for one place's laws after the other: mortality to come is read once."""

    def __init__(self, place: Place, fitted: int, steps: int) -> None:
        """`fitted` steps are those of the laws that will be given, `steps` how far they go on."""
        self.years = horizon(place, steps)
        death = -np.log1p(-np.minimum(read_vitals(place, steps).death, SURE))
        self._later = np.divide(
            death[fitted:],
            death[fitted - 1],
            out=np.ones_like(death[fitted:]),
            where=death[fitted - 1] > 0,
        )

    def __call__(self, laws: Laws) -> Laws:
        """The laws of a closed population, for as many steps."""
        later, lanes = len(self._later), laws.lanes
        hazard = _on(laws.hazard, later)
        hazard[laws.steps :, ..., lanes.death] *= self._later
        hazard[..., [lanes.departure, lanes.arrival, lanes.birth]] = 0
        return replace(
            laws,
            years=self.years,
            hazard=hazard,
            ending=_on(laws.ending, later),
            thresholds=tuple(_on(t, later) for t in laws.thresholds),
            newborn_death=_on(laws.newborn_death, later),
            expected=replace(laws.expected, rate=_on(laws.expected.rate, later)),
        )


def lifetime_laws(place: Place, laws: Laws, steps: int) -> Laws:
    """The laws of a closed population for `steps` years, from laws of fewer."""
    return Lifetimes(place, laws.steps, steps)(laws)


def _on(by_year: npt.NDArray[Any], later: int) -> npt.NDArray[Any]:
    """An array by year with its last year as often again."""
    return np.concatenate([by_year, np.repeat(by_year[-1:], later, axis=0)])
