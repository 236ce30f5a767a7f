"""What care costs if nothing changes, at the prices of the first year, from contacts alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.accounts import AccountInputs, account, account_inputs
from tripleaim.activity import Activity
from tripleaim.place import Place
from tripleaim.plan.publish.without_gap import care_at_first_prices

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class CareToCome:
    """A place's accounts of doing nothing, asked for many projections of its contacts."""

    place: Place
    inputs: AccountInputs

    @classmethod
    def of(cls, place: Place) -> CareToCome:
        """The accounts of a place. Raises InputError at a fault in its inputs."""
        return cls(place, account_inputs(place))

    def gbp_m(self, contacts: Floats, registered: Floats) -> Mapping[str, float]:
        """£m by year of the plan at the prices of its first year.

        `contacts` (P, Y + 1) and `registered` (Y + 1,) are of the base year and every year of the
        plan, of the whole place.
        """
        years = (self.place.base_year, *self.place.years)
        activity = Activity.of_totals(
            {
                point.id: dict(zip(years, contacts[p].tolist(), strict=True))
                for p, point in enumerate(self.place.points_of_delivery)
            }
        )
        population = dict(zip(years, registered.tolist(), strict=True))
        return care_at_first_prices(account(self.inputs, activity, population))
