"""By how much NHS prices rose in each year, as `price_index.csv` records it."""

from __future__ import annotations

from collections.abc import Mapping

from tripleaim.place.model import Place
from tripleaim.tables import is_year


def price_rises(place: Place) -> Mapping[str, float]:
    """The rise of prices on the year before, as a fraction, by the financial year it rises into.

    Raises InputError for a year listed twice, and for what is no financial year.
    """
    rises: dict[str, float] = {}
    for row in place.rows("price_index.csv") if place.has("price_index.csv") else ():
        if row["financial_year"] in rises:
            raise row.fault("financial_year", "the year is listed twice")
        if not is_year(row["financial_year"]):
            raise row.fault("financial_year", "expected a financial year such as 2016/17")
        rises[row["financial_year"]] = row["rise_pct"] / 100
    return rises
