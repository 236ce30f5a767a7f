"""Ages as people write them: single years, bands, open classes, totals."""

from __future__ import annotations

import re
from dataclasses import dataclass

OLDEST = 120
NO_END = 10_000
"""The last age of an open class, beyond every age."""
_LONGEST = 80

_TOTAL = re.compile(
    r"all|all[ _-]?ages?|all age (?:groups?|bands?)|(?:all )?persons|t|tot(?:al)?s?|grand total"
    r"|sub-?totals?|sum|overall|total (?:population|people|persons|patients|all ages)"
)
_PREFIX = re.compile(r"^(?:'|(?:aged?s?|single year(?: of age)?)[ _]*|(?:[ay](?=\d))|y_(?=[gl]))")
_SUFFIX = re.compile(r"\s*(?:years?|yrs?|y)?(?:[ -]*(?:olds?|of age))?$")
_SINGLE = re.compile(r"(\d{1,3})(?:\.0+)?")
_OPEN = re.compile(
    r"(?:(?:>=|≥|ge)\s*)?(\d{1,3})(?:\s*(?:years?|yrs?))?"
    r"(?:\s*\+|\s*plus|\s*(?:(?:and|&|or)\s*)?(?:over|above|older|more|up|upwards)|\s*-\s*(?:over|up))"
)
_FROM = re.compile(r"(?:>=|≥|ge)\s*(\d{1,3})")
_MORE_THAN = re.compile(r"(?:>|more than)\s*(\d{1,3})")
_BAND = re.compile(r"(\d{1,3})(?:\s*years?)?\s*(?:-|–|—|_|to|through|and under)\s*(\d{1,3})")
_UNDER = re.compile(r"(?:under|<|less than|lt)\s*(\d{1,3})")
_DATE = re.compile(
    r"\d{1,2}[-/ ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[-/ ]\d{2,4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/ ]\d{2,4}"
    r"|\d{4}-\d{2}-\d{2}(?:[ T].*)?|\d{1,2}/\d{1,2}/(?:\d{2}|\d{4})|4[0-9]{4}(?:\.0)?"
)


@dataclass(frozen=True, slots=True)
class Ages:
    """The first and the last whole year of age that a line is of; NO_END where it is open."""

    first: int
    last: int

    @property
    def is_open(self) -> bool:
        """Whether the line is of this age and over."""
        return self.last == NO_END

    @property
    def is_all(self) -> bool:
        """Whether the line is of everybody."""
        return self.first == 0 and self.is_open

    def __str__(self) -> str:
        if self.is_all:
            return "all ages"
        if self.is_open:
            return f"{self.first}+"
        return f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"


def read_ages(text: str) -> Ages:
    """The ages that a text means: `7`, `90+`, `90 and over`, `5-9`, `Under 1`, `All ages`.

    Raises ValueError with what was expected, and for what a spreadsheet has made a date of.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"expected years of age in at most {_LONGEST} characters")
    bare = " ".join(text.casefold().replace("\u00a0", " ").split())
    if _TOTAL.fullmatch(bare):
        return Ages(0, NO_END)
    if _DATE.fullmatch(bare):
        raise ValueError(
            "expected years of age; a spreadsheet seems to have turned an age band such as 5-9 or "
            "10-14 into a date: write it with 'to' (5 to 9)"
        )
    bare = _PREFIX.sub("", bare)
    under = _UNDER.fullmatch(_SUFFIX.sub("", bare))
    if under and 0 < int(under[1]) <= OLDEST:
        return Ages(0, int(under[1]) - 1)
    if not _OPEN.fullmatch(bare):
        bare = _SUFFIX.sub("", bare)
    for pattern in (_SINGLE, _OPEN, _FROM, _MORE_THAN, _BAND):
        match = pattern.fullmatch(bare)
        if not match:
            continue
        first = int(match[1]) + (pattern is _MORE_THAN)
        has_end = pattern in (_SINGLE, _BAND)
        last = int(match[match.lastindex or 1]) if has_end else NO_END
        if first <= OLDEST and first <= last and (last <= OLDEST or last == NO_END):
            return Ages(first, last)
    raise ValueError(
        f'expected years of age from 0 to {OLDEST}, or "90+" for the last'
        if any(character.isdigit() for character in bare)
        else f'expected years of age from 0 to {OLDEST}, a band such as 5-9, or "90+" for the last'
    )
