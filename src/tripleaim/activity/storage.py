"""The activity table on disk, and the questions asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from tripleaim.activity.schema import DIMENSIONS, SCHEMA
from tripleaim.core import whole_file
from tripleaim.place import InputError

_TOTALS = (files("tripleaim.activity") / "totals.sql").read_text(encoding="utf-8")


def write(table: pa.Table, path: Path) -> None:
    """Keep the table as Parquet, the same bytes for the same rows.

    The file is written beside `path` and then put in its place, so a reader or an interruption
    finds the last good one. Raises ValueError for a table of another shape.
    """
    if not table.schema.equals(SCHEMA):
        raise ValueError("expected a table with the columns of tripleaim.activity.SCHEMA")
    with whole_file(path) as unfinished:
        pq.write_table(
            table.unify_dictionaries().combine_chunks(),
            unfinished,
            compression="zstd",
            store_schema=True,
        )


def read(path: Path) -> pa.Table:
    """The table kept in `path`. Raises InputError if it is not there or is something else."""
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowInvalid) as fault:
        raise InputError(
            f"expected an activity table as Parquet ({type(fault).__name__})", file=path
        ) from None
    for name in table.schema.names:
        if name not in SCHEMA.names:
            raise InputError(
                "unknown column", file=path, column=name, value=name, valid=SCHEMA.names
            )
    for name in SCHEMA.names:
        if name not in table.schema.names:
            raise InputError("this column is needed", file=path, column=name)
    return table.select(SCHEMA.names).cast(SCHEMA)


def totals(
    activity: pa.Table | Path, by: Sequence[str] = ("scenario", "point_of_delivery", "year")
) -> pa.Table:
    """Quantity, bed days and cost summed by the dimensions in `by`, in their order.

    `activity` is a table or the Parquet file of one. Raises InputError for an unknown dimension.
    """
    for name in by:
        if name not in DIMENSIONS:
            raise InputError("expected a dimension of activity", value=name, valid=DIMENSIONS)
    if not by:
        raise InputError("expected at least one dimension")
    table = read(activity) if isinstance(activity, Path) else activity
    with duckdb.connect() as connection:
        connection.register("activity", table)
        # The names come from the white list above, so nothing else can get into the statement.
        return connection.sql(_TOTALS.replace("$dimensions", ", ".join(by))).to_arrow_table()
