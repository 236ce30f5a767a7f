"""The numbers of a plan that was drawn many times, one row each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tripleaim.uncertainty import ResultRow, ResultSeries

if TYPE_CHECKING:
    from tripleaim.plan.futures.document import FuturesDocument

GBP_M = "£m"


def futures_rows(futures: FuturesDocument) -> Iterator[ResultRow]:
    """Every number with its interval: the central draw's, from 10% to 90% of the draws.

    Measures: position `of` nhs, commissioner or providers; saving of all and `of` each solution on
    evidence; in_balance, the share of draws without a deficit; contacts `of` a point of delivery;
    registered; headline `of` each.
    """
    for position, sides in futures.position_gbp_m.items():
        for side, values in sides.items():
            yield from ResultSeries("position", side, position, GBP_M).intervals(values)
    for basis, values in futures.saving_gbp_m.items():
        yield from ResultSeries("saving", "", basis, GBP_M).intervals(values)
    for solution, values in futures.solutions_on_evidence_gbp_m.items():
        yield from ResultSeries("saving", solution, "on_evidence", GBP_M).intervals(values)
    for position, shares in futures.in_balance.items():
        yield from ResultSeries("in_balance", "nhs", position, "share of draws").by_year(shares)
    for position, points in futures.contacts.items():
        for point, contacts in points.items():
            yield from ResultSeries("contacts", point, position).intervals(contacts)
    yield from ResultSeries("registered", unit="people").intervals(futures.people)
    for number in futures.headlines:
        yield ResultSeries("headline", number.id, "", number.unit).interval("", number.interval)
