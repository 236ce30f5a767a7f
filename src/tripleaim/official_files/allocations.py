"""Workbooks of allocations, and the official projection of residents."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping

from tripleaim.official_files.allocated_parts import AllocatedParts
from tripleaim.official_files.headers import Layout, SheetRows
from tripleaim.official_files.publication import Publication, Value
from tripleaim.official_files.returned import has_numbers
from tripleaim.tables import plain_number

_BOARD = re.compile(r"Q[A-Z0-9]{2}|[A-Z]\d[A-Z]\d[A-Z]")
_ABOVE_BOARDS = re.compile(
    r"-?|Y\d\d|ENG(LAND)?|NATIONAL|(GRAND )?TOTALS?|.*\b(AND|OF|EAST|WEST|LONDON|MIDLANDS)\b.*"
)
_STREAMS = (
    ("core services", ("core services",)),
    ("specialised services", ("specialised services",)),
    ("general practice", ("primary medical care",)),
    ("pharmacy, eye and dental care", ("pod services", "other primary care")),
    ("running cost", ("running cost", "running_cost")),
)
_RECURRENT = re.compile(
    r"(\d{4}/\d{2}) (?:physical health services \+ hcdd )?recurrent allocation \(?£k\)?"
)
_REVISED = re.compile(r"revised recurrent allocation \(?£k\)?")
_RUNNING = re.compile(r"(\d{4}/\d{2}) \(?£k\)?")
_DISTANCE = re.compile(r"(\d{4}/\d{2}) post-convergence distance from target.*")
_ROUNDED = 2
"""People that ages may differ from all ages by, because each is rounded."""
_CODES = (*(f"icb{year}" for year in range(22, 36)), "icb", "icb_code", "org_code", "ods_code")


def _read_allocations(rows: SheetRows) -> Publication | None:
    """What each board is allocated, £, recurrent, by stream and year."""
    title = " ".join(cell for _, cells in rows.above for cell in cells).lower()
    stream = next((name for name, words in _STREAMS if any(word in title for word in words)), "")
    if not stream:
        return None
    money, distances = _columns(rows, stream)
    if not money:
        return None
    found: list[tuple[Value, ...]] = []
    parts, others = AllocatedParts(rows, money), 0
    for line, cells in rows.lines():
        board = rows.cell(cells, "board").upper()
        if not _BOARD.fullmatch(board):
            if has_numbers(cells) and not _ABOVE_BOARDS.fullmatch(board):
                rows.refuse(line, cells, "board", "expected a board's code such as QSL")
            else:
                others += has_numbers(cells)
                parts.take_above(line, cells)
            continue
        if not parts.take_board(line, cells):
            continue
        for year, at in money.items():
            pounds = _number(cells[at])
            if pounds is None:
                rows.refuse_at(line, cells, at, "expected thousands of pounds, as published")
                continue
            near = distances.get(year)
            distance = _number(cells[near]) if near is not None else None
            rounded = None if distance is None else round(distance, 6)
            found.append((stream, board, year, round(pounds * 1000), rounded))
    for board, sums in parts.boards_from_parts():
        found += [(stream, board, year, round(k * 1000), None) for year, k in sums.items()]
    if not found:
        return None
    parts.compare()
    if others:
        rows.notes.append(f"{others} lines of England, regions and notes are no board's")
    latest = max(money)
    return rows.publication(latest, len(found), {"allocations": found})


def _number(text: str) -> float | None:
    """A finite number, below zero too; None for any other text."""
    try:
        value = float(plain_number(text))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _columns(rows: SheetRows, stream: str) -> tuple[dict[str, int], dict[str, int]]:
    headings = [re.sub(r"\s+", " ", text).strip().lower() for text in rows.header]
    money: dict[str, int] = {}
    pattern = _RUNNING if stream == "running cost" else _RECURRENT
    for at, heading in enumerate(headings):
        if match := pattern.fullmatch(heading):
            money.setdefault(match[1], at)
    for at, heading in enumerate(headings):
        if _REVISED.fullmatch(heading) and money:
            money[max(money)] = at
    distances = {
        match[1]: at
        for at, heading in enumerate(headings)
        if (match := _DISTANCE.fullmatch(heading))
    }
    return money, distances


def _read_projection(rows: SheetRows) -> Publication | None:
    """Projected residents by area, sex, five-year band and year."""
    years = {at: text for at, text in enumerate(rows.header) if re.fullmatch(r"20\d\d", text)}
    if not years:
        return None
    title = " ".join((*(cell for _, cells in rows.above for cell in cells), rows.sheet.file))
    based = re.search(r"(20\d\d)-based", title)
    people: dict[tuple[str, str, int, str], float] = defaultdict(float)
    all_ages: dict[tuple[str, str, str], tuple[float, int]] = {}
    counted = 0
    for line, cells in rows.lines():
        code, age = rows.cell(cells, "code"), rows.cell(cells, "age").lower()
        if not re.fullmatch(r"[EWSN]\d{8}", code):
            continue
        first = re.match(r"\d+", age)
        if first is None and age not in ("all ages", "all"):
            rows.refuse(line, cells, "age", "expected an age such as 5-9, 90+ or All ages")
            continue
        read = {at: _number(cells[at]) for at in years}
        values = [value for value in read.values() if value is not None and value >= 0]
        if len(values) < len(years):
            wrong = next(at for at, value in read.items() if value is None or value < 0)
            rows.refuse_at(line, cells, wrong, "expected a number of people in each year")
            continue
        counted += 1
        sex = _sex(rows.cell(cells, "sex") or title)
        for year, value in zip(years.values(), values, strict=True):
            if first is None:
                all_ages[code, sex, year] = value, line
            else:
                people[code, sex, int(first[0]) // 5 * 5, year] += value
    if not counted:
        return None
    _compare_ages(rows, people, all_ages)
    found: list[tuple[Value, ...]] = [(*key, round(value, 1)) for key, value in people.items()]
    return rows.publication(based[1] if based else "", counted, {"people": found})


def _compare_ages(
    rows: SheetRows,
    people: Mapping[tuple[str, str, int, str], float],
    all_ages: Mapping[tuple[str, str, str], tuple[float, int]],
) -> None:
    """Say where ages do not add up to the file's own all ages."""
    sums: dict[tuple[str, str, str], float] = defaultdict(float)
    for (code, sex, _, year), value in people.items():
        sums[code, sex, year] += value
    wrong = [
        f"line {line} ({code}, {year}): {value:,.1f}, its ages {sums[code, sex, year]:,.1f}"
        for (code, sex, year), (value, line) in all_ages.items()
        if (code, sex, year) in sums and abs(sums[code, sex, year] - value) > _ROUNDED
    ]
    if wrong:
        rows.notes.append(
            f"ages do not add up to all ages in {len(wrong)} areas and years: "
            f"{'; '.join(wrong[:3])}. The ages are used"
        )


def _sex(text: str) -> str:
    """The sex that a cell or a title names: male, female, or all."""
    lower = text.lower()
    return "female" if "female" in lower else "male" if "male" in lower else "all"


LAYOUTS = (
    Layout(
        "allocations",
        "Allocations to integrated care boards",
        {"region": ("region", "region_name", "nhs_england_region"), "board": _CODES},
        _read_allocations,
        frozenset({"region"}),
    ),
    Layout(
        "projections",
        "Subnational population projections (ONS)",
        {
            "code": ("code", "area_code"),
            "area": ("area", "area_name"),
            "age": ("age_group", "age"),
            "sex": ("sex",),
        },
        _read_projection,
        frozenset({"area", "sex"}),
    ),
)
