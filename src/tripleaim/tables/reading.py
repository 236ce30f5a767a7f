"""A file in, typed rows out, with every fault of it and a note on whatever was understood."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tripleaim.tables.body import body_of
from tripleaim.tables.columns import Column, Matched, match
from tripleaim.tables.errors import InputError, refuse
from tripleaim.tables.file import File, opened
from tripleaim.tables.finding import find, titles
from tripleaim.tables.rows import Note, Row, TableOrigin
from tripleaim.tables.typed_rows import RowReader, shortened


@dataclass(frozen=True)
class TableRead:
    """What a table holds: rows that can be used, every fault of the others, and notes.

    `header` are the columns as they are read, `columns` those that were declared; `above` is what
    stands above the header, comments included.
    """

    origin: TableOrigin
    header: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    faults: tuple[InputError, ...]
    notes: tuple[Note, ...]
    above: str
    _lines: tuple[tuple[int, list[str]], ...]
    _plain: Mapping[int, Mapping[str, str]]

    @cached_property
    def texts(self) -> tuple[tuple[int, Mapping[str, str]], ...]:
        """Every line of the right shape with its texts by column, whether they can be used or not.

        Texts that were read as another ("1,234" as 1234) are that other.
        """
        named = list(zip(sorted(self._plain), self.header, strict=True))
        return tuple(
            (line, {n: self._plain[i].get(cells[i], cells[i]) for i, n in named})
            for line, cells in self._lines
        )


def read_csv(file: Path | File, columns: Sequence[Column]) -> list[Row]:
    """The rows of a table, each cell read and checked. Lines that start with # are comments.

    Raises InputError with every fault at once.
    """
    table = read_table(file, columns)
    refuse(table.faults)
    return list(table.rows)


def read_csv_with_faults(
    file: Path | File, columns: Sequence[Column]
) -> tuple[list[Row], list[InputError]]:
    """The rows of a table that can be used, and every fault of the others.

    Raises InputError where no row can be used: the file or its header is at fault.
    """
    table = read_table(file, columns)
    return list(table.rows), list(table.faults)


def read_table(
    file: Path | File, columns: Sequence[Column] = (), beside: Collection[str] = ()
) -> TableRead:
    """A table, in a text or a workbook, with every fault and what was understood.

    Without `columns` the first line is the header and nothing but the form is checked. `beside`
    are sheets of a workbook that are known to be next to the table. Raises
    InputError where no row can be used: the file is none of a table, or its header is at fault.
    """
    file = opened(file)
    records, at, above = find(file, columns, beside)
    line, header = records.lines[at]
    below = records.lines[at + 1 :]
    named = TableOrigin(file.path, records.sheet)
    matched = _match(header, line, below, columns, named)
    if matched.faults and at:
        matched.faults[:0] = _two_headers(records.lines[at - 1 : at + 1], named)
    refuse(matched.faults)
    renamed = {name: seen for name, seen in matched.headings.items() if name != seen}
    origin = TableOrigin(file.path, records.sheet, renamed, matched.at)
    body = body_of(below, records.separator, columns, matched, origin)
    if not body.lines and not body.faults:
        raise InputError("expected at least one row below the header", file=file.path, line=line)
    reader = RowReader(columns, matched, origin, records.separator == ",")
    rows = reader.read(body.lines)
    all_notes = (
        *records.notes,
        *titles(file.path, records.lines[:at]),
        *matched.notes,
        *body.notes,
    )
    return TableRead(
        origin,
        tuple(name for _, name in sorted(matched.names.items())),
        tuple(columns),
        tuple(rows),
        (*body.faults, *shortened(reader.faults)),
        (*all_notes, *reader.notes()),
        above,
        tuple(body.lines),
        reader.plain_texts(),
    )


def header_of(file: Path | File, columns: Sequence[Column] = ()) -> tuple[str, ...]:
    """The headings of a table as they are written. Raises InputError where there is no table."""
    records, at, _ = find(opened(file), columns)
    return tuple(records.lines[at][1])


def _two_headers(
    lines: Sequence[tuple[int, list[str]]], origin: TableOrigin
) -> Iterator[InputError]:
    """A fault that says that two lines are headings, of which the lower has a name twice."""
    (above, upper), (line, lower) = lines
    names = [name for name in lower if name]
    if len(set(names)) < len(names) and sum(map(bool, upper)) > 1:
        expected = (
            f"expected one line of headings; lines {above} and {line} are both headings: write "
            "one heading over each column, such as males_2016"
        )
        yield InputError(expected, file=origin.file, line=line)


def _match(
    header: list[str],
    line: int,
    below: Sequence[tuple[int, list[str]]],
    columns: Sequence[Column],
    origin: TableOrigin,
) -> Matched:
    """The header matched to the declared columns; columns without a name and cells are left out."""
    if columns:
        matched = match(header, line, columns, origin)
    else:
        matched = Matched({}, {})
        for index, name in enumerate(header):
            if name in matched.at:
                expected = "the column appears twice"
                matched.faults.append(origin.fault(line, name, None, expected))
            elif name:
                matched.at[name], matched.headings[name] = index, name
    nameless = [i for i, name in enumerate(header) if not name]
    if any(len(cells) > i and cells[i] for i in nameless for _, cells in below):
        matched.faults.append(origin.fault(line, None, None, "expected a name for every column"))
    matched.width = max((i + 1 for i, name in enumerate(header) if name), default=0)
    return matched
