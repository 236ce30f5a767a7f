"""Financial years, written as 2016/17."""

from __future__ import annotations

import re


def is_year(text: str) -> bool:
    """Whether `text` is a financial year such as "2016/17"."""
    match = re.fullmatch(r"[0-9]{4}/[0-9]{2}", text)
    return bool(match) and (int(text[:4]) + 1) % 100 == int(text[5:])
