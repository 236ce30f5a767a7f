"""Tables of a place's own, as text that `place check` reads."""

from __future__ import annotations

import csv
import io
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float | None

_WIDTH = 118
"""Letters of a line of comment."""
_SMALL_WORDS = frozenset({"and", "at", "by", "for", "in", "of", "on", "the", "upon", "with"})
_WHOLE = frozenset({"PCN", "NHS", "GP", "ICB", "UK", "USA"})
_VOWEL = re.compile("[AEIOUY]")


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A CSV file of a place: `above` are the sentences over its header."""

    name: str
    above: tuple[str, ...]
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.name}: {len(row)} cells of {len(self.columns)}: {row}")

    def text(self) -> str:
        """The file as it is written: commas, one line feed a line."""
        written = io.StringIO()
        for line in textwrap.wrap(" ".join(self.above), _WIDTH):
            written.write(f"# {line}\n")
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([[_cell(value) for value in row] for row in self.rows])
        return written.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def in_title_case(name: str) -> str:
    """A name that is published in capitals, as people write it.

    >>> in_title_case("ST JOHN'S & THE WEALD PCN")
    "St John's & the Weald PCN"
    """
    words = name.split()
    short = len(words) == 2 and words[1] in _WHOLE and len(words[0]) <= 3
    return " ".join(
        word if short else _word(word, first=not at or words[at - 1].endswith(("-", "–")))
        for at, word in enumerate(words)
    )


def _word(word: str, *, first: bool) -> str:
    bare = word.strip("().,")
    if bare in _WHOLE or (
        len(bare) > 1 and bare.isalpha() and bare.isupper() and _is_initials(bare)
    ):
        return word
    if word.lower() in _SMALL_WORDS and not first:
        return word.lower()
    # A letter after a hyphen or a bracket begins a name, one after an apostrophe does not.
    return re.sub(r"(^|[-(/.])([a-z])", lambda part: part[1] + part[2].upper(), word.lower())


def _is_initials(word: str) -> bool:
    return (
        len(word) <= 4
        and not _VOWEL.search(word)
        and word not in ("ST", "DR", "MR", "MRS", "RD", "DRS", "CTR")
    )
