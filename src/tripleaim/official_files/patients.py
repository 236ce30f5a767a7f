"""Patients registered at a GP practice: totals, ages, small areas; the map of practices."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from tripleaim.official_files.dates import day, month
from tripleaim.official_files.headers import Layout, SheetRows
from tripleaim.official_files.publication import Publication, Value

_DATE = ("extract_date", "extract_dt", "date")
_PATIENTS = ("number_of_patients", "patients", "all_patients", "total_all", "count")
_SEXES = {"male": "male", "female": "female", "m": "male", "f": "female", "all": "all"}
_LEVELS = frozenset({"gp", "practice", "gp_practice"})
_REGIONS = frozenset({"comm_region", "region", "commissioning_region"})
_PRACTICE = re.compile(r"[A-Z]\d{5}")
_AREA = re.compile(r"[ENSW]\d{8}")
_LOST_ZEROS = re.compile(r"[A-Z]\d{1,4}")
_BAND = re.compile(r"(\d+)(?:[_-](\d+)|\+)?")
_OLDEST = 95
_BANDS = 5


class _Edition:
    """The day that most lines of a file have; lines of another day are refused."""

    def __init__(self, rows: SheetRows) -> None:
        self.rows = rows
        self.known: dict[str, date | None] = {}
        self.first: date | None = None
        if "date" not in rows.at:
            named = month(rows.sheet.file)
            self.first = date(int(named[:4]), int(named[5:]), 1) if named else None
            self.known[""] = self.first

    def takes(self, line: int, cells: Sequence[str]) -> bool:
        """Whether a line is of the file's day."""
        text = self.rows.cell(cells, "date")
        if text not in self.known:
            self.known[text] = day(text)
        when = self.known[text]
        if when is None:
            expected = "expected a day such as 2026-07-01 or 01Jul2026"
            if "date" not in self.rows.at:
                expected = (
                    "expected a column with the day of the extract (EXTRACT_DATE), or its month "
                    "in the file's name, as gp-reg-pat-prac-map-jul-2022 has"
                )
            self.rows.refuse(line, cells, "date", expected)
            return False
        self.first = self.first or when
        if when != self.first:
            self.rows.refuse(
                line,
                cells,
                "date",
                f"expected one day in a file, {self.first} as on the first line: give each "
                "edition as a file of its own",
            )
            return False
        return True

    def __str__(self) -> str:
        return f"{self.first}"


def _practice(rows: SheetRows, line: int, cells: Sequence[str], column: str) -> str | None:
    code = rows.cell(cells, column).upper()
    if _PRACTICE.fullmatch(code):
        return code
    whole = _with_zeros(code)
    expected = "expected a practice's code: a letter and five digits, such as A81001"
    if whole:
        expected += f"; zeros were lost, as a spreadsheet does: it may be {whole}"
    rows.refuse(line, cells, column, expected)
    return None


def _with_zeros(code: str) -> str:
    """A practice's code with the zeros that a spreadsheet takes away; empty for any other text."""
    return f"{code[0]}{int(code[1:]):05d}" if _LOST_ZEROS.fullmatch(code) else ""


def practices_refused(found: Iterable[Publication]) -> set[str]:
    """The practices with a line that was refused, those whose codes lost zeros too."""
    cells = {
        cell.strip().upper()
        for one in found
        for line in one.refused
        for cell in line.row.split(",")
    }
    return {cell for cell in cells if _PRACTICE.fullmatch(cell)} | {*map(_with_zeros, cells)} - {""}


class _Lists:
    """What is collected of a file of lists, line by line."""

    def __init__(self, rows: SheetRows) -> None:
        self.rows, self.edition = rows, _Edition(rows)
        self.by_age: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
        self.totals: dict[tuple[str, str], tuple[int, int, list[str]]] = {}
        self.homes: dict[str, str] = {}
        self.boards: dict[str, int] = {}
        self.regions: list[tuple[int, int]] = []
        self.levels: Counter[str] = Counter()
        self.above: date | None = None
        self.spoilt: set[str] = set()
        self._seen: set[tuple[str, str, str]] = set()

    def take(self, line: int, cells: list[str]) -> None:
        """Add a line, or refuse it; a practice with a refused line is left as it is."""
        rows = self.rows
        level = rows.cell(cells, "level").lower().replace(" ", "_") or "gp"
        if level not in _LEVELS:
            self._take_above(line, cells, level)
            return
        if not self.edition.takes(line, cells):
            return
        code = _practice(rows, line, cells, "code")
        if code is None:
            return
        patients = rows.whole(line, cells, "patients")
        age, sex = (rows.cell(cells, name).upper() or "ALL" for name in ("age", "sex"))
        band = _band(age)
        key = (code, sex, age)
        if patients is None or (band is None and age != "ALL") or key in self._seen:
            if key in self._seen:
                expected = "expected each practice, sex and age once in a file"
                rows.refuse(line, cells, "code", expected)
            elif patients is not None:
                expected = "expected an age: 0_4, 95+, a single year, or ALL"
                rows.refuse(line, cells, "age", expected)
            self.spoilt.add(code)
            return
        self._seen.add(key)
        self.homes[code] = rows.cell(cells, "location")
        known = _SEXES.get(sex.lower(), "other")
        if band is None:
            self.totals[code, known] = patients, line, cells
        elif known != "all":
            self.by_age[code][known, band] += patients

    def _take_above(self, line: int, cells: Sequence[str], level: str) -> None:
        """Count a line of a level above practices; keep what the file says a board has."""
        rows = self.rows
        self.levels[rows.cell(cells, "level")] += 1
        self.above = self.above or day(rows.cell(cells, "date"))
        text = rows.cell(cells, "patients")
        both = rows.cell(cells, "sex").upper(), rows.cell(cells, "age").upper()
        if both != ("ALL", "ALL") or not text.isdigit():
            return
        if level == "icb":
            self.boards[rows.cell(cells, "code")] = int(text)
        elif level in _REGIONS:
            self.regions.append((line, int(text)))

    def above_practices(self) -> Publication | None:
        """A file of regions, boards and networks alone; None for one without these too."""
        if not self.levels:
            return None
        told = ", ".join(f"{name} ({number:,})" for name, number in sorted(self.levels.items()))
        self.rows.notes.append(f"its lines are those of {told}")
        title = "Patients registered at a GP practice, by region, board and network"
        counted = sum(self.levels.values())
        return self.rows.publication(f"{self.above or ''}", counted, {}, "lists-above", title)

    def refuse_unequal(self) -> None:
        """Refuse practices whose ages do not add up to the file's own totals."""
        for (code, sex), (patients, line, cells) in self.totals.items():
            ages = self.by_age.get(code)
            if sex == "other" or ages is None or code in self.spoilt:
                continue
            if sex == "all" and not {"male", "female"} <= {s for s, _ in ages}:
                continue
            added = sum(n for (s, _), n in ages.items() if sex in (s, "all"))
            if added != patients:
                self.rows.refuse(
                    line,
                    cells,
                    "patients",
                    f"expected the total of the practice's ages, which is {added:,}: download "
                    "the file again, and ask the publisher if it stays",
                )
                self.spoilt.add(code)

    def _compare_regions(self, practices: int) -> None:
        """Say where the practices do not add up to the file's own regions."""
        people = sum(number for _, number in self.regions)
        if self.regions and people != practices:
            lines = ", ".join(f"{line:,}" for line, _ in self.regions[:10])
            self.rows.notes.append(
                f"its regions (lines {lines}) have {people:,} people, its practices that are used "
                f"{practices:,}: it is a part of the published file, or lines were refused"
            )

    def publication(self) -> Publication:
        """The lists of every practice that can be used."""
        rows, counted = self.rows, len(self._seen)
        if self.levels:
            told = ", ".join(f"{name} ({number:,})" for name, number in sorted(self.levels.items()))
            rows.notes.append(f"lines of levels above practices are not added up: {told}")
        if self.spoilt:
            told = ", ".join(sorted(self.spoilt)[:10])
            rows.notes.append(f"practices with a refused line are left as they are: {told}")
        totals: list[tuple[Value, ...]] = [
            (code, patients, self.homes[code])
            for (code, sex), (patients, _, _) in sorted(self.totals.items())
            if sex == "all" and code not in self.spoilt
        ]
        ages: list[tuple[Value, ...]] = [
            (code, sex, band, patients)
            for code, bands in self.by_age.items()
            if code not in self.spoilt
            for (sex, band), patients in bands.items()
        ]
        self._compare_regions(sum(int(str(row[1])) for row in totals))
        edition = str(self.edition)
        if not self.by_age:
            return rows.publication(edition, counted, {"totals": totals})
        boards: list[tuple[Value, ...]] = list(self.boards.items())
        tables = {"ages": ages, "totals": totals, "boards": boards}
        title = "Patients registered at a GP practice, by sex and age"
        return rows.publication(edition, counted, tables, "lists-by-age", title)


def _read_lists(rows: SheetRows) -> Publication | None:
    """Lists by practice, sex and age, or totals alone; levels above practices are not added."""
    lists = _Lists(rows)
    for line, cells in rows.lines():
        lists.take(line, cells)
    if lists.edition.first is None:
        return lists.above_practices()
    lists.refuse_unequal()
    return lists.publication()


def _band(text: str) -> int | None:
    """The first age of the five-year band that a text names or is in: 0_4, 95+, 37."""
    match = _BAND.fullmatch(text)
    return min(int(match[1]) // _BANDS * _BANDS, _OLDEST) if match else None


def band_name(first: int) -> str:
    """A band by its first age, as a place's lists have it: 0-4 ... 95+."""
    return f"{first}+" if first >= _OLDEST else f"{first}-{first + _BANDS - 1}"


def _read_areas(rows: SheetRows) -> Publication | None:
    """Practices' patients by the small area they live in."""
    edition = _Edition(rows)
    by_practice: Counter[str] = Counter()
    areas: set[str] = set()
    elsewhere: Counter[str] = Counter()
    counted = 0
    for line, cells in rows.lines():
        if not edition.takes(line, cells):
            continue
        code = _practice(rows, line, cells, "practice")
        patients = rows.whole(line, cells, "patients")
        if code is None or patients is None:
            continue
        counted += 1
        by_practice[code] += patients
        area = rows.cell(cells, "area").upper()
        if _AREA.fullmatch(area):
            areas.add(area)
        else:
            elsewhere[area or "empty"] += patients
    if edition.first is None:
        return None
    for name, patients in sorted(elsewhere.items()):
        rows.notes.append(f"{patients:,} patients have the area {name}, which is no small area")
    return rows.publication(
        str(edition),
        counted,
        {"practices": sorted(by_practice.items()), "areas": [(len(areas),)]},
    )


def _read_map(rows: SheetRows) -> Publication | None:
    """Practices with name, postcode, network and board."""
    edition = _Edition(rows)
    practices: dict[str, tuple[str, ...]] = {}
    for line, cells in rows.lines():
        if not edition.takes(line, cells):
            continue
        code = _practice(rows, line, cells, "practice")
        if code is None:
            continue
        if code in practices:
            rows.refuse(line, cells, "practice", "expected each practice once")
            continue
        names = ("name", "postcode", "network", "network_name", "location", "board")
        practices[code] = (code, *(rows.cell(cells, name) for name in names))
    if edition.first is None:
        return None
    return rows.publication(
        str(edition), len(practices), {"practices": [practices[code] for code in sorted(practices)]}
    )


_CODE = ("org_code", "code", "practice_code", "gp_practice_code")
_LOCATION = ("sub_icb_location_code", "ccg_code", "sub_icb_code")
LAYOUTS = (
    Layout(
        "lists",
        "Patients registered at a GP practice, totals",
        {
            "date": _DATE,
            "code": _CODE,
            "sex": ("sex", "gender"),
            "age": ("age_group_5", "age", "age_group"),
            "patients": _PATIENTS,
            "level": ("org_type", "type"),
            "location": _LOCATION,
        },
        _read_lists,
        frozenset({"level", "location"}),
    ),
    Layout(
        "lists-by-area",
        "Patients registered at a GP practice, by small area",
        {
            "date": _DATE,
            "practice": ("practice_code", "gp_practice_code"),
            "area": ("lsoa_code", "lsoa11cd", "lsoa21cd", "lsoa"),
            "patients": _PATIENTS,
        },
        _read_areas,
    ),
    Layout(
        "practice-map",
        "Patients registered at a GP practice, practice map",
        {
            "date": _DATE,
            "practice": ("practice_code",),
            "name": ("practice_name",),
            "postcode": ("practice_postcode", "postcode"),
            "network": ("pcn_code",),
            "network_name": ("pcn_name",),
            "location": _LOCATION,
            "board": ("icb_code", "stp_code"),
        },
        _read_map,
        frozenset({"date", "postcode", "location"}),
    ),
)
