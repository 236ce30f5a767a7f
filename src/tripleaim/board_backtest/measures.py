"""The six measures: where each is read, and which boards its parts belong to."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.board_backtest.periods import FIRST_OF_MONTH, MONTH, QUARTER, Cadence

_BOARDS_OF_2024 = """
WITH needed AS (
    SELECT n.icb24, h.icb26, sum(n.core) AS need FROM need AS n
    JOIN practice_homes AS h USING (practice)
    JOIN boards AS b ON (n.icb24, h.icb26) = (b.icb24, b.icb26)
    GROUP BY ALL
)
SELECT icb24 AS part, icb26 AS board, need / sum(need) OVER (PARTITION BY icb24) AS share
FROM needed
"""
"""A board of 2024 goes to its successors by their practices' need for core services."""
_TRUSTS = """
WITH named AS (
    SELECT trust, unnest(string_split(systems24, '; ')) AS system FROM trusts
    WHERE coalesce(icb26, '') = '' AND coalesce(icb24, '') = ''
), candidates AS (
    SELECT trust, icb26 AS board FROM trusts WHERE icb26 <> ''
    UNION SELECT t.trust, b.icb26 FROM trusts AS t JOIN boards AS b USING (icb24)
    WHERE coalesce(t.icb26, '') = ''
    UNION SELECT trust, b.icb26 FROM named JOIN boards AS b
    ON b.name24 = 'NHS ' || system || ' Integrated Care Board'
), went AS (SELECT sub_icb24, list(icb26) AS boards FROM sub_icbs GROUP BY sub_icb24
), patients AS (
    SELECT provider AS trust, board, sum(w.waiting / len(boards)) AS waiting
    FROM waiting AS w JOIN went USING (sub_icb24), unnest(boards) AS u(board) GROUP BY ALL
)
SELECT trust AS part, board, 1 AS share FROM candidates LEFT JOIN patients USING (trust, board)
QUALIFY row_number() OVER (PARTITION BY trust ORDER BY waiting DESC NULLS LAST, board) = 1
"""
"""A trust goes whole to its board; of several, to the one with most of its waiting list."""
_LISTS = """
SELECT DISTINCT icb24 || ' ' || icb26 AS part, icb26 AS board, 1 AS share
FROM practice_homes WHERE icb24 <> '' AND icb26 <> ''
"""
_AE = """
WITH ratio AS (
    SELECT icb24, sum(a.{0}) / sum(b.{0}) AS ratio
    FROM ae_by_board AS a JOIN ae_by_board_before AS b USING (icb24, month)
    WHERE last_day(month) <= $start GROUP BY icb24
)
SELECT icb24 AS part, month AS "from", CAST({0} AS DOUBLE) AS value FROM ae_by_board
UNION ALL
SELECT icb24, month, {0} * ratio FROM ae_by_board_before JOIN ratio USING (icb24)
WHERE month < (SELECT min(month) FROM ae_by_board)
"""
"""Before boards were published, providers' sums, raised to the boards' of the same months."""


LEAST_DAYS = 15
"""Days of a month that must be reported for their mean to be the month's."""
_DELAYS = f"""
SELECT icb24 AS part, month AS "from", no_criteria AS value FROM delays_by_board
WHERE days >= {LEAST_DAYS}
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class BoardMeasure:
    """A measure of a board by month or quarter.

    `values` gives part, from (first day of the period) and value, `homes` part, board and share;
    a part is a board of 2024, a trust, or the practices that went from one board to another.
    `yearly` says that the naive forecast is the same period a year before, not the last value.
    `gap` is how many periods in a row may be filled in between two that are known, `seasonal`
    whether months or quarters differ, `digits` how many decimals are written. `needs_pandemic` says
    that months of the pandemic are used too, and `least_of_usual` which share of what a part
    usually is makes it whole: less is a part that was not all reported.
    """

    id: str
    title: str
    cadence: Cadence
    values: str
    homes: str
    yearly: bool
    gap: int = 3
    digits: int = 0
    seasonal: bool = True
    needs_pandemic: bool = False
    least_of_usual: float = 0.0


MEASURES = (
    BoardMeasure(
        "ae_attendances_month",
        "A&E attendances",
        MONTH,
        _AE.format("attendances"),
        _BOARDS_OF_2024,
        yearly=True,
    ),
    BoardMeasure(
        "emergency_admissions_month",
        "Emergency admissions",
        MONTH,
        _AE.format("emergency_admissions"),
        _BOARDS_OF_2024,
        yearly=True,
    ),
    BoardMeasure(
        "criteria_to_reside_mean_day",
        "Patients a day without criteria to reside",
        MONTH,
        _DELAYS,
        _BOARDS_OF_2024,
        yearly=True,
        digits=1,
    ),
    BoardMeasure(
        "rtt_waiting_at_trusts",
        "People waiting at trusts, end of month",
        MONTH,
        'SELECT trust AS part, month AS "from", CAST(waiting AS DOUBLE) AS value FROM rtt_months',
        _TRUSTS,
        yearly=False,
    ),
    BoardMeasure(
        "general_and_acute_beds_occupied",
        "General and acute beds occupied",
        QUARTER,
        'SELECT trust AS part, "from", occupied AS value FROM beds_quarters',
        _TRUSTS,
        yearly=False,
        gap=1,
        digits=1,
    ),
    BoardMeasure(
        "registered",
        "Registered patients, first of month",
        FIRST_OF_MONTH,
        "SELECT icb24 || ' ' || icb26 AS part, month AS \"from\", "
        "CAST(sum(patients) AS DOUBLE) AS value FROM list_months JOIN practice_homes "
        "USING (practice) WHERE icb24 <> '' AND icb26 <> '' GROUP BY ALL",
        _LISTS,
        yearly=False,
        gap=24,
        seasonal=False,
        needs_pandemic=True,
        least_of_usual=0.5,
    ),
)
