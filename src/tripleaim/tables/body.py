"""Which lines below a header are rows: not the empty ones, nor notes at the foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.tables.columns import Column, Matched
from tripleaim.tables.errors import InputError
from tripleaim.tables.rows import Note, TableOrigin
from tripleaim.tables.typed_rows import CellReader

_FOOTNOTE = re.compile(
    r"(?:sources?|(?:foot)?notes?|contact|end of \w+|key|see|this|these|figures|data|contains"
    r"|(?:crown )?copyright|©|published|licen[cs]e|next|\*|†|\(?\d{1,2}[.)]|\[\w+\])(?:[\s:.)].*)?",
    re.IGNORECASE | re.DOTALL,
)
"""How the first words of a note below a table read, where commas in it make several cells."""


@dataclass
class Body:
    """Lines that are rows, with what is wrong with the others and what was left out."""

    lines: list[tuple[int, list[str]]]
    faults: list[InputError]
    notes: list[Note]


def body_of(
    below: Sequence[tuple[int, list[str]]],
    separator: str,
    columns: Sequence[Column],
    matched: Matched,
    origin: TableOrigin,
) -> Body:
    """The lines below the header that are rows: empty ones and notes at the foot are left out."""
    width = matched.width
    body = Body([], [], [])
    empty: list[int] = []
    again: list[int] = []
    foot = _foot(below, columns, matched)
    for line, cells in below:
        if _is_the_header(cells, matched):
            again.append(line)
        elif len(cells) == width and (cells[0] or any(cells)) and line not in foot:
            body.lines.append((line, cells))
        elif not any(cells):
            empty.append(line)
        elif line in foot:
            text = " ".join(cell for cell in cells if cell)
            message = f'"{text[:80]}" is below the table and is not read'
            body.notes.append(Note(origin.file, message, line))
        elif len(cells) > width and not any(cells[width:]):
            body.lines.append((line, cells[:width]))
        elif len(cells) < width and origin.sheet:
            body.lines.append((line, cells + [""] * (width - len(cells))))
        else:
            quoted = "; put a text or a number that contains a comma in quotation marks"
            hint = quoted if separator == "," and len(cells) > width else ""
            expected = f"expected {width} cells, found {len(cells)}{hint}"
            repeated = separator.join(cells)[:60]
            body.faults.append(origin.fault(line, None, repeated, expected))
    if again:
        message = f"the header is repeated and is left out: {lines_in_words(again)}"
        body.notes.append(Note(origin.file, message))
    if empty:
        body.notes.append(Note(origin.file, f"empty and left out: {lines_in_words(empty)}"))
    return body


def _is_the_header(cells: Sequence[str], matched: Matched) -> bool:
    """Whether a line is the header once more, as at the top of each printed page."""
    return len(cells) == matched.width and all(
        cells[matched.at[name]] == heading for name, heading in matched.headings.items()
    )


def _foot(
    lines: Sequence[tuple[int, list[str]]], columns: Sequence[Column], matched: Matched
) -> set[int]:
    """The last lines that are notes: one text where a row needs more, or one cut up by commas."""
    if len(matched.at) < 2:
        return set()
    foot: set[int] = set()
    for line, cells in reversed(lines):
        filled = [i for i, cell in enumerate(cells) if cell]
        if filled and not _is_note(cells, filled, columns, matched):
            break
        if filled:
            foot.add(line)
    return foot


def _is_note(
    cells: Sequence[str], filled: Sequence[int], columns: Sequence[Column], matched: Matched
) -> bool:
    first = cells[filled[0]]
    named = bool(_FOOTNOTE.fullmatch(first))
    needed = [c for c in columns if not c.may_be_empty and c.name in matched.at]
    if not named and (len(filled) > 1 or len(needed) < 2 or " " not in first):
        return False
    typed = [c for c in columns if c.name in matched.at and (c.read is not str or c.choices)]
    if len(filled) > 1 and not typed:
        return False
    read = (matched.at[column.name] for column in typed)
    return not any(
        index in filled and _reads(column, cells[index])
        for index, column in zip(read, typed, strict=True)
    )


def _reads(column: Column, text: str) -> bool:
    try:
        CellReader(column, True)(text)
    except (ValueError, InputError):
        return False
    return True


def lines_in_words(lines: Sequence[int]) -> str:
    """Line numbers in words: "lines 3 to 5 and 9"."""
    spans: list[list[int]] = []
    for line in sorted(lines):
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    ranges = [f"{a}" if a == b else f"{a} to {b}" for a, b in spans]
    many = "lines" if len(lines) > 1 else "line"
    listed = ", ".join(ranges[:-1]) + " and " + ranges[-1] if len(ranges) > 1 else ranges[0]
    return f"{many} {listed}"
