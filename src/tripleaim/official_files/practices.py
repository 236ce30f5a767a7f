"""The practice file of the Organisation Data Service, which has no headings; QOF registers."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from tripleaim.official_files.dates import day, financial_year_in
from tripleaim.official_files.headers import Layout, SheetRows
from tripleaim.official_files.opened import OfficialSheet
from tripleaim.official_files.publication import Publication

_CODE = re.compile(r"[A-Z]\d{5}|[A-Z0-9]{5,6}")
_PRACTICE = re.compile(r"[A-Z]\d{5}")
_COLUMNS = 27
"""Columns of the file: 1 code, 2 name, 3 region, 4 board, 10 postcode, 11 open, 12 close,
13 status, 15 commissioner, 26 prescribing setting."""
_FEWEST, _MOST = 24, 30
_GP = "4"
_PLACES = {
    "practice": 0,
    "name": 1,
    "board": 3,
    "postcode": 9,
    "open": 10,
    "close": 11,
    "status": 12,
    "location": 14,
    "join": 15,
    "setting": 25,
}
_STATUS = {"A": "active", "C": "closed", "D": "dormant", "P": "proposed"}
_AGES = re.compile(r"(\d+)\s*OV|TOTAL|ALL", re.IGNORECASE)
TITLE = "Practice file of the Organisation Data Service (epraccur)"


def practice_file(sheet: OfficialSheet) -> Publication | None:
    """What the practice file has; None for a sheet that is another."""
    first = list(islice(sheet.lines(), 5))
    if not first or not all(_FEWEST <= len(cells) <= _MOST for _, cells in first):
        return None
    known = [
        cells
        for _, cells in first
        if _CODE.fullmatch(cells[0]) and cells[12] in _STATUS and (day(cells[10]) or not cells[10])
    ]
    if len(known) * 2 < len(first):
        return None
    rows = SheetRows(sheet, _WITHOUT_HEADINGS, 0, [""] * _COLUMNS, _PLACES, ())
    return _read_practices(rows)


def _read_practices(rows: SheetRows) -> Publication | None:
    practices: dict[str, tuple[str, ...]] = {}
    latest = ""
    others = 0
    for line, cells in rows.lines():
        code, status = rows.cell(cells, "practice").upper(), _status(rows.cell(cells, "status"))
        opened, closed, joined = (day(rows.cell(cells, name)) for name in ("open", "close", "join"))
        if not status or (rows.cell(cells, "close") and not closed) or not _CODE.fullmatch(code):
            rows.refuse(
                line,
                cells,
                "practice" if status else "status",
                "expected a practice with code, status A, C, D or P (column 13) and days as "
                "yyyymmdd (columns 11 and 12); as published the file has 27 columns and no "
                "headings",
            )
            continue
        latest = max(latest, *(str(one or "") for one in (opened, closed, joined)))
        if rows.cell(cells, "setting") != _GP:
            others += 1
            continue
        names = ("name", "postcode", "location")
        practices[code] = (
            code,
            *(rows.cell(cells, name) for name in names),
            status,
            str(closed or ""),
        )
    if not practices:
        return None
    rows.notes.append(
        f"its edition is the latest day in it; {others:,} lines of other prescribing settings "
        "than 4 are not general practices"
    )
    tables = {"practices": [practices[code] for code in sorted(practices)]}
    return rows.publication(latest, len(practices), tables)


def _status(text: str) -> str:
    """A status in words; empty for one that the practice file has not."""
    return _STATUS.get(text[:1].upper(), "") if len(text) == 1 or text.isalpha() else ""


def _read_registers(rows: SheetRows) -> Publication | None:
    """Registers by practice; the year stands in the name of the file, nowhere in it."""
    year = financial_year_in(rows.sheet.file.rpartition(": ")[2]) or financial_year_in(
        rows.sheet.file
    )
    registers: dict[tuple[str, str], tuple[str, str, int, int, int]] = {}
    for line, cells in rows.lines():
        code, register = rows.cell(cells, "practice").upper(), rows.cell(cells, "register").upper()
        if not _PRACTICE.fullmatch(code):
            rows.refuse(
                line,
                cells,
                "practice",
                "expected a practice's code: a letter and five digits; zeros may have been lost",
            )
            continue
        ages = _AGES.fullmatch(rows.cell(cells, "ages"))
        if ages is None:
            rows.refuse(line, cells, "ages", "expected TOTAL or ages such as 06OV")
            continue
        count = rows.whole(line, cells, "count")
        size = rows.whole(line, cells, "list_size")
        if count is None or size is None:
            continue
        if count > size:
            rows.refuse(
                line,
                cells,
                "count",
                f"expected a register no larger than its list of {size:,}: a hospice or nursing "
                "home has such lists; the place keeps what it has",
            )
            continue
        if (code, register) in registers:
            rows.refuse(line, cells, "register", "expected each register of a practice once")
            continue
        registers[code, register] = (code, register, int(ages[1] or 0), size, count)
    if not year:
        rows.notes.append(
            "the year is not in the file: its name should have it, as PREVALENCE_2526.csv has"
        )
    tables = {"registers": [registers[key] for key in sorted(registers)]}
    return rows.publication(year or "", len(registers), tables)


def counts(publication: Publication) -> Counter[str]:
    """How many practices have each status."""
    return Counter(str(row[4]) for row in publication.tables["practices"])


_WITHOUT_HEADINGS = Layout("practice-file", TITLE, {}, _read_practices)
LAYOUTS = (
    Layout(
        "practice-file",
        TITLE,
        {
            "practice": ("orgcode", "org_code", "organisation_code", "code"),
            "name": ("name", "organisation_name"),
            "postcode": ("postcode", "post_code"),
            "open": ("opendate", "open_date"),
            "close": ("closedate", "close_date"),
            "status": ("statuscode", "status_code", "status"),
            "location": ("commissioner", "commissioner_code"),
            "join": ("joinproviderdate", "join_provider_purchaser_date", "join_provider_date"),
            "setting": ("prescrset", "prescribing_setting"),
        },
        _read_practices,
        frozenset({"location", "join"}),
    ),
    Layout(
        "registers",
        "Quality and Outcomes Framework, registers by practice",
        {
            "practice": ("practice_code",),
            "register": ("group_code", "indicator_group", "register_code"),
            "count": ("register", "register_size"),
            "ages": ("patient_list_type", "list_type"),
            "list_size": ("practice_list_size", "list_size"),
        },
        _read_registers,
    ),
)
