"""How numbers are said: £174.6m, 562,446, 10.5%, and the direction in words.

The rule, which docs/style.md gives: money in £m to 0.1; below £0.1m in whole thousands, and below
a thousand "under £1,000"; shares and years to at most two decimals.
"""

from __future__ import annotations

import calendar
import math
from decimal import Decimal

MINUS = "\N{MINUS SIGN}"
NOTHING = 0.05
"""£m below which an amount is said to be nothing."""
LARGE = 100_000
SMALL = 0.095
"""£m below which an amount is said in thousands: what would not round to £0.1m."""

POSITION_NAMES = {
    "do_nothing_uncalibrated": "Do nothing, uncalibrated",
    "do_nothing": "Do nothing",
    "as_claimed": "As claimed",
    "as_claimed_after_stf": "As claimed, after STF",
    "after_overlap": "After overlap",
    "on_evidence": "On evidence (untested savings at zero)",
    "not_known_drawn": "On evidence (untested savings drawn at random)",
    "as_chosen": "As chosen",
}
"""The positions of a plan: doing nothing, and doing something on each basis."""


def money(million: float | None) -> str:
    """An amount in £m without direction: £174.6m; £32,000 below £0.1m; £1,204m from a thousand.

    >>> money(-20.94), money(0.032), money(0.0002), money(0.0), money(1203.6)
    ('£20.9m', '£32,000', 'under £1,000', '£0', '£1,204m')
    """
    if million is None or not math.isfinite(million):
        return "not known"
    size = abs(million)
    if size >= 999.95:
        return f"£{size:,.0f}m"
    return f"£{size:.1f}m" if size >= SMALL else _thousands(size * 1e6)


def _thousands(pounds: float) -> str:
    """A small positive amount in whole thousands: £32,000, under £1,000, £0."""
    if 0 < pounds < 1000:
        return "under £1,000"
    return f"£{round(pounds, -3):,.0f}"


def account(million: float | None) -> str:
    """An amount in £m as accounts show it: 12.3, or (12.3) when negative."""
    if million is None or not math.isfinite(million):
        return "–"
    shown = f"{abs(million):,.1f}"
    return f"({shown})" if million < 0 and shown != "0.0" else shown


def position(million: float) -> str:
    """A financial position in words: "£20.9m short", "£16.1m in surplus", "in balance"."""
    if abs(million) < NOTHING:
        return "in balance"
    return f"{money(million)} {'short' if million < 0 else 'in surplus'}"


def between(low: float, high: float) -> str:
    """An interval of positions in words: "£41.0m to £88.0m short"."""
    low, high = min(low, high), max(low, high)
    if high < 0:
        return f"{money(high)} to {money(low)} short"
    if low > 0:
        return f"{money(low)} to {money(high)} in surplus"
    return f"from {position(low)} to {position(high)}"


def money_range(low: float, high: float) -> str:
    """An interval of amounts: "£4.1m to £8.8m", with a sign where an end is negative."""
    low, high = min(low, high), max(low, high)
    return f"{signed(low)} to {signed(high)}"


def signed(million: float) -> str:
    """An amount in £m with a minus sign when it is negative: −£0.4m."""
    shown = money(million)
    return f"{MINUS}{shown}" if million < 0 and shown.startswith("£") and shown != "£0" else shown


def tenths(value: float) -> str:
    """A bare number to one decimal: 12.3, −0.4."""
    shown = f"{abs(value):,.1f}"
    return f"{MINUS}{shown}" if value < 0 and shown != "0.0" else shown


def count(number: float | None) -> str:
    """A whole number with thousands separated: 562,446."""
    if number is None or not math.isfinite(number):
        return "not known"
    shown = f"{abs(number):,.0f}"
    return f"{MINUS}{shown}" if number < 0 and shown != "0" else shown


def percent(number: float | None, places: int = 1) -> str:
    """A percentage: 10.5%, −2.1%."""
    if number is None or not math.isfinite(number):
        return "not known"
    shown = f"{abs(number):,.{places}f}%"
    return f"{MINUS}{shown}" if number < 0 and float(shown.strip("%").replace(",", "")) else shown


def quantity(value: float, unit: str) -> str:
    """A value with its unit, in no more digits than it can carry.

    Units that start with £ or % put their sign beside the number: "£9 a contact", "2.5% a year".
    """
    if unit in ("£m", "month"):
        return signed(value) if unit == "£m" else _month(value)
    if unit[:1] == "%":
        return percent(value, _places(value)) + unit[1:]
    if unit.startswith("pounds"):
        rest = unit.removeprefix("pounds")
        return (signed(value / 1e6) if abs(value) >= LARGE else _pounds(value)) + rest
    if unit == "£000" or unit.startswith("£000 "):
        return _pounds(value * 1000) + unit[4:]
    if unit[:1] == "£":
        return _pounds(value) + unit[1:].replace("/", " a ")
    return f"{plain(value)} {unit}".strip()


def _month(value: float) -> str:
    """A month written as YYYYMM: April 2018; a smaller number is how many months apart."""
    year, month = divmod(int(value), 100)
    if value >= 100_000 and 1 <= month <= 12:
        return f"{calendar.month_name[month]} {year}"
    return f"{plain(value)} month{'' if abs(value) == 1 else 's'}"


def amount(value: float, unit: str) -> str:
    """A quantity whose direction is said in words where it is money that is short."""
    return position(value) if unit == "£m" and value <= -NOTHING else quantity(value, unit)


def inside(name: str) -> str:
    """A name inside a sentence: its first letter small unless it starts with an abbreviation."""
    return name if not name[1:2].islower() else name[:1].lower() + name[1:]


def saves(million: float) -> str:
    """What something saves, or costs on balance, in words: "saves £4.1m"."""
    if abs(million) < NOTHING:
        return "saves nothing"
    return (
        f"saves {money(million)}" if million > 0 else f"costs {money(million)} more than it saves"
    )


def _pounds(value: float) -> str:
    whole = float(value).is_integer() or abs(value) >= 100
    shown = f"£{abs(value):,.{0 if whole else 2}f}"
    return f"{MINUS}{shown}" if value < 0 else shown


def plain(value: float) -> str:
    """A bare number: whole when it is whole, else two decimals, or two digits below 0.1.

    >>> plain(12.0), plain(3.14159), plain(0.00462), plain(-0.5)
    ('12', '3.14', '0.0046', '−0.5')
    """
    if not math.isfinite(value):
        return "not known"
    if float(value).is_integer():
        return count(value)
    size = abs(value)
    places = 2 if size >= 0.1 else min(12, 1 - math.floor(math.log10(size)))
    shown = f"{size:,.{places}f}".rstrip("0").rstrip(".")
    return f"{MINUS}{shown}" if value < 0 else shown


def to_digit(value: float | None, unit: str = "", last: float = 1.0) -> str:
    """A value rounded to the digit `last`, and no finer than the rule: £1.2m, 340, 0.03 years, 12%.

    `last` is a power of ten. Money in £m has at most one decimal, all else at most two.
    """
    if value is None or not math.isfinite(value):
        return "not known"
    if unit == "£m" and abs(value) < SMALL:
        return signed(value)
    last = max(last, 0.1 if unit == "£m" else 0.01)
    places = max(0, -round(math.log10(last)))
    shown = f"{round(abs(value) / last) * last:,.{places}f}"
    sign = MINUS if value < 0 and shown.strip("0.,") else ""
    if unit == "£m":
        return f"{sign}£{shown}m" if shown.strip("0.") else "£0"
    return f"{sign}{shown}%" if unit == "%" else f"{sign}{shown} {unit}".rstrip()


def price(pounds: float) -> str:
    """£ to three digits, with a minus sign when negative: £28,000, £684, −£979.

    >>> price(28_049), price(-684.2), price(0.0)
    ('£28,000', '−£684', '£0')
    """
    size = abs(pounds)
    last = 10 ** max(0, len(f"{size:.0f}") - 3)
    shown = f"£{round(size / last) * last:,.0f}"
    return f"{MINUS}{shown}" if pounds < 0 and shown != "£0" else shown


def _places(value: float) -> int:
    """Decimals that a percentage needs: one, or two where the second is not zero."""
    return 1 if math.isclose(value, round(value, 1), abs_tol=1e-9) else 2


def capital(text: str) -> str:
    """The text with its first letter as a capital, the rest untouched."""
    return text[:1].upper() + text[1:]


def counted(number: int, name: str) -> str:
    """A number of things whose plural ends in s: "1 solution", "1,204 solutions"."""
    return f"{count(number)} {name if number == 1 else f'{name}s'}"


def listed(items: list[str]) -> str:
    """Items as a sentence lists them: "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def position_name(position: str) -> str:
    """The name of a position, or of a basis, on pages, in workbooks and in the terminal."""
    return POSITION_NAMES.get(position, capital(position.replace("_", " ")))


def millions(pounds: Decimal) -> str:
    """Pounds to the penny in £m, with their sign: "£17.7m", "−£32,000"."""
    return signed(float(pounds) / 1e6)


def pounds(amount: Decimal) -> str:
    """An amount to the penny, without its sign: £4.2m, £12,000, nothing."""
    return money(float(amount) / 1e6) if amount else "nothing"


def booked(amount: Decimal) -> str:
    """An amount as two books are compared: whole thousands, without its sign: £16,660,000."""
    return _thousands(float(abs(amount)))
