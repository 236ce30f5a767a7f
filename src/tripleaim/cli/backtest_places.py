"""The verb that forecasts every board from an early day and compares with what followed."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tripleaim.cli.output_files import refuse_unwritable
from tripleaim.cli.terminal import err, out

LEAST_MONTHS, MOST_MONTHS = 3, 60
"""How far ahead is forecast: at least a quarter; beyond five years nothing has been tried."""

if TYPE_CHECKING:
    from tripleaim.board_backtest import BoardBacktest


def backtest_places(
    start: Annotated[
        str, typer.Option("--from", help="The last day of what is known, such as 2024-03-31.")
    ],
    out_file: Annotated[Path, typer.Option("--out", help="The CSV file to write.")],
    actuals: Annotated[
        Path | None,
        typer.Option(help="A folder of official tables with rows that do not come along."),
    ] = None,
    to: Annotated[str, typer.Option(help="The last day that is forecast.")] = "2026-03-31",
) -> None:
    """Forecast six measures of every English board from one day, and compare with what followed."""
    from tripleaim.board_backtest import MOST_TOLD, LaterRows, backtest_boards, read_later_rows
    from tripleaim.boards import OfficialTables
    from tripleaim.cli import show_backtest_places
    from tripleaim.core import write_whole

    first, last = _day("--from", start), _day("--to", to)
    _refuse_order(first, last)
    refuse_unwritable(out_file)
    with OfficialTables() as tables:
        later = LaterRows() if actuals is None else read_later_rows(actuals, first, tables)
        for note in (*later.read, *later.unread[:MOST_TOLD]):
            err.print(note, highlight=False, markup=False, soft_wrap=True)
        result = backtest_boards(first, last, tables=tables, later=later.values)
    out_file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(out_file, _as_csv(result))
    show_backtest_places.backtest_places(out, result)
    out.print(f"Wrote {len(result.rows):,} rows to {out_file}", highlight=False, soft_wrap=True)


def _day(option: str, text: str) -> date:
    from tripleaim.place import InputError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{option}: expected a day such as 2024-03-31", value=text) from None


def _refuse_order(first: date, last: date) -> None:
    from tripleaim.place import InputError

    months = (last.year - first.year) * 12 + last.month - first.month
    if not LEAST_MONTHS <= months <= MOST_MONTHS:
        raise InputError(
            f"--from: expected a day {LEAST_MONTHS} to {MOST_MONTHS} months before "
            f"{last.isoformat()} (--to)",
            value=first.isoformat(),
        )


def _as_csv(result: BoardBacktest) -> str:
    from tripleaim.board_backtest import COLUMNS

    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in result.rows:
        numbers = (row.forecast, row.low, row.high, row.actual)
        cells = ("" if number is None else f"{number:.10g}" for number in numbers)
        writer.writerow((row.board, row.measure, row.period, *cells))
    return written.getvalue()
