"""Where the table is in a file: the separator, the sheet, the line of the header."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from tripleaim.tables.columns import Column, known_as, score
from tripleaim.tables.errors import InputError
from tripleaim.tables.file import File, opened
from tripleaim.tables.records import SEPARATORS, Records, first_of_text, of_book, of_text
from tripleaim.tables.rows import Note

_NO_TABLE = (
    (re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"])"), "JSON"),
    (re.compile(r"\s*<\?xml[\s>]", re.IGNORECASE), "XML"),
)
_BOOK = b"PK\x03\x04"
"""How a workbook begins: it is a ZIP archive."""
_LOOKED_AT = 40
"""Lines from the first among which a header is looked for: publishers put titles above it."""


def find(
    file: File, columns: Sequence[Column], beside: Collection[str] = ()
) -> tuple[Records, int, str]:
    """The records of the table, which of them is its header, and the text above that."""
    if not file.refusal and file.raw.startswith(_BOOK):
        return _found_in_book(file, columns, beside)
    text, notes = file.decoded()
    for pattern, what in _NO_TABLE:
        if pattern.match(text):
            raise InputError(f"expected a table; this is {what}: save it as CSV", file=file.path)
    try:
        lines = of_text(text, file.path)
    except InputError as fault:
        lines, refusal = [], fault
    else:
        refusal = InputError("expected a header line", file=file.path, line=1)
    if lines and (not columns or _is_header(lines[0][1], columns)):
        best = Records(lines, notes=notes), 0
    else:
        found = _other_separators(text, file.path, lines, columns, notes)
        if found is None:
            raise refusal
        best = found
    records, at = best
    above = "\n".join(text.split("\n")[: records.lines[at][0] - 1])
    return records, at, above


def _is_header(cells: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether every cell of a line names a column, and the line has no other separators."""
    alone = len(cells) == 1 < len(columns) and any(mark in cells[0] for mark in SEPARATORS)
    return not alone and all(known_as(name, columns) for name in cells if name)


def _other_separators(
    text: str,
    path: Path,
    commas: list[tuple[int, list[str]]],
    columns: Sequence[Column],
    notes: tuple[Note, ...],
) -> tuple[Records, int] | None:
    best: tuple[int, str, int] | None = None
    for separator in SEPARATORS:
        try:
            # A header is among the first lines: the rest is read once the separator is known.
            lines = commas if separator == "," else first_of_text(text, path, separator, _LOOKED_AT)
        except InputError:
            continue
        if not lines:
            continue
        points, at = _header(lines, columns)
        if best is None or points > best[0]:
            best = points, separator, at
    if not best or not (commas or best[0]):
        return None
    _, separator, at = best
    if separator == ",":
        return Records(commas, "", separator, notes), at
    note = Note(path, f"its columns are separated by {SEPARATORS[separator]}")
    return Records(of_text(text, path, separator), "", separator, (*notes, note)), at


def rival_sheets(file: Path | File, columns: Sequence[Column]) -> tuple[str, ...]:
    """The sheets of a workbook that may equally be the table, where these are several.

    Raises InputError where it is no workbook that can be read.
    """
    file = opened(file)
    if file.refusal or not file.raw.startswith(_BOOK):
        return ()
    ranked = _ranked(of_book(file), columns)
    best = [sheet.sheet for points, _, sheet in ranked if points and points == ranked[0][0]]
    return tuple(best) if len(best) > 1 else ()


def _ranked(sheets: Sequence[Records], columns: Sequence[Column]) -> list[tuple[int, int, Records]]:
    """The sheets with how many columns each names and where its header is, the best first."""
    found = [(*_header(sheet.lines, columns), sheet) for sheet in sheets]
    return sorted(found, key=lambda one: -one[0])


def _found_in_book(
    file: File, columns: Sequence[Column], beside: Collection[str]
) -> tuple[Records, int, str]:
    """The one sheet of a workbook that has the columns; InputError where several have them."""
    sheets = [sheet for sheet in of_book(file) if sheet.sheet not in beside]
    if not sheets:
        raise InputError("expected a sheet with a header and at least one row", file=file.path)
    ranked = _ranked(sheets, columns)
    if file.sheet:  # the one that was chosen, then all others
        ranked.sort(key=lambda one: one[2].sheet != file.sheet)
    points, at, sheet = ranked[0]
    rivals = [other.sheet for score_of, _, other in ranked if score_of == points]
    if len(rivals) > 1 and sheet.sheet != file.sheet:
        raise InputError(
            f"expected one sheet with the table; {', '.join(rivals)} all look like it: keep one",
            file=file.path,
        )
    if sheet.hidden and points < sum(column.needed for column in columns):
        raise InputError(
            f"expected the table on a visible sheet; {', '.join(sheet.hidden)} is hidden",
            file=file.path,
        )
    notes = sheet.notes
    if len(ranked) > 1:
        others = ", ".join(other.sheet for *_, other in ranked[1:])
        message = f"read from the sheet {sheet.sheet}, not from {others}"
        notes = (Note(file.path, message), *notes)
    return Records(sheet.lines, sheet.sheet, ",", notes), at, ""


def _header(lines: Sequence[tuple[int, list[str]]], columns: Sequence[Column]) -> tuple[int, int]:
    """How many columns the best header among the first lines names, and where it is."""
    if not columns:
        return 1, 0
    points, at = max(
        ((score(cells, columns), -i) for i, (_, cells) in enumerate(lines[:_LOOKED_AT])),
        default=(0, 0),
    )
    return points, -at if points else 0


def titles(path: Path, lines: Sequence[tuple[int, list[str]]]) -> Iterator[Note]:
    """A note on each line above the header, such as a title: it is not read."""
    for line, cells in lines:
        text = " ".join(cell for cell in cells if cell)
        if text:
            yield Note(path, f'"{text[:80]}" is above the header and is not read', line)
