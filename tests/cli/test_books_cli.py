"""Spreadsheets from the terminal: what is printed and the code one leaves with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openpyxl

from tripleaim.place import load

TRIPLEAIM = (sys.executable, "-c", "from tripleaim.cli import main; main()")


def tripleaim(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*TRIPLEAIM, *map(str, words)], capture_output=True, text=True, check=False
    )


def test_a_place_goes_out_and_in(tmp_path: Path) -> None:
    book, folder = tmp_path / "book.xlsx", tmp_path / "northamptonshire"
    assert tripleaim("place", "export", "northamptonshire", book).returncode == 0
    done = tripleaim("place", "import", book, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert load(folder).inputs_sha256 == load("northamptonshire").inputs_sha256


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
