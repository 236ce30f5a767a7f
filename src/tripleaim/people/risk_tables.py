"""What tables of risk factors have in common: the header of comments above them, and rows by sex,
age and level that fill a table without gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tripleaim.people.disease import Floats
from tripleaim.people.model import SEXES
from tripleaim.place import STATUSES, InputError, Place, Row

_HEADER_LINE = re.compile(r"# ([a-z_]+): *(.*)")
_BOTH = "both"


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above a table: where its numbers are from and how long they lag."""

    status: str
    source: str
    lag_years: int


def read_header(place: Place, table: str, keys: Sequence[str]) -> Header:
    """What the comment lines above a table say, one `# key: value` each.

    Raises InputError for one of `keys` that is missing, and for a status, source, distribution or
    lag that cannot be.
    """
    header: dict[str, tuple[int, str]] = {}
    for line, text in enumerate(place.text(table).split("\n"), start=1):
        if not text.startswith("#"):
            break
        match = _HEADER_LINE.fullmatch(text.strip())
        if match:
            header[match[1]] = (line, match[2])

    def fault(key: str, expected: str, valid: Sequence[str] = ()) -> InputError:
        line, value = header.get(key, (1, ""))
        return InputError(
            expected, file=place.path(table), line=line, column=key, value=value, valid=valid
        )

    for key in keys:
        if not header.get(key, (1, ""))[1]:
            raise fault(key, f"expected a line # {key}: … above the table")
    if header["status"][1] not in STATUSES:
        raise fault("status", f"expected one of {', '.join(STATUSES)}", STATUSES)
    if header["source"][1] not in place.sources:
        raise fault("source", "expected an id from a sources file", list(place.sources))
    if header.get("distribution", (1, "lognormal"))[1] != "lognormal":
        raise fault("distribution", "expected lognormal")
    lag = header.get("lag_years", (1, "0"))[1]
    if not re.fullmatch(r"\d|[1-4]\d", lag):
        raise fault("lag_years", "expected whole years from 0 to 49")
    return Header(header["status"][1], header["source"][1], int(lag))


def refuse_level(row: Row, levels: tuple[str, ...]) -> None:
    """Raises InputError for a level that the risk factor does not have."""
    if row["level"] not in levels:
        raise row.fault("level", f"expected one of {', '.join(levels)}", levels)


def sexes_of(row: Row) -> Sequence[int]:
    """The places in SEXES that a row is of."""
    return range(len(SEXES)) if row["sex"] == _BOTH else (SEXES.index(row["sex"]),)


def fill(table: Floats, row: Row, levels: tuple[str, ...], value: Any) -> None:
    """Puts `value` into `table` (2, OLDEST + 1, levels) where the row is of.

    Raises InputError for ages that are filled already or run backwards.
    """
    if row["age_to"] < row["age_from"]:
        raise row.fault("age_to", "expected age_from or more")
    for s in sexes_of(row):
        cells = table[s, row["age_from"] : row["age_to"] + 1, levels.index(row["level"])]
        if not np.isnan(cells).all():
            raise row.fault("age_from", "ages of this sex and level are listed twice")
        cells[:] = value


def refuse_gaps(path: Path, table: Floats, levels: tuple[str, ...]) -> None:
    """Raises InputError where a sex, age or level has no row."""
    gaps = np.argwhere(np.isnan(table))
    if len(gaps):
        s, age, level = gaps[0]
        raise InputError(
            f"expected a row for {SEXES[s]} people of age {age} at this level",
            file=path,
            column="level",
            value=levels[level],
        )
