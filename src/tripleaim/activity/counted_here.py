"""Contacts of the base year as they were counted: the one reader of measured_contacts.csv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.place import Place, Row, Status

MEASURED_CONTACTS = "measured_contacts.csv"
_ROUNDING = 2.0
"""Contacts by which a row's parts may differ from its product: both are rounded."""


@dataclass(frozen=True, slots=True)
class MeasuredContacts:
    """The contacts a year that were counted at one point of delivery, all its boards together.

    `counted` is the sum of what was counted, before it is carried to `year` and shared.
    """

    year: str
    contacts: float
    counted: float
    first_month: str
    last_month: str
    status: Status
    source: str
    cause: str


def measured_contacts(place: Place) -> Mapping[str, MeasuredContacts]:
    """What was counted of the base year by point of delivery; empty for a place without counts.

    Raises InputError for an unknown point of delivery, another year than the base year, and a row
    whose contacts are not counted x carried_by x share.
    """
    if not place.has(MEASURED_CONTACTS):
        return {}
    rows: dict[str, list[Row]] = {}
    for row in place.rows(MEASURED_CONTACTS):
        _check(place, row)
        rows.setdefault(row["point_of_delivery"], []).append(row)
    return {point: _together(of_point) for point, of_point in rows.items()}


def _check(place: Place, row: Row) -> None:
    points = [point.id for point in place.points_of_delivery]
    if row["point_of_delivery"] not in points:
        raise row.fault("point_of_delivery", "expected a point of delivery", points)
    if row["year"] != place.base_year:
        raise row.fault(
            "year",
            f"expected the base year, {place.base_year}: contacts are calibrated in that year; "
            "carry the count to it, or leave the row out",
        )
    product = row["counted"] * row["carried_by"] * row["share"]
    if abs(product - row["contacts"]) > _ROUNDING + 1e-3 * product:
        raise row.fault("contacts", f"expected counted x carried_by x share, {product:,.1f}")


def _together(rows: list[Row]) -> MeasuredContacts:
    contacts = sum(row["contacts"] for row in rows)
    if contacts <= 0:
        raise rows[0].fault("contacts", "expected more than none; leave out what is not known")
    first = rows[0]
    return MeasuredContacts(
        year=first["year"],
        contacts=contacts,
        counted=float(sum(row["counted"] for row in rows)),
        first_month=min(row["first_month"] for row in rows),
        last_month=max(row["last_month"] for row in rows),
        status="public" if all(row["status"] == "public" for row in rows) else "assumed",
        source=first["source"],
        cause=first["cause"],
    )
