"""Monthly returns: what an organisation planned, spent and expects, line by line.

A return is a table of one row a line. Amounts are pounds and pence, positive for income and
negative for cost; `plan` and `actual` are of the month, `forecast` is the year's outturn of the
line as the organisation sees it. A place keeps them in `returns/`, one file an organisation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tripleaim.accounts.books.ledger import OUTSIDE, PENNY, Entry, Ledger
from tripleaim.place import File, InputError, Place, Row, refuse
from tripleaim.tables import Column, plain_number, read_table

COLUMNS = ("organisation", "period", "line", "counterparty", "plan", "actual", "forecast")
REFUSED_COLUMNS = ("where", "why")
"""Extra columns of a file of rejected rows; a return may have them, and they are ignored."""

SHEET = "Return"
_HELPING_SHEETS = ("Read me", "Lists")
_PERIOD = re.compile(r"([0-9]{4}/[0-9]{2})-M(0[1-9]|1[0-2])")
_AMOUNT = re.compile(r"[+-]?[0-9]{1,13}(\.[0-9]{1,12})?")

_COLUMNS = (
    *(Column(name, may_be_empty=True) for name in COLUMNS),
    *(Column(name, may_be_empty=True, may_be_missing=True) for name in REFUSED_COLUMNS),
)


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
    table = read_table(file, _COLUMNS, beside=_HELPING_SHEETS)
    refuse(table.faults)
    flags = [str(note) for note in table.notes]
    known = _KnownNames.of(place)
    lines: dict[tuple[str, ...], ReturnLine] = {}
    refused: list[RefusedRow] = []
    for row in table.rows:
        cells = {name: row[name] for name in COLUMNS}
        try:
            line = _line(row, known, flags)
            if line.key in lines:
                raise row.fault("line", f"this line is already at {lines[line.key].where}")
            lines[line.key] = line
        except InputError as fault:
            refused.append(RefusedRow(cells, fault))
    return ReturnContents(tuple(lines.values()), tuple(refused), tuple(flags))


def actuals(lines: Iterable[ReturnLine]) -> Ledger:
    """The actual amounts as a ledger."""
    return Ledger(
        tuple(Entry(r.period, r.organisation, r.counterparty, r.line, r.actual) for r in lines)
    )


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


def _line(row: Row, known: _KnownNames, flags: list[str]) -> ReturnLine:
    faults = [
        row.fault(column, "expected a value (type 0 for nothing)")
        for column in COLUMNS[:-1]
        if row[column] == ""
    ]
    faults += _names(row, known)
    amounts: dict[str, Decimal | None] = {}
    for column in ("plan", "actual", "forecast"):
        try:
            amounts[column] = _amount(row, column, flags) if row[column] else None
        except InputError as fault:
            faults.append(fault)
    refuse(faults)
    return ReturnLine(
        row["organisation"],
        row["period"],
        row["line"],
        row["counterparty"],
        amounts["plan"] or Decimal("0.00"),
        amounts["actual"] or Decimal("0.00"),
        amounts["forecast"],
        row.where,
    )


def _names(row: Row, known: _KnownNames) -> Iterator[InputError]:
    """What is wrong with the organisations and the month of a row."""
    organisation, counterparty = row["organisation"], row["counterparty"]
    if organisation in known.left:
        yield row.fault(
            "organisation",
            "expected an organisation of the place; this one has left it (its earlier returns"
            " are there, organisations.csv lacks it)",
        )
    for column, valid in (
        ("organisation", list(known.organisations)),
        ("counterparty", [*known.organisations, OUTSIDE]),
    ):
        name = row[column]
        if name and name not in valid and not (name in known.left and column == "organisation"):
            yield row.fault(column, "expected an organisation of the place", valid)
    if organisation and organisation == counterparty:
        yield row.fault("counterparty", "expected another organisation")
    period = _PERIOD.fullmatch(row["period"])
    if period is None and row["period"]:
        yield row.fault("period", "expected a month such as 2016/17-M03 (June)")
    if period is not None and period[1] not in known.years:
        yield row.fault(
            "period", "expected a month of the place's years", list(known.years), period[1]
        )


def _amount(row: Row, column: str, flags: list[str]) -> Decimal:
    text = plain_number(row[column])
    if not _AMOUNT.fullmatch(text):
        raise row.fault(
            column, "expected pounds such as -1234.50, without brackets or signs of money"
        )
    exact = Decimal(text)
    amount = exact.quantize(PENNY)
    if amount != exact:
        flags.append(f"{row.where}, {column}: {text} is rounded to the penny")
    return amount if amount else Decimal("0.00")
