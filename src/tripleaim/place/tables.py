"""Plain CSV in, typed rows out; every fault is named by file, line and column."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tripleaim.place.errors import InputError
from tripleaim.place.file import File, path_of, read_text

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_AGE_BAND = re.compile(r"(\d+)(?:-(\d+)|\+)")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a CSV file: its name, how a cell is read, and what a cell may hold."""

    name: str
    read: Callable[[str], Any] = str
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    may_be_empty: bool = False
    may_be_missing: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a CSV file: its values by column, and where it stands."""

    file: Path
    line: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def fault(self, column: str, expected: str, valid: Sequence[str] = ()) -> InputError:
        """The error that says this row's value in `column` is not what was expected."""
        return InputError(
            expected,
            file=self.file,
            line=self.line,
            column=column,
            value=self.values.get(column),
            valid=valid,
        )


def read_csv(file: Path | File, columns: Sequence[Column]) -> list[Row]:
    """The rows of a CSV file, each cell read and checked. Lines that start with # are comments.

    Raises InputError at the first fault.
    """
    rows, faults = read_csv_with_faults(file, columns)
    if faults:
        raise faults[0]
    return rows


def read_csv_with_faults(
    file: Path | File, columns: Sequence[Column]
) -> tuple[list[Row], list[InputError]]:
    """The rows of a CSV file that can be used, and every fault of the others.

    Raises InputError where no row can be used: the file or its header is at fault.
    """
    records, path = read_records(file), path_of(file)
    line, header = records[0]
    _check_header(path, line, header, columns)
    rows: list[Row] = []
    faults: list[InputError] = []
    for at, cells in records[1:]:
        if len(cells) != len(header):
            faults.append(_wrong_width(path, at, cells, len(header)))
            continue
        texts = dict(zip(header, cells, strict=True))
        values: dict[str, Any] = {}
        for column in columns:
            try:
                values[column.name] = _cell(path, at, column, texts.get(column.name, ""))
            except InputError as fault:
                faults.append(fault)
        if len(values) == len(columns):
            rows.append(Row(path, at, values))
    if len(records) == 1:
        raise InputError("expected at least one row below the header", file=path, line=line)
    return rows, faults


def read_records(file: Path | File) -> list[tuple[int, list[str]]]:
    """The lines of a CSV file with their numbers, the header first, as texts without blanks.

    Raises InputError if it is not a CSV file, or holds comments only.
    """
    records = list(_records(read_text(file), path_of(file)))
    if not records:
        raise InputError("expected a header line", file=path_of(file), line=1)
    return records


def _check_header(path: Path, line: int, header: Sequence[str], columns: Sequence[Column]) -> None:
    known = [column.name for column in columns]
    for mark, called in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            raise InputError(
                f"expected commas between columns, found {called}",
                file=path,
                line=line,
                value=header[0][:60],
            )
    for name in header:
        if name not in known:
            raise InputError(
                f"unknown column; expected {', '.join(known)}",
                file=path,
                line=line,
                column=name,
                value=name,
                valid=known,
            )
        if header.count(name) > 1:
            raise InputError(
                "the column stands twice", file=path, line=line, column=name, value=name
            )
    for column in columns:
        if column.name not in header and not column.may_be_missing:
            raise InputError("this column is needed", file=path, line=line, column=column.name)


def _wrong_width(path: Path, line: int, cells: Sequence[str], width: int) -> InputError:
    return InputError(
        f"expected {width} cells, found {len(cells)}",
        file=path,
        line=line,
        value=",".join(cells)[:60],
    )


def _records(content: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    texts = io.StringIO(content, newline="")
    line = first = 0

    def physical() -> Iterator[str]:
        # A comment is left out only between records: inside quotes a line may start with #.
        nonlocal line, first
        for text in texts:
            line += 1
            if first == 0 and text.lstrip().startswith("#"):
                continue
            first = first or line
            yield text

    reader = csv.reader(physical(), strict=True)
    while True:
        first = 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise InputError(f"not a CSV line ({fault})", file=path, line=first) from None
        if cells:
            yield first, [cell.strip() for cell in cells]


def _cell(path: Path, line: int, column: Column, text: str) -> Any:
    def fault(expected: str, valid: Sequence[str] = ()) -> InputError:
        return InputError(
            expected, file=path, line=line, column=column.name, value=text, valid=valid
        )

    if text == "":
        if column.may_be_empty or column.may_be_missing:
            return None if column.read in (number, whole) else ""
        raise fault("expected a value; the cell is empty")
    if column.choices and text not in column.choices:
        raise fault(f"expected one of {', '.join(column.choices)}", column.choices)
    try:
        value = column.read(text)
    except ValueError as refusal:
        raise fault(str(refusal)) from None
    if column.minimum is not None and value < column.minimum:
        raise fault(f"expected {column.minimum:g} or more")
    if column.maximum is not None and value > column.maximum:
        raise fault(f"expected {column.maximum:g} or less")
    return value


def number(text: str) -> float:
    """A finite decimal number as printed by a computer: no thousands separator, no unit."""
    if not _NUMBER.fullmatch(text):
        raise ValueError("expected a number such as 1234.5, without commas or signs of money")
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("expected a finite number")
    return value


def exact_number(text: str) -> Decimal:
    """A number as it is written, to the last digit."""
    number(text)
    return Decimal(text)


def age_band(text: str) -> str:
    """A band of ages such as "5-14" or "75+"."""
    if not _AGE_BAND.fullmatch(text):
        raise ValueError(f"expected an age band such as 5-14 or 75+, found {text}")
    return text


def whole(text: str) -> int:
    """A whole number of at most 18 digits."""
    if not _WHOLE.fullmatch(text):
        raise ValueError("expected a whole number such as 42")
    return int(text)


def yes_no(text: str) -> bool:
    """`yes` or `no`."""
    if text not in ("yes", "no"):
        raise ValueError("expected yes or no")
    return text == "yes"
