"""Registered people in the cells that activity is summed into: what rates are divided by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tripleaim.activity.cells import CellGrid
from tripleaim.activity.schema import AGE_BANDS, OF_WHOM, SCHEMA, SEGMENTS
from tripleaim.core import whole_file, with_version
from tripleaim.data_folder import again, read_bytes, taking_apart
from tripleaim.people import SEXES
from tripleaim.place import InputError

PEOPLE_SCHEMA = pa.schema(
    [
        *(pa.field(name, pa.string(), nullable=False) for name in ("year", *OF_WHOM[:3])),
        pa.field("quintile", SCHEMA.field("quintile").type, nullable=False),
        pa.field("segment", pa.string(), nullable=False),
        pa.field("people", pa.int64(), nullable=False),
    ]
)
"""The dimensions as activity has them, and how many registered people they hold in the year."""


@dataclass(frozen=True, eq=False)
class PeopleByCell:
    """How many registered people each cell holds, year by year; no person is in it."""

    table: pa.Table

    @classmethod
    def counted(
        cls, grid: CellGrid, years: Iterable[str], counts: npt.NDArray[np.int64]
    ) -> PeopleByCell:
        """From counts by year and cell of the grid, (years, cells); empty cells are left out."""
        return cls(
            pa.concat_tables(
                _year(grid, year, of_year) for year, of_year in zip(years, counts, strict=True)
            )
        )

    @classmethod
    def read(cls, path: Path) -> PeopleByCell:
        """What `write` kept. Raises DamagedFileError if the file cannot be read as that."""
        mend = again(path.parent)
        raw = read_bytes(path, mend)
        with taking_apart(path, mend, "does not contain people by cell"):
            table = pq.read_table(pa.BufferReader(raw))
            if table.schema.names != PEOPLE_SCHEMA.names:
                raise ValueError("other columns")
            return cls(table.cast(PEOPLE_SCHEMA))

    def write(self, path: Path) -> None:
        """Keep the counts as Parquet, whole or not at all."""
        with whole_file(path) as unfinished:
            pq.write_table(with_version(self.table), unfinished, compression="zstd")

    def by(self, *dimensions: str, **wanted: Iterable[str] | str) -> dict[tuple[str, ...], int]:
        """People by some dimensions, as texts, of the rows that are as `wanted`.

        Raises InputError for an unknown dimension.
        """
        table = self.table.set_column(
            PEOPLE_SCHEMA.names.index("quintile"),
            "quintile",
            self.table["quintile"].cast(pa.string()),
        )
        for name in (*dimensions, *wanted):
            if name not in PEOPLE_SCHEMA.names[:-1]:
                raise InputError(
                    "expected a dimension of people", value=name, valid=PEOPLE_SCHEMA.names[:-1]
                )
        for name, want in wanted.items():
            values = [want] if isinstance(want, str) else list(want)
            table = table.filter(pc.is_in(table[name], pa.array(values, pa.string())))
        sums = table.group_by(list(dimensions)).aggregate([("people", "sum")])
        keys = zip(*(sums[name].to_pylist() for name in dimensions), strict=True)
        return dict(zip(keys, sums["people_sum"].to_pylist(), strict=True))


def _year(grid: CellGrid, year: str, counts: npt.NDArray[np.int64]) -> pa.Table:
    cell = np.flatnonzero(counts)
    locality, band, sex, quintile, segment = np.unravel_index(cell, grid.sizes)
    labels = (
        (locality, grid.localities),
        (band, [label for label, _ in AGE_BANDS]),
        (sex, SEXES),
    )
    return pa.table(
        [
            pa.array([year] * len(cell), pa.string()),
            *(pa.array(np.array(names)[codes], pa.string()) for codes, names in labels),
            pa.array(quintile + 1, SCHEMA.field("quintile").type),
            pa.array(np.array([label for label, _ in SEGMENTS])[segment], pa.string()),
            pa.array(counts[cell], pa.int64()),
        ],
        schema=PEOPLE_SCHEMA,
    )
