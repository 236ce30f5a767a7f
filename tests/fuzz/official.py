"""Official files as published: one small good input for each layout, and how one is read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from looks import Parser
from tests.official_files.published import (
    ae_months,
    extract,
    practice_map,
    quinary,
    registers,
    single_years,
)
from tests.official_files.workbooks import ae_workbook, kh03, kh03_long

from tripleaim.official_files import Publication, publications
from tripleaim.tables import InputError

_LISTS = {"L85001": {("male", "0-4"): 3, ("female", "0-4"): 4, ("female", "95+"): 1}}
_AE = ("RH5", 100, 20, 50, 7, 0, 3, 40, 1, 0, 30, 2, 0, 8)
_WORDS = (
    b"*",
    b"c",
    b"[c]",
    b"-",
    b";",
    b"\t",
    b"1,234",
    b"England",
    b"Grand Total",
    b"L1001",
    b"2024-25",
    b"May 26",
    b"Published: 11th June 2026",
    b"\xa3k",
)


def official_files(folder: Path) -> Parser:
    """The readers of official files; a file is refused where a line of it is."""

    def read(raw: bytes) -> object:
        path = folder / "official" / "file_2425.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(raw)
        found = list(publications(path.parent))
        for one in found:
            if not isinstance(one, Publication):
                raise InputError(one.message, file=path)
            if one.refused:
                raise InputError(one.refused[0].expected, file=path)
        return found

    return Parser("official files", [*_corpus()], read, _WORDS)


def _corpus() -> Iterable[bytes]:
    people = [("RH5", "11X", "Part_2", "C_320", {0: 10, 104: 2})]
    allocations = [
        ["Allocations (ICB core services)"],
        ["R23", "Region", "ICB23", "Integrated Care Board", "2026/27 Recurrent allocation (£k)"],
        ["Y58", "South West", "QSL", "x", "1,200,000.5"],
    ]
    projection = [
        ["2022-based subnational population projections"],
        ["CODE", "AREA", "AGE GROUP", "2022", "2023"],
        ["E38000150", "x", "0-4", 10, 11],
    ]
    files: Sequence[Sequence[Sequence[object]]] = (
        quinary(_LISTS),
        single_years(_LISTS, "female", "01APR2024"),
        practice_map([("L85001", "x", "TA1 1NW", "U1", "y PCN", "QSL")]),
        registers([("L85001", "AF", 1, "TOTAL", 9)]),
        extract(people, "February-2026"),
        ae_months([_AE], "APRIL-2024", 170),
        *ae_workbook({"Provider Level Data": [("RH5", 100, 0, 50, 40)]}, "May 26").values(),
        kh03([("RH5", 800, 760)], "2024-25", "September", 800),
        kh03_long([("RH5", "General & Acute", "1,079", "30/06/2024")]),
        allocations,
        projection,
    )
    for rows in files:
        written = io.StringIO()
        csv.writer(written).writerows(rows)
        yield written.getvalue().encode()
