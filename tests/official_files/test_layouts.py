"""However a publisher lays a CSV file out, its numbers are the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.official_files.published import ae_months, extract

from tripleaim.official_files import Publication
from tripleaim.official_files.opened import OfficialSheet
from tripleaim.official_files.reading import recognise
from tripleaim.tables import File

AE = ae_months(
    [
        ("RH5", 12_100, 20, 5_050, 7, 0, 3, 4_000, 1, 0, 1_030, 2, 0, 1_008),
        ("RA7", 60, 0, 0, 0, 0, 0, 10, 0, 0, 20, 0, 0, 5),
    ],
    "APRIL-2024",
    17_230,
)
RTT = extract(
    [
        ("RH5", "11X", "Part_2", "C_320", {0: 10_500, 17: 1, 104: 2_000}),
        ("RA7", "11X", "Part_2", "C_320", {3: 7}),
    ],
    "February-2026",
)
TITLES = ("A&E attendances, England", "Source: NHS England", "Contact: a team; another", "Status")


class CsvLayout(TypedDict):
    """How a file is laid out; `blank` are the rows that a blank line follows."""

    titles: int
    mark: bool
    end: str
    quoted: bool
    thousands: bool
    blank: set[int]
    bare: bool


def laid_out(rows: Sequence[Sequence[object]], layout: CsvLayout) -> bytes:
    """A CSV file with titles, blank lines, quotes, separators of thousands and line ends."""
    written = io.StringIO()
    quoting = csv.QUOTE_ALL if layout["quoted"] else csv.QUOTE_MINIMAL
    writer = csv.writer(written, quoting=quoting, lineterminator=layout["end"])
    for at in range(layout["titles"]):
        writer.writerow([TITLES[at % len(TITLES)]])
    for at, row in enumerate(rows):
        spelt = [f"{cell:,}" if isinstance(cell, int) else cell for cell in row]
        writer.writerow(spelt if layout["thousands"] else row)
        if at in layout["blank"]:
            written.write(layout["end"] if layout["bare"] else f",,,{layout['end']}")
    mark = b"\xef\xbb\xbf" if layout["mark"] else b""
    return mark + written.getvalue().encode()


def read(raw: bytes) -> Publication:
    """What is read of a CSV file."""
    text = File.of(Path("file.csv"), raw).text()
    found = recognise(OfficialSheet(Path("file.csv"), "file.csv", text))
    assert isinstance(found, Publication), found
    return found


LAYOUTS = st.fixed_dictionaries(
    {
        "titles": st.integers(0, 6),
        "mark": st.booleans(),
        "end": st.sampled_from(["\n", "\r\n"]),
        "quoted": st.booleans(),
        "thousands": st.booleans(),
        "blank": st.sets(st.integers(0, 3)),
        "bare": st.booleans(),
    }
)
PLAIN: CsvLayout = {"titles": 0, "mark": False, "end": "\n", "quoted": False, "thousands": False,
         "blank": set(), "bare": True}  # fmt: skip


@pytest.mark.parametrize("rows", [AE, RTT], ids=["ae", "waiting"])
@given(layout=LAYOUTS)
def test_the_numbers_of_a_file_do_not_depend_on_its_layout(
    rows: list[list[object]], layout: CsvLayout
) -> None:
    plain, found = read(laid_out(rows, PLAIN)), read(laid_out(rows, layout))
    assert (found.kind, found.edition, found.counted) == (plain.kind, plain.edition, 2)
    assert found.tables == plain.tables
    assert not found.refused
