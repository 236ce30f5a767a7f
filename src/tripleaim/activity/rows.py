"""Sums in, rows of the one table out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tripleaim.activity.cells import CellGrid
from tripleaim.activity.schema import AGE_BANDS, ALL, SCHEMA, SEGMENTS
from tripleaim.people import SEXES

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where activity comes from: the record or a projection, of which scenario and draw."""

    recorded: bool
    scenario: str
    inputs_sha256: str
    draw: int = 0


def people_rows(
    grid: CellGrid,
    points: Sequence[str],
    year: str,
    quantity: Floats,
    origin: Origin,
    *,
    bed_days: Floats,
    cost: Floats | None = None,
) -> pa.Table:
    """One year of contacts by cell and point of delivery, as rows known by `people`.

    `quantity`, `bed_days` and `cost` (£) have shape (cells of the grid, points of delivery).
    Costs that are NaN, or not given, are null. Rows are in a fixed order and those without
    quantity are left out; but a point of delivery without any keeps one row of 0, since none is
    another thing than not known.
    """
    kept = quantity.T != 0
    kept[~kept.any(axis=1), :1] = True
    p, cell = np.nonzero(kept)
    locality, band, sex, quintile, segment = np.unravel_index(cell, grid.sizes)
    return _table(
        len(cell),
        origin,
        "people",
        {
            "year": _always(len(cell), year),
            "locality": _labelled(locality, grid.localities),
            "age_band": _labelled(band, [label for label, _ in AGE_BANDS]),
            "sex": _labelled(sex, SEXES),
            "quintile": pa.array(quintile + 1, pa.int8()),
            "segment": _labelled(segment, [label for label, _ in SEGMENTS]),
            "point_of_delivery": _labelled(p, points),
            "quantity": pa.array(quantity[cell, p]),
            "bed_days": pa.array(bed_days[cell, p]),
            "cost": pa.nulls(len(cell), pa.float64())
            if cost is None
            else pa.array(cost[cell, p], from_pandas=True),
        },
    )


def contract_rows(
    year: str, shares: Sequence[tuple[str, str, str, float, float, float | None]], origin: Origin
) -> pa.Table:
    """One year as rows known by `contract`.

    `shares` are (point of delivery, commissioner, provider, quantity, bed days, £ or None).
    """
    columns: list[Sequence[object]] = [list(c) for c in zip(*shares, strict=True)] or [[]] * 6
    names = ("point_of_delivery", "commissioner", "provider", *("quantity", "bed_days", "cost"))
    values = {
        name: pa.array(column, SCHEMA.field(name).type if name == "cost" else None)
        for name, column in zip(names, columns, strict=True)
    }
    return _table(len(shares), origin, "contract", {"year": _always(len(shares), year), **values})


def total_rows(
    totals: Mapping[str, Mapping[str, float]],
    origin: Origin,
    bed_days: Mapping[str, float] | None = None,
) -> pa.Table:
    """Contacts by point of delivery and year as rows of which nothing else is known.

    `bed_days` are days in bed a contact by point of delivery; none unless given.
    """
    stays = bed_days or {}
    rows = [(p, y, float(n)) for p, by_year in totals.items() for y, n in by_year.items()]
    return _table(
        len(rows),
        origin,
        "record" if origin.recorded else "people",
        {
            "year": pa.array([year for _, year, _ in rows], pa.string()),
            "point_of_delivery": pa.array([point for point, _, _ in rows], pa.string()),
            "quantity": pa.array([n for _, _, n in rows], pa.float64()),
            "bed_days": pa.array([n * stays.get(p, 0.0) for p, _, n in rows], pa.float64()),
        },
    )


def _table(rows: int, origin: Origin, known_by: str, columns: Mapping[str, pa.Array]) -> pa.Table:
    """A table of the schema: the columns given, where it comes from, and `all` for the rest."""
    known: dict[str, pa.Array] = {
        "recorded": pa.array(np.full(rows, origin.recorded)),
        "scenario": _always(rows, origin.scenario),
        "draw": pa.array(np.full(rows, origin.draw, dtype=np.int32)),
        "inputs_sha256": _always(rows, origin.inputs_sha256),
        "known_by": _always(rows, known_by),
        "month": pa.nulls(rows, pa.int8()),
        "quintile": pa.nulls(rows, pa.int8()),
        "cost": pa.nulls(rows, pa.float64()),
        **columns,
    }
    return pa.Table.from_arrays(
        [(known[f.name] if f.name in known else _always(rows, ALL)).cast(f.type) for f in SCHEMA],
        schema=SCHEMA,
    )


def _labelled(codes: Ints, labels: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(
        pa.array(codes, pa.int16()), pa.array(labels, pa.string())
    )


def _always(rows: int, text: str) -> pa.DictionaryArray:
    return _labelled(np.zeros(rows, dtype=np.intp), [text])
