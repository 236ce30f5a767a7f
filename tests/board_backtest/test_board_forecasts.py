"""Every board's measures are forecast by month or quarter from what was known by a day."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tripleaim.board_backtest import MEASURES, BoardBacktest, backtest_boards, scores_by
from tripleaim.boards import OfficialTables, boards, extent_of
from tripleaim.boards.allocations import share_of
from tripleaim.boards.official import FOLDER
from tripleaim.place import InputError

START, TO = date(2024, 3, 31), date(2026, 3, 31)
ROOT = Path(__file__).parents[2]
KEPT_BACK = {"QE1", "QK1", "QKS", "QMF", "QT6", "T6Y0W"}
"""Boards of now that have a board of 2024 whose later rows do not come along."""
MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13)][3:27]
QUARTERS = [f"{year} Q{quarter}" for year in ("2024-25", "2025-26") for quarter in (1, 2, 3, 4)]
LATER_COLUMNS = {
    "ae_by_board": ("month", ("attendances", "emergency_admissions")),
    "ae_by_board_before": ("month", ("attendances", "emergency_admissions")),
    "beds_quarters": ('"from"', ("occupied",)),
    "delays_by_board": ("month", ("no_criteria",)),
    "list_months": ("month", ("patients",)),
    "rtt_months": ("month", ("waiting",)),
}


def test_every_board_has_every_measure_in_every_period(
    from_2024: BoardBacktest, official: OfficialTables
) -> None:
    periods: dict[tuple[str, str], list[str]] = {}
    for row in from_2024.rows:
        periods.setdefault((row.board, row.measure), []).append(row.period)
    codes = [board.code for board in boards(official)]
    assert list(periods) == [(code, one.id) for one in MEASURES for code in codes]
    for (_, measure), found in periods.items():
        quarterly = measure == "general_and_acute_beds_occupied"
        assert found == (QUARTERS if quarterly else MONTHS)


def test_a_forecast_is_inside_its_interval_and_positive(from_2024: BoardBacktest) -> None:
    assert all(0 < row.low < row.forecast < row.high for row in from_2024.rows)


def test_intervals_are_wider_further_ahead(from_2024: BoardBacktest) -> None:
    rows = [row for row in from_2024.rows if row.measure == "rtt_waiting_at_trusts"]
    width = {(row.board, row.period): row.high / row.low for row in rows}
    for board in {row.board for row in rows}:
        assert width[board, "2024-04"] < width[board, "2025-03"] < width[board, "2026-03"]


def test_boards_that_are_kept_back_have_no_actual_and_others_have(
    from_2024: BoardBacktest,
) -> None:
    known = Counter(row.board for row in from_2024.rows if row.actual is not None)
    assert set(known) == {row.board for row in from_2024.rows} - KEPT_BACK
    by_measure = Counter(row.measure for row in from_2024.rows if row.actual is not None)
    assert by_measure["ae_attendances_month"] == 30 * 16
    assert by_measure["emergency_admissions_month"] == 30 * 16
    assert by_measure["general_and_acute_beds_occupied"] == 30 * 4
    assert by_measure["registered"] == 30 * 17


def test_an_actual_is_the_official_value(
    from_2024: BoardBacktest, official: OfficialTables
) -> None:
    actual = {(row.board, row.measure, row.period): row.actual for row in from_2024.rows}
    attendances, admissions = official.records(
        "SELECT attendances, emergency_admissions FROM ae_by_board "
        "WHERE icb24 = 'QSL' AND month = DATE '2025-01-01'"
    )[0].values()
    assert actual["QSL", "ae_attendances_month", "2025-01"] == attendances
    assert actual["QSL", "emergency_admissions_month", "2025-01"] == admissions
    listed = official.value(
        "SELECT sum(patients) FROM list_months JOIN practice_homes USING (practice) "
        "WHERE icb26 = 'S9B9J' AND month = DATE '2025-07-01'"
    )
    assert actual["S9B9J", "registered", "2025-07"] == listed


def test_a_split_board_is_shared_as_its_allocation_is(official: OfficialTables) -> None:
    homes = {
        (row["part"], row["board"]): row["share"] for row in official.records(MEASURES[0].homes)
    }
    assert sum(homes.values()) == pytest.approx(42)
    for board in boards(official):
        for before in board.before:
            share = share_of(extent_of(board, official), before, "core", official)
            assert homes[before, board.code] == pytest.approx(share, abs=0.001)


def test_a_trust_is_in_one_board(official: OfficialTables) -> None:
    waiting = next(one for one in MEASURES if one.id == "rtt_waiting_at_trusts")
    homes = official.records(waiting.homes)
    assert len(homes) == len({row["part"] for row in homes})
    named = {row["part"]: row["board"] for row in homes}
    assert {code: named[code] for code in ("RH5", "RM1", "RGR", "RDE", "RDU")} == {
        "RH5": "QSL",
        "RM1": "T6Y0W",
        "RGR": "T6Y0W",
        "RDE": "D7T5G",
        "RDU": "S0E4D",
    }
    assert set(named.values()) == {board.code for board in boards(official)}


@pytest.mark.parametrize("later", ["multiplied", "removed"])
def test_nothing_after_the_start_changes_a_forecast(
    later: str, from_2024: BoardBacktest, tmp_path: Path
) -> None:
    tables = tmp_path / "official"
    shutil.copytree(FOLDER, tables)
    with duckdb.connect() as connection:
        for name, (day, columns) in LATER_COLUMNS.items():
            (file,) = tables.glob(f"{name}.parquet")
            changed = ", ".join(
                f"CASE WHEN {day} > DATE '2024-03-31' THEN {one} * 7 + 1 ELSE {one} END AS {one}"
                for one in columns
            )
            what = f"SELECT * REPLACE ({changed}) FROM '{file}'"  # noqa: S608 - our own
            if later == "removed":
                what = f"SELECT * FROM '{file}' WHERE {day} <= DATE '2024-03-31'"  # noqa: S608
            connection.execute(f"CREATE TABLE changed AS {what}")
            connection.execute(f"COPY changed TO '{file}' (FORMAT parquet)")
            connection.execute("DROP TABLE changed")
    with OfficialTables(tables) as opened:
        again = backtest_boards(START, TO, tables=opened)
    assert [(row.board, row.period, row.forecast, row.low, row.high) for row in again.rows] == [
        (row.board, row.period, row.forecast, row.low, row.high) for row in from_2024.rows
    ]
    assert [row.actual for row in again.rows] != [row.actual for row in from_2024.rows]


def test_the_naive_forecasts_use_nothing_after_the_start(
    from_2024: BoardBacktest, official: OfficialTables
) -> None:
    rows = {(row.board, row.measure, row.period): row for row in from_2024.rows}
    of_month = dict(
        record.values()
        for record in official.records(
            "SELECT strftime(month, '%Y-%m') AS month, attendances FROM ae_by_board "
            "WHERE icb24 = 'QSL'"
        )
    )
    for period, before in (("2024-04", "2023-04"), ("2025-04", "2023-04"), ("2026-03", "2024-03")):
        row = rows["QSL", "ae_attendances_month", period]
        assert row.year_before == of_month[before]
        assert row.last_value == of_month["2024-03"]


def test_forecasts_are_better_than_naive_ones_but_for_waiting_lists(
    from_2024: BoardBacktest,
) -> None:
    scores = scores_by(from_2024.rows, lambda row: row.measure)
    better = {}
    for measure in MEASURES:
        one = scores[measure.id]
        naive = one.year_before_error_pct if measure.yearly else one.last_value_error_pct
        assert naive is not None
        better[measure.id] = one.error_pct < naive
        assert one.coverage_pct > 75
    assert [name for name, is_better in better.items() if not is_better] == [
        "rtt_waiting_at_trusts"
    ]


def test_the_page_of_results_has_what_the_verb_calculates(from_2024: BoardBacktest) -> None:
    page = (ROOT / "docs" / "background" / "back-test-of-boards.md").read_text(encoding="utf-8")
    scores = scores_by(from_2024.rows, lambda row: row.measure)
    for measure in MEASURES:
        one = scores[measure.id]
        before = one.year_before_error_pct
        cells = [
            measure.title,
            str(one.compared),
            f"{one.error_pct:.1f}%",
            f"{one.bias_pct:+.1f}%",
            f"{one.coverage_pct:.0f}%",
            f"{one.last_value_error_pct:.1f}%",
            "not known" if before is None else f"{before:.1f}%",
        ]
        assert f"| {' | '.join(cells)} |" in page
    by_board = scores_by(from_2024.rows, lambda row: (row.measure, row.board))
    worst = page.partition("## The worst boards")[2].partition("\n## ")[0]
    for measure in MEASURES:
        errors = {board: one for (name, board), one in by_board.items() if name == measure.id}
        for board in sorted(errors, key=lambda board: -errors[board].error_pct)[:3]:
            name = from_2024.names[board].removeprefix("NHS ")
            assert f"{name} {errors[board].error_pct:.1f}%" in worst


def test_a_later_start_has_fewer_periods(official: OfficialTables) -> None:
    result = backtest_boards(date(2025, 8, 15), TO, tables=official)
    of_board = [row for row in result.rows if row.board == "QSL"]
    first = {row.measure: row.period for row in reversed(of_board)}
    assert first == {
        "ae_attendances_month": "2025-08",
        "emergency_admissions_month": "2025-08",
        "criteria_to_reside_mean_day": "2025-08",
        "rtt_waiting_at_trusts": "2025-08",
        "general_and_acute_beds_occupied": "2025-26 Q2",
        "registered": "2025-09",
    }


def test_a_quarter_that_is_not_over_is_not_forecast(official: OfficialTables) -> None:
    result = backtest_boards(date(2025, 12, 31), date(2026, 3, 30), tables=official)
    found = Counter(row.measure for row in result.rows)
    assert found == {
        "ae_attendances_month": 36 * 2,
        "emergency_admissions_month": 36 * 2,
        "criteria_to_reside_mean_day": 36 * 2,
        "rtt_waiting_at_trusts": 36 * 2,
        "registered": 36 * 3,
    }


def test_a_board_that_is_partly_published_is_forecast_whole(
    from_2024: BoardBacktest, official: OfficialTables
) -> None:
    """Norfolk and Suffolk has no rows of Norfolk after March 2024: it is forecast from that month,
    and not as Suffolk alone."""
    result = backtest_boards(date(2025, 12, 31), TO, tables=official)
    of_norfolk = [row for row in result.rows if row.board == "T6Y0W"]
    before = {(row.measure, row.period): row for row in from_2024.rows if row.board == "T6Y0W"}
    assert len(of_norfolk) == 5 * 3 + 1
    for row in of_norfolk:
        early = before[row.measure, row.period]
        assert row.forecast == pytest.approx(early.forecast, rel=0.03), row.measure
        assert row.last_value == early.last_value


def test_a_start_before_there_is_enough_to_learn_from_is_refused(
    official: OfficialTables,
) -> None:
    with pytest.raises(InputError, match="expected a later day"):
        backtest_boards(date(2022, 6, 30), TO, tables=official)
