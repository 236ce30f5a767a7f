"""The archive that a workbook is: measured and looked through before any sheet is opened."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tripleaim.tables.errors import InputError
from tripleaim.tables.xml_parts import NotPlainError, XmlPart, look_at

MOST_BYTES = 20_000_000
MOST_UNPACKED = 150_000_000
MOST_PARTS = 2_000

_OLE = b"\xd0\xcf\x11\xe0"
_FILLED = re.compile(rb"<(?:\w+:)?[vtf](?:\s[^<>]*)?>[^<]")
"""The start of a cell's value or formula that is not empty."""
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])[^<>]*>")
_END_OF_ROW = re.compile(rb"</(?:\w+:)?row\s*>")
_END_OF_DATA = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Archive:
    """The bytes of a workbook that may be opened, and its visible sheets with their parts.

    `hidden` are sheets that are left out, `with_hidden_rows` sheets that hide rows or columns.
    `last_rows` are the highest numbers that rows have, by sheet.
    """

    raw: bytes
    sheets: Mapping[str, str]
    hidden: tuple[str, ...]
    with_hidden_rows: tuple[str, ...]
    last_rows: Mapping[str, int]


def look_through(path: Path, raw: bytes, *, for_table: bool) -> Archive:
    """What may be opened of a workbook. Empty rows below the last value are cut off.

    For one table, hidden sheets are left out and titles may be merged across columns; else both
    are refused. Raises InputError also for what is too large, for macros, and for parts that are
    no plain XML; errors of `zipfile` and of XML for a damaged archive.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = _measure(path, archive)
        sheets, hidden = _sheets(path, archive, for_table=for_table)
        hiding: list[str] = []
        last_rows: dict[str, int] = {}
        shorter: dict[str, bytes] = {}
        for name, part in sheets.items():
            content = archive.read(part)
            _refuse_merged(path, name, parts[part], for_table=for_table)
            if parts[part].hides:
                hiding.append(name)
            trimmed = _trimmed(content)
            last_rows[name] = parts[part].last_row
            if len(trimmed) < len(content):
                shorter[part] = trimmed
                last_rows[name] = look_at(trimmed).last_row
        kept = _with_parts(archive, shorter) if shorter else raw
    return Archive(kept, sheets, tuple(hidden), tuple(hiding), last_rows)


def _trimmed(content: bytes) -> bytes:
    """A sheet without the rows below its last value, of which some books have a million."""
    if b"<![CDATA[" in content:
        return content
    last = max((match.end() for match in _FILLED.finditer(content)), default=0)
    row_ends = _END_OF_ROW.search(content, last) if last else _ROW.search(content)
    data_ends = _END_OF_DATA.search(content, last)
    if row_ends is None or data_ends is None:
        return content
    return content[: row_ends.end() if last else row_ends.start()] + content[data_ends.start() :]


def _with_parts(archive: zipfile.ZipFile, parts: Mapping[str, bytes]) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as written:
        for name in dict.fromkeys(archive.namelist()):
            written.writestr(name, parts[name] if name in parts else archive.read(name))
    return copy.getvalue()


def book_bytes(path: Path) -> bytes:
    """The bytes of the workbook at `path`. Raises InputError for what cannot be one."""
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
        return checked(path, path.read_bytes())
    except (OSError, ValueError) as refusal:
        reason = getattr(refusal, "strerror", None) or refusal
        raise InputError(f"expected a workbook that can be read ({reason})", file=path) from None


def checked(path: Path, raw: bytes) -> bytes:
    """The same bytes. Raises InputError for too many, and for another kind of file."""
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


def _measure(path: Path, archive: zipfile.ZipFile) -> dict[str, XmlPart]:
    """What each part holds, whatever it is called. Raises InputError for what may not be opened."""
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
    elements = 0
    found: dict[str, XmlPart] = {}
    for part in parts:
        content = archive.read(part)
        try:
            found[part.filename] = look_at(content, elements)
        except NotPlainError as fault:
            raise InputError(str(fault), file=path, value=part.filename) from None
        elements += found[part.filename].elements
        if part.filename == "[Content_Types].xml" and b"macroEnabled" in content:
            raise InputError("expected a workbook without macros; save it as .xlsx", file=path)
    return found


def _sheets(
    path: Path, archive: zipfile.ZipFile, *, for_table: bool
) -> tuple[dict[str, str], list[str]]:
    """The part of the archive that holds each visible sheet, and the names of the hidden ones."""
    # No entity can stand in these parts: `_measure` refused any document type.
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    # Nor in this one.
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    sheet_paths, hidden = {}, []
    for sheet in book.iter():
        if not sheet.tag.endswith("}sheet"):
            continue
        name = sheet.get("name", "")
        if sheet.get("state", "visible") != "visible":
            hidden.append(name)
            continue
        target = targets.get(sheet.get(_RELATION), "")
        if "chartsheet" in target:
            continue
        sheet_paths[name] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    if hidden and not (for_table and sheet_paths):
        expected = "expected no hidden sheet; show it or delete it"
        raise InputError(expected, file=path, column=f"{hidden[0]}!A1")
    if not sheet_paths:
        raise InputError("expected at least one sheet", file=path)
    return sheet_paths, hidden


def _refuse_merged(path: Path, name: str, part: XmlPart, *, for_table: bool) -> None:
    """Refuse merged cells before anything lays them out; titles of a table may be merged."""
    for where in part.merged:
        rows = {"".join(filter(str.isdigit, cell)) for cell in where.split(":")}
        if for_table and len(rows) == 1:
            continue
        expected = "expected no merged cells; unmerge them"
        if for_table:
            expected += " and write its value into each of its cells"
        raise InputError(expected, file=path, column=f"{name}!{where[:40]}")
