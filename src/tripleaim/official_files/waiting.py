"""Consultant-led referral to treatment: the full extract."""

from __future__ import annotations

import re
from collections import Counter

from tripleaim.official_files.dates import month
from tripleaim.official_files.headers import Layout, SheetRows, plain
from tripleaim.official_files.publication import Publication
from tripleaim.tables import plain_number

_WEEK = re.compile(r"gt_(\d+)(?:_to_(\d+))?_weeks?(?:_sum_1)?")
_TOTALS = "C_999"
_PART = re.compile(r"part_(1a|1b|2|2a|3)")


def _read_waiting(rows: SheetRows) -> Publication | None:
    weeks = {at: int(match[1]) for at, match in _weeks(rows)}
    if not weeks:
        return None
    edition, counted, parts = "", 0, Counter[str]()
    waiting: dict[tuple[str, str, str], list[int]] = {}
    names: dict[str, str] = {}
    providers: dict[str, str] = {}
    totals: dict[tuple[str, str], tuple[int, int, list[str]]] = {}
    order = sorted(weeks)
    for line, cells in rows.lines():
        part = plain(rows.cell(cells, "part"))
        parts[part] += 1
        if part != "part_2":
            if not _PART.fullmatch(part):
                rows.refuse(
                    line, cells, "part", "expected Part_1A, Part_1B, Part_2, Part_2A, Part_3"
                )
            continue
        period = month(rows.cell(cells, "period"))
        edition = edition or period or ""
        if not period or period != edition:
            expected = f"expected one month in a file, {edition}: give each as a file of its own"
            rows.refuse(line, cells, "period", expected)
            continue
        key = tuple(rows.cell(cells, name).upper() for name in ("provider", "commissioner"))
        specialty = rows.cell(cells, "specialty").upper()
        counts = _counts(rows, line, cells, order)
        unknown = _unknown(rows, line, cells) if counts is not None else None
        total = rows.whole(line, cells, "total_all") if unknown is not None else None
        if counts is None or unknown is None or total is None:
            continue
        if specialty == _TOTALS:
            totals[key[0], key[1]] = total, line, cells
            continue
        added = sum(counts) + unknown
        if added != total:
            expected = f"expected the sum of its weeks, {added:,}: download the file again"
            rows.refuse(line, cells, "total_all", expected)
            continue
        if (*key, specialty) in waiting:
            expected = "expected each provider, commissioner and treatment function once"
            rows.refuse(line, cells, "specialty", expected)
            continue
        waiting[key[0], key[1], specialty] = counts
        names[specialty] = rows.cell(cells, "specialty_name") or specialty
        providers[key[0]] = rows.cell(cells, "provider_name") or key[0]
        counted += 1
    if not edition:
        return None
    _compare_totals(rows, waiting, totals)
    left_out = {part: n for part, n in parts.items() if part != "part_2"}
    rows.notes.append(
        f"lines that are not of the waiting list are left out: {sum(left_out.values()):,} of "
        f"other parts, {len(totals):,} totals ({_TOTALS})"
    )
    return rows.publication(
        edition,
        counted,
        {
            "weeks": [(weeks[at],) for at in order],
            "waiting": [(*key, *counts) for key, counts in sorted(waiting.items())],
            "specialties": sorted(names.items()),
            "providers": sorted(providers.items()),
        },
    )


def _weeks(rows: SheetRows) -> list[tuple[int, re.Match[str]]]:
    return [
        (at, match)
        for at, heading in enumerate(rows.header)
        if (match := _WEEK.fullmatch(plain(heading)))
    ]


def _unknown(rows: SheetRows, line: int, cells: list[str]) -> int | None:
    """The people whose wait is not known; an empty cell is nobody, as published."""
    return rows.whole(line, cells, "unknown") if rows.cell(cells, "unknown") else 0


def _counts(rows: SheetRows, line: int, cells: list[str], order: list[int]) -> list[int] | None:
    """The people of each week; an empty cell is nobody, as published."""
    try:
        counts = [int(float(plain_number(cells[at]))) if cells[at] else 0 for at in order]
    except ValueError:
        counts = [-1]
    if min(counts) >= 0:
        return counts
    wrong = next(
        at for at in order if cells[at] and not re.fullmatch(r"\d+(\.0+)?", plain_number(cells[at]))
    )
    rows.refuse(
        line,
        cells,
        rows.header[wrong],
        f"expected a number of people in each week; {cells[wrong]} in column {wrong + 1} is none "
        "(suppressed?): ask the publisher",
    )
    return None


def _compare_totals(
    rows: SheetRows,
    waiting: dict[tuple[str, str, str], list[int]],
    totals: dict[tuple[str, str], tuple[int, int, list[str]]],
) -> None:
    """Say where a total of the file is not the sum of its treatment functions."""
    sums: Counter[tuple[str, str]] = Counter()
    for (provider, commissioner, _), counts in waiting.items():
        sums[provider, commissioner] += sum(counts)
    wrong = [
        f"line {line} ({' '.join(key)}): {total:,} against {sums[key]:,}"
        for key, (total, line, _) in totals.items()
        if total != sums[key]
    ]
    if wrong:
        rows.notes.append(
            f"{len(wrong)} totals ({_TOTALS}) are not the sum of the known weeks of their "
            f"treatment functions: {'; '.join(wrong[:3])}. The treatment functions are used"
        )


LAYOUTS = (
    Layout(
        "waiting",
        "Consultant-led referral to treatment, full extract",
        {
            "period": ("period",),
            "provider": ("provider_org_code", "provider_code"),
            "provider_name": ("provider_org_name", "provider_name"),
            "commissioner": ("commissioner_org_code", "commissioner_code"),
            "part": ("rtt_part_type",),
            "specialty": ("treatment_function_code",),
            "specialty_name": ("treatment_function_name", "treatment_function"),
            "unknown": ("patients_with_unknown_clock_start_date",),
            "total_all": ("total_all",),
        },
        _read_waiting,
        frozenset({"provider_name", "specialty_name", "unknown"}),
    ),
)
