"""Workbooks as people leave them, for the tests of what reads them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter


def edited(book: Path, to: Path, edit: Callable[[Any], None]) -> Path:
    """A copy of `book` after somebody has edited it in a spreadsheet."""
    opened = openpyxl.load_workbook(book)
    edit(opened)
    opened.save(to)
    return to


def small_book(path: Path, cells: dict[str, object], sheet: str = "July") -> Path:
    """A workbook with one sheet that holds these cells."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    for cell, value in cells.items():
        page.write(cell, value)
    book.close()
    return path


def with_part(book: Path, to: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of `book` whose part `name` was changed, or added."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change(content) if part.filename == name else content)
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return to
