"""Spreadsheets from the terminal: what is printed and the code one leaves with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl

from command_line import tripleaim
from tripleaim.place import load


def test_a_place_is_exported_and_imported(tmp_path: Path) -> None:
    book, folder = tmp_path / "book.xlsx", tmp_path / "northamptonshire"
    assert tripleaim("place", "export", "northamptonshire", book).returncode == 0
    done = tripleaim("place", "import", book, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert load(folder).sha256 == load("northamptonshire").sha256


def test_a_fault_in_a_book_names_its_cell_and_leaves_with_two(tmp_path: Path) -> None:
    book, folder = tmp_path / "book.xlsx", tmp_path / "northamptonshire"
    tripleaim("place", "export", "northamptonshire", book)
    opened = openpyxl.load_workbook(book)
    opened["figures"]["B4"] = "n/a"
    opened.save(book)
    done = tripleaim("place", "import", book, folder)
    assert done.returncode == 2
    assert 'column "figures!B4": "n/a": expected a number' in done.stdout
    assert not folder.exists()


def test_a_macro_book_is_refused(tmp_path: Path) -> None:
    (tmp_path / "book.xlsm").write_bytes(b"PK")
    done = tripleaim("place", "import", tmp_path / "book.xlsm", tmp_path / "x")
    assert done.returncode == 2
    assert "without macros" in done.stderr


def test_a_return_goes_from_template_to_folder(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(load("somerset").folder, tmp_path / "somerset"))
    made = tmp_path / "october.xlsx"
    assert tripleaim("return", "template", folder, "RH5", made).returncode == 0
    unfilled = tripleaim("return", "check", made, "--place", folder)
    assert unfilled.returncode == 2
    assert 'column "Return!F4": nothing (an empty cell): expected a value' in unfilled.stdout
    book = openpyxl.load_workbook(made)
    sheet = book["Return"]
    for row in range(4, sheet.max_row + 1):
        sheet.cell(row, 6).value = sheet.cell(row, 5).value
    book.save(made)
    done = tripleaim("return", "import", made, "--place", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "RH5,2016/17-M07," in (folder / "returns" / "RH5.csv").read_text("utf-8")
    assert tripleaim("place", "check", folder).returncode == 0


def test_the_open_book_is_printed_and_is_json() -> None:
    done = tripleaim("openbook", "somerset", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["system"]["held_to"].startswith("sum of control totals")
    assert "75% of that is not developed" in tripleaim("openbook", "northamptonshire").stdout


def test_a_fault_in_a_return_inside_the_places_book_names_its_cell(tmp_path: Path) -> None:
    book, folder = tmp_path / "book.xlsx", tmp_path / "somerset"
    tripleaim("place", "export", "somerset", book)
    opened = openpyxl.load_workbook(book)
    opened["returns RBA"]["F12"] = "n/a"
    opened.save(book)
    done = tripleaim("place", "import", book, folder)
    assert done.returncode == 2
    assert 'column "returns RBA!F12": "n/a": expected a number' in done.stdout
    assert not folder.exists()
