"""A population with a column for each sex, as the ONS prints it, as a line for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tripleaim.place.population_columns import BOTH, POPULATION_COLUMNS, SEXES
from tripleaim.tables import (
    Column,
    File,
    Note,
    Row,
    TableRead,
    header_of,
    known_as,
    number,
    read_table,
)

_AGE, _SEX, _ = POPULATION_COLUMNS
_NAMES = {
    "male": ("males", "m", "men", "male_*", "males_*", "number_of_males", "*_male", "*_males"),
    "female": ("females", "f", "women", "female_*", "females_*", "number_of_females", "*_female"),
    BOTH: ("persons", "total", "people", "both", "total_*", "all_persons", "*_total"),
}
_BY_SEX = (
    _AGE,
    *(Column(sex, number, minimum=0, also=_NAMES[sex]) for sex in SEXES),
    Column(BOTH, number, minimum=0, may_be_missing=True, also=_NAMES[BOTH]),
)


def read_lines(file: Path | File, columns: Sequence[Column]) -> TableRead:
    """The table of a population file with a line for each age and sex, whichever way it has them.

    Raises InputError as `read_table` does.
    """
    headings = [name for name in header_of(file, columns) if name]
    has_sex = any(known_as(name, (_SEX,)) for name in headings)
    named = {known_as(name, _BY_SEX) for name in headings}
    if has_sex or not {"age", *SEXES} <= named:
        return read_table(file, columns)
    table = read_table(file, _BY_SEX)
    seen = table.origin.headings
    told = " and ".join(seen.get(sex, sex) for sex in SEXES)
    note = Note(table.origin.file, f"the columns {told} are read as one line for each sex")
    rows = tuple(line for row in table.rows for line in _lines(row))
    return replace(table, rows=rows, notes=(*table.notes, note))


def _lines(row: Row) -> Iterator[Row]:
    for sex in (*SEXES, BOTH):
        if row[sex] is not None:
            origin = row.origin
            heading = {"population": origin.headings.get(sex, sex)}
            at = {"age": origin.at["age"], "population": origin.at[sex]}
            placed = replace(origin, headings=dict(origin.headings) | heading, at=at)
            values = {"age": row["age"], "sex": sex, "population": row[sex]}
            yield Row(placed, row.line, values, row.others)
