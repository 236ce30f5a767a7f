"""What is measured of the board's care: waiting, A&E, beds, delays, staff, council spend."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.boards.extents import HERE, Extent, board_shares
from tripleaim.boards.official import OfficialTables, Record
from tripleaim.boards.own_tables import Cell, OwnTable, in_title_case
from tripleaim.boards.people import LICENCE
from tripleaim.boards.trusts import Council, OwnTrust
from tripleaim.boards.years import BASE_YEAR, YEARS
from tripleaim.tables import financial_year_of

_BANDS = (0, 18, 26, 52, 65, 78, 104)
_BAND_COLUMNS = ("0_18", "18_26", "26_52", "52_65", "65_78", "78_104", "104_plus")
_BY_BAND = ", ".join(f"round(sum(weeks_{band} * part), 0)" for band in _BAND_COLUMNS)
_WAITING = f"""
WITH here AS (SELECT unnest($locations) AS sub_icb24, unnest($parts) AS part)
SELECT provider, s.name AS specialty, {_BY_BAND}
FROM waiting JOIN here USING (sub_icb24) JOIN specialties AS s USING (specialty)
GROUP BY provider, s.name ORDER BY provider, s.name
"""  # noqa: S608 - our own words
_AE_OF_TRUSTS = """
SELECT provider, strftime(month, '%Y-%m') AS month, type1 + type2 + other AS attendances, type1,
       over_4_hours, admitted_from_ae, admitted_from_ae + admitted_directly AS admitted
FROM ae WHERE provider IN (SELECT unnest($trusts)) ORDER BY provider, month
"""
_AE_OF_BOARD = """
SELECT strftime(month, '%Y-%m') AS month, sum(attendances) AS attendances, NULL AS type1,
       NULL AS over_4_hours, NULL AS through_ae, sum(emergency_admissions) AS admitted
FROM ae_by_board WHERE icb24 IN (SELECT unnest($before)) AND month >= DATE '2023-04-01'
GROUP BY month HAVING count(*) = $parts ORDER BY month
"""


_AE_OF_PART = """
WITH here AS (SELECT unnest($boards) AS icb24, unnest($parts) AS part)
SELECT strftime(month, '%Y-%m') AS month, round(sum(attendances * part)) AS attendances,
       NULL AS type1, NULL AS over_4_hours, NULL AS through_ae,
       round(sum(emergency_admissions * part)) AS admitted
FROM ae_by_board JOIN here USING (icb24) WHERE month >= DATE '2023-04-01'
GROUP BY month HAVING count(*) = (SELECT count(*) FROM here) ORDER BY month
"""
_DELAYS_OF_PART = """
WITH here AS (SELECT unnest($boards) AS icb24, unnest($parts) AS part)
SELECT strftime(month, '%Y-%m') AS month, round(sum(no_criteria * part), 1) AS patients
FROM delays_by_board JOIN here USING (icb24) WHERE month >= DATE '2023-04-01'
GROUP BY month HAVING count(*) = (SELECT count(*) FROM here) ORDER BY month
"""
SHARED_BY_NEED = (
    "The place's own rows are its part of its boards of 2024: the need of its practices in theirs."
)


def _shared(sql: str, extent: Extent, tables: OfficialTables) -> list[Record]:
    """Rows of boards of 2024, each board by the part of it that is the place's.

    Boards with less than a hundredth of the place's need are left out, and the others raised by it.
    """
    shares = board_shares(extent, tables)
    kept = sum(one.of_place for one in shares)
    return tables.records(
        sql, boards=[one.code for one in shares], parts=[one.of_board / kept for one in shares]
    )


def waiting_list(extent: Extent, tables: OfficialTables) -> OwnTable:
    """The board's people who wait, by provider, specialty and how long."""
    rows = [
        (provider, specialty, weeks, int(waiting), extent.status, "rtt-2026-01")
        for provider, specialty, *by_band in (
            row.values()
            for row in tables.records(
                _WAITING,
                locations=list(extent.locations),
                parts=list(extent.locations.values()),
            )
        )
        for weeks, waiting in zip(_BANDS, by_band, strict=True)
        if waiting
    ]
    return OwnTable(
        "waiting_list.csv",
        (
            "People of the board who wait to start treatment, end of January 2026, by provider,",
            "specialty and weeks waited, from weeks_from up to the next row's (source",
            "rtt-2026-01).",
            LICENCE,
        ),
        ("provider", "specialty", "weeks_from", "waiting", "status", "source"),
        rows,
    )


def waiting_weeks(tables: OfficialTables, trusts: Sequence[OwnTrust]) -> OwnTable:
    """The lists of the board's own trusts by specialty and week."""
    rows = tables.records(
        "SELECT provider, s.name, week, waiting FROM waiting_weeks "
        "JOIN specialties AS s USING (specialty) "
        "WHERE provider IN (SELECT unnest($trusts)) ORDER BY provider, s.name, week",
        trusts=[one.code for one in trusts],
    )
    return OwnTable(
        "waiting_weeks.csv",
        (
            "Everybody who waits at the board's own trusts, wherever they come from, by",
            "specialty and",
            "week, end of January 2026; 104: 104 weeks and over (source rtt-2026-01).",
            LICENCE,
        ),
        ("organisation", "specialty", "week", "waiting", "status", "source"),
        [(*row.values(), "public", "rtt-2026-01") for row in rows],
    )


def ae_attendances(extent: Extent, tables: OfficialTables, trusts: Sequence[OwnTrust]) -> OwnTable:
    """A&E by month of the board's own trusts, and of the board where it is a whole one of 2024."""
    own = tables.records(_AE_OF_TRUSTS, trusts=[one.code for one in trusts])
    of_board = (
        tables.records(_AE_OF_BOARD, before=list(extent.before), parts=len(extent.before))
        if extent.is_board
        else _shared(_AE_OF_PART, extent, tables)
    )
    return OwnTable(
        "ae_months.csv",
        (
            "A&E by month from April 2023 at the board's own trusts, and in the board as a whole",
            "where it has all of its boards of 2024 (source ae-monthly-2026): attendances,",
            "those at",
            "departments of type 1, waits over four hours, emergency admissions through A&E and of",
            "all kinds. What is empty, and a month that is not here, is not in the source. From",
            "November 2025 the statistics rest on another data set, a break in the series.",
            *(() if extent.is_board else (SHARED_BY_NEED,)),
            LICENCE,
        ),
        (
            *("organisation", "month", "attendances", "type1", "over_4_hours"),
            *("admitted_through_ae", "emergency_admissions", "status", "source"),
        ),
        [
            *((*row.values(), "public", "ae-monthly-2026") for row in own),
            *(
                (extent.code, *row.values(), extent.status, "ae-monthly-2026")
                for row in of_board
                if extent.before == extent.whole or not extent.is_board
            ),
        ],
    )


def access_targets(tables: OfficialTables) -> OwnTable:
    """The waiting-time targets of the planning rounds, in the years of the place."""
    rows = tables.records(
        'SELECT target, what, year, value, due, "where" FROM access_targets '
        "WHERE year IN (SELECT unnest($years)) ORDER BY target, year",
        years=[BASE_YEAR, *YEARS],
    )
    return OwnTable(
        "access_targets.csv",
        (
            "Waiting-time targets of the planning rounds, per cent of people within the time",
            "(source planning-rounds-2025-28): the same for every place. A year that is not here",
            "was not found: add it with its source.",
        ),
        ("target", "what", "year", "value", "due", "status", "source", "where"),
        [
            (
                *(row["target"], row["what"], row["year"], float(row["value"]), row["due"]),
                *("public", "planning-rounds-2025-28", row["where"]),
            )
            for row in rows
        ],
    )


def beds(tables: OfficialTables, trusts: Sequence[OwnTrust]) -> OwnTable:
    """Overnight beds of the board's own trusts by quarter."""
    rows = tables.records(
        """
        SELECT trust, "from", replace("group", '_', ' ') AS kind, available, occupied FROM beds
        WHERE trust IN (SELECT unnest($trusts)) ORDER BY trust, "from", kind
        """,
        trusts=[one.code for one in trusts],
    )
    return OwnTable(
        "beds.csv",
        (
            "Average daily overnight beds, available and occupied, by trust and quarter (source",
            "kh03-2023-2025). Mental illness and learning disabilities are not in the source.",
            LICENCE,
        ),
        ("organisation", "year", "quarter", "group", "available", "occupied", "status", "source"),
        [
            (
                *(row["trust"], financial_year_of(row["from"])),
                *(f"Q{(row['from'].month - 4) % 12 // 3 + 1}", row["kind"]),
                *(row["available"], row["occupied"], "public", "kh03-2023-2025"),
            )
            for row in rows
        ],
    )


def delays(extent: Extent, tables: OfficialTables, trusts: Sequence[OwnTrust]) -> OwnTable:
    """Patients who no longer need to be in hospital: own trusts in 2025/26, the board by month."""
    own = tables.records(
        "SELECT trust, no_criteria, discharged FROM delays WHERE trust IN (SELECT unnest($trusts)) "
        "ORDER BY trust",
        trusts=[one.code for one in trusts],
    )
    months = (
        _shared(_DELAYS_OF_PART, extent, tables)
        if not extent.is_board
        else tables.records(
            "SELECT strftime(month, '%Y-%m') AS month, sum(no_criteria) AS patients "
            "FROM delays_by_board "
            "WHERE icb24 IN (SELECT unnest($before)) AND month >= DATE '2023-04-01' "
            "GROUP BY month HAVING count(*) = $parts ORDER BY month",
            before=list(extent.whole),
            parts=len(extent.whole),
        )
    )
    source = "discharge-delays-2025-26"
    whole = extent.whole == extent.before or not extent.is_board
    return OwnTable(
        "delays.csv",
        (
            "Patients a day who no longer meet the criteria to reside (source",
            "discharge-delays-2025-26): a trust's mean of 2025/26, the board's mean of each month.",
            *(
                ()
                if whole
                else ("The board has part of another of 2024: by month it is not known.",)
            ),
            *(() if extent.is_board else (SHARED_BY_NEED,)),
            LICENCE,
        ),
        ("organisation", "period", "patients_a_day", "discharged_a_day", "status", "source"),
        [
            *(
                (row["trust"], "2025/26", row["no_criteria"], row["discharged"], "public", source)
                for row in own
            ),
            *(
                (extent.code, row["month"], row["patients"], None, extent.status, source)
                for row in months
                if whole
            ),
        ],
    )


def staff_in_post(extent: Extent, tables: OfficialTables, trusts: Sequence[OwnTrust]) -> OwnTable:
    """Staff of own trusts, of primary care networks, and doctors in practices."""
    return OwnTable(
        "staff_in_post.csv",
        (
            "Staff, full-time equivalents: trusts' means of 2024/25 (source sickness-2024-25),",
            "those employed by primary care networks on 30 June 2026 (source",
            "pcn-workforce-2026-06), doctors in practices of districts that lie wholly in the",
            "board (source gp-workforce-2024). An employer that is not here is not in the source.",
            LICENCE,
        ),
        ("employer", "period", "group", "fte", "status", "source"),
        [
            *_staff_of_trusts(tables, trusts),
            *_staff_of_networks(extent, tables),
            *_doctors(extent, tables),
        ],
    )


def _staff_of_trusts(tables: OfficialTables, trusts: Sequence[OwnTrust]) -> list[tuple[Cell, ...]]:
    rows = tables.records(
        "SELECT organisation, fte FROM staff WHERE organisation IN (SELECT unnest($trusts)) "
        "ORDER BY organisation",
        trusts=[one.code for one in trusts],
    )
    parts = {one.code: one.part for one in trusts}
    return [
        (
            *(row["organisation"], "2024/25", "all staff"),
            *(
                row["fte"]
                if (part := parts[row["organisation"]]) == 1
                else round(row["fte"] * part, 1),
            ),
            *("public" if part == 1 else "assumed", "sickness-2024-25"),
        )
        for row in rows
    ]


def _staff_of_networks(extent: Extent, tables: OfficialTables) -> list[tuple[Cell, ...]]:
    rows = tables.records(
        "SELECT n.name, staff_group, sum(fte * part) AS fte FROM network_staff "
        "JOIN (SELECT unnest($networks) AS network, unnest($parts) AS part) USING (network) "
        "JOIN (SELECT network, any_value(name) AS name FROM networks GROUP BY network) AS n "
        "USING (network) GROUP BY ALL ORDER BY ALL",
        networks=list(extent.networks),
        parts=list(extent.networks.values()),
    )
    return [
        (
            *(in_title_case(row["name"]), "2026-06", row["staff_group"], round(row["fte"], 2)),
            *("public", "pcn-workforce-2026-06"),
        )
        for row in rows
    ]


def _doctors(extent: Extent, tables: OfficialTables) -> list[tuple[Cell, ...]]:
    rows = tables.records(
        f"WITH {HERE} SELECT d.name, gp_fte FROM gp_staff JOIN districts AS d USING (district) "  # noqa: S608 - our own words
        "WHERE district IN (SELECT district FROM here GROUP BY district HAVING bool_and(here)) "
        "ORDER BY d.name",
        areas=extent.areas,
    )
    source = ("public", "gp-workforce-2024")
    return [
        (row["name"], "2024/25", "general practitioners", row["gp_fte"], *source) for row in rows
    ]


def council_spend(extent: Extent, tables: OfficialTables, councils: Sequence[Council]) -> OwnTable:
    """What the councils spend on care, children and public health, the last three years.

    Of a place that is no board: the part of a council's spend that its residents are of its people.
    """
    parts = {one.code: 1.0 if extent.is_board else one.part for one in councils}
    rows = tables.records(
        "SELECT council, year, service, pounds FROM council_spend "
        "WHERE council IN (SELECT unnest($councils)) ORDER BY council, year, service",
        councils=[one.code for one in councils],
    )
    return OwnTable(
        "council_spend.csv",
        (
            "Net spend of the councils, pounds, revenue outturn (source council-outturn-2022-25).",
            "A year that is not here was not submitted, or is not in the source.",
            LICENCE,
        ),
        ("organisation", "year", "service", "pounds", "status", "source"),
        [
            (
                *(row["council"], row["year"], row["service"]),
                row["pounds"]
                if (part := parts[row["council"]]) == 1
                else round(row["pounds"] * part),
                *("public" if part == 1 else "assumed", "council-outturn-2022-25"),
            )
            for row in rows
        ],
    )
