"""What all returns of trusts have in common: codes of organisations, titles, totals, the month."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tripleaim.official_files.dates import month
from tripleaim.official_files.headers import SheetRows

ORGANISATION = (
    *("org_code", "provider_code", "organisation_code", "code", "ods_code", "trust_code"),
    *("provider_org_code", "organisation_ods_code", "provider_ods_code"),
)
"""How the column with the code of an organisation is headed."""
_CODE = re.compile(r"[A-Z0-9]{3,6}")
_TOTAL = re.compile(r"(grand )?totals?|eng(land)?|national|(england )?total.*", re.IGNORECASE)
_NUMBER = re.compile(r"-?[\d,]*\d(\.\d+)?")
_NOT_A_PERIOD = re.compile(r"publi(shed|cation)|revised|contact|source|status|next", re.IGNORECASE)
_FIRST_CELLS = 7
"""Cells at the start of a line among which a total is named."""


def is_organisation(code: str) -> bool:
    """Whether a text is an organisation's code: RH5, QSL, NQT5H, L83087."""
    return bool(_CODE.fullmatch(code)) and not _TOTAL.fullmatch(code)


def is_total(rows: SheetRows, cells: Sequence[str], column: str = "code") -> bool:
    """Whether a line is the total of others: its code or its name says so."""
    code = rows.cell(cells, column)
    if _TOTAL.fullmatch(code):
        return True
    first = cells[:_FIRST_CELLS]
    named = any(_TOTAL.fullmatch(cell) for cell in first)
    nameless = code == "-" and not any(re.search("[A-Za-z]", cell) for cell in first)
    return code in ("", "-") and (named or nameless)


def has_numbers(cells: Sequence[str]) -> bool:
    """Whether a line has any number: a note or a heading has none."""
    return any(_NUMBER.fullmatch(cell) for cell in cells)


def titles(rows: SheetRows) -> list[str]:
    """The texts above the headings of a sheet."""
    return [cell for _, cells in rows.above for cell in cells if cell]


def titles_of_period(rows: SheetRows) -> list[str]:
    """Texts that may name the period, the likeliest first; never when it was published.

    What is beside or after "Period:" is first, then the other titles, then the file's name.
    """
    first: list[str] = []
    others: list[str] = []
    for _, cells in rows.above:
        texts = [cell for cell in cells if cell]
        line = " ".join(texts)
        if not texts or _NOT_A_PERIOD.match(line):
            continue
        (first if line.lower().startswith("period") else others).append(line)
    return [*first, *others, rows.sheet.file]


def month_of(rows: SheetRows, cells: Sequence[str]) -> str:
    """The month of a line, or else of the titles, or else of the file's name; empty for none."""
    for text in (rows.cell(cells, "period"), *titles_of_period(rows)):
        found = month(text)
        if found:
            return found
    return ""
