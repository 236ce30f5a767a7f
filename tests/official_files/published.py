"""Small files in the layouts that NHS England and others publish, for a place to be refreshed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl

Bands = Mapping[tuple[str, str], int]
"""People by sex ("male") and band ("0-4")."""


def own_lists(place: Path) -> dict[str, dict[tuple[str, str], int]]:
    """The lists of a place, by practice."""
    lists: dict[str, dict[tuple[str, str], int]] = {}
    for row in rows_of(place / "registered.csv"):
        bands = lists.setdefault(row["practice"], {})
        bands[row["sex"], row["age_band"]] = int(row["patients"])
    return lists


def grown(place: Path) -> dict[str, Bands]:
    """The place's lists a month later: one more in every band."""
    return {c: {k: n + 1 for k, n in b.items()} for c, b in own_lists(place).items()}


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a place's table."""
    text = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in text if not line.startswith("#")))


def write(folder: Path, name: str, rows: Iterable[Sequence[object]]) -> Path:
    """A CSV file as a publisher writes it: CRLF, and no mark at its start."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return folder / name


def quinary(lists: Mapping[str, Bands], day: str = "2026-08-01") -> list[list[object]]:
    """gp-reg-pat-prac-quin-age.csv, with the levels above practices."""
    rows: list[list[object]] = [
        [
            *("PUBLICATION", "EXTRACT_DATE", "ORG_TYPE", "ORG_CODE", "ONS_CODE", "POSTCODE"),
            *("SEX", "AGE_GROUP_5", "NUMBER_OF_PATIENTS"),
        ],
        ["GP_PRAC_PAT_LIST", day, "Comm Region", "Y58", "E40000006", "", "ALL", "ALL", 6_000_000],
        ["GP_PRAC_PAT_LIST", day, "PCN", "U12345", "", "", "FEMALE", "0_4", 1_000],
    ]
    for code, bands in lists.items():
        start = ["GP_PRAC_PAT_LIST", day, "GP", code, "", "TA1 1NW"]
        rows.append([*start, "ALL", "ALL", sum(bands.values())])
        for sex in ("male", "female"):
            mine = {band: n for (s, band), n in bands.items() if s == sex}
            rows.append([*start, sex.upper(), "ALL", sum(mine.values())])
            rows += [[*start, sex.upper(), b.replace("-", "_"), n] for b, n in mine.items()]
    return rows


def single_years(lists: Mapping[str, Bands], sex: str, day: str) -> list[list[object]]:
    """gp-reg-pat-prac-sing-age-female.csv or -male.csv: a band's people have its first age."""
    rows: list[list[object]] = [
        [
            *("EXTRACT_DATE", "CCG_CODE", "ONS_CCG_CODE", "ORG_CODE", "POSTCODE", "SEX", "AGE"),
            "NUMBER_OF_PATIENTS",
        ]
    ]
    for code, bands in lists.items():
        start = [day, "11X", "E38000150", code, "TA1 1NW", sex.upper()]
        mine = {band: n for (s, band), n in bands.items() if s == sex}
        rows.append([*start, "ALL", sum(mine.values())])
        rows += [[*start, "95+" if b == "95+" else b.split("-")[0], n] for b, n in mine.items()]
    return rows


def practice_map(practices: Iterable[Sequence[str]], day: str = "01Aug2026") -> list[list[object]]:
    """gp-reg-pat-prac-map.csv: code, name, postcode, network and its name, board of each."""
    rows: list[list[object]] = [
        [
            *("PUBLICATION", "EXTRACT_DATE", "PRACTICE_CODE", "PRACTICE_NAME", "PRACTICE_POSTCODE"),
            *("PCN_CODE", "PCN_NAME", "ONS_SUB_ICB_LOCATION_CODE", "SUB_ICB_LOCATION_CODE"),
            *("SUB_ICB_LOCATION_NAME", "ONS_ICB_CODE", "ICB_CODE", "ICB_NAME"),
        ]
    ]
    for code, name, postcode, network, network_name, board in practices:
        start = ["GP_PRAC_PAT_LIST", day, code, name, postcode, network, network_name]
        rows.append([*start, "E38000150", "11X", "x", "E54000038", board, "x"])
    return rows


def registers(counts: Iterable[Sequence[object]], column: str = "REGISTER") -> list[list[object]]:
    """PREVALENCE_2526.csv: practice, register, count, ages, list of each."""
    header = ["PRACTICE_CODE", "GROUP_CODE", column, "PATIENT_LIST_TYPE", "PRACTICE_LIST_SIZE"]
    return [header, *(list(row) for row in counts)]


def extract(
    lines: Iterable[tuple[str, str, str, str, Mapping[int, int]]], month: str
) -> list[list[object]]:
    """A full extract: provider, commissioner, part, treatment function, people by week."""
    weeks = [f"Gt {week:02d} To {week + 1:02d} Weeks SUM 1" for week in range(104)]
    rows: list[list[object]] = [
        [
            *("Period", "Provider Parent Org Code", "Provider Parent Name", "Provider Org Code"),
            *("Provider Org Name", "Commissioner Parent Org Code", "Commissioner Parent Name"),
            *("Commissioner Org Code", "Commissioner Org Name", "RTT Part Type"),
            *("RTT Part Description", "Treatment Function Code", "Treatment Function Name"),
            *(*weeks, "Gt 104 Weeks SUM 1"),
            *("Total", "Patients with unknown clock start date", "Total All"),
        ]
    ]
    for provider, commissioner, part, specialty, people in lines:
        waits = [people.get(week) or "" for week in range(105)]
        start = [f"RTT-{month}", "QSL", "x", provider, "x", "QSL", "x", commissioner, "x"]
        total = sum(people.values())
        rows.append([*start, part, "x", specialty, "Cardiology Service", *waits, "", "", total])
    return rows


AE_COLUMNS = (
    *("Period", "Org Code", "Parent Org", "Org name"),
    *("A&E attendances Type 1", "A&E attendances Type 2"),
    "A&E attendances Other A&E Department",
    *("A&E attendances Booked Appointments Type 1", "A&E attendances Booked Appointments Type 2"),
    "A&E attendances Booked Appointments Other Department",
    *("Attendances over 4hrs Type 1", "Attendances over 4hrs Type 2"),
    "Attendances over 4hrs Other Department",
    *("Emergency admissions via A&E - Type 1", "Emergency admissions via A&E - Type 2"),
    *("Emergency admissions via A&E - Other A&E department", "Other emergency admissions"),
)


def ae_months(lines: Sequence[Sequence[object]], month: str, total: int) -> list[list[object]]:
    """A monthly A&E file: code and thirteen numbers of each; `total` is England's attendances."""
    rows: list[list[object]] = [[*AE_COLUMNS, "", "", "", "", "", "a"]]
    rows += [
        [f"MSitAE-{month}", code, "NHS ENGLAND ", "x", *numbers, "", "", "", "", "", ""]
        for code, *numbers in lines
    ]
    known = [[n if isinstance(n, int) else 0 for n in numbers] for _, *numbers in lines]
    sums = [sum(column) for column in zip(*known, strict=True)]
    first = total - sums[1] - sums[2]
    rows.append(["Total ", "Total ", "Total", "Total ", first, *sums[1:], *([""] * 6)])
    return rows


def book(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    """A workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(path)
