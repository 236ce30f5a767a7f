"""Monthly returns: what an organisation planned, spent and expects, line by line.

A return is a table of one row a line. Amounts are pounds and pence, positive for income and
negative for cost; `plan` and `actual` are of the month, `forecast` is the year's outturn of the
line as the organisation sees it. A place keeps them in `returns/`, one file an organisation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tripleaim.accounts.books.ledger import OUTSIDE, PENNY, Entry, Ledger
from tripleaim.place import File, InputError, Place, path_of, read_records
from tripleaim.workbooks import open_book

COLUMNS = ("organisation", "period", "line", "counterparty", "plan", "actual", "forecast")
REFUSED_COLUMNS = ("where", "why")
"""Extra columns of a file of rejected rows; a return may have them, and they are ignored."""

SHEET = "Return"
_HELPING_SHEETS = ("Read me", "Lists")
_PERIOD = re.compile(r"([0-9]{4}/[0-9]{2})-M(0[1-9]|1[0-2])")
_AMOUNT = re.compile(r"[+-]?[0-9]{1,13}(\.[0-9]{1,12})?")

Fault = Callable[..., InputError]


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One line of one organisation's return for one month; `where` says where it was read."""

    organisation: str
    period: str
    line: str
    counterparty: str
    plan: Decimal
    actual: Decimal
    forecast: Decimal | None
    where: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The key that may occur only once: organisation, period, line, counterparty."""
        return self.organisation, self.period, self.line, self.counterparty

    @property
    def amounts(self) -> tuple[Decimal, Decimal, Decimal | None]:
        """Plan, actual, forecast."""
        return self.plan, self.actual, self.forecast


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be used, as it was typed, and why."""

    cells: Mapping[str, str]
    fault: InputError


@dataclass(frozen=True, slots=True)
class ReturnContents:
    """What a file of returns holds: lines that can be used, rows that cannot, what was flagged."""

    lines: tuple[ReturnLine, ...]
    refused: tuple[RefusedRow, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _RawRow:
    cells: Mapping[str, str]
    where: str
    fault: Fault


def months(year: str) -> tuple[str, ...]:
    """The twelve periods of a financial year, April first."""
    return tuple(f"{year}-M{month:02}" for month in range(1, 13))


def month_of(period: str) -> tuple[str, int]:
    """The year and the number of the month (April is 1) of a period such as 2016/17-M03."""
    year, _, month = period.partition("-M")
    return year, int(month)


def read_returns(place: Place) -> tuple[ReturnLine, ...]:
    """Every return that the place keeps, by organisation and period.

    Raises InputError at the first row that cannot be used, or that is in another organisation's
    file.
    """
    lines: list[ReturnLine] = []
    for file in return_files(place):
        contents = read_return(file, place)
        if contents.refused:
            raise contents.refused[0].fault
        for line in contents.lines:
            if line.organisation != file.path.stem:
                raise InputError(
                    f"expected {file.path.stem}, as the file is called",
                    file=file.path,
                    column="organisation",
                    value=line.organisation,
                )
        lines += contents.lines
    return tuple(lines)


def return_files(place: Place) -> list[File]:
    """The place's files of returns, one an organisation; it need not have any."""
    return [place.own.file(name) for name in place.own.names("returns", ".csv").values()]


def read_return(file: Path | File, place: Place) -> ReturnContents:
    """The rows of a return (a CSV file or a workbook), each checked against the place.

    Raises InputError where no row can be read: another format, a missing column, a workbook
    that `open_book` refuses.
    """
    flags: list[str] = []
    raw = (
        _from_book(file, flags)
        if isinstance(file, Path) and file.suffix.lower() != ".csv"
        else _from_csv(file)
    )
    known = _KnownNames.of(place)
    lines: dict[tuple[str, ...], ReturnLine] = {}
    refused: list[RefusedRow] = []
    for row in raw:
        try:
            line = _line(row, known, flags)
            if line.key in lines:
                raise row.fault(
                    "line",
                    f"this line is already at {lines[line.key].where}",
                    row.cells["line"],
                )
            lines[line.key] = line
        except InputError as fault:
            refused.append(RefusedRow(row.cells, fault))
    return ReturnContents(tuple(lines.values()), tuple(refused), tuple(flags))


def actuals(lines: Iterable[ReturnLine]) -> Ledger:
    """The actual amounts as a ledger."""
    return Ledger(
        tuple(Entry(r.period, r.organisation, r.counterparty, r.line, r.actual) for r in lines)
    )


def _from_csv(file: Path | File) -> Iterator[_RawRow]:
    (at, header), *rows = read_records(file)
    path = path_of(file)

    def fault_at(line: int) -> Fault:
        def fault(
            column: str | None, expected: str, value: Any = None, valid: Any = ()
        ) -> InputError:
            return InputError(
                expected, file=path, line=line, column=column, value=value, valid=valid
            )

        return fault

    _check_header(header, fault_at(at))
    for line, cells in rows:
        if len(cells) > len(header):
            raise fault_at(line)(None, f"expected {len(header)} cells, found {len(cells)}")
        texts = dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=True))
        yield _RawRow(texts, f"line {line}", fault_at(line))


def _from_book(file: Path, flags: list[str]) -> Iterator[_RawRow]:
    book = open_book(file)
    extra = [name for name in book.sheets if name not in (SHEET, *_HELPING_SHEETS)]
    if SHEET not in book.sheets and len(extra) == 1:
        sheet = book.sheets[extra.pop()]
    else:
        sheet = book.sheet(SHEET)
    if extra:
        raise InputError(
            f"expected one sheet of returns, called {SHEET}", file=file, column=f"{extra[0]}!A1"
        )
    flags += [str(flag) for flag in book.flags if flag.sheet == sheet.name]
    rows = [(at, row) for at, row in enumerate(sheet.rows) if any(row) and row[0][:1] != "#"]
    header_at, header = rows[0] if rows else (0, ())

    def fault_at(row: int) -> Fault:
        def fault(
            column: str | None, expected: str, value: Any = None, valid: Any = ()
        ) -> InputError:
            index = header.index(column) if column in header else 0
            return sheet.fault(row, index, expected, value, valid)

        return fault

    _check_header(header, fault_at(header_at))
    for at, cells in rows[1:]:
        if len(cells) > len(header):
            raise sheet.fault(at, len(header), "expected nothing right of the last column")
        texts = [cell.strip() for cell in cells] + [""] * (len(header) - len(cells))
        named = dict(zip(header, texts, strict=True))
        yield _RawRow(named, f"{sheet.name}!A{at + 1}", fault_at(at))


def _check_header(header: Sequence[str], fault: Fault) -> None:
    for name in header:
        if name not in (*COLUMNS, *REFUSED_COLUMNS) or list(header).count(name) > 1:
            raise fault(
                name, f"expected the columns {', '.join(COLUMNS)}, once each", name, COLUMNS
            )
    for name in COLUMNS:
        if name not in header:
            raise fault(None, f"expected the columns {', '.join(COLUMNS)}", name)


@dataclass(frozen=True, slots=True)
class _KnownNames:
    organisations: Collection[str]
    left: Collection[str]
    years: Sequence[str]

    @classmethod
    def of(cls, place: Place) -> _KnownNames:
        names = [o.id for o in place.organisations]
        left = {file.path.stem for file in return_files(place)} - set(names)
        return cls(names, left, (place.base_year, *place.years))


def _line(row: _RawRow, known: _KnownNames, flags: list[str]) -> ReturnLine:
    cells = row.cells
    for column in COLUMNS[:-1]:
        if cells[column] == "":
            raise row.fault(column, "expected a value; the cell is empty (type 0 for nothing)")
    organisation, counterparty = cells["organisation"], cells["counterparty"]
    if organisation in known.left:
        raise row.fault(
            "organisation",
            "expected an organisation of the place; this one has left it (its earlier returns"
            " are there, organisations.csv lacks it)",
            organisation,
        )
    for column, valid in (
        ("organisation", list(known.organisations)),
        ("counterparty", [*known.organisations, OUTSIDE]),
    ):
        if cells[column] not in valid:
            raise row.fault(column, "expected an organisation of the place", cells[column], valid)
    if organisation == counterparty:
        raise row.fault("counterparty", "expected another organisation", counterparty)
    period = _PERIOD.fullmatch(cells["period"])
    if period is None:
        raise row.fault("period", "expected a month such as 2016/17-M03 (June)", cells["period"])
    if period[1] not in known.years:
        raise row.fault(
            "period", "expected a month of the place's years", period[1], list(known.years)
        )
    return ReturnLine(
        organisation,
        cells["period"],
        cells["line"],
        counterparty,
        _amount(row, "plan", flags),
        _amount(row, "actual", flags),
        _amount(row, "forecast", flags) if cells["forecast"] else None,
        row.where,
    )


def _amount(row: _RawRow, column: str, flags: list[str]) -> Decimal:
    text = row.cells[column]
    if not _AMOUNT.fullmatch(text):
        raise row.fault(
            column,
            "expected pounds such as -1234.50, without commas, brackets or currency signs",
            text,
        )
    exact = Decimal(text)
    amount = exact.quantize(PENNY)
    if amount != exact:
        flags.append(f"{row.where}, {column}: {text} is rounded to the penny")
    return amount if amount else Decimal("0.00")
