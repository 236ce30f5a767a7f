"""Where a year will end if its months go on as they have, and how sure that is.

The outturn is the months so far plus, for each month to come, their mean (the run-rate). There is
no season in it: winter months of a hospital cost more. The interval is that of the sum of m
months to come after n months whose variation from month to month is s, all alike and independent:
s x sqrt(m + m x m / n), times Student's t at 95% with n - 1 degrees of freedom.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from statistics import stdev

from tripleaim.accounts.books.ledger import PENNY, pounds

METHOD = (
    "Months to come are taken at the mean of the months so far; no season, no new savings. The "
    "interval is 95% (Student's t) from the variation between months."
)

# Student's t, two-sided 95%, for 1 to 11 degrees of freedom (any table of the distribution).
_T = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Outturn:
    """A forecast of a year's position in pounds; no interval from a single month."""

    value: Decimal
    low: Decimal | None
    high: Decimal | None


def outturn(months: Sequence[Decimal]) -> Outturn:
    """The year's position after these months' positions (1 to 12 of them)."""
    n = len(months)
    left = MONTHS - n
    so_far = sum(months, Decimal(0))
    value = pounds(so_far + so_far * left / n)
    if left == 0:
        return Outturn(value, value, value)
    if n == 1:
        return Outturn(value, None, None)
    spread = stdev(map(float, months))
    half = pounds(_T[n - 2] * spread * math.sqrt(left + left * left / n))
    return Outturn(value, value - half, value + half)


def needed_a_month(months: Sequence[Decimal], target: Decimal) -> Decimal | None:
    """What each month to come must be better than the run-rate for the year to meet `target`.

    In pounds, rounded up to the penny; nought if the run-rate does; None if no month is to come.
    """
    n, left = len(months), MONTHS - len(months)
    if n == 0 or left == 0:
        return None
    so_far = sum(months, Decimal(0))
    short = (target - so_far) / left - so_far / n
    return max(short, Decimal(0)).quantize(PENNY, rounding=ROUND_CEILING)
