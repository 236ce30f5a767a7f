"""Beds open overnight (KH03): the workbook of a quarter, and the long CSV files of many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from tripleaim.official_files.dates import day, financial_year_in, month, quarter_of
from tripleaim.official_files.headers import Layout, SheetRows, plain
from tripleaim.official_files.publication import Publication, Value
from tripleaim.official_files.returned import (
    ORGANISATION,
    has_numbers,
    is_organisation,
    is_total,
    titles,
    titles_of_period,
)
from tripleaim.official_files.totals import say_unlike, unlike, value_in
from tripleaim.tables import is_suppressed

_GROUPS = {
    "general_and_acute": "general and acute",
    "maternity": "maternity",
    "mental_illness": "mental illness",
    "learning_disabilities": "learning disabilities",
}
_SPELLINGS = {
    "general_and_acute": ("general_acute", "general_and_acute"),
    "maternity": ("maternity",),
    "mental_illness": ("mental_illness",),
    "learning_disabilities": tuple(f"learning_{word}" for word in ("disabilities", "disability")),
}
_ENDS = {"jun": "Q1", "sep": "Q2", "dec": "Q3", "mar": "Q4"}
_QUARTER = re.compile(
    r"(?<![a-z])q(?:uarter)?[ _-]*([1-4])[,_ -]*(?:of )?[ _-]*(20\d\d[-/_]?\d\d)", re.IGNORECASE
)
_MOST_OCCUPIED = 1.5
"""Beds occupied for each that is open, at most: more is a slip."""
_CLOSE = 1.0
"""Beds that the trusts of a file may differ from its own total by: their numbers are rounded."""
_BY_DAY = "Beds open in the day (KH03)"


def _read_beds(rows: SheetRows) -> Publication | None:
    """Average daily beds of a quarter by trust and group, available and occupied."""
    found: dict[tuple[str, str, str], tuple[Value, ...]] = {}
    totals: dict[str, tuple[int, list[str]]] = {}
    for line, cells in rows.lines():
        if is_total(rows, cells):
            totals[_quarter(rows, cells)] = line, cells
            continue
        code = rows.cell(cells, "code").upper()
        if not is_organisation(code):
            if has_numbers(cells):
                rows.refuse(line, cells, "code", "expected an organisation's code such as RH5")
            continue
        when = _quarter(rows, cells)
        if not when:
            expected = (
                "expected a year such as 2024-25 and the month a quarter ends in, in the line, in "
                "a title or in the file's name"
            )
            rows.refuse(line, cells, "period", expected)
            continue
        for group in _GROUPS:
            row = _beds(rows, line, cells, group, when)
            if row:
                found[code, when, group] = row
    if not found:
        return None
    _compare_totals(rows, found, totals)
    latest = max(when for _, when, _ in found)
    if "day only" in " ".join(titles(rows)).lower():
        return rows.publication(latest, len(found), {}, "beds-by-day", _BY_DAY)
    return rows.publication(latest, len(found), {"beds": list(found.values())})


def _beds(
    rows: SheetRows, line: int, cells: Sequence[str], group: str, when: str
) -> tuple[Value, ...] | None:
    """A trust's beds of one group; None where it returns none, or where they are refused."""
    sides = [f"available_{group}", f"occupied_{group}"]
    if not all(side in rows.at for side in sides):
        return None
    texts = [rows.cell(cells, side) for side in sides]
    if all(not text or text == "-" for text in texts):
        return None
    available, occupied = (rows.number(line, cells, side) for side in sides)
    if available is None or occupied is None or not (available or occupied):
        return None
    if occupied > available * _MOST_OCCUPIED:
        expected = "expected no more beds occupied than there are: compare with the published file"
        rows.refuse(line, cells, sides[1], expected)
        return None
    year, number = when.split(" ")
    code = rows.cell(cells, "code").upper()
    return code, year, number, _GROUPS[group], round(available, 2), round(occupied, 2)


def _compare_totals(
    rows: SheetRows,
    found: Mapping[tuple[str, str, str], tuple[Value, ...]],
    totals: Mapping[str, tuple[int, list[str]]],
) -> None:
    """Say where the trusts do not add up to the file's own totals of England."""
    for when, (line, cells) in totals.items():
        pairs = []
        for group, name in _GROUPS.items():
            mine = [row for key, row in found.items() if key[1:] == (when, group)]
            for at, side in ((4, "available"), (5, "occupied")):
                added = sum(float(row[at] or 0) for row in mine)
                total = value_in(rows, cells, f"{side}_{group}")
                pairs.append((f"{name} beds {side}", total, added))
        say_unlike(rows, line, "trusts", unlike(pairs, _CLOSE))


def _quarter(rows: SheetRows, cells: Sequence[str]) -> str:
    """A quarter as "2024/25 Q1", from the line, the titles above, or the file's name."""
    year = financial_year_in(rows.cell(cells, "year"))
    text = rows.cell(cells, "period")
    end = plain(text)[:3]
    if year and end in _ENDS:
        return f"{year} {_ENDS[end]}"
    whole = day(text)
    if whole and (found := quarter_of(f"{whole:%Y-%m}")):
        return found
    for title in titles_of_period(rows):
        named = _QUARTER.search(title)
        known = named and financial_year_in(named[2])
        if named and known:
            return f"{known} Q{named[1]}"
        if found := quarter_of(month(title) or ""):
            return found
    return ""


def _read_long(rows: SheetRows) -> Publication | None:
    """Beds by trust, group and quarter, one side in a file: its name says which."""
    words = plain(" ".join((rows.sheet.file, *titles(rows))))
    side = "occupied" if "occupied" in words else "available" if "available" in words else ""
    if not side:
        rows.notes.append(
            "whether beds are available or occupied is not in the file: its name should have it, "
            "as KH03-Available-Overnight-only.csv has"
        )
    names = {name: _GROUPS[group] for group, all_ in _SPELLINGS.items() for name in all_}
    found: dict[tuple[str, str, str], float] = {}
    totals: dict[tuple[str, str], tuple[int, list[str]]] = {}
    latest, left = "", Counter[str]()
    for line, cells in rows.lines():
        whole = day(rows.cell(cells, "day"))
        code = rows.cell(cells, "code").upper()
        when = quarter_of(f"{whole:%Y-%m}") if whole else ""
        if when and is_total(rows, cells):
            totals[when, plain(rows.cell(cells, "group"))] = line, cells
            continue
        if not when or not is_organisation(code):
            if has_numbers(cells) and not is_total(rows, cells):
                column, expected = (
                    ("code", "expected an organisation's code such as RH5")
                    if when
                    else ("day", "expected the last day of a quarter, such as 30/06/2024")
                )
                rows.refuse(line, cells, column, expected)
            continue
        group = names.get(plain(rows.cell(cells, "group")))
        if group is None:
            left[rows.cell(cells, "group")] += 1
            continue
        if is_suppressed(rows.cell(cells, "beds")) or not rows.cell(cells, "beds"):
            left["lines without a number, which is not zero"] += 1
            continue
        value = rows.number(line, cells, "beds")
        if value is None:
            continue
        found[code, when, group] = round(value, 2)
        latest = max(latest, when)
    if not found:
        return None
    for (when, spelt), (line, cells) in totals.items():
        mine = [beds for key, beds in found.items() if key[1:] == (when, names.get(spelt))]
        if mine:
            pair = (f"{names[spelt]} beds", value_in(rows, cells, "beds"), sum(mine))
            say_unlike(rows, line, "trusts", unlike([pair], _CLOSE))
    if left:
        told = ", ".join(f"{name} ({number:,})" for name, number in sorted(left.items()))
        rows.notes.append(f"left out: {told}")
    sided: list[tuple[Value, ...]] = [
        (code, *when.split(" "), group, side, value) for (code, when, group), value in found.items()
    ]
    return rows.publication(latest, len(found), {"beds": [], "side": sided if side else []})


def _columns() -> dict[str, tuple[str, ...]]:
    return {
        f"{side}_{group}": tuple(f"{side}_{name}" for name in names)
        for side in ("available", "occupied")
        for group, names in _SPELLINGS.items()
    }


_BEDS = _columns()
_TITLE = "Beds open overnight, quarterly (KH03)"
LAYOUTS = (
    Layout(
        "beds",
        _TITLE,
        {
            "year": ("year",),
            "period": ("period_end", "period", "quarter"),
            "code": ORGANISATION,
            **_BEDS,
        },
        _read_beds,
        frozenset({"year", "period", *(name for name in _BEDS if "general" not in name)}),
    ),
    Layout(
        "beds",
        _TITLE,
        {
            "code": ORGANISATION,
            "group": ("sector",),
            "beds": ("number_of_beds",),
            "day": ("effective_snapshot_date", "period_end"),
        },
        _read_long,
    ),
)
