"""Which lines below a header are rows: not the empty ones, nor notes at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.tables.columns import Column, Matched
from tripleaim.tables.errors import InputError
from tripleaim.tables.rows import Note, TableOrigin
from tripleaim.tables.typed_rows import CellReader


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
    foot = _foot(below, columns, matched)
    for line, cells in below:
        if len(cells) == width and (cells[0] or any(cells)) and line not in foot:
            body.lines.append((line, cells))
        elif not any(cells):
            empty.append(line)
        elif line in foot:
            text = " ".join(cell for cell in cells if cell)
            said = f'"{text[:80]}" stands below the table and is not read'
            body.notes.append(Note(origin.file, said, line))
        elif len(cells) > width and not any(cells[width:]):
            body.lines.append((line, cells[:width]))
        elif len(cells) < width and origin.sheet:
            body.lines.append((line, cells + [""] * (width - len(cells))))
        else:
            expected = f"expected {width} cells, found {len(cells)}"
            told = separator.join(cells)[:60]
            body.faults.append(origin.fault(line, None, told, expected))
    if empty:
        body.notes.append(Note(origin.file, f"empty and left out: {lines_in_words(empty)}"))
    return body


def _foot(
    lines: Sequence[tuple[int, list[str]]], columns: Sequence[Column], matched: Matched
) -> set[int]:
    """The last lines that hold one text and nothing else, where a row needs more: footnotes."""
    needed = [c for c in columns if not c.may_be_empty and c.name in matched.at]
    by_index = {matched.at[column.name]: column for column in columns if column.name in matched.at}
    if len(needed) < 2:
        return set()
    foot: set[int] = set()
    for line, cells in reversed(lines):
        filled = [i for i, cell in enumerate(cells) if cell]
        if not filled:
            continue
        column = by_index.get(filled[0])
        if len(filled) > 1 or " " not in cells[filled[0]]:
            break
        if column is not None and column.read is not str and _reads(column, cells[filled[0]]):
            break
        foot.add(line)
    return foot


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
    told = [f"{a}" if a == b else f"{a} to {b}" for a, b in spans]
    many = "lines" if len(lines) > 1 else "line"
    listed = ", ".join(told[:-1]) + " and " + told[-1] if len(told) > 1 else told[0]
    return f"{many} {listed}"
