"""Where the form for an own number of a cell is."""

from __future__ import annotations

from urllib.parse import urlencode

OWN_NUMBER_FORM = "own-numbers/set/"


def own_number_form(file: str, row: str, column: str) -> str:
    """The address of the form for a cell, below the place's own address."""
    return f"{OWN_NUMBER_FORM}?{urlencode({'file': file, 'row': row, 'column': column})}"
