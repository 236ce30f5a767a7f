"""Files as they are published: a folder in, sheets of lines out, from zips and workbooks too."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from tripleaim.tables import File, InputError

Line = tuple[int, list[str]]

MOST_MEMBERS = 500
MOST_UNPACKED = 400_000_000
"""Bytes of a zip's parts together, at most: the largest full extract has about 60 million."""
_TABLES = (".csv", ".txt", ".xls", ".xlsx", ".ods", ".zip")
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_LOOKED_AT = 4_000
"""Letters among which the separator is counted."""


@dataclass(frozen=True, slots=True)
class OfficialSheet:
    """A text or one sheet of a workbook: `file` is how it is told, `path` what it came from.

    `rows` are a workbook's; a text is read anew each time its lines are asked for.
    """

    path: Path
    file: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    def lines(self) -> Iterator[Line]:
        """Each line that has something with its number, its cells without spaces around them.

        Raises InputError for a line that is no CSV.
        """
        if self.rows:
            for at, row in enumerate(self.rows, 1):
                if any(row):
                    yield at, list(row)
            return
        start = self.text[:_LOOKED_AT]
        separator = max(",\t;|", key=start.count)
        reader = csv.reader(_lines_of(self.text), delimiter=separator)
        try:
            for cells in reader:
                if any(cells):
                    yield reader.line_num, [cell.strip() for cell in cells]
        except csv.Error as fault:
            raise InputError(
                f"expected a CSV line ({fault}); download the file again",
                file=self.file,
                line=reader.line_num,
            ) from None


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is no table: how it is told, and what is wrong with it and what to do."""

    file: str
    message: str


def opened(folder: Path) -> Iterator[OfficialSheet | Unread]:
    """Every sheet of every file of a folder and of the folders in it, in the order of names.

    What cannot be read comes out as Unread, never as an error. Raises InputError for what is no
    folder and for one without files.
    """
    if not folder.is_dir():
        raise InputError("expected a folder with the official files", value=folder)
    paths = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    if not paths:
        raise InputError("expected a folder with the official files; it is empty", value=folder)
    for path in paths:
        file = path.relative_to(folder).as_posix()
        try:
            read = File.read(path)
            if read.refusal:
                raise InputError(read.refusal)
            yield from _sheets(path, file, read.raw, depth=0)
        except InputError as fault:
            yield Unread(file, without_file(fault))


def without_file(fault: InputError) -> str:
    """What is wrong, as the rest of a sentence that names the file."""
    text = str(fault).removesuffix(".")
    return text.removeprefix(f"{fault.file}").lstrip(":, ") if fault.file else text


def _sheets(path: Path, file: str, raw: bytes, *, depth: int) -> Iterator[OfficialSheet | Unread]:
    if raw.startswith(_OLD_WORKBOOK):
        if _ENCRYPTED in raw:
            raise InputError(
                "expected a workbook without a password: open it, save it without one, and give "
                "that file"
            )
        yield from _of_workbook(path, file, raw)
    elif raw.startswith(_ZIP):
        yield from _of_zip(path, file, raw, depth=depth)
    else:
        text = File.of(Path(file), raw).text()
        yield OfficialSheet(path, file, text)


def _of_zip(path: Path, file: str, raw: bytes, *, depth: int) -> Iterator[OfficialSheet | Unread]:
    """The tables in a zip, or the sheets of the workbook that it is."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError) as fault:
        raise InputError(f"expected a zip that opens ({fault}); download it again") from None
    with archive:
        parts = [part for part in archive.infolist() if not part.is_dir()]
        size = sum(part.file_size for part in parts)
        if len(parts) > MOST_MEMBERS or size > MOST_UNPACKED:
            raise InputError(
                f"expected a zip of at most {MOST_MEMBERS} files and "
                f"{MOST_UNPACKED // 1_000_000} MB unpacked; unpack what is wanted of it",
                value=f"{len(parts)} files, {size // 1_000_000} MB",
            )
        if {"[Content_Types].xml", "content.xml"} & {part.filename for part in parts}:
            yield from _of_workbook(path, file, raw)
            return
        wanted = [part for part in parts if _is_table(part.filename)]
        if not wanted or depth > 1:
            names = ", ".join(part.filename for part in parts[:5]) or "nothing"
            raise InputError(
                f"expected a zip with a CSV file or a workbook; this one has {names}: it is "
                "another download than the table"
            )
        for part in wanted:
            yield from _of_member(path, file, archive, part, depth)
        others = [part.filename for part in parts if part not in wanted]
        if others:
            named = ", ".join(others[:5])
            yield Unread(file, f"also has {len(others)} files that are no tables: {named}")


def _of_member(
    path: Path, file: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo, depth: int
) -> Iterator[OfficialSheet | Unread]:
    name = f"{file}: {PurePosixPath(part.filename).name}"
    try:
        with archive.open(part) as member:
            # What a zip says of its parts' sizes need not be so.
            raw = member.read(part.file_size + 1)
        if len(raw) != part.file_size:
            raise InputError("expected a part of the size that the zip says; download it again")
        yield from _sheets(path, name, raw, depth=depth + 1)
    except InputError as fault:
        yield Unread(name, without_file(fault))
    except (RuntimeError, NotImplementedError, OSError, zipfile.BadZipFile) as fault:
        yield Unread(name, f"expected a part that opens ({fault}); download the zip again")


def _lines_of(text: str) -> Iterator[str]:
    """Each line with its end, one after the other: a full extract is not held a second time."""
    if "\n" not in text:
        text = text.replace("\r", "\n")
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _is_table(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = path.name.startswith((".", "~")) or "__MACOSX" in path.parts
    return path.suffix.lower() in _TABLES and not hidden


def _of_workbook(path: Path, file: str, raw: bytes) -> Iterator[OfficialSheet]:
    """Each visible sheet of a workbook (.xls, .xlsx or .ods) as texts."""
    import python_calamine  # noqa: PLC0415 - only workbooks need it

    try:
        book = python_calamine.load_workbook(io.BytesIO(raw))
        for sheet in book.sheets_metadata:
            if sheet.visible != python_calamine.SheetVisibleEnum.Visible:
                continue
            if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            texts = tuple(tuple(_text(cell) for cell in row) for row in rows)
            if any(any(row) for row in texts):
                yield OfficialSheet(path, f"{file}: {sheet.name}", rows=texts)
    except (python_calamine.CalamineError, OSError, ValueError) as fault:
        raise InputError(
            f"expected a workbook that opens, without a password ({fault}); download it again"
        ) from None


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell).strip()
