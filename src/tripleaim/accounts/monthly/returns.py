"""Monthly returns: what an organisation planned, spent and expects, line by line.

A return is a table of one row a line. Amounts are pounds and pence, positive for income and
negative for cost; `plan` and `actual` are of the month, `forecast` is the year's outturn of the
line as the organisation sees it. A place keeps them in `returns/`, one file an organisation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tripleaim.accounts.books.ledger import OUTSIDE, PENNY, Entry, Ledger
from tripleaim.accounts.monthly.return_cells import (
    KnownNames,
    ReadAs,
    is_total,
    period_of,
    pounds_of,
)
from tripleaim.place import File, InputError, Place, Row, refuse
from tripleaim.tables import Column, plain_number, read_table

AMOUNTS = ("plan", "actual", "forecast")
COLUMNS = ("organisation", "period", "line", "counterparty", *AMOUNTS)
REFUSED_COLUMNS = ("where", "why")
"""Extra columns of a file of rejected rows; a return may have them, and they are ignored."""

SHEET = "Return"
_HELPING_SHEETS = ("Read me", "Lists")
_PERIOD = re.compile(r"([0-9]{4}/[0-9]{2})-M(0[1-9]|1[0-2])")

_ALSO = {
    "organisation": ("org", "org_code", "organisation_code", "ods_code"),
    "period": ("month", "reporting_month"),
    "counterparty": ("counter_party", "partner"),
    "plan": ("budget", "plan_gbp", "month_plan", "month_budget", "in_month_plan"),
    "actual": ("actuals", "actual_gbp", "month_actual", "in_month_actual"),
    "forecast": ("forecast_outturn", "outturn", "fot", "forecast_gbp"),
}
_COLUMNS = (
    *(Column(name, may_be_empty=True, also=_ALSO.get(name, ())) for name in COLUMNS),
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
                    f"expected {file.path.stem}, the name of the file",
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
    known = KnownNames.of(place, return_files(place), OUTSIDE)
    read_as = ReadAs()
    lines: dict[tuple[str, ...], ReturnLine] = {}
    refused: list[RefusedRow] = []
    for row in table.rows:
        cells = {name: row[name] for name in COLUMNS}
        try:
            if _left_out(row, list(lines.values()), flags):
                continue
            line = _line(row, known, read_as, flags)
            if line.key in lines:
                raise row.fault("line", f"this line is already at {lines[line.key].where}")
            lines[line.key] = line
        except InputError as fault:
            refused.append(RefusedRow(cells, fault))
    flags += read_as.flags()
    return ReturnContents(tuple(lines.values()), tuple(refused), tuple(flags))


def actuals(lines: Iterable[ReturnLine]) -> Ledger:
    """The actual amounts as a ledger."""
    return Ledger(
        tuple(Entry(r.period, r.organisation, r.counterparty, r.line, r.actual) for r in lines)
    )


def _line(row: Row, known: KnownNames, read_as: ReadAs, flags: list[str]) -> ReturnLine:
    faults = [
        row.fault(column, "expected a value (type 0 for nothing)")
        for column in COLUMNS[:-1]
        if row[column] == ""
    ]
    cells = {column: known.id_of(row[column]) for column in ("organisation", "counterparty")}
    cells["period"] = period_of(row["period"])
    faults += _names(row, cells, known)
    amounts: dict[str, Decimal | None] = {}
    for column in AMOUNTS:
        try:
            amounts[column] = _amount(row, column, read_as, flags) if row[column] else None
        except InputError as fault:
            faults.append(fault)
    refuse(faults)
    for column, text in cells.items():
        read_as.note(column, row[column], text)
    return ReturnLine(
        cells["organisation"],
        cells["period"],
        row["line"],
        cells["counterparty"],
        amounts["plan"] or Decimal("0.00"),
        amounts["actual"] or Decimal("0.00"),
        amounts["forecast"],
        row.where,
    )


def _names(row: Row, cells: Mapping[str, str], known: KnownNames) -> Iterator[InputError]:
    """What is wrong with the organisations and the month of a row."""
    organisation, counterparty = cells["organisation"], cells["counterparty"]
    if organisation in known.left:
        yield row.fault(
            "organisation",
            "expected an organisation of the place; this one has left it (it has earlier returns, "
            "but it is not in organisations.csv)",
        )
    ids = known.ids
    for column, valid in (
        ("organisation", [name for name in ids if name != OUTSIDE]),
        ("counterparty", ids),
    ):
        name = cells[column]
        if name and name not in valid and not (name in known.left and column == "organisation"):
            expected = f"expected an organisation of the place{known.hint(name)}"
            yield row.fault(column, expected, valid)
    if organisation and organisation == counterparty:
        yield row.fault("counterparty", "expected another organisation")
    period = _PERIOD.fullmatch(cells["period"])
    if period is None and row["period"]:
        yield row.fault("period", "expected a month such as 2016/17-M03 (June)")
    if period is not None and period[1] not in known.years:
        yield row.fault(
            "period", "expected a month of the place's years", list(known.years), period[1]
        )


def _amount(row: Row, column: str, read_as: ReadAs, flags: list[str]) -> Decimal:
    try:
        exact = pounds_of(row[column])
    except ValueError as refusal:
        raise row.fault(column, str(refusal)) from None
    if plain_number(row[column]) != str(exact):
        read_as.note(column, row[column], str(exact))
    amount = exact.quantize(PENNY)
    if amount != exact:
        flags.append(f"{row.where}, {column}: {exact} is rounded to the penny")
    return amount if amount else Decimal("0.00")


def _left_out(row: Row, lines: Sequence[ReturnLine], flags: list[str]) -> bool:
    """Whether a row is a total of those above it: left out where it equals their sum.

    Raises InputError for a total that does not.
    """
    if row["counterparty"] or not (is_total(row["line"]) or is_total(row["organisation"])):
        return False
    for column in AMOUNTS:
        if not row[column]:
            continue
        expected = sum((getattr(line, column) or Decimal(0) for line in lines), Decimal(0))
        if abs(pounds_of(row[column]) - expected) > PENNY * len(lines):
            raise row.fault(column, f"expected {expected:,}, the sum of the lines above it")
    flags.append(f"{row.where} is a total that equals the sum and is left out")
    return True
