"""plan.xlsx can be followed from total to line, and moves when a line is changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from formulas import Sheets

from tripleaim.wording import position_name

YEARS = ("2016/17", "2017/18", "2018/19", "2019/20", "2020/21")


@pytest.fixture
def book(somerset_run: Path) -> Any:
    return openpyxl.load_workbook(somerset_run / "plan.xlsx")


@pytest.fixture(scope="module")
def plan(somerset_run: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((somerset_run / "plan.json").read_text("utf-8"))
    return loaded


def row_of(sheet: Any, *said: str) -> int:
    rows = [
        row
        for row in range(4, sheet.max_row + 1)
        if set(said) <= {sheet.cell(row, column).value for column in range(1, 6)}
    ]
    assert len(rows) == 1, (said, rows)
    return rows[0]


def test_every_formula_comes_to_the_value_stored_beside_it(somerset_run: Path, book: Any) -> None:
    stored = openpyxl.load_workbook(somerset_run / "plan.xlsx", data_only=True)
    sheets, seen = Sheets(book), 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    seen += 1
                    there = stored[sheet.title][cell.coordinate].value
                    assert sheets.value(sheet.title, cell.coordinate) == pytest.approx(
                        there, abs=1e-6
                    ), f"{sheet.title}!{cell.coordinate}"
    assert seen > 150


@pytest.mark.parametrize(
    ("name", "scenario"),
    [
        ("Do nothing, uncalibrated", "do_nothing_uncalibrated"),
        ("Do nothing", "do_nothing"),
        ("As claimed", "as_claimed"),
        ("As claimed, after STF", "as_claimed_after_stf"),
        ("After overlap", "after_overlap"),
        (position_name("on_evidence"), "on_evidence"),
    ],
)
def test_no_position_of_the_gap_is_typed_in(
    book: Any, plan: dict[str, Any], name: str, scenario: str
) -> None:
    sheet, sheets = book["Gap"], Sheets(book)
    at = row_of(sheet, name, "NHS")
    for column, year in enumerate(YEARS, start=3):
        assert sheet.cell(at, column).data_type == "f"
        worked_out = sheets.value("Gap", sheet.cell(at, column).coordinate)
        assert worked_out == pytest.approx(plan["gap_gbp_m"][scenario][year], abs=1e-6)
    for side in () if scenario.endswith("stf") else ("commissioner", "providers"):
        row = row_of(sheet, name, side)
        assert all(sheet.cell(row, column).data_type == "f" for column in range(3, 9))


def test_do_nothing_in_the_gap_points_at_the_positions_of_its_lines(book: Any) -> None:
    gap, lines = book["Gap"], book["Do nothing"]
    at = row_of(lines, "providers", "Position")
    assert gap.cell(row_of(gap, "Do nothing", "providers"), 7).value == f"='Do nothing'!H{at}"
    assert lines.cell(at, 8).value.startswith("=SUM(H")


@pytest.mark.parametrize(
    ("sheet", "said", "column", "moved"),
    [
        ("Solutions", ("Hospital at home", "As claimed"), "J", "As claimed"),
        ("Solutions", ("Hospital at home", "After overlap"), "J", "After overlap"),
        ("Do nothing", ("providers", "cost"), "H", position_name("on_evidence")),
    ],
)
def test_ten_million_more_on_a_line_is_ten_million_more_in_the_total(
    book: Any, sheet: str, said: tuple[str, ...], column: str, moved: str
) -> None:
    gap = book["Gap"]
    total = f"G{row_of(gap, moved, 'NHS')}"
    before = Sheets(book).value("Gap", total)
    page = book[sheet]
    rows = [
        row
        for row in range(4, page.max_row + 1)
        if set(said) <= {page.cell(row, c).value for c in range(1, 6)}
    ]
    page[f"{column}{rows[0]}"].value += 10
    assert Sheets(book).value("Gap", total) == pytest.approx(before + 10)


def test_savings_by_side_and_the_cap_of_the_evidence_have_rows_of_their_own(
    book: Any, plan: dict[str, Any]
) -> None:
    sheet, sheets = book["Solutions"], Sheets(book)
    cap = row_of(sheet, "Limit from studies of whole populations", position_name("on_evidence"))
    assert sheet.cell(cap, 10).value == pytest.approx(plan["evidence_cap_gbp_m"]["2020/21"])
    at = row_of(sheet, "of which providers", "As claimed")
    assert sheets.value("Solutions", f"J{at}") == pytest.approx(84.771, abs=0.001)
    assert sheets.value("Solutions", f"J{at - 1}") == pytest.approx(68.993, abs=0.001)
