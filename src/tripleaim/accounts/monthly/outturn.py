"""Forecast outturn: where a year ends if its months continue as they have, with an interval.

The outturn is the months so far plus, for each remaining month, their mean (the run-rate). It
allows for no season, although winter months cost a hospital more. The interval is that of the sum
of m remaining months after n months with standard deviation s, taken as independent and identically
distributed: s x sqrt(m + m x m / n), times Student's t at 95% with n - 1 degrees of freedom.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from statistics import stdev

from tripleaim.accounts.books.ledger import PENNY, pounds

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
    """How much better than the run-rate each remaining month must be for the year to meet `target`.

    In pounds, rounded up to the penny; zero if the run-rate is enough; None if no month remains.
    """
    n, left = len(months), MONTHS - len(months)
    if n == 0 or left == 0:
        return None
    so_far = sum(months, Decimal(0))
    short = (target - so_far) / left - so_far / n
    return max(short, Decimal(0)).quantize(PENNY, rounding=ROUND_CEILING)
