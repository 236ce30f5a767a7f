"""Lists of practices and of small areas: codes in a file, each of them accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tripleaim.boards.changed_codes import CodeChange, code_changes
from tripleaim.boards.official import OfficialTables
from tripleaim.tables import Column, InputError, read_csv, refuse

_PRACTICES = (
    Column(
        "practice",
        also=("practice_code", "code", "gp_code", "gp_practice_code", "org_code", "ods_code"),
    ),
)
_AREAS = (
    Column(
        "lsoa",
        also=(
            *("lsoa_code", "lsoa21", "lsoa21cd", "lsoa21_code", "lsoa_2021", "area", "area_code"),
            *("code", "lsoa11", "lsoa11cd", "lsoa11_code", "lsoa_2011"),
        ),
    ),
)
_PRACTICE = re.compile(r"[A-Z]\d{5}")
_SHORT_PRACTICE = re.compile(r"[A-Z]\d{1,4}")
_SHORT_AREA = re.compile(r"E?(?:01)?0*(\d{1,6})")


@dataclass(frozen=True, slots=True)
class CodeList:
    """The codes of a list, each once, and what was not read as it was written, line by line."""

    codes: tuple[str, ...]
    notes: tuple[str, ...]


def practices_in(file: Path, tables: OfficialTables) -> CodeList:
    """The practices that a CSV file lists in its column `practice`.

    A practice that has closed is named and has no people; one that comes twice counts once. Raises
    InputError with every code that is no practice, or has lost its zeros.
    """
    written = _written(file, _PRACTICES, "practice")
    known = {
        row["practice"]: row["open"]
        for row in tables.records(
            "SELECT practice, practice IN (SELECT practice FROM practices) AS open "
            "FROM practice_homes"
        )
    }
    changes = code_changes("practice", list(known), tables)
    once, notes = _once(file, written)
    refuse(_unknown_practices(file, once, known))
    notes += [
        f"{file.name}, line {line}: {code} {_closed(code, changes)}; it has no people on 1 July "
        "2026, and where its patients went is not known"
        for code, line in once.items()
        if not known[code]
    ]
    if not any(known[code] for code in once):
        raise InputError("expected a practice with people on 1 July 2026", file=file)
    return CodeList(tuple(once), tuple(notes))


def _unknown_practices(
    file: Path, once: Mapping[str, int], known: Mapping[str, bool]
) -> Iterator[InputError]:
    for code, line in once.items():
        if code in known:
            continue
        padded = f"{code[:1]}{code[1:]:0>5}"
        expected = "expected the code of an English general practice: a letter and five digits"
        if _SHORT_PRACTICE.fullmatch(code) and padded in known:
            expected = f"{expected}; zeros were lost, as a spreadsheet does: use {padded}"
        elif _PRACTICE.fullmatch(code):
            expected = (
                "expected a practice of the practice file of 2025, of the map of August 2026 or of "
                "the lists; this one is in none of them: it opened later or is not a practice"
            )
        yield InputError(expected, file=file, line=line, column="practice", value=code)


def _closed(code: str, changes: Mapping[str, CodeChange]) -> str:
    change = changes.get(code)
    return f"closed on {change.since}" if change else "has left the lists"


def areas_in(file: Path, tables: OfficialTables) -> CodeList:
    """The small areas of 2021 that a CSV file lists in its column `lsoa`.

    A code of 2011 is carried to the areas of 2021 that follow it, which is said; one that was
    merged brings the whole area of 2021. Raises InputError with every code that is no area.
    """
    written = _written(file, _AREAS, "lsoa")
    known = {row["lsoa"] for row in tables.records("SELECT lsoa FROM areas")}
    once, notes = _once(file, written)
    changes = code_changes("area", [code for code in once if code not in known], tables)
    refuse(_unknown_areas(file, once, known, changes))
    found: dict[str, None] = {}
    for code, line in once.items():
        if code in known:
            found[code] = None
            continue
        change = changes[code]
        found.update(dict.fromkeys(change.successors))
        notes.append(f"{file.name}, line {line}: {_carried(change)}")
    return CodeList(tuple(found), tuple(notes))


def _carried(change: CodeChange) -> str:
    listed = " and ".join(change.successors)
    if change.change == "split":
        return f"{change.code} is an area of 2011 that was split: {listed} are taken"
    return (
        f"{change.code} is an area of 2011 that was merged with others: all of {listed} is taken, "
        "also where the list has not all of the areas of 2011 that it is made of"
    )


def _unknown_areas(
    file: Path, once: Mapping[str, int], known: set[str], changes: Mapping[str, CodeChange]
) -> Iterator[InputError]:
    for code, line in once.items():
        if code in known or code in changes:
            continue
        expected = "expected the code of a small area of England (E01 and six digits)"
        match = _SHORT_AREA.fullmatch(code)
        if match and (whole := f"E01{int(match[1]):06d}") in known:
            expected = f"{expected}; zeros were lost, as a spreadsheet does: use {whole}"
        elif code.startswith("W01"):
            expected = f"{expected}; this one is in Wales"
        yield InputError(expected, file=file, line=line, column="lsoa", value=code)


def _written(file: Path, columns: Sequence[Column], name: str) -> list[tuple[str, int]]:
    """The codes of a file in capitals, each with its line."""
    return [(str(row[name]).strip().upper(), row.line) for row in read_csv(file, columns)]


def _once(file: Path, written: Sequence[tuple[str, int]]) -> tuple[dict[str, int], list[str]]:
    """The first line of each code, and a note on each that comes again."""
    once: dict[str, int] = {}
    notes = []
    for code, line in written:
        first = once.setdefault(code, line)
        if first != line:
            notes.append(f"{file.name}, line {line}: {code} is in line {first} too: counted once")
    return once, notes
