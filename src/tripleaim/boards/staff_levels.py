"""Staff who were counted in a group of the model: what its staff at work start from."""

from __future__ import annotations

from tripleaim.boards.extents import Extent
from tripleaim.boards.official import OfficialTables
from tripleaim.boards.own_tables import Cell, OwnTable
from tripleaim.boards.people import LICENCE

FILE = "staff_levels.csv"
_GROUP = "gp"
_IN_PRACTICES = """
WITH here AS (
    SELECT district, sum(people_2022) FILTER (mine.lsoa IS NOT NULL) AS people,
           sum(people_2022) AS everybody
    FROM areas LEFT JOIN (SELECT unnest($areas) AS lsoa) AS mine USING (lsoa)
    GROUP BY district HAVING people > 0
)
SELECT sum(gp_fte * people / everybody) AS fte, count(*) = count(gp_fte) AS every_district,
       bool_and(people = everybody) AS whole
FROM here LEFT JOIN gp_staff USING (district)
"""
_IN_NETWORKS = """
SELECT sum(fte * part) AS fte FROM network_staff
JOIN (SELECT unnest($networks) AS network, unnest($parts) AS part) USING (network)
WHERE staff_group = 'Other GPs'
"""


def staff_levels(extent: Extent, tables: OfficialTables) -> OwnTable:
    """General practitioners in practices and in networks; no rows where a district has no count.

    Groups of trusts' staff are not public by trust in the tables that come along.
    """
    (practices,) = tables.records(_IN_PRACTICES, areas=list(extent.areas))
    (networks,) = tables.records(
        _IN_NETWORKS, networks=list(extent.networks), parts=list(extent.networks.values())
    )
    rows: list[tuple[Cell, ...]] = []
    if practices["every_district"]:
        shared = "" if practices["whole"] else "; a district that is only partly here by its people"
        status = "public" if practices["whole"] else "assumed"
        rows = [
            (
                *(_GROUP, "practices", "about 2024/25", round(practices["fte"], 2), status),
                *("gp-workforce-2024", f"doctors in practices of the districts{shared}"),
            ),
            (
                *(_GROUP, "networks", "2026-06", round(networks["fte"] or 0.0, 2), "public"),
                *("pcn-workforce-2026-06", "doctors whom primary care networks employ"),
            ),
        ]
    return OwnTable(
        FILE,
        (
            "Staff at work in a group of the model, full-time equivalents, as counted (sources",
            "gp-workforce-2024 and pcn-workforce-2026-06). Staff needed and at work in the first",
            "year are calibrated to the sum of a group's rows. Groups that are not here start from",
            "minutes a contact. Who would know them: NHS England (workforce by organisation and",
            "staff group).",
            LICENCE,
        ),
        ("group", "employers", "period", "fte", "status", "source", "cause"),
        rows,
    )
