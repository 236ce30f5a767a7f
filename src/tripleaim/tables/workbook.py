"""Open a workbook that somebody else made: what cannot be read safely is refused, by cell.

Nothing is opened before the archive has been measured. The sheets come out as texts; whatever
had to be interpreted on the way is told in `Book.flags`.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tripleaim.tables.cells import as_cell, column_name, decimals_of, number_text
from tripleaim.tables.errors import InputError

MOST_BYTES = 20_000_000
MOST_UNPACKED = 150_000_000
MOST_PARTS = 2_000
MOST_ROWS = 100_000
MOST_COLUMNS = 200
_WIDEST, _LONGEST = 2_000, 1_048_576

_ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=[\"']([A-Z0-9:$]+)[\"']")
_HIDDEN = re.compile(rb"<(?:\w+:)?(?:row|col)\s[^<>]*?hidden=[\"'](?:1|true)[\"']")
# No pattern runs on beyond the next "<": a part full of them would take time without end.
_XML_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0")
_OLE = b"\xd0\xcf\x11\xe0"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Sheet:
    """One sheet as texts: rows from the first, each without the empty cells at its end."""

    book: Path
    name: str
    rows: tuple[tuple[str, ...], ...]

    def at(self, row: int, column: int) -> str:
        """The name of a cell, row and column counted from 0, such as `figures!C12`."""
        return f"{self.name}!{column_name(column)}{row + 1}"

    def fault(
        self, row: int, column: int, expected: str, value: object = None, valid: Sequence[str] = ()
    ) -> InputError:
        """The error that says a cell is not what was expected."""
        return InputError(
            expected, file=self.book, column=self.at(row, column), value=value, valid=valid
        )


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that was accepted, and how it was read."""

    sheet: str
    cell: str
    said: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}: {self.said}"


@dataclass(frozen=True)
class Book:
    """A workbook as texts by sheet, and what had to be interpreted to get them."""

    path: Path
    sheets: Mapping[str, Sheet]
    flags: tuple[Flag, ...]

    def sheet(self, name: str) -> Sheet:
        """The sheet called `name`; else an InputError with the nearest name."""
        try:
            return self.sheets[name]
        except KeyError:
            raise InputError(
                "this sheet is needed and is not there",
                file=self.path,
                value=name,
                valid=list(self.sheets),
            ) from None


def open_book(path: Path, raw: bytes | None = None) -> Book:
    """Every sheet of the workbook at `path`, whose bytes are `raw` if it was read already.

    Raises InputError, naming sheet and cell where there is one, for a file over 20 MB or that
    unpacks to more than 150 MB, another format, macros, a hidden sheet, merged cells, a formula
    error, a formula without a stored value, a truth value, and more than 100,000 rows or 200
    columns. Formulas with a stored value, dates and numbers typed as text are taken and flagged.
    """
    raw = _bytes(path) if raw is None else _checked(path, raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _measure(path, archive)
            names = _visible_sheets(path, archive)
            flags = [
                flag
                for name, part in names.items()
                for flag in _looked(path, name, archive.read(part))
            ]
        return _texts(path, raw, list(names), flags)
    except InputError:
        raise
    except MemoryError:
        raise InputError("expected a workbook that fits into memory", file=path) from None
    except Exception as fault:  # a damaged archive fails anywhere in two libraries
        message = f"{type(fault).__name__}: {fault}"[:120]
        raise InputError(
            f"expected an Excel workbook (.xlsx) that opens ({message})", file=path
        ) from None


def _bytes(path: Path) -> bytes:
    if path.suffix.lower() in (".xlsm", ".xltm", ".xlam", ".xlsb"):
        raise InputError(
            "expected a workbook without macros; save it as .xlsx", file=path, value=path.suffix
        )
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise InputError(
                f"expected at most {MOST_BYTES // 1_000_000} MB",
                file=path,
                value=f"{size / 1_000_000:.0f} MB",
            )
        return _checked(path, path.read_bytes())
    except (OSError, ValueError) as refusal:
        reason = getattr(refusal, "strerror", None) or refusal
        raise InputError(f"expected a workbook that can be read ({reason})", file=path) from None


def _checked(path: Path, raw: bytes) -> bytes:
    if len(raw) > MOST_BYTES:
        raise InputError(
            f"expected at most {MOST_BYTES // 1_000_000} MB",
            file=path,
            value=f"{len(raw) / 1_000_000:.0f} MB",
        )
    if raw.startswith(_OLE):
        raise InputError(
            "expected .xlsx; this is an old .xls file or is locked with a password", file=path
        )
    if not raw.startswith(b"PK"):
        raise InputError("expected an Excel workbook (.xlsx)", file=path, value=_start(raw))
    return raw


def _start(raw: bytes) -> str:
    return raw[:12].decode("ascii", "replace")


def _measure(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise InputError(
            f"expected a workbook of at most {MOST_UNPACKED // 1_000_000} MB unpacked and"
            f" {MOST_PARTS} parts",
            file=path,
            value=f"{unpacked / 1_000_000:.0f} MB in {len(parts)} parts",
        )
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise InputError("expected a workbook without macros; save it as .xlsx", file=path)
    for part in parts:
        if not _is_xml(archive, part):
            continue
        content = archive.read(part)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content[:4]:
            raise InputError(
                "expected plain XML in UTF-8 inside the workbook", file=path, value=part.filename
            )
        if part.filename == "[Content_Types].xml" and b"macroEnabled" in content:
            raise InputError("expected a workbook without macros; save it as .xlsx", file=path)


def _is_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part is parsed as XML if a sheet is said to be in it, whatever it is called."""
    if part.filename.endswith((".xml", ".rels", ".vml")):
        return True
    with archive.open(part) as content:
        return content.read(64).lstrip().startswith(_XML_STARTS)


def _visible_sheets(path: Path, archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that holds each sheet; a hidden sheet is refused."""
    # No entity can stand in these parts: `_measure` refused any document type.
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    sheet_paths = {}
    for sheet in book.iter():
        if not sheet.tag.endswith("}sheet"):
            continue
        name = sheet.get("name", "")
        if sheet.get("state", "visible") != "visible":
            raise InputError(
                "expected no hidden sheet; show it or delete it", file=path, column=f"{name}!A1"
            )
        target = targets.get(sheet.get(_RELATION), "")
        if "chartsheet" in target:
            continue
        sheet_paths[name] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    if not sheet_paths:
        raise InputError("expected at least one sheet", file=path)
    return sheet_paths


def _looked(path: Path, name: str, content: bytes) -> Iterator[Flag]:
    """Refuse merged cells before anything lays them out; tell of hidden rows and columns."""
    merged = _MERGED.search(content)
    if merged:
        where = merged[1].decode("ascii")
        raise InputError(
            "expected no merged cells; take the merge apart",
            file=path,
            column=f"{name}!{where}",
        )
    if _HIDDEN.search(content):
        yield Flag(name, "A1", "it has hidden rows or columns; they are read like the rest")


def _texts(path: Path, raw: bytes, names: Sequence[str], flags: list[Flag]) -> Book:
    import openpyxl  # noqa: PLC0415 - most tables are texts, and a verb that reads them starts sooner

    # One reading for what is written in a cell, one for what its formula came to.
    written = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
    worked_out = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    sheets = {}
    for name in names:
        reader = _SheetReader(path, name, flags)
        sheets[name] = Sheet(path, name, reader.rows(written[name], worked_out[name]))
    written.close()
    worked_out.close()
    return Book(path, sheets, tuple(flags))


class _SheetReader:
    def __init__(self, path: Path, name: str, flags: list[Flag]) -> None:
        self.path, self.name, self.flags = path, name, flags

    def rows(self, written: Any, worked_out: Any) -> tuple[tuple[str, ...], ...]:
        for sheet in (written, worked_out):
            sheet.reset_dimensions()  # what a book says of its size need not be so
        rows: list[tuple[str, ...]] = []
        last = 0
        pairs = zip(written.iter_rows(), worked_out.iter_rows(), strict=True)
        for at, (row, values) in enumerate(pairs):
            if len(row) > _WIDEST:  # empty cells without end
                raise self._fault(at, 0, f"expected at most {MOST_COLUMNS} columns")
            if at > _LONGEST:
                raise self._fault(_LONGEST, 0, f"expected at most {MOST_ROWS:,} rows")
            texts = [self._text(cell, value) for cell, value in self._filled(row, values)]
            while texts and texts[-1] == "":
                texts.pop()
            if texts and len(rows) >= MOST_ROWS:
                raise self._fault(at, 0, f"expected at most {MOST_ROWS:,} rows")
            if len(rows) < MOST_ROWS:
                rows.append(tuple(texts))
            if texts:
                last = len(rows)
        return tuple(rows[:last])

    def _filled(self, row: Sequence[Any], values: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        for index, (cell, value) in enumerate(zip(row, values, strict=True)):
            if index >= MOST_COLUMNS and cell.value not in (None, ""):
                raise self._fault(
                    cell.row - 1, index, f"expected at most {MOST_COLUMNS} columns", cell.value
                )
            if index < MOST_COLUMNS:
                yield cell, value

    def _text(self, cell: Any, worked_out: Any) -> str:
        if cell.value is None:
            return ""
        row, column = cell.row - 1, cell.column - 1
        value = cell.value
        if cell.data_type == "f":
            value = worked_out.value
            if value is None:
                raise self._fault(
                    row,
                    column,
                    "expected a value; this formula has none stored"
                    " (open the book in a spreadsheet, let it calculate, save it)",
                    _formula(cell.value),
                )
            self._flag(row, column, f"a formula; its value {value} is taken")
        if cell.data_type == "e" or worked_out.data_type == "e" or value in _ERRORS:
            raise self._fault(row, column, "expected a value, not a formula error", value)
        return self._read(row, column, value, worked_out.number_format)

    def _read(self, row: int, column: int, value: object, number_format: str) -> str:
        if isinstance(value, bool):
            raise self._fault(row, column, "expected a number or a text; type yes or no", value)
        if isinstance(value, int | float):
            if not math.isfinite(value):
                raise self._fault(row, column, "expected a finite number", value)
            return number_text(value, decimals_of(number_format))
        if isinstance(value, datetime | date):
            text = value.isoformat()[:10]
            self._flag(row, column, f"a date; taken as {text}")
            return text
        if not isinstance(value, str):
            raise self._fault(row, column, "expected a number or a text", value)
        if isinstance(as_cell(value.strip())[0], float):
            self._flag(row, column, f"a number typed as text; taken as {value.strip()}")
        return value

    def _flag(self, row: int, column: int, message: str) -> None:
        self.flags.append(Flag(self.name, f"{column_name(column)}{row + 1}", message))

    def _fault(self, row: int, column: int, expected: str, value: object = None) -> InputError:
        return Sheet(self.path, self.name, ()).fault(row, column, expected, value)


def _formula(value: object) -> str:
    return str(getattr(value, "text", value))[:60]
