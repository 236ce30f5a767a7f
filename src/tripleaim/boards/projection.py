"""The residents that the official projection expects of a board."""

from __future__ import annotations

from tripleaim.boards.extents import HERE, Extent
from tripleaim.boards.official import OfficialTables
from tripleaim.boards.own_tables import OwnTable
from tripleaim.boards.people import LICENCE
from tripleaim.boards.years import BASE_YEAR, YEARS

_SOURCE = "ons-snpp-2022"
_RESIDENTS = f"""
WITH {HERE}, parts AS (
    SELECT sub_icb24,
           sum(aged_0_15) FILTER (here) / sum(aged_0_15) AS under_16,
           sum(aged_16_59) FILTER (here) / sum(aged_16_59) AS under_60,
           sum(aged_60_plus) FILTER (here) / sum(aged_60_plus) AS over_59
    FROM here GROUP BY sub_icb24 HAVING count(*) FILTER (here) > 0
), bands AS (
    SELECT *, CAST(regexp_extract(age_band, '[0-9]+') AS INTEGER) AS age_from
    FROM projection WHERE year >= $first
)
SELECT year, sex, age_band, sum(people * coalesce(
           CASE WHEN age_from < 15 THEN under_16 WHEN age_from < 60 THEN under_60 ELSE over_59 END,
           0
       )) AS people
FROM bands JOIN parts USING (sub_icb24)
GROUP BY year, sex, age_band, age_from ORDER BY year, sex DESC, age_from
"""  # noqa: S608 - our own words


def growth_of_residents(extent: Extent, tables: OfficialTables) -> float:
    """How much the board's residents grow in a year of the plan, a fraction, as projected."""
    residents: dict[int, float] = {}
    for row in tables.records(_RESIDENTS, areas=extent.areas, first=int(YEARS[0][:4])):
        residents[row["year"]] = residents.get(row["year"], 0.0) + row["people"]
    first, last = (int(year[:4]) for year in (YEARS[0], YEARS[-1]))
    return float((residents[last] / residents[first]) ** (1 / (last - first)) - 1)


def residents_to_come(extent: Extent, tables: OfficialTables) -> OwnTable:
    """The board's residents in the middle of each year, by sex and five-year age band.

    From the middle of the year before the people's 1 January. A location that lies in several
    boards of 2026 is shared as its small areas' people of those ages are.
    """
    rows = tables.records(_RESIDENTS, areas=extent.areas, first=int(BASE_YEAR[:4]))
    return OwnTable(
        "residents_to_come.csv",
        (
            "Residents in the middle of each year as the official projection has them, by sex and",
            "five-year age band (2022-based, migration category variant; source ons-snpp-2022).",
            "The board's locations added up; one that lies in several boards has the part that its",
            "small areas of this board had of those under 16, 16 to 59 and over in mid-2022",
            "(source area-people-2022).",
            "Net migration is solved so that the model's residents follow these.",
            LICENCE,
        ),
        ("year", "sex", "age_band", "residents", "status", "source"),
        [
            (row["year"], row["sex"], row["age_band"], round(row["people"], 1), "public", _SOURCE)
            for row in rows
        ],
    )
