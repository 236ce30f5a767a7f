"""Columns as they are declared, and which column of a file is which of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from tripleaim.tables.errors import InputError
from tripleaim.tables.rows import Note, TableOrigin

_CLOSE = 2
"""Letters by which an unknown column may differ from a known one before it is a slip of typing."""

_WIDE = re.compile(
    r"(?:(?:fe)?males?|persons|m|f|p)?[_ ]?(?:ages?[_ ]?)?"
    r"(?:\d{1,3}(?:(?:[_ ]?(?:-|–|to|_)[_ ]?\d{1,3})|\+|[_ ]?(?:and[_ ]over|plus))?)"
    r"|(?:19|20)\d{2}(?:[/_-]\d{2,4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[_ -]?(?:\d{2}|\d{4})?"
    r"|m(?:0?[1-9]|1[0-2])",
    re.IGNORECASE,
)
"""A heading that is a value: an age, an age band, a year, a month."""
_MANY = 5
"""So many headings of that kind make a wide table."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its name, how a cell is read, and what a cell may hold.

    `also` are other names of the column as publishers print them, in small letters with
    underscores; a * stands for anything. `aliases` are other texts of a cell, in small letters,
    each with what it is read as. `unit` is what its numbers count. `refers_to` is what its texts
    name: "figure", "source", "condition", or the column of another table as "peers.csv:area";
    `or_else` are texts that it may hold besides.
    """

    name: str
    read: Callable[[str], Any] = str
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    may_be_empty: bool = False
    may_be_missing: bool = False
    also: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    refers_to: str = ""
    or_else: tuple[str, ...] = ()

    @property
    def needed(self) -> bool:
        """Whether a table without it is refused."""
        return not self.may_be_missing


@dataclass
class Matched:
    """Which column of a file is which: positions by the names they are read as.

    `headings` are the names as written, `others` are columns that nothing reads; cells from
    `width` on have no column.
    """

    at: dict[str, int]
    headings: dict[str, str]
    width: int = 0
    others: dict[str, int] = field(default_factory=dict)
    faults: list[InputError] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def names(self) -> dict[int, str]:
        """The name of each column by its position, those that nothing reads too."""
        return {index: name for name, index in (*self.at.items(), *self.others.items())}


def simple(name: str) -> str:
    """A column's name without capitals, spaces and signs: "Number of Patients" and the like."""
    if name.isascii() and name.islower() and name.isidentifier():
        return name
    return re.sub(r"[\W_]+", "_", unicodedata.normalize("NFKC", name).casefold()).strip("_")


def known_as(name: str, columns: Sequence[Column]) -> str | None:
    """The declared name of a column called `name` in a file; None for one that nothing reads."""
    for column in columns:
        if name == column.name:
            return name
    bare = simple(name)
    for column in columns:
        if bare == simple(column.name) or any(fnmatchcase(bare, other) for other in column.also):
            return column.name
    return None


def score(header: Sequence[str], columns: Sequence[Column]) -> int:
    """How many of the declared columns a line names, if it is a header."""
    return len({known_as(name, columns) for name in header if name} - {None})


def match(
    header: Sequence[str], line: int, columns: Sequence[Column], origin: TableOrigin
) -> Matched:
    """Match the columns of a file to the declared ones, with every fault and what was renamed."""
    return _Matching(line, columns, origin).of(header)


class _Matching:
    def __init__(self, line: int, columns: Sequence[Column], origin: TableOrigin) -> None:
        self.line, self.columns, self.origin = line, columns, origin
        self.found = Matched({}, {})

    def of(self, header: Sequence[str]) -> Matched:
        found = self.found
        for index, name in enumerate(header):
            known = known_as(name, self.columns) if name else None
            if not name:
                continue
            if known is None:
                self.unknown(name, index)
            elif known in found.at:
                first = found.headings[known]
                expected = (
                    "the column appears twice"
                    if first == name
                    else f"expected one column for {known}; {first} is also one"
                )
                self.fault(index, name, expected)
            else:
                found.at[known], found.headings[known] = index, name
        found.faults += self.missing(header)
        self.note_columns()
        return found

    def unknown(self, name: str, index: int) -> None:
        """A column that nothing reads; a fault if it looks like a slip of typing."""
        if name in self.found.others:
            self.fault(index, name, "the column appears twice")
        known = [column.name for column in self.columns]
        if any(_slip(simple(name), simple(other)) for other in known):
            self.fault(index, name, f"unknown column; expected {', '.join(known)}", known)
        else:
            self.found.others[name] = index

    def missing(self, header: Sequence[str]) -> Iterator[InputError]:
        """The columns that are needed and not there; a wide table is named for what it is."""
        mistyped = [simple(str(fault.value)) for fault in self.found.faults]
        lacking = [
            column.name
            for column in self.columns
            if column.name not in self.found.at
            and column.needed
            and not any(_slip(name, simple(column.name)) for name in mistyped)
        ]
        wide = [name for name in header if _WIDE.fullmatch(name.strip())]
        if lacking and len(wide) >= _MANY:
            few = f"{', '.join(wide[:3])} … {wide[-1]}"
            needed = ", ".join(column.name for column in self.columns if column.needed)
            expected = (
                f"expected one line for each value, in the columns {needed}; this is a wide "
                f"table, whose {len(wide)} columns {few} are values: reshape it (in Excel: Data, "
                "From Table, Unpivot Columns)"
            )
            yield InputError(expected, file=self.origin.file, line=self.line)
            return
        has = ", ".join(text for text in header if text)[:120]
        for name in lacking:
            expected = f"this column is required; the file has {has}"
            yield InputError(expected, file=self.origin.file, line=self.line, column=name)

    def note_columns(self) -> None:
        """Note the columns that go by another name, and those that nothing reads."""
        renamed = [(seen, known) for known, seen in self.found.headings.items() if seen != known]
        if renamed:
            seen, known = (", ".join(names) for names in zip(*renamed, strict=True))
            verb = "column {} is" if len(renamed) == 1 else "columns {} are"
            self.note(f"the {verb} read as {{}}".format(seen, known))
        if self.found.others:
            many = "s" if len(self.found.others) > 1 else ""
            self.note(f"not used: the column{many} {', '.join(self.found.others)}")

    def note(self, message: str) -> None:
        self.found.notes.append(Note(self.origin.file, message, self.line))

    def fault(self, index: int, name: str, expected: str, valid: Sequence[str] = ()) -> None:
        placed = TableOrigin(self.origin.file, self.origin.sheet, {}, {name: index})
        self.found.faults.append(placed.fault(self.line, name, name, expected, valid))


def _slip(name: str, known: str) -> bool:
    """Whether two names differ by at most two letters, and by less than half of the longer."""
    most = min(_CLOSE, (max(len(name), len(known)) - 1) // 2)
    return name != known and _distance(name, known, most) <= most


def _distance(a: str, b: str, most: int) -> int:
    """Letters to put in, take out or change between two words (Levenshtein); over `most`: more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        row = [i]
        for j, other in enumerate(b, start=1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != other)))
        before = row
    return before[-1]
