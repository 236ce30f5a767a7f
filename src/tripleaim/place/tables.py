"""Plain CSV and TOML in, typed rows out; every fault is named by file, line and column."""

from __future__ import annotations

import csv
import io
import math
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tripleaim.place.errors import InputError


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


def read_text(path: Path) -> str:
    """The text of a UTF-8 file; InputError if it is missing, empty or in another encoding."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        siblings = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
        raise InputError(
            "this file is needed and is not there",
            file=path.parent,
            value=path.name,
            valid=siblings,
        ) from None
    except (IsADirectoryError, PermissionError) as refusal:
        raise InputError(
            f"expected a file that can be read ({refusal.strerror})", file=path
        ) from None
    if raw.startswith(b"\xef\xbb\xbf"):
        raise InputError(
            "expected UTF-8 without a byte-order mark; save it again as plain UTF-8",
            file=path,
            line=1,
            value="\\xef\\xbb\\xbf",
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        raise InputError(
            "expected UTF-8; this byte is not (is the file Latin-1 or from an old Excel?)",
            file=path,
            line=line,
            value=f"\\x{raw[fault.start]:02x}",
        ) from None
    if not text.strip():
        raise InputError(
            "expected a header and at least one row; the file is empty", file=path, line=1
        )
    return text


def read_csv(path: Path, columns: Sequence[Column]) -> list[Row]:
    """The rows of a CSV file, each cell read and checked. Lines that start with # are comments.

    Raises InputError at the first fault.
    """
    return list(_rows(path, columns))


def _rows(path: Path, columns: Sequence[Column]) -> Iterator[Row]:
    numbered = _records(path)
    try:
        line, header = next(numbered)
    except StopIteration:
        raise InputError("expected a header line", file=path, line=1) from None
    known = {column.name: column for column in columns}
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
    if len(set(header)) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise InputError("the column stands twice", file=path, line=line, column=twice, value=twice)
    for column in columns:
        if column.name not in header and not column.may_be_missing:
            raise InputError("this column is needed", file=path, line=line, column=column.name)
    empty = True
    for line, cells in numbered:
        empty = False
        if len(cells) != len(header):
            raise InputError(
                f"expected {len(header)} cells, found {len(cells)}",
                file=path,
                line=line,
                value=",".join(cells)[:60],
            )
        texts = dict(zip(header, cells, strict=True))
        values = {
            column.name: _cell(path, line, column, texts.get(column.name, "")) for column in columns
        }
        yield Row(path, line, values)
    if empty:
        raise InputError("expected at least one row below the header", file=path, line=line)


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise InputError(f"not a CSV line ({fault})", file=path, line=before + 1) from None
        line, before = before + 1, reader.line_num
        if not cells or (cells[0].lstrip().startswith("#")):
            continue
        yield line, [cell.strip() for cell in cells]


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
    try:
        value = float(text)
    except ValueError:
        raise ValueError(
            "expected a number such as 1234.5, without commas or signs of money"
        ) from None
    if not math.isfinite(value):
        raise ValueError("expected a finite number")
    return value


def whole(text: str) -> int:
    """A whole number."""
    try:
        return int(text)
    except ValueError:
        raise ValueError("expected a whole number such as 42") from None


def yes_no(text: str) -> bool:
    """`yes` or `no`."""
    if text not in ("yes", "no"):
        raise ValueError("expected yes or no")
    return text == "yes"


class Toml:
    """A TOML file whose values remember the line they stand on."""

    def __init__(self, path: Path) -> None:
        """Read `path`. Raises InputError when it is missing or not TOML."""
        self.path = path
        self._text = read_text(path)
        try:
            self.data: dict[str, Any] = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as fault:
            at = re.search(r"line (\d+)", str(fault))
            line = int(at.group(1)) if at else self._text.count("\n") + 1
            shown = self._text.splitlines()[min(line, self._text.count("\n") + 1) - 1].strip()
            raise InputError(f"not TOML: {fault}", file=path, line=line, value=shown[:60]) from None

    def line_of(self, *keys: str | int) -> int:
        """The line where the value at `keys` is set (the last table or key on the way that is found)."""
        found, table, counts = 1, "", dict[str, int]()
        wanted = [str(k) for k in keys if isinstance(k, str)]
        index = next((k for k in keys if isinstance(k, int)), None)
        for at, text in enumerate(self._text.splitlines(), start=1):
            head = re.match(r"\s*\[{1,2}\s*([^\]]+?)\s*\]{1,2}", text)
            if head and "=" not in text.split("#")[0].split("]")[0]:
                table = head.group(1).replace('"', "")
                counts[table] = counts.get(table, -1) + 1
                if table == ".".join(wanted[: table.count(".") + 1]) and index in (
                    None,
                    counts[table],
                ):
                    found = at
                continue
            key = re.match(r"\s*\"?([A-Za-z0-9_\-/]+)\"?\s*=", text)
            if not key:
                continue
            path = [*(table.split(".") if table else []), key.group(1)]
            right = not table or index is None or counts.get(table, 0) == index
            if right and path == wanted[: len(path)]:
                found = at
        return found

    def fault(
        self, expected: str, *keys: str | int, value: object = None, valid: Sequence[str] = ()
    ) -> InputError:
        """The error that says the value at `keys` is not what was expected."""
        column = ".".join(str(k) for k in keys) or None
        return InputError(
            expected,
            file=self.path,
            line=self.line_of(*keys),
            column=column,
            value=value,
            valid=valid,
        )

    def take(self, kind: type | tuple[type, ...], *keys: str | int, default: Any = ...) -> Any:
        """The value at `keys`, of type `kind`; `default` if it is absent and a default is given."""
        value: Any = self.data
        for key in keys:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                if default is not ...:
                    return default
                siblings = list(value) if isinstance(value, dict) else []
                raise InputError(
                    "this key is needed and is not there",
                    file=self.path,
                    line=self.line_of(*keys),
                    column=".".join(map(str, keys)),
                    value=str(key),
                    valid=siblings,
                ) from None
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if float in kinds and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            names = " or ".join(k.__name__ for k in kinds)
            raise self.fault(f"expected {names}", *keys, value=value)
        return value

    def only(self, allowed: Sequence[str], *keys: str | int) -> None:
        """Raise InputError if the table at `keys` holds a key that is not in `allowed`."""
        table = self.take(dict, *keys) if keys else self.data
        for key in table:
            if key not in allowed:
                raise self.fault(
                    f"unknown key; expected {', '.join(allowed)}",
                    *keys,
                    key,
                    value=key,
                    valid=allowed,
                )
