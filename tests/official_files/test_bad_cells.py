"""Cells that cannot be used, through the verb: each is named, and the place keeps its numbers."""

from __future__ import annotations

from pathlib import Path

from tests.official_files.published import (
    ae_months,
    book,
    extract,
    grown,
    own_lists,
    quinary,
    registers,
    rows_of,
    write,
)

from command_line import tripleaim


def test_a_refresh_names_every_cell_that_it_cannot_use(place: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    before = {path.name: rows_of(path) for path in place.glob("*.csv")}
    lists, later = own_lists(place), grown(place)
    spoilt, other = sorted(later)[:2]
    rows = quinary(later)
    suppressed = next(at for at, row in enumerate(rows) if row[3] == spoilt and row[6] == "MALE")
    rows[suppressed][-1] = "*"
    rows.append([*rows[-1][:3], "L123", *rows[-1][4:]])
    write(data, "lists.csv", rows)
    qof = [
        (spoilt, "AF", 9_001, "TOTAL", 9_000),
        ("L123", "AF", 10, "TOTAL", 9_000),
        (spoilt, "AST", "c", "06OV", 9_000),
        (other, "AF", 11, "TOTAL", 9_000),
    ]
    write(data, "PREVALENCE_2526.csv", registers(qof))
    ae = [("RH5", "-", *range(12)), ("RA7", 9, *[0] * 12)]
    write(data, "ae.csv", ae_months(ae, "JULY-2026", 170))
    waiting = [(code, "11X", "Part_2", "C_320", {0: 10}) for code in ("RH5", "RA7")]
    waits = extract(waiting, "February-2026")
    waits[1][13], waits[2][7] = "c", "99Z"
    write(data, "rtt.csv", waits)
    groups = ["General & Acute", "Maternity"]
    beds: list[list[object]] = [
        ["", "", "", "", "Available", "", "Occupied"],
        ["Year", "Period End", "Org Code", "Org Name", *groups, *groups],
        ["2025-26", "September", "RH5", "x", "*", 52, 1100.25, 30],
    ]
    book(data / "beds.xlsx", {"NHS Trust by Sector": beds})

    done = tripleaim("place", "refresh", place, "--data", data)
    assert done.returncode == 0, done.stderr
    refused = [
        (row["file"], row["line"], row["value"], row["expected"].split(":")[0])
        for row in rows_of(tmp_path / f"{place.name}-refused-rows.csv")
    ]
    number = "expected a number; it is suppressed or missing, which is not zero"
    weeks = "expected a number of people in each week; c in column 14 is none (suppressed?)"
    practice = "expected a practice's code"
    assert sorted(refused) == sorted(
        [
            ("ae.csv", "2", "-", number),
            ("beds.xlsx: NHS Trust by Sector", "3", "*", number),
            (
                "PREVALENCE_2526.csv",
                "2",
                "9001",
                "expected a register no larger than its list of 9,000",
            ),
            ("PREVALENCE_2526.csv", "3", "L123", practice),
            ("PREVALENCE_2526.csv", "4", "c", number),
            ("lists.csv", str(suppressed + 1), "*", number),
            ("lists.csv", str(len(rows)), "L123", practice),
            ("rtt.csv", "2", "", weeks),
        ]
    )
    assert f"a line of each was refused, so they stay as they were: {spoilt}" in done.stdout
    assert "lines of the board's commissioners that were refused: 1." in done.stdout
    assert own_lists(place) == later | {spoilt: lists[spoilt]}
    now = {
        row["practice"]: row
        for row in rows_of(place / "practice_registers.csv")
        if row["register"] == "AF"
    }
    then = {
        row["practice"]: row for row in before["practice_registers.csv"] if row["register"] == "AF"
    }
    assert now[spoilt] == then[spoilt]
    assert now[other]["register_count"] == "11"
    for name in ("ae_months.csv", "waiting_list.csv"):
        assert rows_of(place / name) == before[name]
    added = [row for row in rows_of(place / "beds.csv") if row["year"] == "2025/26"]
    assert [(row["group"], row["available"]) for row in added] == [("maternity", "52")]
