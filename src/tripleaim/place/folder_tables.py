"""Checks that hold for any table of a footprint folder, whichever room reads it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tripleaim.place.declared_files import Sum
from tripleaim.place.figures import STATUSES
from tripleaim.tables import Column, InputError, Note, Row, TableRead, number

_WORD = re.compile(r"[A-Za-z0-9_.-]+")
_SPAN = re.compile(r"[0-9]{4}/[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as texts: its header, and its rows by line.

    `above` are the comments over the header, which may speak for all lines.
    """

    read: TableRead

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.read.origin.file.name

    @property
    def header(self) -> Sequence[str]:
        """The columns, by the names they are declared with."""
        return self.read.header

    @property
    def rows(self) -> Sequence[tuple[int, Mapping[str, str]]]:
        """Each line and its texts by column."""
        return self.read.texts

    @property
    def above(self) -> str:
        """The comments over the header, which may speak for all lines."""
        return self.read.above

    def column(self, name: str) -> Iterator[tuple[int, str]]:
        """The line and text of every cell in the column `name`; nothing if there is none."""
        if name in self.header:
            yield from ((line, row[name]) for line, row in self.rows)

    def fault(
        self, line: int, column: str, value: object, expected: str, valid: Collection[str] = ()
    ) -> InputError:
        """The error that says a cell is not what was expected."""
        return self.read.origin.fault(line, column, value, expected, list(valid))


def sourced(table: Table, sources: Collection[str]) -> Iterator[InputError]:
    """Faults in the columns status, source and cause: what every number is held to."""
    for line, status in table.column("status"):
        if status not in STATUSES:
            yield table.fault(
                line, "status", status, f"expected one of {', '.join(STATUSES)}", STATUSES
            )
    for line, source in table.column("source"):
        if source not in sources:
            yield table.fault(line, "source", source, "expected an id from a sources file", sources)
    if {"status", "cause"} <= set(table.header) and "cause:" not in table.above.lower():
        for line, row in table.rows:
            if row["status"] == "assumed" and not row["cause"]:
                yield table.fault(line, "cause", "", "expected a cause: say why this is assumed")


def from_somewhere(
    table: Table, sources: Collection[str], figures: Collection[str]
) -> Iterator[InputError]:
    """A table of numbers that says nowhere what they come from.

    It may say so line by line, in a comment above the header, or by naming figures.
    """
    named_sources = {word.rstrip("._-") for word in _WORD.findall(table.above)} & set(sources)
    texts = [text for _, row in table.rows for text in row.values()]
    if "source" in table.header or named_sources or not any(map(_is_number, texts)):
        return
    if not any(text in figures for text in texts):
        yield InputError(
            "expected a column source, or a comment above the header that names a source",
            file=table.read.origin.file,
            line=1,
        )


def twice(table: TableRead, key: Sequence[str]) -> Iterator[InputError]:
    """Rows that say again what a row above says, where the columns `key` tell rows apart."""
    seen: dict[tuple[object, ...], int] = {}
    for row in table.rows if key else ():
        values = tuple(row[name] for name in key)
        if values in seen:
            names = ", ".join(key)
            yield row.fault(key[0], f"expected each {names} once; line {seen[values]} has it too")
        seen.setdefault(values, row.line)


def falling(table: TableRead, ordered: Sequence[Sequence[str]]) -> Iterator[InputError]:
    """Numbers of a row that fall where those of the columns in order do not: low over high."""
    for row in table.rows if ordered else ():
        for columns in ordered:
            given = [(name, row[name]) for name in columns if row[name] is not None]
            for (lower, least), (upper, value) in pairwise(given):
                if value < least:
                    yield row.fault(upper, f"expected {least:g} or more, the {lower} of this line")


def fuller_than_full(table: TableRead) -> Iterator[Note]:
    """A question on each row that has more beds occupied than available."""
    for row in table.rows:
        available, occupied = row.values.get("available"), row.values.get("occupied")
        if available is not None and occupied is not None and occupied > available:
            question = f"{occupied:g} beds are occupied of {available:g} available: is that so?"
            yield Note(row.file, question, row.line)


def _is_number(text: str) -> bool:
    try:
        number(text)
    except ValueError:
        return False
    return True


def counted(table: Table, names: Collection[str]) -> Iterator[InputError]:
    """Counts of people below 0 in columns that nothing reads: `names` are what such are called."""
    read = {column.name for column in table.read.columns}
    for column in names:
        for line, text in table.column(column) if column not in read else ():
            try:
                below = bool(text) and number(text) < 0
            except ValueError as refusal:
                yield table.fault(line, column, text, str(refusal))
                continue
            if below:
                yield table.fault(line, column, text, "expected 0 or more")


def dated(table: Table, last_year: str) -> Iterator[InputError]:
    """Years, such as 2016/17 or the span 2009/11, that end beyond the horizon of the plan."""
    for line, text in table.column("year"):
        if _SPAN.fullmatch(text) and _ends(text) > _ends(last_year):
            yield table.fault(line, "year", text, f"expected a year up to {last_year}")


def _ends(span: str) -> int:
    start, last_digits = int(span[:4]), int(span[5:])
    return start + (last_digits - start) % 100


def summed(table: TableRead, sums: Sequence[Sum]) -> Iterator[InputError]:
    """Parts that do not add up to their whole; of a table without another fault."""
    for rule in sums if not table.faults else ():
        totals: dict[tuple[object, ...], float] = defaultdict(float)
        last: dict[tuple[object, ...], Row] = {}
        for row in table.rows:
            group = tuple(row[name] for name in rule.within)
            totals[group] += row[rule.column]
            last[group] = row
        for group, total in totals.items():
            if abs(total - rule.total) > rule.tolerance * rule.total:
                of = f" for {', '.join(map(str, filter(None, group)))}" if group else ""
                yield last[group].fault(
                    rule.column,
                    f"expected the column to add up to {rule.total:g}{of}",
                    value=f"{total:g}",
                )


_CODES = ("organisations.csv:id", "practices.csv:practice")
"""What is named by a code that another may have taken over."""
_WHERE = {"figure": "figures.csv", "condition": "the disease files"}


def named(
    table: TableRead,
    columns: Sequence[Column],
    names_of: Callable[[str], Collection[str] | None],
    became: Callable[[str, Collection[str]], str],
) -> Iterator[InputError]:
    """Cells that name a condition, an organisation, a practice … that the place does not have.

    `names_of` gives the names that a column may refer to, None where these are not known;
    `became` says what became of an organisation's or a practice's code, if that is known.
    """
    for column in columns:
        valid = names_of(column.refers_to) if column.refers_to else None
        if valid is None:
            continue
        defined_in = _WHERE.get(column.refers_to, column.refers_to.partition(":")[0])
        for row in table.rows:
            text = row[column.name]
            if text and text not in valid and text not in column.or_else:
                hint = became(text, valid) if column.refers_to in _CODES else ""
                expected = f"expected a name from {defined_in}{f'; {hint}' if hint else ''}"
                yield row.fault(column.name, expected, list(valid))
