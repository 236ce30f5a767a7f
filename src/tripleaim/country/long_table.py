"""A tally as one long table, to be queried with SQL."""

from __future__ import annotations

import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tripleaim.core import with_version
from tripleaim.measures import BAND_STARTS
from tripleaim.people import SEXES
from tripleaim.projection import UNIT, Tally

BAND_NAMES = tuple(
    f"{start}+"
    if following is None
    else str(start)
    if following == start + 1
    else f"{start}-{following - 1}"
    for start, following in zip(BAND_STARTS, (*BAND_STARTS[1:], None), strict=True)
)


def to_parquet(tally: Tally) -> bytes:
    """Columns year, sex, quintile, age_band, measure, of (a condition, level or quantity), value.

    Years stand for 1 January inside them; what happens in a year stands at the year it begins in.
    Cells in which nothing was counted are left out.
    """
    parts = [_part(tally, "people", "", tally.people), _part(tally, "deaths", "", tally.deaths)]
    for measure, counts in (("with condition", tally.with_condition), ("onsets", tally.onsets)):
        parts += [
            _part(tally, measure, name, counts[..., k]) for k, name in enumerate(tally.conditions)
        ]
    for k, (factor, level) in enumerate(tally.risk_levels):
        parts.append(_part(tally, "level", f"{factor}: {level}", tally.levels[..., k]))
    for k, name in enumerate(tally.quantities):
        parts.append(_part(tally, "expected", name, tally.expected[..., k] / UNIT))
    buffer = io.BytesIO()
    table = with_version(pa.concat_tables(parts).unify_dictionaries())
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def _part(tally: Tally, measure: str, of: str, counts: np.ndarray) -> pa.Table:
    cells = np.nonzero(counts)
    names = (tally.years, SEXES, tuple("12345"), BAND_NAMES)
    columns = {
        name: _dictionary(index, labels)
        for name, index, labels in zip(
            ("year", "sex", "quintile", "age_band"), cells, names, strict=True
        )
    }
    rows = np.zeros(len(cells[0]), dtype=np.int32)
    return pa.table(
        {
            **columns,
            "measure": _dictionary(rows, (measure,)),
            "of": _dictionary(rows, (of,)),
            "value": pa.array(counts[cells].astype(np.float64)),
        }
    )


def _dictionary(index: np.ndarray, labels: tuple[str, ...]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(index.astype(np.int32)), pa.array(labels))
