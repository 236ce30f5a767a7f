"""Who the people of a board are: practices' lists, residents, small areas, disease registers."""

from __future__ import annotations

from collections.abc import Mapping

from tripleaim.boards.extents import HERE, Extent
from tripleaim.boards.official import OfficialTables
from tripleaim.boards.own_tables import OwnTable
from tripleaim.place import FIGURE_COLUMNS, SEXES

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
_SMALL_AREAS = """
SELECT lsoa, d.name AS district, imd_rank,
       CAST(ceil(imd_rank * 5 / (SELECT count(*) FROM areas)) AS INTEGER) AS fifth,
       lat, lon, people_2022
FROM areas JOIN districts AS d USING (district)
WHERE lsoa IN (SELECT unnest($areas)) ORDER BY lsoa
"""
_OLDEST_BAND = 18
"""The band 90+ of the official projection, counted in fives from 0."""

_NEED = (
    *("people", "core", "general_and_acute", "community", "mental_health", "maternity"),
    *("health_inequalities", "prescribing", "primary_medical"),
)
_RESIDENTS = f"""
WITH {HERE}, parts AS (
    SELECT district,
           sum(aged_0_15) FILTER (here) / sum(aged_0_15) AS under_16,
           sum(aged_16_59) FILTER (here) / sum(aged_16_59) AS under_60,
           sum(aged_60_plus) FILTER (here) / sum(aged_60_plus) AS over_59
    FROM here GROUP BY district HAVING count(*) FILTER (here) > 0
)
SELECT d.name, age, people * coalesce(
           CASE WHEN age < 16 THEN under_16 WHEN age < 60 THEN under_60 ELSE over_59 END, 0
       ) AS people
FROM residents JOIN parts USING (district) JOIN districts AS d USING (district)
ORDER BY district, age
"""  # noqa: S608 - our own words
_MALE = """
SELECT CAST(regexp_extract(age_band, '[0-9]+') AS INTEGER) // 5 AS band,
       sum(people) FILTER (sex = 'male') / sum(people) AS male
FROM projection
WHERE year = 2024 AND sub_icb24 IN (
    SELECT sub_icb24 FROM areas WHERE lsoa IN (SELECT unnest($areas))
)
GROUP BY band
"""
_REGISTERS = """
SELECT register, any_value(minimum_age) AS minimum_age,
       sum(list_size) FILTER (mine.practice IS NOT NULL) AS list_size,
       sum(register_count) FILTER (mine.practice IS NOT NULL) AS register_count,
       100 * sum(register_count) / sum(list_size) AS england_pct
FROM registers LEFT JOIN (SELECT unnest($practices) AS practice) AS mine USING (practice)
GROUP BY register ORDER BY register
"""


def registered(extent: Extent, tables: OfficialTables) -> OwnTable:
    """Everybody on the lists of the board's practices, by sex and five-year age band."""
    rows = tables.records(
        "SELECT practice, sex, age_band, patients FROM lists "
        "WHERE practice IN (SELECT unnest($practices)) ORDER BY practice, sex DESC, "
        "CAST(regexp_extract(age_band, '[0-9]+') AS INTEGER)",
        practices=extent.practices,
    )
    return OwnTable(
        "registered.csv",
        (
            "People on the lists of the board's practices on 1 July 2026 (source",
            "gp-lists-2026-07).",
            "The plan starts from 1 January 2026: these lists are half a year later.",
            LICENCE,
        ),
        ("practice", "sex", "age_band", "patients"),
        [tuple(row.values()) for row in rows],
    )


def residents(extent: Extent, tables: OfficialTables) -> OwnTable:
    """People who live in the board's districts, by sex and single year of age."""
    male = {row["band"]: row["male"] for row in tables.records(_MALE, areas=extent.areas)}
    rows: list[tuple[str, str, int, int]] = []
    for row in tables.records(_RESIDENTS, areas=extent.areas):
        people = round(row["people"])
        men = round(people * male[min(row["age"] // 5, _OLDEST_BAND)])
        rows.append((row["name"], SEXES[0], row["age"], men))
        rows.append((row["name"], SEXES[1], row["age"], people - men))
    return OwnTable(
        "residents.csv",
        (
            "People living in the board's part of each district in mid-2024, by single year of age",
            "(90: 90 and over). Source: ons-mye-2024. A district that lies in several boards",
            "has the",
            "part that its small areas of this board had of those under 16, 16 to 59 and over in",
            "mid-2022 (source area-people-2022). The estimate has no sexes: each five years of age",
            "are shared as the official projection has them in mid-2024 (source ons-snpp-2022).",
            LICENCE,
        ),
        ("district", "sex", "age", "residents"),
        rows,
    )


def small_areas(extent: Extent, tables: OfficialTables) -> OwnTable:
    """The board's small areas with deprivation, place on the map and people."""
    rows = tables.records(
        _SMALL_AREAS,
        areas=extent.areas,
    )
    return OwnTable(
        "lsoas.csv",
        (
            "Small areas (lower-layer super output areas of 2021; source areas-2021). Rank in the",
            "index of multiple deprivation 2025 (source imd-2025); quintile 1 is the most deprived",
            "fifth of England's areas. Population: mid-2022 (source area-people-2022).",
            LICENCE,
        ),
        ("lsoa", "district", "imd_rank", "quintile", "lat", "lon", "population"),
        [tuple(row.values()) for row in rows],
    )


def registers(extent: Extent, tables: OfficialTables, conditions: Mapping[str, str]) -> OwnTable:
    """The board's disease registers added up, for the `conditions` that the model has.

    `conditions` are their ids by register.
    """
    found = tables.records(_REGISTERS, practices=extent.practices)
    rows = [row for row in found if row["list_size"]]
    everybody = max((row["list_size"] for row in rows), default=0)
    return OwnTable(
        "registers.csv",
        (
            "Disease registers of the board's practices added up, 31 March 2025, with England",
            "beside.",
            "list_size: patients of at least minimum_age; all_ages: everybody on the lists that",
            "the",
            "registers are of. By practice: practice_registers.csv. Source: qof-2024-25.",
            "Registers that count no condition of the model are left out: obesity, palliative",
            "care,",
            "osteoporosis, risk of diabetes.",
            LICENCE,
        ),
        (
            *("register", "condition", "minimum_age", "list_size", "all_ages", "register_count"),
            *("england_pct", "source"),
        ),
        [
            (
                row["register"],
                conditions[row["register"]],
                row["minimum_age"],
                int(row["list_size"]),
                int(everybody),
                int(row["register_count"]),
                round(row["england_pct"], 4),
                "qof-2024-25",
            )
            for row in rows
            if row["register"] in conditions
        ],
    )


def practice_registers(extent: Extent, tables: OfficialTables) -> OwnTable:
    """Every register of every practice of the board."""
    rows = tables.records(
        "SELECT practice, register, minimum_age, list_size, register_count FROM registers "
        "WHERE practice IN (SELECT unnest($practices)) ORDER BY practice, register",
        practices=extent.practices,
    )
    return OwnTable(
        "practice_registers.csv",
        (
            "Disease registers by practice, 31 March 2025 (source qof-2024-25): practices that",
            "have",
            "closed since are here too. list_size: patients of at least minimum_age.",
            LICENCE,
        ),
        ("practice", "register", "minimum_age", "list_size", "register_count", "status", "source"),
        [(*row.values(), "public", "qof-2024-25") for row in rows],
    )


def need_weights(extent: Extent, tables: OfficialTables) -> OwnTable:
    """People weighted by need of every practice of the board, as allocations count them."""
    rounded = ", ".join(f"round({name}, 1) AS {name}" for name in _NEED)
    rows = tables.records(
        f"SELECT practice, {rounded} "  # noqa: S608 - our own words
        "FROM need WHERE practice IN (SELECT unnest($practices)) ORDER BY practice",
        practices=extent.practices,
    )
    return OwnTable(
        "need_weights.csv",
        (
            "People and people weighted by need, by practice, as the allocations of 2025/26",
            "count them",
            "(source need-2025-26): England's weighted people are as many as its people. Practices",
            "that have closed since are here too.",
            LICENCE,
        ),
        ("practice", *_NEED, "status", "source"),
        [(*row.values(), "public", "need-2025-26") for row in rows],
    )


def people_registered(extent: Extent, tables: OfficialTables) -> int:
    """How many people are on the lists of the board's practices."""
    return int(
        tables.value(
            "SELECT sum(patients) FROM lists WHERE practice IN (SELECT unnest($practices))",
            practices=extent.practices,
        )
    )


def people_figures(extent: Extent, tables: OfficialTables) -> OwnTable:
    """How many people and practices there are, which the model's people are checked against."""
    practices = tables.value(
        "SELECT count(DISTINCT practice) FROM lists "
        "WHERE practice IN (SELECT unnest($practices)) AND patients > 0",
        practices=extent.practices,
    )
    counts = {
        "people.registered": (people_registered(extent, tables), "people"),
        "people.practices": (practices, "practices"),
    }
    return OwnTable(
        "figures.csv",
        ("How many people and practices the board has.",),
        tuple(column.name for column in FIGURE_COLUMNS),
        [
            (
                *(figure, value, None, None, unit, 2026, "on the lists of its practices", "public"),
                *("gp-lists-2026-07", "practices by sex and five-year age band", ""),
            )
            for figure, (value, unit) in counts.items()
        ],
    )
