"""The verb that puts a place beside what it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tripleaim.cli.output_files import refuse_unwritable
from tripleaim.cli.tables import justified
from tripleaim.cli.terminal import out

if TYPE_CHECKING:
    from tripleaim.measures import Since

COLUMNS = (
    *("part", "what", "unit", "before", "before_period", "expected", "expected_period"),
    *("now", "now_period", "change", "note"),
)


def place_since(
    before: Annotated[str, typer.Argument(help="The earlier footprint: a name or a folder.")],
    now: Annotated[str, typer.Argument(help="The later one: a name or a folder.")],
    out_file: Annotated[
        Path | None, typer.Option("--out", help="A CSV file for the same rows.")
    ] = None,
) -> None:
    """Show what was counted of a place then and now, and what its plan expected."""
    from tripleaim.measures import since
    from tripleaim.place import load

    if out_file is not None:
        refuse_unwritable(out_file)
    result = since(load(before), load(now))
    _show(result)
    if out_file is not None:
        from tripleaim.core import write_whole

        write_whole(out_file, _as_csv(result))
        out.print(f"Wrote {len(result.rows)} rows to {out_file}", highlight=False, soft_wrap=True)


def _show(result: Since) -> None:
    from tripleaim import wording

    table = justified(
        f"{result.before} in {result.before_year} and {result.now} in {result.now_year}",
        ("What", "left"),
        *((head, "right") for head in ("Then", "Expected", "Now", "Change")),
        ("Note", "left"),
    )
    for row in result.rows:
        values = (row.before, row.expected, row.now)
        numbers = (wording.since_value(row, value) for value in values)
        table.add_row(row.what, *numbers, wording.since_change(row), row.note)
    out.print(table)
    out.print(wording.since_answer(result), highlight=False, soft_wrap=True)
    out.print(wording.SINCE_NOTE, highlight=False, soft_wrap=True)


def _as_csv(result: Since) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in result.rows:
        cells = (getattr(row, name) for name in COLUMNS)
        writer.writerow(f"{one:.10g}" if isinstance(one, float) else one for one in cells)
    return written.getvalue()
