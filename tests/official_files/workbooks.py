"""Workbooks in the layouts that were seen: A&E of May 2026, KH03 of a quarter, a few rows each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Sheet = list[list[object]]

_TYPES = (
    "Type 1 Departments - Major A&E",
    "Type 2 Departments - Single Specialty",
    "Type 3 Departments - Other A&E/Minor Injury Unit",
)
_GROUPS = (
    "A&E attendances",
    "A&E attendances less than 4 hours from arrival to admission, transfer or discharge",
    "A&E attendances greater than 4 hours from arrival to admission, transfer or discharge",
)
_WITH_BOOKED = "The total of booked and non-booked A&E attendances, as well as emergency admissions"


def ae_workbook(sheets: Mapping[str, Sequence[Sequence[object]]], period: str) -> dict[str, Sheet]:
    """Sheets by name, each of codes with attendances of types 1 to 3 and those over four hours."""
    return {name: _ae_sheet(name, lines, period) for name, lines in sheets.items()}


def _ae_sheet(name: str, lines: Sequence[Sequence[object]], period: str) -> Sheet:
    summary = {
        "Provider Level Data": _WITH_BOOKED,
        "Booked Appointments Data": "A&E booked appointment attendances and performance",
        "Acute Trust Footprint Data": f"{_WITH_BOOKED}, with local type 3 activity included",
    }.get(name, "A&E attendances, performance and emergency admission.")
    title = "Acute Trust Footprint Data" if "Footprint" in name else name
    groups = [group for one in _GROUPS for group in (one, "", "", "")]
    heads = [
        *(*_TYPES, "Total attendances"),
        *(*_TYPES, "Total Attendances < 4 hours"),
        *(*_TYPES, "Total Attendances > 4 hours"),
        *("Total Emergency Admissions via A&E", "Other Emergency admissions (i.e not via A&E)"),
    ]
    rows: Sheet = [
        ["", "Title:", "A&E Attendances & Emergency Admission monthly statistics"],
        ["", "Summary:", summary],
        ["", "Period:", period],
        ["", "Published:", "11th June 2026"],
        ["", "Revised:", "9th July 2026"],
        ["", title],
        ["", "", "", "", *groups, "Emergency Admissions", ""],
        ["", "Code", "Region", "Name", *heads],
        ["", "-", "-", "England", *_ae_numbers([sum(_whole(x) for x in c) for c in _by(lines)])],
        [],
    ]
    return [*rows, *(["", code, "South West", "x", *_ae_numbers(rest)] for code, *rest in lines)]


def _by(lines: Sequence[Sequence[object]]) -> list[tuple[object, ...]]:
    return list(zip(*(line[1:] for line in lines), strict=True))


def _whole(value: object) -> int:
    return int(str(value))


def _ae_numbers(of_types_and_over: Sequence[object]) -> list[object]:
    one, two, three, over = (_whole(value) for value in of_types_and_over)
    total = one + two + three
    within = [one - over, two, three, total - over]
    # A sum of fractions, as a workbook has it: 22116.000000000004.
    return [one, two, three + 1e-9, total, *within, over, 0, 0, over, 300, 100]


def kh03(lines: Sequence[Sequence[object]], year: str, end: str, total: float) -> Sheet:
    """The sheet NHS Trust by Sector: code, beds available and occupied of the four groups."""
    groups = ["Total", "General & Acute", "Learning Disabilities", "Maternity", "Mental Illness"]
    heads = [*groups, "", *groups, "", *groups]
    taken = total - sum(float(str(one[1])) - float(str(one[2])) for one in lines)
    rows: Sheet = [
        ["", "Title:", "Average daily number of available and occupied beds open overnight"],
        ["", "Period:", "July to September 2024"],
        ["", "Published:", "21st November 2024"],
        ["", "", "", "", "", "", "Available", *[""] * 5, "Occupied", *[""] * 5, "% Occupied"],
        ["", "Year", "Period End", "Region Code", "Org Code", "Org Name", *heads],
        ["", year, end, "", "", "England", 0, total, 0, 0, 0, "", 0, taken, 0, 0, 0],
        [],
    ]
    for code, available, occupied in lines:
        beds = [available, available, 0, 0, "-", "", occupied, occupied, 0, 0, "-", ""]
        rows.append(["", year, end, "Y58", code, "x", *beds, 0.9, 0.9, "-", "-", "-"])
    return rows


def kh03_long(lines: Sequence[Sequence[object]]) -> Sheet:
    """KH03-Available-Overnight-only.csv or its other side: code, sector, beds, day."""
    header: list[object] = ["Organisation_Code", "Sector", "Number_Of_Beds"]
    return [[*header, "Effective_Snapshot_Date"], *(list(line) for line in lines)]
