"""A year of the plan as a file writes it: a financial year, or counted from the first year."""

from __future__ import annotations

import re

from tripleaim.tables import is_year, year_after

COUNTED = "first year + 1"
"""An example of a year that is counted from the first year, for messages."""

_COUNTED = re.compile(r"first year(?: *\+ *([0-9]{1,2}))?")


def year_written(text: str, first_year: str) -> str | None:
    """The financial year that `text` says in a plan whose first year is `first_year`.

    A financial year is itself; "first year" and "first year + 2" are counted from the plan's first
    year, so that one file serves plans of any years. None for any other text.

    >>> year_written("first year + 1", "2026/27")
    '2027/28'
    """
    if is_year(text):
        return text
    counted = _COUNTED.fullmatch(text)
    return year_after(first_year, int(counted[1] or 0)) if counted else None
