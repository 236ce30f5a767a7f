"""The files that a place's workbook holds, as texts, and where in the book each line stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tripleaim.place import InputError, number
from tripleaim.tables import Book, Flag, Sheet, column_name, open_book
from tripleaim.workbooks.layout import (
    EFFECTS,
    ENDS,
    FILE_COLUMNS,
    FILES,
    KINDS,
    OURS,
    QUOTED,
    SOLUTION_TEXTS,
    SOLUTIONS,
    StoredFile,
    is_safe,
)
from tripleaim.workbooks.solution_rows import is_number, write
from tripleaim.workbooks.text_files import COMMENT, Written, put_together


@dataclass(frozen=True)
class Parts:
    """The texts of a folder's files by path, and what had to be interpreted.

    `lines` gives, by file, the row of the sheet (from 0) on which each line stands; `heads` the
    header of a table; `sheets` the sheet; `solutions` the row of each solution and its effects.
    """

    book: Path
    texts: dict[str, str] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)
    sheets: dict[str, str] = field(default_factory=dict)
    lines: dict[str, dict[int, int]] = field(default_factory=dict)
    heads: dict[str, Sequence[str]] = field(default_factory=dict)
    solutions: dict[str, tuple[int, tuple[int, ...]]] = field(default_factory=dict)

    def translated(self, fault: InputError, folder: Path) -> InputError:
        """A fault of a file in `folder` as a fault of the book: sheet and cell instead of line."""
        try:
            file = Path(fault.file or "").relative_to(folder).as_posix()
        except ValueError:
            file = ""
        where = self._cell(file, fault) if file in self.sheets else None
        valid = [fault.nearest] if fault.nearest else []
        inside = f" ({file})" if file and file != "." and where is None else ""
        return InputError(
            fault.expected + inside, file=self.book, column=where, value=fault.value, valid=valid
        )

    def _cell(self, file: str, fault: InputError) -> str:
        sheet = self.sheets[file]
        if file in self.solutions:
            row, effects = self.solutions[file]
            key = fault.column or "id"
            if key.startswith("effects."):
                _, at, *rest = key.split(".", 2)
                sheet, key = EFFECTS, rest[0] if rest else "solution"
                row = effects[int(at)] if at.isdigit() and int(at) < len(effects) else row
            return f"{sheet}!{_letter(self.heads[sheet], key)}{row + 1}"
        row = self.lines[file].get(fault.line or 0, 0)
        return f"{sheet}!{_letter(self.heads.get(file, ()), fault.column)}{row + 1}"


def _letter(header: Sequence[str], key: str | None) -> str:
    return column_name(header.index(key)) if key in header else "A"


def files_of(path: Path) -> Parts:
    """The files that the workbook at `path` holds.

    Raises InputError, naming sheet and cell, for a book that is not a place's, a sheet that Files
    does not name, and every fault of `open_book`.
    """
    book = open_book(path)
    parts = Parts(path)
    stored_files = _stored_files(book)
    unnamed = set(book.sheets) - set(OURS) - {stored.sheet for stored in stored_files}
    if unnamed:
        raise InputError(
            f"expected the sheet {FILES} to say which file this sheet is",
            file=path,
            column=f"{min(unnamed)}!A1",
        )
    quoted = _quoted(book)
    for stored in stored_files:
        if stored.kind == "text":
            _text(book, stored, parts)
        elif stored.kind == "table":
            _table(book, stored, parts, quoted.get(stored.file, {}))
    _solutions(book, [stored for stored in stored_files if stored.kind == "solution"], parts)
    as_they_are = {QUOTED, SOLUTION_TEXTS} | {
        stored.sheet for stored in stored_files if stored.kind == "text"
    }
    parts.flags.extend(flag for flag in book.flags if flag.sheet not in as_they_are)
    return parts


def _stored_files(book: Book) -> list[StoredFile]:
    if FILES not in book.sheets:
        raise InputError(
            f"expected a workbook of a place: it has a sheet called {FILES}"
            " (tripleaim place export makes one)",
            file=book.path,
        )
    sheet = book.sheets[FILES]
    header = sheet.rows[0] if sheet.rows else ()
    if tuple(header) != FILE_COLUMNS:
        raise sheet.fault(0, 0, f"expected the columns {', '.join(FILE_COLUMNS)}")
    stored_files: list[StoredFile] = []
    for at, row in enumerate(sheet.rows[1:], start=1):
        if not any(row):
            continue
        file, name, kind, ends, endings = (*row, *[""] * len(FILE_COLUMNS))[: len(FILE_COLUMNS)]
        if not is_safe(file) or any(file == stored.file for stored in stored_files):
            raise sheet.fault(at, 0, "expected the name of a file in the folder, once", file)
        if name not in book.sheets:
            raise sheet.fault(at, 1, "expected the name of a sheet", name, list(book.sheets))
        if kind not in KINDS:
            raise sheet.fault(at, 2, f"expected one of {', '.join(KINDS)}", kind, KINDS)
        if ends not in ENDS:
            raise sheet.fault(at, 3, "expected LF or CRLF", ends)
        if not (endings.isascii() and endings.isdigit() and len(endings) < 3):
            raise sheet.fault(at, 4, "expected a whole number below 100", endings)
        stored_files.append(StoredFile(file, name, kind, ENDS[ends], int(endings)))
    return stored_files


def _quoted(book: Book) -> dict[str, dict[str, tuple[str, ...]]]:
    by_file: dict[str, dict[str, tuple[str, ...]]] = {}
    sheet = book.sheets.get(QUOTED)
    for row in sheet.rows[1:] if sheet else ():
        if len(row) == 3:
            by_line = by_file.setdefault(row[0], {})
            by_line[row[1]] = (*by_line.get(row[1], ()), row[2])
    return by_file


def _text(book: Book, stored: StoredFile, parts: Parts) -> None:
    rows = book.sheets[stored.sheet].rows
    parts.texts[stored.file] = (
        stored.ends.join("".join(row) for row in rows) + stored.ends * stored.endings
    )
    parts.sheets[stored.file] = stored.sheet
    parts.lines[stored.file] = {at + 1: at for at in range(len(rows))}


def _table(
    book: Book, stored: StoredFile, parts: Parts, quoted: Mapping[str, tuple[str, ...]]
) -> None:
    sheet = book.sheets[stored.sheet]
    header: Sequence[str] = ()
    for at, row in enumerate(sheet.rows):
        if row and row[0].lstrip().startswith(COMMENT):
            if len(row) > 1:
                raise sheet.fault(at, 1, "expected a comment in the first cell only", row[1])
        elif any(row):
            header = header or row
            if len(row) > len(header):
                raise sheet.fault(
                    at,
                    len(header),
                    "expected empty cells to the right of the last column",
                    row[len(header)],
                )
    text, starts = put_together(Written(sheet.rows, stored.ends, stored.endings, quoted))
    parts.texts[stored.file] = text
    parts.sheets[stored.file] = stored.sheet
    parts.heads[stored.file] = [name.strip() for name in header]
    parts.lines[stored.file] = {line: at for at, line in enumerate(starts)}


def _solutions(book: Book, stored_files: Sequence[StoredFile], parts: Parts) -> None:
    if SOLUTIONS not in book.sheets:
        if stored_files:
            book.sheet(SOLUTIONS)
        return
    sheet, effect_sheet = book.sheets[SOLUTIONS], book.sheet(EFFECTS)
    parts.heads[SOLUTIONS], rows = _named_rows(sheet, "id")
    parts.heads[EFFECTS], effects = _named_rows(effect_sheet, "solution")
    years = [
        c.rpartition(".")[2] for c in parts.heads[SOLUTIONS] if c.startswith("claim.providers.")
    ]
    before = _solution_texts(book)
    by_id = {PurePosixPath(stored.file).stem: stored for stored in stored_files}
    seen: set[str] = set()
    for at, row in rows:
        own_id = row.pop("id", "")
        file = f"solutions/{own_id}.toml"
        if not is_safe(file) or own_id in seen:
            raise sheet.fault(at, 0, "expected an id that is listed once, such as falls", own_id)
        seen.add(own_id)
        own_effects = [
            (i, {k: v for k, v in e.items() if k != "solution"})
            for i, e in effects
            if e.get("solution") == own_id
        ]
        stored = by_id.get(own_id, StoredFile(file, SOLUTIONS, "solution", "\n", 1))
        text_before = "\n".join(before.get(own_id, ()))
        text = write(row, [e for _, e in own_effects], years, text_before).rstrip("\n")
        parts.texts[file] = text.replace("\n", stored.ends) + stored.ends * stored.endings
        parts.sheets[file] = SOLUTIONS
        parts.solutions[file] = (at, tuple(i for i, _ in own_effects))
    for i, effect in effects:
        if effect.get("solution", "") not in seen:
            raise effect_sheet.fault(
                i, 0, "expected the id of a solution", effect.get("solution", ""), sorted(seen)
            )
    for own_id in sorted(set(by_id) - seen):
        parts.flags.append(
            Flag(SOLUTIONS, "A1", f"the solution {own_id} is left out, because it has no row")
        )


def _solution_texts(book: Book) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    sheet = book.sheets.get(SOLUTION_TEXTS)
    for row in sheet.rows[1:] if sheet else ():
        texts.setdefault(row[0] if row else "", []).append("".join(row[1:]))
    return texts


def _named_rows(sheet: Sheet, first: str) -> tuple[Sequence[str], list[tuple[int, dict[str, str]]]]:
    header = sheet.rows[0] if sheet.rows else ()
    if not header or header[0] != first:
        raise sheet.fault(0, 0, f"expected the column {first}", header[0] if header else "")
    if len(set(header)) < len(header) or "" in header:
        raise sheet.fault(0, 0, "expected every column to have a name of its own")
    rows = []
    for at, row in enumerate(sheet.rows[1:], start=1):
        if len(row) > len(header):
            raise sheet.fault(
                at, len(header), "expected empty cells to the right of the last column"
            )
        cells = {name: text for name, text in zip(header, row, strict=False) if text}
        for column, text in cells.items():
            if is_number(column):
                try:
                    number(text.strip())
                except ValueError as refusal:
                    raise sheet.fault(at, header.index(column), str(refusal), text) from None
        if cells:
            rows.append((at, cells))
    return header, rows
