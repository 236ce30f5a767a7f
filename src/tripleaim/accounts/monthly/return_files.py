"""Importing a return into a place's folder; rejected rows go to a file to correct."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tripleaim.accounts.books.ledger import OUTSIDE
from tripleaim.accounts.monthly.return_checks import CheckedReturn, check_return, typed_cells
from tripleaim.accounts.monthly.returns import (
    COLUMNS,
    REFUSED_COLUMNS,
    SHEET,
    RefusedRow,
    ReturnLine,
    month_of,
    months,
    read_returns,
)
from tripleaim.core import made_folder, whole_file
from tripleaim.place import InputError, Place, load
from tripleaim.workbooks import Writer

_HEAD = (
    "# Monthly returns. Pounds; income is positive, cost negative. plan and actual are a month's,",
    "# forecast is the year's outturn of the line as the organisation saw it in that month.",
)


@dataclass(frozen=True, slots=True)
class ImportedReturn:
    """The result of an import: the checked return, files written, and the file of rejected rows."""

    checked: CheckedReturn
    written: tuple[Path, ...]
    refused_file: Path | None


def import_return(
    file: Path | str,
    folder: Path | str,
    *,
    replacing: bool = False,
    refused_file: Path | str | None = None,
) -> ImportedReturn:
    """Import the return in `file` into the footprint `folder`, under `returns/`.

    Rows that cannot be used go to `refused_file` (beside the return, if none is named) with the
    reason; corrected, that file is a return again. Files are written whole and then renamed. Raises
    InputError where nothing can be read, or `folder` is not a footprint folder of the user's own.
    """
    file, folder = Path(file), Path(folder)
    if not folder.is_dir():
        raise InputError(
            "expected a footprint folder of your own (tripleaim place export and place import"
            " make one of a shipped place)",
            value=folder,
        )
    place = load(folder)
    checked = check_return(file, place, replacing=replacing)
    texts: dict[Path, str] = {}
    existing = read_returns(place) if checked.lines else ()
    for organisation in dict.fromkeys(line.organisation for line in checked.lines):
        target = folder / "returns" / f"{organisation}.csv"
        fresh = {line.key: line for line in checked.lines if line.organisation == organisation}
        old = [line for line in existing if line.organisation == organisation]
        lines = [fresh.pop(line.key, line) for line in old] + list(fresh.values())
        texts[target] = _text(target, sorted(lines, key=lambda line: line.period))
    refused = _refused_path(file, refused_file) if checked.refused else None
    if refused is not None:
        texts[refused] = _refused_text(checked.refused)
    _write(texts)
    return ImportedReturn(checked, tuple(p for p in texts if p != refused), refused)


def _refused_path(file: Path, named: Path | str | None) -> Path:
    if named is not None:
        return Path(named)
    stem = file.name.removesuffix(file.suffix).removesuffix(".refused")
    return file.with_name(f"{stem}.refused.csv")


def _text(target: Path, lines: Iterable[ReturnLine]) -> str:
    head = list(_HEAD)
    if target.exists():
        before = target.read_text("utf-8").split("\n")
        head = before[: next(i for i, line in enumerate(before) if line[:1] not in ("#", ""))]
    return "\n".join([*head, _csv(COLUMNS, [list(typed_cells(line).values()) for line in lines])])


def _refused_text(refused: Sequence[RefusedRow]) -> str:
    rows = [
        [*(row.cells.get(column, "") for column in COLUMNS), row.fault.column or "", str(row.fault)]
        for row in refused
    ]
    heading = "# Rows that were refused, and why. Correct them and import this file."
    return f"{heading}\n{_csv((*COLUMNS, *REFUSED_COLUMNS), rows)}"


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue()


def _write(texts: dict[Path, str]) -> None:
    """All of the files, or none where one cannot be written."""
    try:
        with ExitStack() as stack:
            for target, text in texts.items():
                target.parent.mkdir(exist_ok=True)
                stack.enter_context(whole_file(target)).write_bytes(text.encode())
    except OSError as refusal:
        raise InputError(
            f"expected a folder that can be written ({refusal.strerror})", value=refusal.filename
        ) from None


def write_template(
    place: Place, organisation: str, path: Path | str, period: str | None = None
) -> Path:
    """A workbook for `organisation` to fill in for `period` (the month after its last return).

    It holds the lines of the last return with their plan; actual and forecast are empty. Raises
    InputError for an organisation or a period that the place does not have.
    """
    path = Path(path)
    ids = [o.id for o in place.organisations]
    if organisation not in ids:
        raise InputError("expected an organisation of the place", value=organisation, valid=ids)
    if path.suffix.lower() != ".xlsx":
        raise InputError("expected a file name that ends in .xlsx", value=path.name)
    lines = [line for line in read_returns(place) if line.organisation == organisation]
    last = max((line.period for line in lines), default="")
    period = period or _next(place, last)
    year = month_of(period)[0] if "-M" in period else ""
    if year not in place.years or period not in months(year):
        valid = [month for y in place.years for month in months(y)]
        raise InputError("expected a month of the plan", value=period, valid=valid)
    rows = [
        [organisation, period, line.line, line.counterparty, str(line.plan), "", ""]
        for line in lines
        if line.period == last
    ]
    with made_folder(path.parent), whole_file(path) as making:
        _write_template(place, making, organisation, months(year), rows)
    return path


def _next(place: Place, last: str) -> str:
    if not last:
        return months(place.years[0])[0]
    year, month = month_of(last)
    if month < 12:
        return months(year)[month]
    later = [y for y in place.years if y > year]
    return months(later[0])[0] if later else last


def _write_template(
    place: Place,
    path: Path,
    organisation: str,
    periods: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> None:
    writer = Writer(path, f"Return of {organisation}")
    sheet = writer.sheet(SHEET)
    lists = {
        "organisation": [o.id for o in place.organisations],
        "counterparty": [*(o.id for o in place.organisations), OUTSIDE],
        "period": periods,
    }
    writer.lists("Lists", lists)
    writer.rows(sheet, [*((line,) for line in _HEAD), COLUMNS, *rows], header_at=len(_HEAD))
    first = len(_HEAD) + 1
    for column, name in enumerate(COLUMNS[:4]):
        if name in lists:
            writer.drop_down(sheet, first, first + len(rows), column, name)
    writer.pounds(sheet, first, first + len(rows), 4, 6)
    writer.close()
