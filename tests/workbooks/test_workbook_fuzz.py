"""Whatever stands in a place's workbook: a folder without fault, or a message by cell."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tripleaim.place import InputError, check
from tripleaim.workbooks import export_book, import_book

_VALUES = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**18), 10**18),
    st.booleans(),
    st.dates(),
    st.times(),
    st.sampled_from(["#REF!", "=1/0", "# note", "assumed", "../x", "RNQ", "1e999", '"', "2016/17"]),
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Northamptonshire's workbook, open in a spreadsheet, and the size of each sheet."""
    path = export_book("northamptonshire", tmp_path_factory.mktemp("book") / "county.xlsx")
    book = openpyxl.load_workbook(path)
    return book, {sheet.title: (sheet.max_row, sheet.max_column) for sheet in book.worksheets}


@given(data=st.data())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=15,
    deadline=None,
)
def test_any_value_in_any_cell_is_imported_or_refused_by_cell(
    opened: Any, tmp_path: Path, data: st.DataObject
) -> None:
    book, sizes = opened
    name = data.draw(st.sampled_from(sorted(sizes)))
    rows, columns = sizes[name]
    cell = book[name].cell(
        data.draw(st.integers(1, rows + 1)), data.draw(st.integers(1, columns + 1))
    )
    kept, folder = cell.value, tmp_path / "northamptonshire"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        cell.value = data.draw(_VALUES)
        book.save(tmp_path / "fuzz.xlsx")
    finally:
        cell.value = kept
    faults = _faults(tmp_path / "fuzz.xlsx", folder)
    assert all(fault.file == str(tmp_path / "fuzz.xlsx") for fault in faults)
    assert folder.exists() == (not faults)
    if not faults:
        assert check(folder).faults == ()


def _faults(book: Path, folder: Path) -> tuple[InputError, ...]:
    try:
        return import_book(book, folder).faults
    except InputError as fault:
        return (fault,)
