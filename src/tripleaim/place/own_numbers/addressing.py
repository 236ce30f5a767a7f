"""Which cell an own number stands for: its file, its row, its column, and the official value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim.place.declared_files import declared
from tripleaim.place.figures import FIGURE_COLUMNS
from tripleaim.place.files import FolderFiles
from tripleaim.place.own_numbers.entries import OWN_NUMBERS, OwnNumber
from tripleaim.tables import (
    Column,
    File,
    Row,
    TableRead,
    exact_number,
    number,
    read_cell,
    read_table,
    whole,
)

_NUMBERS = (number, exact_number, whole)
ASKED_FOR = "asked_for.csv"


@dataclass(frozen=True)
class OfficialCell:
    """One cell of a file: where it is, the official texts of its row, how its column is read.

    `line` is None for a figure that is asked for and that nobody has stated. `of_place` says
    whether the file is the place's own, and not one of the defaults'.
    """

    file: File
    name: str
    line: int | None
    column: Column
    texts: Mapping[str, str]
    of_place: bool

    @property
    def official(self) -> str:
        """The official text; empty where there is none."""
        return self.texts.get(self.column.name, "")


def columns_of_numbers(name: str) -> tuple[Column, ...]:
    """The columns of a table that may have own numbers; none where a file is no such table."""
    file = declared(name)
    if file is None or not _is_table(name):
        return ()
    return tuple(one for one in file.columns if one.read in _NUMBERS and one.name not in file.key)


def _is_table(name: str) -> bool:
    file = declared(name)
    return file is not None and bool(file.columns) and name != OWN_NUMBERS


class Addresses:
    """The tables that own numbers of a place may name, each read once."""

    def __init__(self, own: FolderFiles, defaults: Sequence[FolderFiles]) -> None:
        self.own, self.defaults = own, defaults
        self._read: dict[tuple[int, str], TableRead] = {}

    def cell(self, entry: OwnNumber, row: Row) -> OfficialCell:
        """The cell that an entry names; `row` is the entry's own, for messages.

        Raises InputError for a file, a column or a row that is not there, or not one alone.
        """
        if not _is_table(entry.file):
            raise row.fault("file", "expected a table of the place (.csv)", self._names())
        numeric = columns_of_numbers(entry.file)
        column = next((one for one in numeric if one.name == entry.column), None)
        if column is None or column.name in entry.key:
            names = [one.name for one in numeric]
            expected = f"expected a column of numbers of {entry.file}: {', '.join(names)}"
            raise row.fault("column", expected, names)
        if entry.file.startswith("figures"):
            return self._figure(entry, column, row)
        if entry.file not in self.own.files:
            raise row.fault("file", self._expected_file(entry.file), self._names())
        return self._cell(self.own, entry, column, row)

    def table(self, folder: FolderFiles, name: str) -> TableRead:
        """A table as it is written."""
        where = id(folder), name
        if where not in self._read:
            file = declared(name)
            self._read[where] = read_table(folder.files[name], file.columns if file else ())
        return self._read[where]

    def parts(self, folder: FolderFiles) -> list[str]:
        """The files of figures of a folder."""
        return [n for n in folder.files if n.startswith("figures") and n.endswith(".csv")]

    def _names(self) -> list[str]:
        """The tables of the place."""
        return [n for n in self.own.files if n.endswith(".csv") and n != OWN_NUMBERS]

    def _expected_file(self, name: str) -> str:
        """What is to be done about a table that the place does not have."""
        holder = self._holder(name)
        if holder is None:
            return "expected a table of the place"
        return (
            "expected a table of the place; this one is only among the defaults it builds on "
            f"({holder.path.name}): copy it into the place's folder first"
        )

    def _holder(self, name: str) -> FolderFiles | None:
        return next((f for f in (self.own, *self.defaults) if name in f.files), None)

    def _cell(
        self, folder: FolderFiles, entry: OwnNumber, column: Column, row: Row
    ) -> OfficialCell:
        table = self.table(folder, entry.file)
        unknown = [name for name in entry.key if name not in table.header]
        if unknown:
            expected = f"expected columns of {entry.file}: {', '.join(table.header)}"
            raise row.fault("row", expected, table.header, value=unknown[0])
        found = [
            (line, texts)
            for line, texts in table.texts
            if all(texts[name] == value for name, value in entry.key.items())
        ]
        if not found:
            raise row.fault("row", f"expected one row of {entry.file}", _nearly(table, entry.key))
        if len(found) > 1:
            lines = ", ".join(str(line) for line, _ in found[:5])
            more = "…" if len(found) > 5 else ""
            expected = (
                f"expected one row of {entry.file}, found {len(found)} (lines {lines}{more}): name "
                "more columns"
            )
            raise row.fault("row", expected)
        ((line, texts),) = found
        of_place = folder is self.own
        return OfficialCell(folder.files[entry.file], entry.file, line, column, texts, of_place)

    def _figure(self, entry: OwnNumber, column: Column, row: Row) -> OfficialCell:
        """The cell of a figure: in the place's own files, in the defaults', or asked for."""
        if tuple(entry.key) != ("id",):
            raise row.fault("row", "expected the id of a figure, such as id=births.2016")
        figure_id = entry.key["id"]
        holder = self.part_with(self.own, figure_id)
        if holder and entry.file != holder:
            raise row.fault("file", f"expected {holder}, which has the figure {figure_id}")
        if holder:
            return self._cell(self.own, entry, column, row)
        asked = self._asked_for(figure_id)
        if asked is not None and column.name == "value":
            file = File.of(self.own.path / entry.file, b"")
            return OfficialCell(file, entry.file, None, column, asked, of_place=True)
        for folder in self.defaults:
            holder = self.part_with(folder, figure_id)
            if holder:
                table = self.table(folder, holder)
                line, texts = next(one for one in table.texts if one[1]["id"] == figure_id)
                return OfficialCell(
                    folder.files[holder], holder, line, column, texts, of_place=False
                )
        valid = [
            f"id={one}"
            for folder in (self.own, *self.defaults)
            for part in self.parts(folder)
            for one in self._ids(folder, part)
        ]
        raise row.fault("row", "expected the id of a figure", valid)

    def part_with(self, folder: FolderFiles, figure_id: str) -> str | None:
        """The file of figures of a folder that has a figure; None where none has it."""
        return next((n for n in self.parts(folder) if figure_id in self._ids(folder, n)), None)

    def _ids(self, folder: FolderFiles, name: str) -> set[str]:
        return {texts["id"] for _, texts in self.table(folder, name).texts}

    def _asked_for(self, figure_id: str) -> Mapping[str, str] | None:
        """A figure that the place asks for, with its unit; None where it asks for no such one."""
        folder = self._holder(ASKED_FOR)
        if folder is None:
            return None
        stem, _, year = figure_id.rpartition(".")
        years = {figure_id: ""}
        if len(year) == len("2026_27") and year[4] == "_":
            years[stem] = year.replace("_", "/")
        for _, texts in self.table(folder, ASKED_FOR).texts:
            if texts["id"] in years:
                known = {"id": figure_id, "unit": texts["unit"], "year": years[texts["id"]]}
                return dict.fromkeys((one.name for one in FIGURE_COLUMNS), "") | known
        return None


def refuse_value(cell: OfficialCell, entry: OwnNumber, row: Row) -> None:
    """Raise InputError for a value that the column refuses."""
    try:
        if not entry.value:
            raise ValueError("expected a value")
        read_cell(cell.column, entry.value)
    except ValueError as refusal:
        expected = f"{refusal}, as {entry.file} has it in the column {entry.column}"
        raise row.fault("value", expected) from None


def is_same(one: str, other: str) -> bool:
    """Whether two texts say the same number."""
    try:
        return one == other or float(one) == float(other)
    except ValueError:
        return False


def _nearly(table: TableRead, key: Mapping[str, str]) -> list[str]:
    """Rows of a table by the columns of a key, as they would be written."""
    return ["; ".join(f"{name}={texts[name]}" for name in key) for _, texts in table.texts[:2000]]
