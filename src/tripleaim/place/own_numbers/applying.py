"""Own numbers written into the tables of a place, where every reader finds them."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from tripleaim.place.declared_files import columns_of
from tripleaim.place.figures import FIGURE_COLUMNS, SOURCE_COLUMNS
from tripleaim.place.files import FolderFiles
from tripleaim.place.own_numbers.addressing import Addresses, OfficialCell, is_same, refuse_value
from tripleaim.place.own_numbers.entries import OWN_NUMBERS, OwnNumber, read_entries
from tripleaim.tables import Column, File, InputError, Row, plain_number, refuse, with_cells

_BOUNDS = ("low", "high")


@dataclass(frozen=True)
class InPlace:
    """An own number that is in use, beside the cell that has the official value.

    `line` is where the entry is in the file of own numbers.
    """

    entry: OwnNumber
    cell: OfficialCell
    line: int

    @property
    def official(self) -> str:
        """The official value as it is now; empty where there is none."""
        return self.cell.official

    @property
    def official_changed(self) -> bool:
        """Whether the official value is another than the one it was written against."""
        return not is_same(self.official, self.entry.replaces)

    @property
    def source_id(self) -> str:
        """The id of its source in the place's list of sources."""
        entry = self.entry
        said = "\0".join(
            (entry.file, entry.row, entry.column, entry.value, entry.source, entry.who, entry.when)
        )
        return f"own-{hashlib.sha256(said.encode()).hexdigest()[:8]}"

    @property
    def status(self) -> str:
        """Its status: assumed, unless the entry says another."""
        return self.entry.status or "assumed"

    @property
    def reason(self) -> str:
        """Who says so and why, and the official value."""
        entry, source = self.entry, self.cell.texts.get("source", "")
        named = f" ({source})" if source else ""
        official = (
            f"the official value is {self.official}{named}"
            if self.official
            else ("there is no official value")
        )
        return f"own number of {entry.who}, {entry.when}: {entry.why.rstrip('. ')}; {official}"


def in_place(own: FolderFiles, defaults: Sequence[FolderFiles]) -> tuple[InPlace, ...]:
    """Every own number in use, with its cell, in the order of the file.

    `own` is the place's folder as it is written. Raises InputError with every fault at once.
    """
    file = own.files.get(OWN_NUMBERS)
    if file is None:
        return ()
    addresses = Addresses(own, defaults)
    found: list[InPlace] = []
    faults: list[InputError] = []
    seen: dict[tuple[str, int | None, str, str], int] = {}
    for entry, row in read_entries(file):
        if entry.undone:
            continue
        try:
            cell = addresses.cell(entry, row)
            refuse_value(cell, entry, row)
            _refuse_second(cell, row, seen)
        except InputError as fault:
            faults.append(fault)
            continue
        found.append(InPlace(entry, cell, row.line))
    refuse(faults)
    return tuple(found)


def with_own_numbers(own: FolderFiles, defaults: Sequence[FolderFiles]) -> FolderFiles:
    """The place's folder with its own numbers in its tables; as written where none is in use.

    A figure that only the defaults have, or that is asked for, comes into a file of figures of its
    own. Rows with a source name that of the own number, other tables do in a comment below
    their rows; a file of sources lists these.
    Raises InputError with every fault at once.
    """
    own = own.as_written  # a folder that has them already is read again from what is written
    found = in_place(own, defaults)
    if not found:
        return own
    files = dict(own.files)
    added = [one for one in found if _comes_alone(one)]
    if added:
        name = _free_name(own, "figures_own_numbers")
        files[name] = File.of(own.path / name, _table(FIGURE_COLUMNS, _rows_of(added)))
    by_file: dict[str, list[InPlace]] = defaultdict(list)
    for one in found:
        if not _comes_alone(one):
            by_file[one.cell.name].append(one)
    for name, several in by_file.items():
        comments = [_comment(one) for one in several if "source" not in one.cell.texts]
        table = with_cells(several[0].cell.file, columns_of(name), _changes(several), comments)
        files[name] = File.of(own.path / name, table.raw)
    name = _free_name(own, "sources_own_numbers")
    files[name] = File.of(own.path / name, _table(SOURCE_COLUMNS, map(_source, found)))
    in_order = sorted(files, key=lambda name: name.split("/"))
    return FolderFiles(own.path, {name: files[name] for name in in_order}, own)


def _comes_alone(one: InPlace) -> bool:
    """Whether it is a figure that no file of the place has."""
    of_figures = one.cell.name.startswith("figures")
    return of_figures and (one.cell.line is None or not one.cell.of_place)


def _refuse_second(
    cell: OfficialCell, row: Row, seen: dict[tuple[str, int | None, str, str], int]
) -> None:
    """Raise InputError for a cell that an own number above stands for already."""
    at = cell.name, cell.line, cell.texts.get("id", ""), cell.column.name
    if at in seen:
        expected = f"expected one own number for a cell; line {seen[at]} is for it too: undo one"
        raise row.fault("row", expected)
    seen[at] = row.line


def _changes(several: Sequence[InPlace]) -> dict[int, dict[str, str]]:
    """The cells to write, by line; bounds after values, which empty them."""
    changes: dict[int, dict[str, str]] = defaultdict(dict)
    for one in sorted(several, key=lambda one: one.cell.column.name in _BOUNDS):
        if one.cell.line is not None:
            changes[one.cell.line] |= _cells(one)
    return changes


def _cells(one: InPlace) -> dict[str, str]:
    """The cells of a row that an own number changes: its own, its source, its status, its cause.

    A bound keeps the source of its value. A value empties the bounds of the official one.
    """
    column, texts = one.cell.column.name, one.cell.texts
    cells = {column: plain_number(one.entry.value)}
    if column in _BOUNDS and "value" in texts:
        return cells | ({"cause": one.reason} if "cause" in texts else {})
    declared_columns = {of.name: of for of in columns_of(one.cell.name)}
    if column == "value":
        may_be_empty = (n for n in _BOUNDS if n in texts and declared_columns[n].may_be_empty)
        cells |= dict.fromkeys(may_be_empty, "")
    said = {"source": one.source_id, "status": one.status, "cause": one.reason, "where": ""}
    return cells | {
        name: text
        for name, text in said.items()
        if name in texts and _takes(declared_columns.get(name), text)
    }


def _comment(one: InPlace) -> str:
    """What a table without a column of sources says of an own number, below its rows."""
    entry = one.entry
    return (
        f"{entry.row}: {entry.column} {entry.value} is an own number (source {one.source_id}) in "
        f"place of {one.official or 'no value'}: {entry.source}; {entry.who}, {entry.when}"
    )


def _takes(column: Column | None, text: str) -> bool:
    """Whether a column takes a text: one of its choices, or empty."""
    if column is None:
        return True
    return text in column.choices if column.choices else bool(text) or column.may_be_empty


def _rows_of(added: Sequence[InPlace]) -> list[dict[str, str]]:
    """Figures as rows of their own: what the official one says, with the own numbers."""
    rows: dict[str, dict[str, str]] = {}
    for one in sorted(added, key=lambda one: one.cell.column.name in _BOUNDS):
        row = rows.setdefault(one.cell.texts["id"], dict(one.cell.texts))
        row |= _cells(one)
    return list(rows.values())


def _source(one: InPlace) -> dict[str, str]:
    entry = one.entry
    return {
        "id": one.source_id,
        "title": entry.source,
        "publisher": entry.who,
        "table": f"own number for {entry.file}: {entry.row}: {entry.column}",
        "edition": entry.when,
        "licence": "not stated",
        "note": entry.why,
    }


def _table(columns: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    names = [column.name for column in columns]
    writer.writerow(names)
    written = {tuple(row[name] for name in names): None for row in rows}
    writer.writerows(written)
    return text.getvalue().encode()


def _free_name(own: FolderFiles, stem: str) -> str:
    """A name of a file that the place does not have yet."""
    names = (f"{stem}{f'_{i}' if i else ''}.csv" for i in count())
    return next(name for name in names if name not in own.files)
