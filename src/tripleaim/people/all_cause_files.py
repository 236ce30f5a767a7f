"""Published ratios of all deaths by level of a risk factor, from `risk_factors/<id>~all_cause.csv`.

The ratio holds whatever it runs through: conditions that the model has, and all that it has not.
"""

from __future__ import annotations

import numpy as np

from tripleaim.people.ages import OLDEST
from tripleaim.people.disease import AllCause, AllCauseRow, Floats
from tripleaim.people.model import SEXES
from tripleaim.people.risk_tables import fill, read_header, refuse_gaps, refuse_level
from tripleaim.place import Estimate, Place, Row

ALL_CAUSE = "all_cause"


def read_all_cause(place: Place, table: str, levels: tuple[str, ...]) -> tuple[AllCause, int]:
    """The ratios in a table, and the years that they lag.

    Raises InputError at a level or source that is not known, an age left out, a ratio of 0 or less
    or outside its interval.
    """
    header = read_header(place, table, ("source", "status", "lag_years", "notes"))
    relative = np.full((len(SEXES), OLDEST + 1, len(levels)), np.nan)
    deviation = np.full((len(SEXES), OLDEST + 1, len(levels)), np.nan)
    rows = []
    for row in place.rows(table):
        refuse_level(row, levels[1:])
        ratio = _ratio(row)
        if ratio.source not in place.sources:
            raise row.fault("source", "expected an id from a sources file", list(place.sources))
        fill(relative, row, levels, ratio.value)
        fill(deviation, row, levels, ratio.spread)
        rows.append(
            AllCauseRow(
                row["sex"], row["age_from"], row["age_to"], row["level"], ratio, row["where"]
            )
        )
    relative[..., 0] = 1.0
    refuse_gaps(place.path(table), relative, levels)
    return AllCause(tuple(rows), _levels_first(relative), deviation[..., -1]), header.lag_years


def _ratio(row: Row) -> Estimate:
    value, low, high = row["relative_risk"], row["low"], row["high"]
    if value <= 0:
        raise row.fault("relative_risk", "expected more than 0")
    if (low is not None and not 0 < low <= value) or (high is not None and high < value):
        raise row.fault("low", f"expected an interval that holds its point {value:g}")
    return Estimate(value, low, high, row["status"], row["source"])


def _levels_first(table: Floats) -> Floats:
    return np.moveaxis(table, -1, 0).copy()
