"""Ways in which the files of a place go wrong, and ways in which people write the same thing.

A mutation changes the bytes of one file. A harmful one has a `told`: what a message about it must
hold. A harmless one must be read to the same values.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tripleaim.place import Column, declared, number, whole
from tripleaim.tables import exact_number, financial_year

NUMERIC = (number, whole, exact_number)


@dataclass(frozen=True)
class Mutation:
    """One change of one file: its kind, the file, its new bytes (None: gone), what is told of it.

    `renamed` is what the file is called afterwards, where that is another name.
    """

    kind: str
    file: str
    raw: bytes | None
    told: tuple[str, ...] = ()
    renamed: str = ""


@dataclass
class Sheet:
    """A table as text: the comments above it, its header and its rows."""

    above: list[str]
    header: list[str]
    rows: list[list[str]]

    @classmethod
    def of(cls, raw: bytes) -> Sheet:
        """The table in a CSV file."""
        lines = raw.decode().splitlines()
        above = [line for line in lines if line.startswith("#")]
        cells = list(csv.reader(line for line in lines if not line.startswith("#")))
        return cls(above, cells[0], [row for row in cells[1:] if row])

    def written(self, separator: str = ",") -> bytes:
        """The table as a CSV file."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=separator, lineterminator="\n")
        writer.writerows([self.header, *self.rows])
        return (
            "\n".join([*self.above, ""]) if self.above else ""
        ).encode() + out.getvalue().encode()

    def with_cell(self, row: int, column: str, text: str) -> bytes:
        """The table with another text in one cell."""
        rows = [list(cells) for cells in self.rows]
        rows[row][self.header.index(column)] = text
        return Sheet(self.above, self.header, rows).written()


def harmful_cells(file: str, raw: bytes, rng: random.Random) -> Iterator[Mutation]:
    """For each column of a table, by what is declared of it, cells that it cannot hold."""
    declaration = declared(file)
    assert declaration is not None
    sheet = Sheet.of(raw)
    for column in declaration.columns:
        if column.name not in sheet.header:
            continue
        for kind, text in _nonsense(column):
            row = rng.randrange(len(sheet.rows))
            told = (file.rpartition("/")[2], column.name)
            yield Mutation(kind, file, sheet.with_cell(row, column.name, text), told)


def _nonsense(column: Column) -> Iterator[tuple[str, str]]:
    if column.read in NUMERIC:
        yield "a text for a number", "abc"
        yield "infinity", "inf"
        yield "a suppressed cell", "*"
        yield "1e15", "1e15" if column.read is not whole else "1" + "0" * 15
        if column.minimum is not None and column.minimum >= 0:
            yield "a negative number", "-5"
        if column.maximum is not None:
            yield "a number above its range", f"{int(column.maximum) + 1}"
        if not column.may_be_empty and not column.may_be_missing:
            yield "an empty number", ""
    elif column.read is financial_year:
        yield "a year that is none", "2015/17"
        yield "a year that may be two", "FY16"
        yield "a year of another century", "1066/67"
    elif column.choices:
        yield "a word that is no choice", "furlongs"
    elif column.refers_to:
        yield "a name that nobody has", "no-such-name"
    if not column.may_be_empty and not column.may_be_missing and column.read is str:
        yield "an empty text", ""


def harmful_tables(file: str, raw: bytes, rng: random.Random) -> Iterator[Mutation]:
    """A table that lost, doubled or turned a part of itself."""
    declaration = declared(file)
    assert declaration is not None
    sheet, short = Sheet.of(raw), file.rpartition("/")[2]
    needed = [c.name for c in declaration.columns if c.needed and c.name in sheet.header]
    gone = rng.choice(needed)
    at = sheet.header.index(gone)
    without = Sheet(
        sheet.above,
        [*sheet.header[:at], *sheet.header[at + 1 :]],
        [[*row[:at], *row[at + 1 :]] for row in sheet.rows],
    )
    yield Mutation("a column gone", file, without.written(), (short, gone))
    slip = [f"{name[:-1]}x" if name == gone and len(name) > 4 else name for name in sheet.header]
    if slip != sheet.header:
        wrong = Sheet(sheet.above, slip, sheet.rows).written()
        yield Mutation("a column with a slip", file, wrong, (short, "unknown column"))
    if declaration.key:
        again = Sheet(sheet.above, sheet.header, [*sheet.rows, rng.choice(sheet.rows)])
        yield Mutation("a row twice", file, again.written(), (short,))
    for rule in declaration.sums:
        row = rng.randrange(len(sheet.rows))
        column = sheet.header.index(rule.column)
        less = f"{float(sheet.rows[row][column]) * 0.5 + 0.01 * rule.total:g}"
        raw_less = sheet.with_cell(row, rule.column, less)
        yield Mutation("parts that are no whole", file, raw_less, (short, "add up to"))
    for lower, *_, upper in declaration.ordered:
        i, j = sheet.header.index(lower), sheet.header.index(upper)
        unlike = [r for r, row in enumerate(sheet.rows) if row[i] and row[j] and row[i] != row[j]]
        if unlike:
            rows = [list(row) for row in sheet.rows]
            row = rows[rng.choice(unlike)]
            row[i], row[j] = row[j], row[i]
            turned = Sheet(sheet.above, sheet.header, rows).written()
            yield Mutation("an interval turned round", file, turned, (short,))
    yield Mutation("no rows", file, Sheet(sheet.above, sheet.header, []).written(), (short,))
    wide = [list(row) for row in sheet.rows]
    wide[rng.randrange(len(wide))].append("and more")
    yield Mutation(
        "a cell too many", file, Sheet(sheet.above, sheet.header, wide).written(), (short,)
    )


def harmful_files(file: str, raw: bytes, rng: random.Random) -> Iterator[Mutation]:
    """A file that is empty, no text, or called another name."""
    short = file.rpartition("/")[2]
    yield Mutation("an empty file", file, b"", (short,))
    at = rng.randrange(len(raw))
    yield Mutation("bytes that are no text", file, raw[:at] + b"\x00\x81\xff" + raw[at:], (short,))
    slip = file.replace(short, short[:1] + short[2:])
    if declared(slip) is None:
        told = (slip, "no part of the program reads a file of this name")
        yield Mutation("a file with a slip in its name", file, raw, told, renamed=slip)


def harmful_toml(file: str, raw: bytes, rng: random.Random) -> Iterator[Mutation]:
    """A TOML file whose numbers, keys or end went wrong."""
    short, lines = file.rpartition("/")[2], raw.decode().splitlines()
    numbers = [
        i for i, line in enumerate(lines) if _value(line) and _value(line)[0] in "-.0123456789"
    ]
    keys = [i for i, line in enumerate(lines) if _value(line) and "." not in line.split("=")[0]]
    for i in numbers:
        for kind, text in (("1e15", "1e15"), ("a text for a number", '"abc"'), ("infinity", "inf")):
            yield Mutation(kind, file, _with_line(lines, i, _valued(lines[i], text)), (short,))
        most = _most_of(file, lines[i].partition("=")[0].strip())
        if most is not None:
            beyond = _with_line(lines, i, _valued(lines[i], f"{2 * most + 1:.0f}"))
            yield Mutation("a number above its range", file, beyond, (short,))
    for i in rng.sample(keys, min(4, len(keys))):
        slip = lines[i].lstrip()
        slipped = _with_line(lines, i, f"{slip[:1]}x{slip[1:]}")
        yield Mutation("a key with a slip", file, slipped, (short,))
        yield Mutation(
            "a key twice", file, _with_line(lines, i, f"{lines[i]}\n{lines[i]}"), (short,)
        )
    quoted = [i for i in keys if _value(lines[i])[0] == '"']
    for i in rng.sample(quoted, min(2, len(quoted))):
        open_ended = _with_line(lines, i, _valued(lines[i], '"never closed'))
        yield Mutation("a text never closed", file, open_ended, (short,))


def _most_of(file: str, key: str) -> float | None:
    """The most that is declared of any number with this last key; None where nothing is."""
    declaration = declared(file)
    ranges = declaration.key_ranges if declaration else ()
    return max((of.most for of in ranges if of.keys.split(".")[-1] == key), default=None)


def _value(line: str) -> str:
    before, equals, after = line.partition("=")
    return after.strip() if equals and not before.lstrip().startswith(("#", "{", '"')) else ""


def _valued(line: str, text: str) -> str:
    return f"{line.partition('=')[0]}= {text}"


def _with_line(lines: list[str], at: int, text: str) -> bytes:
    return "\n".join([*lines[:at], text, *lines[at + 1 :], ""]).encode()


def harmless_tables(file: str, raw: bytes, rng: random.Random) -> Iterator[Mutation]:
    """The same table as other people and programs write it."""
    sheet = Sheet.of(raw)
    remark = [*sheet.header, "remarks of ours"], [[*row, "as agreed"] for row in sheet.rows]
    shuffled = rng.sample(sheet.rows, len(sheet.rows))
    forms: dict[str, Callable[[], bytes]] = {
        "a byte-order mark": lambda: b"\xef\xbb\xbf" + raw,
        "lines that end as on Windows": lambda: raw.replace(b"\n", b"\r\n"),
        "semicolons between cells": lambda: sheet.written(";"),
        "tabs between cells": lambda: sheet.written("\t"),
        "headings in capitals": lambda: Sheet(
            sheet.above, [name.upper() for name in sheet.header], sheet.rows
        ).written(),
        "headings with blanks for underscores": lambda: Sheet(
            sheet.above, [name.replace("_", " ").title() for name in sheet.header], sheet.rows
        ).written(),
        "empty rows at the end": lambda: raw + b"," * (len(sheet.header) - 1) + b"\n\n",
        "a comment more": lambda: b"# sent on 3 November\n" + raw,
        "a long line of hyphens": lambda: b"# " + b"-" * 40_000 + b"\n" + raw,
        "blanks around cells": lambda: Sheet(
            sheet.above,
            sheet.header,
            [[f" {cell} " if cell else "" for cell in r] for r in sheet.rows],
        ).written(),
        "a column of remarks": lambda: Sheet(sheet.above, *remark).written(),
        "rows in another order": lambda: Sheet(sheet.above, sheet.header, shuffled).written(),
        "columns in another order": lambda: Sheet(
            sheet.above, sheet.header[::-1], [row[::-1] for row in sheet.rows]
        ).written(),
        "years with a hyphen": lambda: raw.replace(b"2015/16", b"2015-16"),
    }
    for kind, form in forms.items():
        yield Mutation(kind, file, form())


def harmless_toml(file: str, raw: bytes, _rng: random.Random) -> Iterator[Mutation]:
    """The same TOML file as other people and programs write it."""
    yield Mutation("lines that end as on Windows", file, raw.replace(b"\n", b"\r\n"))
    yield Mutation("a comment more", file, b"# sent on 3 November\n" + raw)
