"""Financial years, written as 2016/17."""

from __future__ import annotations

import re


def is_year(text: str) -> bool:
    """Whether `text` is a financial year such as "2016/17"."""
    match = re.fullmatch(r"[0-9]{4}/[0-9]{2}", text)
    return bool(match) and (int(text[:4]) + 1) % 100 == int(text[5:])


def year_after(year: str, count: int) -> str:
    """The financial year `count` years after `year`: 2017/18 and 10 give 2027/28."""
    first = int(year[:4]) + count
    return f"{first}/{(first + 1) % 100:02}"
