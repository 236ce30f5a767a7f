"""Cells of a return as people write them: organisations, months, pounds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tripleaim.place import File, Place, PlaceFiles, code_hint
from tripleaim.tables import not_a_number, plain_number

_PERIOD = re.compile(
    r"(20[0-9]{2})(?:/|-(?=.*m))(?:20)?([0-9]{2})[ -]?m?(0?[1-9]|1[0-2])", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    r"m(?:onth )?(0?[1-9]|1[0-2])[ ,-]+(20[0-9]{2})[/-](?:20)?([0-9]{2})", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(rf"({'|'.join(_MONTHS)})[a-z]*[ -](20[0-9]{{2}}|[0-9]{{2}})", re.IGNORECASE)
_DAY = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])-[0-3][0-9](?:[ T].*)?")
_BRACKETS = re.compile(r"\(([^()-]+)\)")
_AMOUNT = re.compile(r"[+-]?[0-9]{1,13}(\.[0-9]{1,12})?")
_DASHES = ("-", "\u2013", "\u2014")
"""What Excel's format of accounts shows for zero, and others for what they do not know."""
_TOTAL = re.compile(r"(?:grand |sub-?|sub )?totals?|sum|net(?: position)?", re.IGNORECASE)
_FEW = 3


@dataclass(frozen=True)
class KnownNames:
    """What the organisations of a place are called, and its years; `left` are no longer of it."""

    names: Mapping[str, str]
    """The id for each id, name and short name, in small letters."""
    left: Collection[str]
    years: Sequence[str]
    files: PlaceFiles

    @classmethod
    def of(cls, place: Place, returns: Sequence[File], outside: str) -> KnownNames:
        """The names that a return to `place` may have; `returns` are those it keeps."""
        organisations = place.organisations
        names = {text.casefold(): o.id for o in organisations for text in (o.name, o.short_name)}
        names |= {o.id.casefold(): o.id for o in organisations} | {outside: outside}
        left = {file.path.stem for file in returns} - {o.id for o in organisations}
        return cls(names, left, (place.base_year, *place.years), place.files)

    @property
    def ids(self) -> list[str]:
        """Every id, in the order of the place."""
        return list(dict.fromkeys(self.names.values()))

    def id_of(self, text: str) -> str:
        """The id that a text means; the text itself where it is none."""
        return text if text in self.left else self.names.get(text.casefold(), text)

    def hint(self, code: str) -> str:
        """What became of an unknown code, after a semicolon; empty where nothing is known."""
        code_note = code_hint(self.files, code.upper(), self.ids)
        return f"; {code_note}" if code_note else ""


@dataclass
class ReadAs:
    """Cells that were read as another text than is written, by column: told once for many."""

    seen: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)

    def note(self, column: str, text: str, plain: str) -> None:
        """Keep that a cell was read as another text."""
        if text != plain:
            self.seen.setdefault(column, Counter())[text, plain] += 1

    def flags(self) -> Iterator[str]:
        """A sentence for each column."""
        for column, texts in self.seen.items():
            lines = sum(texts.values())
            pairs = [f"{text} as {plain}" for text, plain in list(texts)[:_FEW]]
            more = " and so on" if len(texts) > _FEW else ""
            yield (
                f'in the column "{column}" {lines} line{"s are" if lines > 1 else " is"} read so: '
                f"{', '.join(pairs)}{more}"
            )


def period_of(text: str) -> str:
    """The month that a text means, as 2016/17-M07; the text itself where that is not certain.

    Read are 2016-17 M7, M07 2016/17, Oct-16, October 2016 and 2016-10-01, as Excel turns a month.
    """
    text = text.strip()
    match, first = _PERIOD.fullmatch(text), _MONTH_FIRST.fullmatch(text)
    if match:
        return _period(int(match[1]), match[2], int(match[3])) or text
    if first:
        return _period(int(first[2]), first[3], int(first[1])) or text
    named, day = _NAMED.fullmatch(text), _DAY.fullmatch(text)
    if named:
        year = int(named[2]) + (2000 if len(named[2]) == 2 else 0)
        return _of_calendar(year, _MONTHS.index(named[1].lower()) + 1)
    return _of_calendar(int(day[1]), int(day[2])) if day and _is_day(text) else text


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _period(year: int, end: str, month: int) -> str:
    return f"{year}/{end}-M{month:02}" if (year + 1) % 100 == int(end) else ""


def _of_calendar(year: int, month: int) -> str:
    start = year if month > 3 else year - 1
    return f"{start}/{(start + 1) % 100:02}-M{(month - 4) % 12 + 1:02}"


def pounds_of(text: str) -> Decimal:
    """The pounds that a text means: brackets are negative, a £ is left out.

    Raises ValueError with what was expected.
    """
    bare = text.strip("\u00a0 ")
    if bare in _DASHES:
        raise ValueError("expected pounds such as -1234.50 (type 0 for nothing)")
    brackets = _BRACKETS.fullmatch(bare)
    bare = plain_number(brackets[1].strip() if brackets else bare)
    sign = "-" if bare.startswith("-") else ""
    plain = sign + plain_number(bare.removeprefix("-").replace("£", "", 1).strip())
    if brackets:
        plain = f"-{plain}"
    if not _AMOUNT.fullmatch(plain):
        raise ValueError(not_a_number(text, "expected pounds such as -1234.50"))
    return Decimal(plain)


def is_total(text: str) -> bool:
    """Whether a text names a line that adds up others."""
    return bool(_TOTAL.fullmatch(text.strip()))
