"""Which sheet of a workbook is meant, where each year or each area has one of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tripleaim.place.population_columns import POPULATION_COLUMNS
from tripleaim.tables import File, InputError, financial_year, rival_sheets

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A population file, and the area and the year that are still to be looked for in its lines."""

    file: Path | File
    area: str | None
    year: str | None


def sheets_by_year(file: Path | File) -> tuple[str, ...]:
    """The sheets of a workbook that has one for each year; none for any other file."""
    sheets = rival_sheets(file, POPULATION_COLUMNS)
    return sheets if sheets and all(map(_YEAR.search, sheets)) else ()


def sheets_by_area(file: Path | File) -> tuple[str, ...]:
    """The sheets of a workbook that has several and does not tell them apart by year."""
    sheets = rival_sheets(file, POPULATION_COLUMNS)
    return () if all(map(_YEAR.search, sheets)) else sheets


def of_one_sheet(
    file: Path | File,
    area: str | None,
    year: str | None,
    names_years: Callable[[Path | File], bool],
) -> Asked:
    """The file with the sheet that `year` or `area` chooses, where a workbook has several.

    `names_years` says whether the lines of a file name years: then the year is looked for there
    too. Raises InputError that names the sheets and says how to choose, where neither chooses one.
    """
    sheets = rival_sheets(file, POPULATION_COLUMNS)
    if not sheets:
        return Asked(file, area, year)
    by_year = chosen(sheets, year)
    by_area = next((s for s in sheets if area and s.casefold() == area.strip().casefold()), None)
    sheet = by_year or by_area
    if sheet is None:
        raise _which_sheet(sheets, area, year, file)
    read = file if isinstance(file, File) else File.read(file)
    one = replace(read, sheet=sheet)
    left = year if not by_year or names_years(one) else None
    return Asked(one, None if sheet == by_area else area, left)


def chosen(years: Iterable[str], year: str | None) -> str | None:
    """Which of the texts is of the year: the same one, or the only one with that year in it."""
    if year is None:
        return None
    years = list(years)
    same = [one for one in years if _plain(one) == _plain(year)]
    within = [one for one in years if re.search(rf"(?<!\d){re.escape(year.strip())}(?!\d)", one)]
    found = same or within
    return found[0] if len(found) == 1 else None


def _plain(year: str) -> str:
    """A year as it is compared: 2015-16 and 2015/2016 are 2015/16."""
    try:
        return financial_year(year.strip())
    except ValueError:
        return year.strip().casefold()


def _which_sheet(
    sheets: Sequence[str], area: str | None, year: str | None, file: Path | File
) -> InputError:
    path = file if isinstance(file, Path) else file.path
    few = ", ".join(sheets[:8]) + (" …" if len(sheets) > 8 else "")
    found = _YEAR.search(sheets[-1])
    if all(map(_YEAR.search, sheets)) and found:
        short = found[0] if chosen(sheets, found[0]) == sheets[-1] else sheets[-1]
        how = f'--year "{short}"' if " " in short else f"--year {short}"
    else:
        how = f'--area "{sheets[-1]}"'
    if year is not None or area is not None:
        return InputError(
            f"expected one of the sheets with a table of people: {few}",
            file=path,
            value=year if year is not None else area,
            valid=sheets,
        )
    return InputError(
        f"expected one sheet with the table; {few} all look like it: choose one ({how}), or keep "
        "only one",
        file=path,
    )
