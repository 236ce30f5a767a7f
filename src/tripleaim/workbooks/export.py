"""A place's folder as one workbook, nothing of it lost."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from tripleaim.place import (
    STATUSES,
    Change,
    Design,
    Directness,
    InputError,
    Maturity,
    Place,
    Release,
    RiskOfBias,
    load,
    read_conditions,
)
from tripleaim.workbooks.layout import (
    CHUNK,
    EFFECTS,
    ENDS,
    FILE_COLUMNS,
    FILES,
    LISTS,
    OURS,
    QUOTED,
    QUOTED_COLUMNS,
    README,
    SOLUTION_TEXTS,
    SOLUTIONS,
    TEXT_COLUMNS,
    StoredFile,
    sheet_name,
)
from tripleaim.workbooks.parts import files_of
from tripleaim.workbooks.solution_rows import EFFECT_COLUMNS, flatten, solution_columns
from tripleaim.workbooks.text_files import COMMENT, endings, take_apart
from tripleaim.workbooks.writing import Writer

SIDES = ("commissioner", "provider", "council", "other")
_CLOSED = {
    "status": "status",
    "claim.status": "status",
    "maturity": "maturity",
    "release": "release",
    "side": "side",
    "nhs": "yes or no",
    "under_population_cap": "yes or no",
    "source": "source",
    "claim.source": "source",
    "evidence.source": "source",
    "organisation": "organisation",
    "point_of_delivery": "point of delivery",
    "to": "point of delivery",
    "condition": "condition",
    "changes": "changes",
    "evidence.design": "design",
    "evidence.directness": "directness",
    "evidence.risk_of_bias": "risk of bias",
    "evidence.of_this_service": "yes or no",
    "reach.start": "year",
    "priority": "priority",
}
_OPEN = {"year": "year"}  # a table may speak of other years: the list offers, it does not refuse

_INTRODUCTION = (
    "Each file of the place's own folder is one sheet. Solutions are in two sheets.",
    "Change values, add or delete rows, then: tripleaim place import BOOK.xlsx FOLDER",
    "A row that starts with # is a comment. The first other row holds the column names.",
    "The sheet Files says which sheet is which file; name a new sheet there.",
    "As written and Solution texts keep comments and quotation marks; Lists feeds the drop-downs."
    " Leave these three as they are.",
    "Do not merge cells, hide sheets or add macros: the import would refuse the workbook.",
    "A note on the cell of a figure gives its status and source.",
)


def export_book(name_or_folder: str | Path, path: Path | str) -> Path:
    """Write the place in a folder, or shipped under that name, to the workbook `path`.

    The book holds the place's own files, not the defaults it builds on. The same folder gives the
    same bytes. The book is read back before it is handed over: `import_book` gives every file
    byte for byte. Raises InputError for a place with a fault, or what no workbook can hold.
    """
    place, path = load(name_or_folder), Path(path)
    if path.suffix.lower() != ".xlsx":
        raise InputError("expected a file name that ends in .xlsx", value=path.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, making = tempfile.mkstemp(suffix=".xlsx", prefix=".making-", dir=path.parent)
        os.close(handle)
    except OSError as refusal:
        raise InputError(
            f"expected a file that can be written ({refusal.strerror})", value=path
        ) from None
    partial = Path(making)
    try:
        _Export(place, partial).write()
        _check_nothing_is_lost(place, partial, path)
        partial.chmod(0o644)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return path


def _check_nothing_is_lost(place: Place, written: Path, path: Path) -> None:
    back = files_of(written).texts
    for name, file in place.own.as_written.files.items():
        if back.get(name, "").encode() != file.raw:
            raise InputError(
                f"expected text that a workbook can store; {path.name} would change it",
                file=file.path,
            )


class _Export:
    def __init__(self, place: Place, path: Path) -> None:
        self.place = place
        self.writer = Writer(path, f"{place.name}: the place as a workbook")
        self.stored_files: list[StoredFile] = []
        self.quoted: list[tuple[str, str, str]] = []
        self.names: list[str] = list(OURS)

    def write(self) -> None:
        files = {name: file.text() for name, file in self.place.own.as_written.files.items()}
        index = {name: self.writer.sheet(name) for name in (README, FILES)}
        self.writer.lists(LISTS, self._lists())
        as_rows = {
            file: rows
            for file, text in files.items()
            if file.startswith("solutions/")
            and file.endswith(".toml")
            and (rows := flatten(text, self.place.years)) is not None
        }
        self._solutions(files, as_rows)
        for file, text in files.items():
            if file not in as_rows:
                self._file(file, text)
        self.writer.table(self.writer.sheet(QUOTED), QUOTED_COLUMNS, self.quoted, as_text=True)
        self.writer.table(
            index[FILES],
            FILE_COLUMNS,
            [
                (
                    h.file,
                    h.sheet,
                    h.kind,
                    next(k for k, v in ENDS.items() if v == h.ends),
                    str(h.endings),
                )
                for h in self.stored_files
            ],
        )
        place = self.place
        self.writer.lines(
            index[README],
            f"{place.name}, {place.years[0]} to {place.last_year}",
            (*_INTRODUCTION, f"Inputs {place.sha256}"),
        )
        self.writer.close()

    def _file(self, file: str, text: str) -> None:
        name = sheet_name(file, self.names)
        self.names.append(name)
        sheet = self.writer.sheet(name)
        written = take_apart(text) if file.endswith(".csv") else None
        if written is None:
            ends = "\r\n" if "\r\n" in text else "\n"
            lines = [
                tuple(line[at : at + CHUNK] for at in range(0, len(line), CHUNK))
                for line in text.rstrip(ends).split(ends)
            ]
            self.writer.rows(sheet, lines, as_text=True)
            self.stored_files.append(StoredFile(file, name, "text", ends, endings(text, ends)))
            return
        header_at = next(
            (
                i
                for i, row in enumerate(written.rows)
                if row and not row[0].lstrip().startswith(COMMENT)
            ),
            0,
        )
        self.writer.rows(sheet, written.rows, header_at=header_at)
        header = written.rows[header_at] if written.rows else ()
        self._drop_downs(sheet, header, header_at, len(written.rows))
        if file.startswith("figures"):
            self._notes(sheet, header, header_at, written.rows)
        self.quoted += [(file, ours, raw) for ours, raws in written.quoted.items() for raw in raws]
        self.stored_files.append(StoredFile(file, name, "table", written.ends, written.endings))

    def _solutions(self, files: Mapping[str, str], as_rows: Mapping[str, Any]) -> None:
        if not as_rows:
            return
        columns = ("id", *solution_columns(self.place.years))
        effect_columns = ("solution", *EFFECT_COLUMNS)
        rows, effects, texts = [], [], []
        for file, (row, its_effects) in as_rows.items():
            own_id = Path(file).stem
            rows.append((own_id, *(row.get(column, "") for column in columns[1:])))
            effects += [
                (own_id, *(effect.get(column, "") for column in EFFECT_COLUMNS))
                for effect in its_effects
            ]
            text = files[file]
            ends = "\r\n" if "\r\n" in text else "\n"
            texts += [(own_id, line) for line in text.rstrip(ends).split(ends)]
            self.stored_files.append(
                StoredFile(file, SOLUTIONS, "solution", ends, endings(text, ends))
            )
        for name, header, rows_of_sheet in (
            (SOLUTIONS, columns, rows),
            (EFFECTS, effect_columns, effects),
        ):
            sheet = self.writer.sheet(name)
            self.writer.table(sheet, header, rows_of_sheet)
            self._drop_downs(sheet, header, 0, 1 + len(rows_of_sheet))
            if name == SOLUTIONS:
                self._claim_notes(sheet, header, rows_of_sheet)
        self.writer.table(self.writer.sheet(SOLUTION_TEXTS), TEXT_COLUMNS, texts, as_text=True)

    def _drop_downs(self, sheet: Any, header: Sequence[str], header_at: int, rows: int) -> None:
        for column, name in enumerate(header):
            if name in _CLOSED:
                self.writer.drop_down(sheet, header_at + 1, rows, column, _CLOSED[name])
            elif name in _OPEN:
                self.writer.drop_down(sheet, header_at + 1, rows, column, _OPEN[name], refuse=False)

    def _notes(
        self, sheet: Any, header: Sequence[str], header_at: int, rows: Sequence[Sequence[str]]
    ) -> None:
        if not {"value", "status", "source"} <= set(header):
            return
        value = list(header).index("value")
        for at, row in enumerate(rows[header_at + 1 :], start=header_at + 1):
            if len(row) == len(header):
                self.writer.note(
                    sheet, at, value, self._note_text(dict(zip(header, row, strict=True)))
                )

    def _note_text(self, cells: Mapping[str, str], prefix: str = "") -> str:
        source = self.place.sources.get(cells[f"{prefix}source"])
        lines = [f"Status: {cells[f'{prefix}status']}"]
        if source is not None:
            lines.append(
                f"Source: {source.title}, {source.publisher}, {source.edition}; {source.table}"
            )
        for key, word in (("where", "Where"), ("cause", "Why")):
            if cells.get(f"{prefix}{key}"):
                lines.append(f"{word}: {cells[f'{prefix}{key}']}")
        return "\n".join(lines)

    def _claim_notes(
        self, sheet: Any, header: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> None:
        for at, row in enumerate(rows, start=1):
            cells = dict(zip(header, row, strict=True))
            if not {cells["claim.source"], cells["claim.status"]} - {""}:
                continue
            for column, name in enumerate(header):
                if name.startswith(("claim.commissioner", "claim.providers")) and cells[name]:
                    self.writer.note(sheet, at, column, self._note_text(cells, "claim."))

    def _lists(self) -> dict[str, Sequence[str]]:
        place = self.place
        return {
            "status": STATUSES,
            "maturity": get_args(Maturity),
            "release": get_args(Release),
            "side": SIDES,
            "year": (place.base_year, *place.years),
            "yes or no": ("yes", "no"),
            "changes": get_args(Change),
            "design": get_args(Design),
            "directness": get_args(Directness),
            "risk of bias": get_args(RiskOfBias),
            "priority": [str(priority) for priority in place.priorities],
            "organisation": [organisation.id for organisation in place.organisations],
            "point of delivery": [point.id for point in place.points_of_delivery],
            "condition": read_conditions(place.files),
            "source": list(place.sources),
        }
