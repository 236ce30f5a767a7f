"""The activity table on disk."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tripleaim.activity.schema import SCHEMA
from tripleaim.core import whole_file, with_version
from tripleaim.data_folder import again, checked, taking_apart
from tripleaim.place import InputError

ROW_GROUP = 1 << 18


def write_table(table: pa.Table, path: Path) -> None:
    """Keep the table as Parquet, the same bytes for the same rows.

    Rows of one scenario and year stand together in row groups of their own, so that a question
    about one of them skips the others. The file is written beside `path` and then put in its
    place, so a reader or an interruption finds the last good one. Raises ValueError for a table
    of another shape.
    """
    if not table.schema.equals(SCHEMA):
        raise ValueError("expected a table with the columns of tripleaim.activity.SCHEMA")
    table = table.unify_dictionaries().combine_chunks()
    schema = with_version(SCHEMA)
    with (
        whole_file(path) as unfinished,
        pq.ParquetWriter(unfinished, schema, compression="zstd", store_schema=True) as writer,
    ):
        for part in _partitions(table):
            writer.write_table(with_version(part), row_group_size=ROW_GROUP)


def _partitions(table: pa.Table) -> list[pa.Table]:
    """The rows of each scenario and year, in the order in which they first appear."""
    if not len(table):
        return [table]
    scenario, year = (table[name].combine_chunks() for name in ("scenario", "year"))
    key = scenario.indices.to_numpy() * np.int64(len(year.dictionary)) + year.indices.to_numpy()
    starts = np.append(np.flatnonzero(np.diff(key, prepend=-1)), len(key))
    by_key: dict[int, list[pa.Table]] = {}
    for start, end in itertools.pairwise(starts.tolist()):
        by_key.setdefault(int(key[start]), []).append(table.slice(start, end - start))
    return [pa.concat_tables(parts).combine_chunks() for parts in by_key.values()]


def read_tables(paths: Sequence[Path]) -> pa.Table:
    """The rows kept in some files. Raises InputError if one is not there or is something else."""
    return pa.concat_tables([_read(path) for path in paths])


def _read(path: Path) -> pa.Table:
    check_columns(path)
    with reading(path):
        return pq.read_table(path).select(SCHEMA.names).cast(SCHEMA)


def reading(*paths: Path) -> AbstractContextManager[None]:
    """While files of activity are read: each as it was written, and what fails is their fault.

    Raises DamagedFileError.
    """
    mend = again(paths[0].parent)
    for path in paths:
        checked(path, mend)
    return taking_apart(paths[0], mend, "does not contain readable activity")


def check_columns(path: Path) -> None:
    """Raise InputError unless `path` is a Parquet file with the columns of an activity table."""
    with reading(path):
        names = pq.read_schema(path).names
    for name in names:
        if name not in SCHEMA.names:
            raise InputError(
                "unknown column", file=path, column=name, value=name, valid=SCHEMA.names
            )
    for name in SCHEMA.names:
        if name not in names:
            raise InputError("this column is required", file=path, column=name)
