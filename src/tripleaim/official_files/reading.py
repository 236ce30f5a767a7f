"""A folder of official files in, publications out; and what each file is that is none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path

from tripleaim.official_files import (
    ae,
    allocations,
    beds,
    hospitals,
    patients,
    practices,
    waiting,
)
from tripleaim.official_files.headers import Layout, rows_of
from tripleaim.official_files.named_periods import with_question
from tripleaim.official_files.opened import OfficialSheet, Unread, opened, without_file
from tripleaim.official_files.publication import Publication
from tripleaim.tables import InputError

LAYOUTS: tuple[Layout, ...] = (
    *waiting.LAYOUTS,
    *patients.LAYOUTS,
    *practices.LAYOUTS,
    *ae.LAYOUTS,
    *beds.LAYOUTS,
    *hospitals.LAYOUTS,
    *allocations.LAYOUTS,
)


def publications(folder: Path | str) -> Iterator[Publication | Unread]:
    """Every publication in a folder, one after the other, and every file that is none.

    Sheets of a workbook and files of a zip beside a known one (covers, notes) are named in one
    line. Raises InputError for what is no folder, or an empty one.
    """
    for file, sheets in groupby(opened(Path(folder)), key=_file_of):
        known = False
        unknown: list[Unread] = []
        for sheet in sheets:
            found = sheet if isinstance(sheet, Unread) else recognise(sheet)
            if isinstance(found, Publication):
                known = True
                yield found
            elif isinstance(sheet, Unread):
                yield found
            else:
                unknown.append(found)
        if unknown and known:
            names = ", ".join(one.file.removeprefix(f"{file}: ") for one in unknown)
            yield Unread(file, f"also has {names}, which are none of the known publications")
        else:
            yield from unknown


def _file_of(sheet: OfficialSheet | Unread) -> str:
    return sheet.file.split(": ", maxsplit=1)[0]


def recognise(sheet: OfficialSheet) -> Publication | Unread:
    """Which publication a sheet is, by its headings and not by its name, and its tidy rows."""
    try:
        found = practices.practice_file(sheet)
        if found:
            return with_question(found)
        for layout in LAYOUTS:
            rows = rows_of(sheet, layout)
            read = layout.read(rows) if rows else None
            if read:
                return with_question(read)
            if rows and rows.refused:
                first = rows.refused[0]
                return Unread(
                    sheet.file,
                    f'line {first.line}, column "{first.column}": "{first.value}": '
                    f"{first.expected}. No line of it can be used ({layout.title})",
                )
        first_line = next(islice(sheet.lines(), 1), None)
    except InputError as fault:
        return Unread(sheet.file, without_file(fault))
    starts = ", ".join(first_line[1][:6])[:120] if first_line else "nothing"
    return Unread(
        sheet.file,
        f'not one of the known publications: it starts with "{starts}". Its headings should be as '
        "published; take the file as it is downloaded",
    )
