"""What followed, from a folder of official tables: read by column, and refused with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from tripleaim.board_backtest import BoardBacktest, backtest_boards, read_later_rows
from tripleaim.boards import OfficialTables
from tripleaim.place import InputError

START, TO = date(2024, 3, 31), date(2026, 3, 31)
AE = "period,icb22_code,icb_code_nhs,attendances,emergency_admissions\n"
OWN = "board,measure,period,forecast,low,high,actual\n"


def actuals(folder: Path, official: OfficialTables) -> dict[tuple[str, str, str], float]:
    later = read_later_rows(folder, START, official)
    result = backtest_boards(START, TO, tables=official, later=later.values)
    return {
        (row.board, row.measure, row.period): row.actual
        for row in result.rows
        if row.actual is not None
    }


def test_rows_of_boards_that_are_kept_back_become_actuals(
    tmp_path: Path, official: OfficialTables, from_2024: BoardBacktest
) -> None:
    (tmp_path / "ae.csv").write_text(
        AE + "2024-03-01,E54000032,QKS,1,1\n2024-04-01,E54000032,QKS,60123,17001\n"
        "2024-05-01,E54000022,QMM,40000,9000\n",
        encoding="utf-8",
    )
    (tmp_path / "delays").mkdir()
    days = "".join(f"2024-06-{day:02d},QT6,{100 + day}\n" for day in range(1, 21))
    few = "".join(f"2024-07-{day:02d},QT6,100\n" for day in range(1, 14))
    (tmp_path / "delays" / "daily.csv").write_text(
        f"date,icb_code_nhs,do_not_meet_criteria_to_reside\n{days}{few}2024-07-20,QT6,\n"
        "2024-06-25,QT6,0\n2024-07-21,QT6,0\n2024-07-22,QT6,0\n",
        "utf-8",
    )
    known = actuals(tmp_path, official)
    assert known["QKS", "ae_attendances_month", "2024-04"] == 60123
    assert known["QKS", "emergency_admissions_month", "2024-04"] == 17001
    assert known["QT6", "criteria_to_reside_mean_day", "2024-06"] == 110.5
    assert ("QT6", "criteria_to_reside_mean_day", "2024-07") not in known
    other = official.value(
        "SELECT attendances FROM ae_by_board WHERE icb24 = 'QJG' AND month = DATE '2024-05-01'"
    )
    share = (known["T6Y0W", "ae_attendances_month", "2024-05"] - 40000) / other
    assert share == pytest.approx(0.63, abs=0.005)
    before = {(r.board, r.measure, r.period) for r in from_2024.rows if r.actual is not None}
    assert set(known) - before == {
        ("QKS", "ae_attendances_month", "2024-04"),
        ("QKS", "emergency_admissions_month", "2024-04"),
        ("QT6", "criteria_to_reside_mean_day", "2024-06"),
        ("T6Y0W", "ae_attendances_month", "2024-05"),
        ("T6Y0W", "emergency_admissions_month", "2024-05"),
    }


def test_trusts_beds_and_practices_are_summed_to_their_board(
    tmp_path: Path, official: OfficialTables
) -> None:
    trusts = ("RN7", "RPA", "RVV", "RWF", "RYY")
    waiting = "".join(f"2024-09-01,{trust},{at}0000\n" for at, trust in enumerate(trusts, 1))
    (tmp_path / "rtt.csv").write_text(
        f"period,org_code,waiting\n{waiting}2024-09-01,NT337,999\n", "utf-8"
    )
    beds = "".join(f"2025-01-01,{one},general_and_acute,500.5\n" for one in trusts)
    (tmp_path / "beds.csv").write_text(
        "period_start,org_code,specialty_group,occupied_total\n"
        f"{beds}2025-01-01,RN7,maternity,77\n",
        "utf-8",
    )
    listed = official.records(
        "SELECT practice, patients FROM list_months JOIN practice_homes USING (practice) "
        "WHERE icb26 = 'QKS' AND month = DATE '2024-03-01'"
    )
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE lists (extract_date DATE, practice_code VARCHAR, patients INTEGER)"
        )
        connection.executemany(
            "INSERT INTO lists VALUES (DATE '2025-02-01', ?, ?)",
            [(row["practice"], row["patients"] + 1) for row in listed],
        )
        connection.execute(f"COPY lists TO '{(tmp_path / 'lists.parquet').as_posix()}'")
    known = actuals(tmp_path, official)
    assert known["QKS", "rtt_waiting_at_trusts", "2024-09"] == 150_000
    assert known["QKS", "general_and_acute_beds_occupied", "2024-25 Q4"] == 2502.5
    people = sum(row["patients"] + 1 for row in listed)
    assert known["QKS", "registered", "2025-02"] == people


def test_a_trust_that_is_missing_leaves_its_board_unknown(
    tmp_path: Path, official: OfficialTables
) -> None:
    (tmp_path / "rtt.csv").write_text("period,org_code,waiting\n2024-09-01,RVV,80000\n", "utf-8")
    assert ("QKS", "rtt_waiting_at_trusts", "2024-09") not in actuals(tmp_path, official)


def test_a_trust_that_merged_is_read_under_its_old_code_too(
    tmp_path: Path, official: OfficialTables, from_2024: BoardBacktest
) -> None:
    key = ("Z9B2Z", "general_and_acute_beds_occupied", "2024-25 Q1")
    (before,) = [
        row.actual for row in from_2024.rows if (row.board, row.measure, row.period) == key
    ]
    own = official.value(
        "SELECT occupied FROM beds_quarters WHERE trust = 'RAL' AND \"from\" = DATE '2024-04-01'"
    )
    (tmp_path / "beds.csv").write_text(
        "period_start,org_code,specialty_group,occupied_total\n"
        "2024-04-01,RAL,general_and_acute,700\n2024-04-01,RAP,general_and_acute,300\n",
        "utf-8",
    )
    assert before is not None
    assert actuals(tmp_path, official)[key] == pytest.approx(before - own + 1000, abs=0.06)


def test_what_the_verb_writes_can_be_read_again(tmp_path: Path, official: OfficialTables) -> None:
    (tmp_path / "own.csv").write_text(
        OWN + "QKS,general_and_acute_beds_occupied,2025-26 Q1,1,1,1,2600.5\n"
        "T6Y0W,registered,2024-04,1,1,1,\nT6Y0W,registered,2024-05,1,1,1,1790000\n",
        "utf-8",
    )
    known = actuals(tmp_path, official)
    assert known["QKS", "general_and_acute_beds_occupied", "2025-26 Q1"] == 2600.5
    assert known["T6Y0W", "registered", "2024-05"] == 1_790_000
    assert ("T6Y0W", "registered", "2024-04") not in known


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("ae.csv", AE + "2024-05-01,E,QKS,many,1\n", 'line 2, column "attendances": "many"'),
        ("ae.csv", AE + "2024-05-01,E,QKS,-1,1\n", "expected a number of 0 or more"),
        ("ae.csv", AE + "2024-05-01,E,QKS,inf,1\n", "expected a number of 0 or more"),
        ("ae.csv", AE + "2024-05-01,E,QKX,1,1\n", "expected a board of 2024 by its code"),
        ("ae.csv", AE + "May 2024,E,QKS,1,1\n", "expected a day such as 2024-04-01"),
        ("ae.csv", AE + "2024-05-01,E,QKS,1\n", "line 2: expected 5 cells"),
        (
            "ae.csv",
            AE + "2024-05-01,E,QKS,1,1\n2024-05-01,E,QKS,2,1\n",
            "line 3, column",
        ),
        ("own.csv", OWN + "QMM,registered,2024-05,1,1,1,1\n", "expected a board of now"),
        ("own.csv", OWN + "QKS,regstered,2024-05,1,1,1,1\n", 'Did you mean "registered"?'),
        ("own.csv", OWN + "QKS,registered,May,1,1,1,1\n", "expected a period such as 2024-04"),
        ("ae.csv", AE + "2024-03-01,E,QKS,1,1\n", "expected rows after 2024-03-31"),
        ("ae.csv", "period,org,attendances\n2024-05-01,RVV,1\n", "expected rows after 2024-03-31"),
        ("notes.txt", "nothing", "there is no CSV or Parquet file"),
        ("empty.csv", "", "expected rows after 2024-03-31"),
        ("ae.parquet", "not Parquet", "expected a Parquet file that can be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    name: str, text: str, said: str, tmp_path: Path, official: OfficialTables
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_later_rows(tmp_path, START, official)
    assert said in str(refused.value)


def test_a_table_in_another_encoding_is_refused(tmp_path: Path, official: OfficialTables) -> None:
    (tmp_path / "ae.csv").write_bytes((AE + "2024-05-01,é,QKS,1,1\n").encode("latin-1"))
    with pytest.raises(InputError, match="expected text in UTF-8"):
        read_later_rows(tmp_path, START, official)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, official: OfficialTables) -> None:
    with pytest.raises(InputError, match="expected a folder of tables"):
        read_later_rows(tmp_path / "later", START, official)


def test_other_tables_are_left_alone_and_said_the_nearest_first(
    tmp_path: Path, official: OfficialTables
) -> None:
    (tmp_path / "ae.csv").write_text(AE + "2024-05-01,E,QKS,1,1\n", "utf-8")
    (tmp_path / "a.csv").write_text("colour\nred\n", "utf-8")
    (tmp_path / "rtt.csv").write_text("period,org_code,wating\n2024-05-01,RVV,1\n", "utf-8")
    (tmp_path / "ages.csv").write_text(
        "extract_date,practice_code,age_band,patients\n2024-05-01,A81001,0-4,1\n", "utf-8"
    )
    later = read_later_rows(tmp_path, START, official)
    assert later.read == ("ae.csv: A&E by board and month, 2 values after the start",)
    assert [note.split(":")[0] for note in later.unread] == ["ages.csv", "rtt.csv", "a.csv"]
    assert later.unread[1].endswith("to be waiting list by trust and month it lacks waiting")
