"""England's contacts by age and sex: the one reader of contact_rates.csv."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tripleaim.people import SEXES
from tripleaim.place import InputError, Place

_FILE = "contact_rates.csv"
OLDEST = 105
"""The last single year of age for which there must be a rate."""


def contact_rates(place: Place, points_of_delivery: Sequence[str]) -> npt.NDArray[np.float64]:
    """Contacts a person a year by point of delivery, sex and single year of age: (P, 2, ages).

    Ages are 0 to OLDEST. Raises InputError where the rate of one of them is missing.
    """
    rates = np.full((len(points_of_delivery), len(SEXES), OLDEST + 1), np.nan)
    order = {point: p for p, point in enumerate(points_of_delivery)}
    for row in place.rows(_FILE):
        p = order.get(row["point_of_delivery"])
        if p is not None:
            rates[p, SEXES.index(row["sex"]), row["age_from"] : row["age_to"] + 1] = row["rate"]
    for p, s, age in np.argwhere(np.isnan(rates)):
        raise InputError(
            f"expected the rate of {SEXES[s]} people of age {age} at {points_of_delivery[p]}",
            file=place.path(_FILE),
        )
    return rates
