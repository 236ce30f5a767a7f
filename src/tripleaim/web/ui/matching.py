"""Finding entries by words and by numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST = 100
_NUMBER = re.compile(r"[£(+\-−]*(\d[\d,]*(?:\.\d+)?)(m|%|\))*")


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """Something that can be found: its kind, its name, a line about it, and where it leads.

    `also` are further words that find it, `numbers` the values that do. `href` is inside the plan,
    or begins with "/" for a page of no place.
    """

    kind: str
    name: str
    detail: str
    href: str
    also: str = ""
    numbers: tuple[float, ...] = ()


def found(entries: Iterable[SearchEntry], text: str) -> list[SearchEntry]:
    """The entries that hold every word of `text`, in their name first; in the order of entries.

    A number finds values that are written so when rounded to its decimals, whatever their sign:
    "174.6" finds -174.62, and "1,630,000" finds 1630000.
    """
    wanted = text[:LONGEST].lower().split()
    if not wanted:
        return []
    matches = [(_rank(one, wanted), one) for one in entries]
    kept = [pair for pair in matches if pair[0] is not None]
    return [one for _, one in sorted(kept, key=lambda pair: pair[0] or 0)]


def _rank(entry: SearchEntry, wanted: Sequence[str]) -> int | None:
    """0 where all is found in the name or among the numbers, 1 elsewhere; None where not."""
    name, rest = entry.name.lower(), f"{entry.detail} {entry.also}".lower()
    worst = 0
    for word in wanted:
        if word in name or _is_among(word, entry.numbers):
            continue
        if word not in rest:
            return None
        worst = 1
    return worst


def _is_among(word: str, numbers: Sequence[float]) -> bool:
    written = _NUMBER.fullmatch(word)
    if written is None:
        return False
    digits = written[1].replace(",", "")
    decimals = len(digits.partition(".")[2])
    return any(f"{abs(number):.{decimals}f}" == digits for number in numbers)
