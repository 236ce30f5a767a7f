"""Checks that hold for any table of a footprint folder, whichever room reads it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tripleaim.place.figures import STATUSES
from tripleaim.tables import InputError, Note, TableRead, number

_WORD = re.compile(r"[A-Za-z0-9_.-]+")
_SPAN = re.compile(r"[0-9]{4}/[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Sum:
    """Shares or percentages that add up: `column` sums to `total` within each group."""

    file: str
    column: str
    total: float
    within: tuple[str, ...] = ()
    tolerance: float = 0.001


# Tables whose rows are parts of a whole.
SUMS = (Sum("quintile_shares.csv", "share", 1),)

# Columns that count people, in whichever table: below 0 makes no sense.
COUNTS = ("population", "people", "patients", "residents", "list_size", "register_count", "beds")

# Columns that name a row of another table: (the table, its column).
NAMES: Mapping[str, tuple[str, str]] = {
    "point_of_delivery": ("points_of_delivery.csv", "id"),
    "organisation": ("organisations.csv", "id"),
    "practice": ("practices.csv", "practice"),
    "locality": ("localities.csv", "locality"),
    "figure": ("figures.csv", "id"),
}


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
                yield table.fault(line, "cause", "", "expected a cause: what is assumed says why")


def from_somewhere(
    table: Table, sources: Collection[str], figures: Collection[str]
) -> Iterator[InputError]:
    """A table of numbers that says nowhere what they come from.

    It may say so line by line, in a comment above the header, or by naming figures.
    """
    said = {word.rstrip("._-") for word in _WORD.findall(table.above)} & set(sources)
    texts = [text for _, row in table.rows for text in row.values()]
    if "source" in table.header or said or not any(map(_is_number, texts)):
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
        told = tuple(row[name] for name in key)
        if told in seen:
            names = ", ".join(key)
            yield row.fault(key[0], f"expected each {names} once; line {seen[told]} has it too")
        seen.setdefault(told, row.line)


def fuller_than_full(table: TableRead) -> Iterator[Note]:
    """A question on each row that has more beds occupied than available."""
    for row in table.rows:
        available, occupied = row.values.get("available"), row.values.get("occupied")
        if available is not None and occupied is not None and occupied > available:
            said = f"{occupied:g} beds are occupied of {available:g} available: is that so?"
            yield Note(row.file, said, row.line)


def _is_number(text: str) -> bool:
    try:
        number(text)
    except ValueError:
        return False
    return True


def counted(table: Table) -> Iterator[InputError]:
    """Counts of people below 0."""
    for column in COUNTS:
        for line, text in table.column(column):
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


def summed(table: Table) -> Iterator[InputError]:
    """Shares and percentages that do not add up."""
    for rule in SUMS:
        columns = {rule.column, *rule.within}
        if rule.file != table.name or not columns <= set(table.header):
            continue
        totals: dict[tuple[str, ...], float] = defaultdict(float)
        last: dict[tuple[str, ...], int] = {}
        for line, row in table.rows:
            group = tuple(row[name] for name in rule.within)
            try:
                totals[group] += number(row[rule.column])
            except ValueError as refusal:
                yield table.fault(line, rule.column, row[rule.column], str(refusal))
            last[group] = line
        for group, total in totals.items():
            if abs(total - rule.total) > rule.tolerance * rule.total:
                of = f" for {', '.join(group)}" if group else ""
                yield table.fault(
                    last[group],
                    rule.column,
                    f"{total:g}",
                    f"expected the column to add up to {rule.total:g}{of}",
                )


def named(
    table: Table,
    names: Mapping[str, Collection[str]],
    became: Callable[[str, Collection[str]], str],
) -> Iterator[InputError]:
    """Cells that name a condition, an organisation, a practice … that the place does not have.

    `names` holds the valid names by column, for the columns that can be checked; `became` says
    what became of an organisation's or a practice's code, if that is known.
    """
    for column, valid in names.items():
        defined_in, own = NAMES.get(column, ("the disease files", ""))
        if table.name == defined_in and column == own:
            continue
        for line, text in table.column(column):
            if text and text not in valid:
                told = became(text, valid) if column in ("organisation", "practice") else ""
                expected = f"expected a name from {defined_in}{f'; {told}' if told else ''}"
                yield table.fault(line, column, text, expected, valid)
