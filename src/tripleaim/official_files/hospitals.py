"""What trusts return besides A&E and beds: sickness absence, ambulances, sites, emergency care."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from tripleaim.official_files.dates import day, financial_year_in, month
from tripleaim.official_files.headers import Layout, SheetRows, plain
from tripleaim.official_files.publication import Publication, Value
from tripleaim.official_files.returned import (
    ORGANISATION,
    is_organisation,
    is_total,
    month_of,
    titles,
)
from tripleaim.official_files.totals import say_unlike, unlike, value_in

_ROUNDED = 0.5
"""Days that each organisation may differ by, because its number is rounded."""


def _read_sickness(rows: SheetRows) -> Publication | None:
    """Full-time equivalents by organisation: days available in the days of the month."""
    found: dict[tuple[str, str], float] = {}
    totals: dict[str, tuple[int, list[str]]] = {}
    latest = ""
    for line, cells in rows.lines():
        whole = day(rows.cell(cells, "date"))
        text_month = (whole and f"{whole:%Y-%m}") or month(rows.cell(cells, "date"))
        if not text_month:
            rows.refuse(line, cells, "date", "expected a day such as 30/06/2024")
            continue
        if is_total(rows, cells):
            totals[text_month] = line, cells
            continue
        days, lost = rows.number(line, cells, "days"), rows.number(line, cells, "lost")
        if days is None or lost is None:
            continue
        if lost > days:
            expected = "expected no more days lost than available"
            rows.refuse(line, cells, "lost", expected)
            continue
        key = rows.cell(cells, "code").upper(), text_month
        if key in found:
            rows.refuse(line, cells, "code", "expected each organisation once a month")
            continue
        found[key] = days
        latest = max(latest, text_month)
    if not found:
        return None
    for when, (line, cells) in totals.items():
        added = sum(days for (_, of), days in found.items() if of == when)
        pair = ("days available", value_in(rows, cells, "days"), added)
        say_unlike(rows, line, "organisations", unlike([pair], _ROUNDED * len(found)))
    staff = [(code, when, round(days / _days_in(when), 1)) for (code, when), days in found.items()]
    return rows.publication(latest, len(found), {"staff": staff})


def _days_in(when: str) -> int:
    year, number = int(when[:4]), int(when[5:])
    after = date(year + number // 12, number % 12 + 1, 1)
    return (after - date(year, number, 1)).days


def _read_ambulance(rows: SheetRows) -> Publication | None:
    """Ambulance indicators by service and month; a full stop is a number that is missing."""
    double = [name for name, n in Counter(rows.header).items() if name and n > 1]
    if double:
        rows.notes.append(f"the column {', '.join(double)} appears twice: the first is read")
    months: list[tuple[Value, ...]] = []
    missing = 0
    for line, cells in rows.lines():
        year, number = rows.cell(cells, "year"), rows.cell(cells, "month")
        if not (year.isdigit() and number.isdigit() and 1 <= int(number) <= 12):
            rows.refuse(line, cells, "month", "expected a year and the number of a month")
            continue
        missing += sum(cell == "." for cell in cells)
        incidents, calls = (
            None if rows.cell(cells, name) == "." else rows.whole(line, cells, name)
            for name in ("incidents", "calls")
        )
        code = rows.cell(cells, "code")
        months.append((code, f"{year}-{int(number):02d}", calls, incidents))
    if not months:
        return None
    rows.notes.append(f"{missing:,} cells with a full stop are missing numbers, not zeros")
    latest = max(str(row[1]) for row in months)
    return rows.publication(latest, len(months), {"ambulances": months})


def _read_sites(rows: SheetRows) -> Publication | None:
    """Sites of trusts with their floor area; "Not Applicable" is no number."""
    year = financial_year_in(rows.sheet.file) or ""
    sites: dict[tuple[str, str], tuple[Value, ...]] = {}
    left = 0
    for line, cells in rows.lines():
        trust, site = rows.cell(cells, "trust").upper(), rows.cell(cells, "site").upper()
        if not trust or not site:
            rows.refuse(line, cells, "site", "expected a trust's code and a site's")
            continue
        text = rows.cell(cells, "area")
        left += sum(plain(cell) == "not_applicable" for cell in cells)
        area = None
        if text and plain(text) != "not_applicable":
            area = rows.number(line, cells, "area")
            if area is None:
                continue
        sites[trust, site] = (trust, site, rows.cell(cells, "name"), area)
    if not sites:
        return None
    rows.notes.append(f"{left:,} cells say Not Applicable: no number, not zero")
    if not year:
        rows.notes.append("the year is not in the file: its name should have it, as 2024_25")
    return rows.publication(year, len(sites), {"sites": list(sites.values())})


def _read_ecds(rows: SheetRows) -> Publication | None:
    """Emergency care by organisation, long or wide, of which only the size is used."""
    words = " ".join((*titles(rows), rows.sheet.file, *rows.header)).lower()
    if "ecds" not in words and "emergency care data" not in words:
        return None
    by_code: dict[str, int] = defaultdict(int)
    latest = ""
    for _, cells in rows.lines():
        code = rows.cell(cells, "code").upper()
        if is_organisation(code):
            by_code[code] += 1
            latest = max(latest, month_of(rows, cells))
    if not by_code:
        return None
    return rows.publication(latest, sum(by_code.values()), {"organisations": list(by_code.items())})


LAYOUTS = (
    Layout(
        "sickness",
        "NHS sickness absence rates",
        {
            "date": ("date", "month"),
            "code": ("org_code",),
            "lost": ("fte_days_lost",),
            "days": ("fte_days_available",),
        },
        _read_sickness,
    ),
    Layout(
        "ambulance",
        "Ambulance system indicators (AmbSYS)",
        {
            "year": ("year",),
            "month": ("month",),
            "code": ("org_code",),
            "calls": ("a0",),
            "incidents": ("a7",),
        },
        _read_ambulance,
    ),
    Layout(
        "sites",
        "Estates returns (ERIC), sites",
        {
            "trust": ("trust_code", "organisation_code"),
            "site": ("site_code",),
            "name": ("site_name",),
            "area": ("gross_internal_floor_area_m", "gross_internal_floor_area_m2"),
        },
        _read_sites,
        frozenset({"area"}),
    ),
    Layout(
        "emergency-care",
        "Emergency care data set (ECDS), monthly",
        {"code": ORGANISATION, "period": ("period", "month", "reporting_period")},
        _read_ecds,
        frozenset({"period"}),
    ),
)
