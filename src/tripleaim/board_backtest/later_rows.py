"""What followed the start, from a folder of official tables: rows that do not come along."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from tripleaim.board_backtest.history import LaterValues
from tripleaim.board_backtest.measures import LEAST_DAYS, MEASURES, BoardMeasure
from tripleaim.boards import OfficialTables, boards, trusts_by_code
from tripleaim.place import InputError

_BY_ID = {measure.id: measure for measure in MEASURES}
_GENERAL = "general_and_acute"


@dataclass(frozen=True, slots=True)
class LaterRows:
    """Values by measure that follow the start; `read` says of each file what it is, `unread` which
    were left alone and why, the nearest to a known table first."""

    values: Mapping[str, LaterValues] = field(default_factory=dict)
    read: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a file as text, with where it is."""

    file: Path
    line: int
    cells: Mapping[str, str]

    def fault(self, column: str, expected: str, valid: Sequence[str] = ()) -> InputError:
        return InputError(
            expected,
            file=self.file,
            line=self.line,
            column=column,
            value=self.cells[column],
            valid=valid,
        )

    def day(self, column: str) -> date:
        try:
            return date.fromisoformat(self.cells[column][:10])
        except ValueError:
            raise self.fault(column, "expected a day such as 2024-04-01") from None

    def number(self, column: str) -> float | None:
        """A number that is not negative; None for an empty cell."""
        text = self.cells[column].strip()
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or value < 0:
            raise self.fault(column, "expected a number of 0 or more, or nothing")
        return value


@dataclass(frozen=True, slots=True)
class _Codes:
    """What codes mean: boards of 2024 and of now, trusts by any code they had, practices' parts."""

    before: frozenset[str]
    now: frozenset[str]
    trusts: Mapping[str, str]
    practices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Layout:
    """A table that can be read: the columns that tell it, and what a row of it says.

    `read` gives measure, part, day, what must not come twice, and the value.
    """

    title: str
    columns: tuple[str, ...]
    read: Callable[[_Row, _Codes], Iterator[tuple[str, str, date, str, float]]]


def _board(row: _Row, codes: _Codes) -> str:
    code = row.cells["icb_code_nhs"]
    if code not in codes.before:
        raise row.fault(
            "icb_code_nhs", "expected a board of 2024 by its code", sorted(codes.before)
        )
    return code


def _ae(row: _Row, codes: _Codes) -> Iterator[tuple[str, str, date, str, float]]:
    columns = {
        "attendances": "ae_attendances_month",
        "emergency_admissions": "emergency_admissions_month",
    }
    for column, measure in columns.items():
        value = row.number(column)
        if value is not None:
            board = _board(row, codes)
            yield measure, board, row.day("period"), board, value


def _delays(row: _Row, codes: _Codes) -> Iterator[tuple[str, str, date, str, float]]:
    value = row.number("do_not_meet_criteria_to_reside")
    if value:  # a day without a return is published as 0
        board = _board(row, codes)
        yield "criteria_to_reside_mean_day", board, row.day("date"), board, value


def _waiting(row: _Row, codes: _Codes) -> Iterator[tuple[str, str, date, str, float]]:
    trust, value = codes.trusts.get(row.cells["org_code"]), row.number("waiting")
    if trust is not None and value is not None:
        yield "rtt_waiting_at_trusts", trust, row.day("period"), row.cells["org_code"], value


def _beds(row: _Row, codes: _Codes) -> Iterator[tuple[str, str, date, str, float]]:
    trust, value = codes.trusts.get(row.cells["org_code"]), row.number("occupied_total")
    if trust is not None and value is not None and row.cells["specialty_group"] == _GENERAL:
        day = row.day("period_start")
        yield "general_and_acute_beds_occupied", trust, day, row.cells["org_code"], value


def _lists(row: _Row, codes: _Codes) -> Iterator[tuple[str, str, date, str, float]]:
    practice, value = row.cells["practice_code"], row.number("patients")
    if practice in codes.practices and value is not None:
        yield "registered", codes.practices[practice], row.day("extract_date"), practice, value


_LAYOUTS = (
    _Layout(
        "A&E by board and month",
        ("period", "icb_code_nhs", "attendances", "emergency_admissions"),
        _ae,
    ),
    _Layout(
        "patients without criteria to reside by board and day",
        ("date", "icb_code_nhs", "do_not_meet_criteria_to_reside"),
        _delays,
    ),
    _Layout("waiting list by trust and month", ("period", "org_code", "waiting"), _waiting),
    _Layout(
        "beds by trust and quarter",
        ("period_start", "org_code", "specialty_group", "occupied_total"),
        _beds,
    ),
    _Layout(
        "patients registered by practice and month",
        ("extract_date", "practice_code", "patients"),
        _lists,
    ),
)
MOST_TOLD = 10
"""Files that are not read and are named, the nearest to a known table first."""
_OWN = ("board", "measure", "period", "actual")
_FINER = frozenset({"sex", "age", "age_band", "lsoa_code"})
"""A table with these columns counts everybody in parts: it is another one."""


def read_later_rows(folder: Path, start: date, tables: OfficialTables) -> LaterRows:
    """Every table of a folder (and of the folders in it) that says what followed `start`.

    CSV or Parquet, told by its columns: those of the official tables that the product's own are
    made from, or `board, measure, period, actual` as the verb writes them. Rows up to the start are
    left out. Raises InputError for a folder without any such row, and for a value that cannot be
    read, a code that is no board, or a row that comes twice with two values.
    """
    if not folder.is_dir():
        raise InputError("expected a folder of tables that say what followed", file=folder)
    codes = _codes(tables)
    found = _Found(start)
    read: list[str] = []
    unread: list[tuple[int, str]] = []
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() not in (".csv", ".parquet"):
            continue
        columns, rows = _open(file)
        name = str(file.relative_to(folder))
        if set(_OWN) <= set(columns):
            read.append(f"{name}: actuals by board, {found.take_own(rows, codes)} after the start")
            continue
        layout = _layout(columns)
        if layout is None:
            unread.append((len(_lacking(columns)), f"{name}: not read; {_nearest(columns)}"))
            continue
        count = found.take(rows, layout, codes)
        read.append(f"{name}: {layout.title}, {count} values after the start")
    told = [text for _, text in sorted(unread)]
    if not found.any():
        said = "; ".join([*read, *told[:MOST_TOLD]]) or "there is no CSV or Parquet file"
        raise InputError(
            f"expected rows after {start.isoformat()} in a table of one of these kinds: "
            f"{_kinds()}. Here: {said}",
            file=folder,
        )
    return LaterRows(found.values(), tuple(read), tuple(told))


class _Found:
    """Values after the start as they are read, each once."""

    def __init__(self, start: date) -> None:
        self._start = start
        self._once: dict[tuple[str, str, date], float] = {}
        self._parts: dict[str, dict[tuple[str, int], list[float]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._boards: dict[str, dict[tuple[str, int], float]] = defaultdict(dict)

    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self._parts or self._boards)

    def take(self, rows: Iterator[_Row], layout: _Layout, codes: _Codes) -> int:
        """Keep what follows the start; how many values that is."""
        count = 0
        for row in rows:
            for measure, part, day, once, value in layout.read(row, codes):
                cadence = _BY_ID[measure].cadence
                if cadence.over(cadence.at(day)) <= self._start:
                    continue
                before = self._once.setdefault((measure, once, day), value)
                if before != value:
                    raise row.fault(
                        layout.columns[-1], f"{once} on {day} has another value too, {before:g}"
                    )
                self._parts[measure][part, cadence.at(day)].append(value)
                count += 1
        return count

    def take_own(self, rows: Iterator[_Row], codes: _Codes) -> int:
        """The same of rows by board; how many have an actual after the start."""
        count = 0
        for row in rows:
            value = row.number("actual")
            measure = _BY_ID.get(row.cells["measure"])
            if measure is None:
                raise row.fault("measure", "expected a measure", list(_BY_ID))
            if row.cells["board"] not in codes.now:
                raise row.fault("board", "expected a board of now by its code", sorted(codes.now))
            period = _period(row, measure)
            if value is not None and measure.cadence.over(period) > self._start:
                self._boards[measure.id][row.cells["board"], period] = value
                count += 1
        return count

    def values(self) -> dict[str, LaterValues]:
        """By measure: parts summed over what they are made of, or the mean of the days."""
        least = {"criteria_to_reside_mean_day": LEAST_DAYS}
        return {
            measure: LaterValues(
                {
                    key: sum(values) / len(values) if measure in least else sum(values)
                    for key, values in self._parts.get(measure, {}).items()
                    if len(values) >= least.get(measure, 0)
                },
                dict(self._boards.get(measure, {})),
            )
            for measure in {*self._parts, *self._boards}
        }


def _period(row: _Row, measure: BoardMeasure) -> int:
    try:
        return measure.cadence.labelled(row.cells["period"])
    except ValueError as fault:
        raise row.fault("period", str(fault)) from None


def _codes(tables: OfficialTables) -> _Codes:
    now = boards(tables)
    homes = tables.records(
        "SELECT practice, icb24 || ' ' || icb26 AS part FROM practice_homes "
        "WHERE icb24 <> '' AND icb26 <> ''"
    )
    return _Codes(
        frozenset(code for board in now for code in board.before),
        frozenset(board.code for board in now),
        trusts_by_code(tables),
        {row["practice"]: row["part"] for row in homes},
    )


def _layout(columns: Sequence[str]) -> _Layout | None:
    if _FINER & set(columns):
        return None
    return next((one for one in _LAYOUTS if set(one.columns) <= set(columns)), None)


def _closest(columns: Sequence[str]) -> _Layout:
    return max(_LAYOUTS, key=lambda one: len(set(one.columns) & set(columns)) / len(one.columns))


def _lacking(columns: Sequence[str]) -> list[str]:
    """The columns that a file lacks to be the table that it is nearest to."""
    return [column for column in _closest(columns).columns if column not in columns]


def _nearest(columns: Sequence[str]) -> str:
    """Why a file is not read."""
    if _FINER & set(columns):
        return "it counts people by age, sex or area, and totals are read"
    return f"to be {_closest(columns).title} it lacks {', '.join(_lacking(columns))}"


def _kinds() -> str:
    return "; ".join(
        [
            *(f"{one.title} ({', '.join(one.columns)})" for one in _LAYOUTS),
            f"the verb's own ({', '.join(_OWN)})",
        ]
    )


def _open(file: Path) -> tuple[tuple[str, ...], Iterator[_Row]]:
    """The columns of a file, and its rows as text."""
    if file.suffix.lower() == ".parquet":
        return _open_parquet(file)
    content = file.read_bytes()
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        lines = content.decode("latin-1").splitlines()
        if _layout(next(csv.reader(lines), [])) is not None:
            raise InputError("expected text in UTF-8", file=file) from None
    above = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    reader = csv.reader(lines[above:])
    columns = tuple(cell.strip() for cell in next(reader, []))
    return columns, _csv_rows(file, columns, reader, above + 1)


def _csv_rows(
    file: Path, columns: tuple[str, ...], cells: Iterator[list[str]], header: int
) -> Iterator[_Row]:
    for line, row in enumerate(cells, start=header + 1):
        if not row:
            continue
        if len(row) != len(columns):
            raise InputError(
                f"expected {len(columns)} cells, as in the header; found {len(row)}",
                file=file,
                line=line,
            )
        yield _Row(file, line, dict(zip(columns, row, strict=True)))


def _open_parquet(file: Path) -> tuple[tuple[str, ...], Iterator[_Row]]:
    path = file.as_posix().replace("'", "''")
    try:
        with duckdb.connect() as connection:
            answer = connection.execute(f"FROM '{path}'")
            columns = tuple(column[0] for column in answer.description)
            kept = answer.fetchall()
    except duckdb.Error:
        raise InputError("expected a Parquet file that can be read", file=file) from None
    rows = (
        _Row(
            file,
            line,
            {
                column: "" if value is None else str(value)
                for column, value in zip(columns, row, strict=True)
            },
        )
        for line, row in enumerate(kept, start=1)
    )
    return columns, rows
