"""Which year and which area of a population file are meant, where it has several.

A file may have years as lines (a column `year`, `extract_date`, …) or as columns
(`population_2014`, `population_2015`, …).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from tripleaim.place.population_by_sex import read_lines
from tripleaim.place.population_columns import POPULATION_COLUMNS
from tripleaim.place.population_sheet import (
    chosen,
    of_one_sheet,
    sheets_by_area,
    sheets_by_year,
)
from tripleaim.tables import (
    Column,
    File,
    InputError,
    Note,
    Row,
    TableRead,
    header_of,
    refuse,
)

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_YEAR = re.compile(
    r"(?:mid|fy|cy)?[- ]?(?:19|20)\d{2}(?:[-/](?:\d{4}|\d{2}))?|fy ?\d{2}(?:[-/]\d{2})?"
    rf"|(?:\d{{1,2}}[-/ ]?)?{_MONTH}[-/ ]?(?:(?:19|20)\d{{2}}|\d{{2}})"
    r"|(?:19|20)\d{2}-\d{2}-\d{2}(?:[ T][0-9:.]*)?|\d{1,2}/\d{1,2}/(?:19|20)\d{2}",
    re.IGNORECASE,
)
"""A year or a day as publishers write it: 2016, mid-2016, 2015/16, FY16, 01JUL2016, 2016-07-01."""
_OF_YEARS = re.compile(r"year|date|period|time|extract|mid|month|quarter", re.IGNORECASE)
_YEAR_OF_HEADING = re.compile(r"(|.*\D)((?:19|20)\d{2})")
_POPULATION = POPULATION_COLUMNS[-1]


def years_of(file: Path | File) -> tuple[str, ...]:
    """The years that a population file has, as it writes them; none where it names no year.

    A workbook with a sheet for each year names its sheets. Where there are several,
    `new_place` and `read_population` ask for one of them. Raises InputError where the file is no
    table.
    """
    sheets = sheets_by_year(file)
    if sheets:
        return sheets
    areas = sheets_by_area(file)
    file = of_one_sheet(file, areas[0], None, names_years).file if areas else file
    by_heading = _years_as_columns(file)
    if len(by_heading) > 1:
        return tuple(by_heading)
    rows = _rows_of(file)
    name = _year_column(rows)
    return tuple(dict.fromkeys(row.others[name] for row in rows)) if name else ()


def areas_of(file: Path | File, year: str | None = None) -> tuple[str, ...]:
    """The areas that a population file has lines of; none where it is of one.

    `year` is the one to look at where the file has several. Raises InputError where the file is
    no table.
    """
    sheets = sheets_by_area(file)
    if sheets:
        return sheets
    asked = of_one_sheet(file, None, year, names_years)
    file, year = asked.file, asked.year
    rows = _rows_of(file, columns_of_year(file, year, []))
    rows = _of_year(rows, year, file if isinstance(file, Path) else file.path, [], [])
    name = _area_column(rows)
    return tuple(dict.fromkeys(row.others[name] for row in rows)) if name else ()


def names_years(file: Path | File) -> bool:
    """Whether the lines or the columns of a population file name years."""
    return len(_years_as_columns(file)) > 1 or _year_column(_rows_of(file)) is not None


def columns_of_year(
    file: Path | File, year: str | None, faults: list[InputError]
) -> tuple[Column, ...]:
    """The columns to read: of a file with one column for each year, that of `year`.

    Adds a fault that asks which year where none is named.
    """
    by_heading = _years_as_columns(file)
    if len(by_heading) < 2:
        return POPULATION_COLUMNS
    path = file if isinstance(file, Path) else file.path
    which = chosen(by_heading, year)
    if which is None:
        faults.append(_which_year(list(by_heading), year, path))
        which = next(iter(by_heading))
    heading = by_heading[which].casefold()
    only = replace(_POPULATION, also=(re.sub(r"[\W_]+", "_", heading).strip("_"),))
    return (*POPULATION_COLUMNS[:-1], only)


def chosen_rows(
    table: TableRead,
    area: str | None,
    year: str | None,
    faults: list[InputError],
    notes: list[Note],
) -> list[Row]:
    """The rows of one year and one area; a fault that asks which where the file has several."""
    path = table.origin.file
    rows = list(table.rows)
    if not _years_in(table.header):
        rows = _of_year(rows, year, path, faults, notes)
    return _of_area(rows, area, path, faults, notes) if rows else []


def _rows_of(file: Path | File, columns: Sequence[Column] = POPULATION_COLUMNS) -> list[Row]:
    table = read_lines(file, columns)
    refuse([] if table.rows else table.faults)
    return list(table.rows)


def _years_as_columns(file: Path | File) -> dict[str, str]:
    """The headings of a file that are of a year each, by the year; none where one is enough."""
    headings = header_of(file, POPULATION_COLUMNS)
    return _years_in(headings)


def _years_in(headings: Iterable[str]) -> dict[str, str]:
    years: dict[str, str] = {}
    for name in headings:
        match = _YEAR_OF_HEADING.fullmatch(name.strip())
        if match and _is_of_people(match[1]):
            years[match[2]] = name
    return years if len(years) > 1 else {}


def _is_of_people(stem: str) -> bool:
    """Whether a heading without its year is empty, or a name for people: `population_`."""
    bare = re.sub(r"[\W_]+", "_", stem.casefold()).strip("_")
    return any(fnmatchcase(bare, name) for name in ("", "population", *_POPULATION.also))


def _of_year(
    rows: list[Row], year: str | None, path: Path, faults: list[InputError], notes: list[Note]
) -> list[Row]:
    name = _year_column(rows)
    years = list(dict.fromkeys(row.others[name] for row in rows)) if name else []
    if year is None and len(years) < 2:
        return rows
    which = chosen(years, year)
    if which is None:
        faults.append(_which_year(years, year, path))
        return []
    kept = [row for row in rows if name and row.others[name] == which]
    if len(kept) < len(rows):
        message = f"{len(rows) - len(kept):,} lines of other years than {which} are not read"
        notes.append(Note(path, message))
    return kept


def _which_year(years: Sequence[str], year: str | None, path: Path) -> InputError:
    few = ", ".join(years[:8]) + (" …" if len(years) > 8 else "")
    if not years:
        return InputError("expected no year: the file names no year", file=path, value=year)
    if year is not None:
        return InputError(f"expected a year of the file: {few}", file=path, value=year, valid=years)
    return InputError(
        f"expected the people of one year; this file has {few}: choose one (--year "
        f"{_shortest(years)}), or keep only that year in the file",
        file=path,
    )


def _shortest(years: Sequence[str]) -> str:
    """The last of the years as it may be asked for: four digits where these are enough."""
    digits = re.search(r"(?:19|20)\d{2}", years[-1])
    return digits[0] if digits and chosen(years, digits[0]) == years[-1] else years[-1]


def _year_column(rows: Sequence[Row]) -> str | None:
    """The column that says of which year a line is: of all lines, or of those that repeat."""
    for name in rows[0].others if rows else ():
        texts = {row.others[name] for row in rows}
        named = _OF_YEARS.search(name) or not all(text.isdigit() for text in texts)
        if named and all(map(_YEAR.fullmatch, texts)) and (len(texts) == 1 or _repeat(rows)):
            return name
    return None


def _area_column(rows: Sequence[Row]) -> str | None:
    """The column that tells lines of the same age and sex apart."""
    if not _repeat(rows):
        return None
    keys = {(row["age"], row["sex"]) for row in rows}
    for name in rows[0].others:
        values = {row.others[name] for row in rows}
        if len(values) > 1 and len(values) * len(keys) >= len(rows):
            return name
    return None


def _repeat(rows: Sequence[Row]) -> bool:
    return len({(row["age"], row["sex"]) for row in rows}) < len(rows)


def _of_area(
    rows: list[Row], area: str | None, path: Path, faults: list[InputError], notes: list[Note]
) -> list[Row]:
    """The rows of one area; a fault that asks which where the file has several."""
    if area is not None:
        rows = list(_named(rows, area, path, faults, notes))
    name = _area_column(rows)
    if name is None:
        return rows
    values = list(dict.fromkeys(row.others[name] for row in rows))
    few = ", ".join(values[:5]) + (" …" if len(values) > 5 else "")
    faults.append(
        InputError(
            f"expected the people of one area; this column has {len(values)}: {few}. Choose one "
            "(--area), or keep only its lines in the file",
            file=path,
            column=name,
        )
    )
    return []


def _named(
    rows: Sequence[Row], area: str, path: Path, faults: list[InputError], notes: list[Note]
) -> Iterator[Row]:
    """The rows that name an area in any column that nothing reads."""
    wanted = [row for row in rows if area.casefold() in _texts(row.others)]
    if not wanted:
        valid = list(dict.fromkeys(text for row in rows for text in row.others.values() if text))
        faults.append(
            InputError("expected an area of the file", file=path, value=area, valid=valid)
        )
    elif len(wanted) < len(rows):
        message = f"{len(rows) - len(wanted):,} lines of other areas than {area} are not read"
        notes.append(Note(path, message))
    yield from wanted


def _texts(others: Mapping[str, str]) -> set[str]:
    return {text.casefold() for text in others.values()}
