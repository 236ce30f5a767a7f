"""Months and quarters as whole numbers, so that the next one is one more."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(\d{4})-(\d{2}) Q([1-4])")
_FIRST_OF_YEAR = 4
"""Financial years, and so quarters, start in April."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """A kind of period: `months` long, `on_first` if a value is of the period's first day."""

    months: int
    on_first: bool = False

    @property
    def a_year(self) -> int:
        """Periods of a year."""
        return 12 // self.months

    def at(self, day: date) -> int:
        """The period that a day is in.

        >>> MONTH.label(MONTH.at(date(2024, 4, 17)))
        '2024-04'
        """
        return (day.year * 12 + day.month - 1) // self.months

    def over(self, period: int) -> date:
        """The day on which its value is there to be counted: the last one, or the first."""
        last = period * self.months + self.months - 1
        year, month = last // 12, last % 12 + 1
        return date(year, month, 1 if self.on_first else calendar.monthrange(year, month)[1])

    def last_by(self, day: date) -> int:
        """The last period that was over by a day."""
        period = self.at(day)
        return period if self.over(period) <= day else period - 1

    def label(self, period: int) -> str:
        """`2024-04` for a month, `2024-25 Q1` (April to June) for a quarter."""
        year, month = divmod(period * self.months, 12)
        if self.months == 1:
            return f"{year}-{month + 1:02d}"
        start = year if month + 1 >= _FIRST_OF_YEAR else year - 1
        return f"{start}-{(start + 1) % 100:02d} Q{(month + 1 - _FIRST_OF_YEAR) % 12 // 3 + 1}"

    def labelled(self, text: str) -> int:
        """The period of a label. Raises ValueError with what was expected."""
        pattern, example = (_MONTH, "2024-04") if self.months == 1 else (_QUARTER, "2024-25 Q1")
        match = pattern.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"expected a period such as {example}")
        if self.months == 1:
            return int(match[1]) * 12 + int(match[2]) - 1
        month = int(match[1]) * 12 + _FIRST_OF_YEAR - 1 + 3 * (int(match[3]) - 1)
        return month // self.months


MONTH = Cadence(1)
FIRST_OF_MONTH = Cadence(1, on_first=True)
QUARTER = Cadence(3)
