"""What trusts return: A&E by month, beds, staff and sickness, ambulances, sites, emergency care."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from tripleaim.official_files.dates import day, financial_year_in, month, year_of_day
from tripleaim.official_files.headers import Layout, SheetRows, plain
from tripleaim.official_files.publication import Publication, Value
from tripleaim.tables import is_suppressed

_CODE = re.compile(r"[A-Z0-9]{3,6}")
_AE_WHOLE = ("type1", "type2", "other")
_OVER = ("over1", "over2", "over_other")
_ADMITTED = ("admitted1", "admitted2", "admitted_other")
_QUARTERS = {6: "Q1", 9: "Q2", 12: "Q3", 3: "Q4"}
_GROUPS = {
    "general_and_acute": "general and acute",
    "maternity": "maternity",
    "mental_illness": "mental illness",
    "learning_disabilities": "learning disabilities",
}


def _above(rows: SheetRows) -> list[str]:
    return [cell for _, cells in rows.above for cell in cells if cell]


def _month_of(rows: SheetRows, cells: Sequence[str]) -> str:
    """The month of a line, or else of the titles above, or else of the file's name."""
    for text in (rows.cell(cells, "period"), *_above(rows), rows.sheet.file):
        found = month(text)
        if found:
            return found
    return ""


def _sum(rows: SheetRows, line: int, cells: Sequence[str], columns: Sequence[str]) -> int | None:
    values = [rows.whole(line, cells, column) for column in columns if column in rows.at]
    known = [value for value in values if value is not None]
    return sum(known) if values and len(known) == len(values) else None


def _total_or_sum(
    rows: SheetRows, line: int, cells: Sequence[str], total: str, parts: Sequence[str]
) -> int | None:
    return _sum(rows, line, cells, [total] if total in rows.at else parts)


def _or_nothing(
    rows: SheetRows, line: int, cells: Sequence[str], total: str, parts: Sequence[str]
) -> tuple[bool, int | None]:
    """Whether a line can be used, and a number that some trusts do not return."""
    columns = [total] if total in rows.at else [part for part in parts if part in rows.at]
    texts = [rows.cell(cells, column) for column in columns]
    if not columns or all(not text or is_suppressed(text) for text in texts):
        return True, None
    value = _sum(rows, line, cells, columns)
    return value is not None, value


def _read_ae(rows: SheetRows) -> Publication | None:
    """Attendances, waits over four hours and emergency admissions by organisation and month."""
    found: dict[tuple[str, str], tuple[Value, ...]] = {}
    total: int | None = None
    latest = ""
    for line, cells in rows.lines():
        code = rows.cell(cells, "code").upper()
        if code in ("TOTAL", "ENGLAND") or (
            code in ("", "-") and "total" in plain(" ".join(cells[:4]))
        ):
            total = _total_or_sum(rows, line, cells, "attendances", _AE_WHOLE)
            continue
        if not _CODE.fullmatch(code):
            if any(re.fullmatch(r"[\d,]+", cell) for cell in cells):
                rows.refuse(line, cells, "code", "expected an organisation's code such as RH5")
            continue
        when = _month_of(rows, cells)
        if not when:
            rows.refuse(line, cells, "period", "expected a month such as MSitAE-APRIL-2024")
            continue
        attendances = _total_or_sum(rows, line, cells, "attendances", _AE_WHOLE)
        type1 = rows.whole(line, cells, "type1") if attendances is not None else None
        if attendances is None or type1 is None:
            continue
        ok_over, over = _or_nothing(rows, line, cells, "over", _OVER)
        ok_in, through = _or_nothing(rows, line, cells, "admitted", _ADMITTED)
        ok_all, directly = _or_nothing(rows, line, cells, "admitted_directly", ())
        if not (ok_over and ok_in and ok_all):
            continue
        if (over or 0) > attendances or type1 > attendances:
            expected = "expected no more than its attendances: download the file again"
            rows.refuse(line, cells, "type1" if type1 > attendances else "over", expected)
            continue
        if (code, when) in found:
            rows.refuse(line, cells, "code", "expected each organisation once a month")
            continue
        admitted = through + directly if through is not None and directly is not None else None
        found[code, when] = (code, when, attendances, type1, over, through, admitted)
        latest = max(latest, when)
    if not found:
        return None
    added = sum(int(row[2] or 0) for row in found.values())
    if total is not None and added != total:
        rows.notes.append(
            f"its total is {total:,} attendances, its organisations have {added:,}: lines are "
            "missing from it, so that it is a part of the published file"
        )
    if "booked" in rows.at:
        rows.notes.append("booked appointments are counted apart, and not with the attendances")
    return rows.publication(latest, len(found), {"months": list(found.values())})


def _read_beds(rows: SheetRows) -> Publication | None:
    """Average daily beds of a quarter by trust and group, available and occupied."""
    found: dict[tuple[str, str], tuple[Value, ...]] = {}
    quarter = ""
    for line, cells in rows.lines():
        code = rows.cell(cells, "code").upper()
        if not _CODE.fullmatch(code) or code in ("ENGLAND", "TOTAL"):
            continue
        when = _quarter(rows, cells)
        if not when:
            expected = "expected a year such as 2024-25 and the month a quarter ends in"
            rows.refuse(line, cells, "period", expected)
            continue
        quarter = max(quarter, when)
        for group, name in _GROUPS.items():
            if f"available_{group}" not in rows.at or f"occupied_{group}" not in rows.at:
                continue
            texts = [rows.cell(cells, f"{side}_{group}") for side in ("available", "occupied")]
            if all(not text or text == "-" for text in texts):
                continue
            available = rows.number(line, cells, f"available_{group}")
            occupied = rows.number(line, cells, f"occupied_{group}")
            if available is None or occupied is None or not (available or occupied):
                continue
            if occupied > available * 1.5:
                expected = "expected no more beds occupied than there are: compare with the file"
                rows.refuse(line, cells, f"occupied_{group}", expected)
                continue
            year, number = when.split(" ")
            found[code, name] = (code, year, number, name, round(available, 2), round(occupied, 2))
    if not found:
        return None
    if "day only" in " ".join(_above(rows)).lower():
        return rows.publication(
            quarter, len(found), {}, "beds-by-day", "Beds open in the day (KH03)"
        )
    return rows.publication(quarter, len(found), {"beds": list(found.values())})


def _quarter(rows: SheetRows, cells: Sequence[str]) -> str:
    """A quarter as "2024/25 Q1", from the line or from the titles above."""
    year = financial_year_in(rows.cell(cells, "year"))
    end = plain(rows.cell(cells, "period"))[:3]
    names = {"jun": "Q1", "sep": "Q2", "dec": "Q3", "mar": "Q4"}
    if year and end in names:
        return f"{year} {names[end]}"
    for text in _above(rows):
        if found := re.search(r"quarter (\d),? *(20\d\d[-/]\d\d)", text, re.IGNORECASE):
            return f"{financial_year_in(found[2])} Q{found[1]}"
        when = month(text)
        if when and int(when[5:]) in _QUARTERS:
            first = date(int(when[:4]), int(when[5:]), 1)
            return f"{year_of_day(first)} {_QUARTERS[first.month]}"
    return ""


def _read_sickness(rows: SheetRows) -> Publication | None:
    """Full-time equivalents by organisation: days available in the days of the month."""
    found: dict[tuple[str, str], float] = {}
    latest = ""
    for line, cells in rows.lines():
        when = day(rows.cell(cells, "date"))
        text_month = (when and f"{when:%Y-%m}") or month(rows.cell(cells, "date"))
        if not text_month:
            rows.refuse(line, cells, "date", "expected a day such as 30/06/2024")
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
    words = " ".join((*_above(rows), rows.sheet.file, *rows.header)).lower()
    if "ecds" not in words and "emergency care data" not in words:
        return None
    by_code: dict[str, int] = defaultdict(int)
    latest = ""
    for _, cells in rows.lines():
        code = rows.cell(cells, "code").upper()
        if _CODE.fullmatch(code):
            by_code[code] += 1
            latest = max(latest, _month_of(rows, cells))
    if not by_code:
        return None
    return rows.publication(latest, sum(by_code.values()), {"organisations": list(by_code.items())})


def _beds_columns() -> dict[str, tuple[str, ...]]:
    columns: dict[str, tuple[str, ...]] = {}
    spellings = {
        "general_and_acute": ("general_acute", "general_and_acute"),
        "maternity": ("maternity",),
        "mental_illness": ("mental_illness",),
        "learning_disabilities": ("learning_disabilities",),
    }
    for side in ("available", "occupied"):
        for group, names in spellings.items():
            columns[f"{side}_{group}"] = tuple(f"{side}_{name}" for name in names)
    return columns


_BEDS = _beds_columns()
_ORG = ("org_code", "provider_code", "organisation_code", "code")
LAYOUTS = (
    Layout(
        "ae",
        "A&E attendances and emergency admissions, monthly",
        {
            "period": ("period",),
            "code": _ORG,
            "type1": (
                "a_e_attendances_type_1",
                "number_of_a_e_attendances_type_1",
                "a_e_attendances_type_1_departments_major_a_e",
                "type_1_departments_major_a_e",
            ),
            "type2": (
                "a_e_attendances_type_2",
                "number_of_a_e_attendances_type_2",
                "a_e_attendances_type_2_departments_single_specialty",
                "type_2_departments_single_specialty",
            ),
            "other": (
                "a_e_attendances_other_a_e_department",
                "number_of_a_e_attendances_other_a_e_department",
                "a_e_attendances_type_3_departments_other_a_e_minor_injury_unit",
                "type_3_departments_other_a_e_minor_injury_unit",
            ),
            "attendances": ("total_attendances",),
            "over1": ("attendances_over_4hrs_type_1", "number_of_attendances_over_4hrs_type_1"),
            "over2": ("attendances_over_4hrs_type_2", "number_of_attendances_over_4hrs_type_2"),
            "over_other": (
                "attendances_over_4hrs_other_department",
                "attendances_over_4hrs_other_a_e_department",
                "number_of_attendances_over_4hrs_other_a_e_department",
            ),
            "over": ("total_attendances_over_4_hours",),
            "admitted1": ("emergency_admissions_via_a_e_type_1",),
            "admitted2": ("emergency_admissions_via_a_e_type_2",),
            "admitted_other": ("emergency_admissions_via_a_e_other_a_e_department",),
            "admitted": ("total_emergency_admissions_via_a_e",),
            "admitted_directly": (
                "other_emergency_admissions",
                "other_emergency_admissions_i_e_not_via_a_e",
            ),
            "booked": ("a_e_attendances_booked_appointments_type_1",),
        },
        _read_ae,
        frozenset(
            {
                *("period", "attendances", *_OVER, "over", *_ADMITTED, "admitted"),
                *("admitted_directly", "booked"),
            }
        ),
    ),
    Layout(
        "beds",
        "Beds open overnight, quarterly (KH03)",
        {"year": ("year",), "period": ("period_end", "period"), "code": _ORG, **_BEDS},
        _read_beds,
        frozenset({"year", "period", *(name for name in _BEDS if "general" not in name)}),
    ),
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
        {"code": _ORG, "period": ("period", "month", "reporting_period")},
        _read_ecds,
        frozenset({"period"}),
    ),
)
