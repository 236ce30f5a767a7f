"""Sums of money with the parts of them in each setting, and what they come to together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from tripleaim.plan.by_setting.shares import Parts


@dataclass(frozen=True)
class SettingMoney:
    """One sum of money by basis and year, in £, and the parts of it in each setting.

    `known_from` is "activity" where it is the cost of contacts, and "accounts" where it is money
    without contacts.
    """

    of: str
    id: str
    name: str
    known_from: Literal["activity", "accounts"]
    amounts: Mapping[str, Mapping[str, float]]
    parts: Parts

    def amount(self, basis: str, year: str) -> float:
        """£ in one year on one basis; 0 where it has none."""
        return self.amounts.get(basis, {}).get(year, 0.0)


@dataclass(frozen=True, slots=True)
class SettingRange:
    """A value, and how far assumed shares leave it open when all are at the same end at once."""

    value: float
    low: float
    high: float

    def scaled(self, factor: float) -> SettingRange:
        """The same range in another unit; `factor` is positive."""
        return SettingRange(self.value * factor, self.low * factor, self.high * factor)


def in_settings(
    money: Iterable[SettingMoney],
    settings: Collection[str],
    value: Callable[[SettingMoney], float],
) -> SettingRange:
    """What `value` gives of each sum of money, times the part of it in any of `settings`.

    `value` may be a difference between years or bases: a share is the same in all of them.
    """
    total = low = high = 0.0
    for each in money:
        share, least, most = part_in(each.parts, settings)
        amount = value(each)
        ends = (amount * least, amount * most)
        total, low, high = total + amount * share, low + min(ends), high + max(ends)
    return SettingRange(total, low, high)


def part_in(parts: Parts, settings: Collection[str]) -> tuple[float, float, float]:
    """The part of a whole in any of `settings`, and the least and most that the ranges leave.

    >>> from tripleaim.plan.by_setting.shares import whole
    >>> part_in(whole("practice", "all of it"), ["practice"])
    (1.0, 1.0, 1.0)
    """
    inside = [part for part in parts if part.setting in settings]
    others = [part for part in parts if part.setting not in settings]
    share = sum(part.share for part in inside)
    least = max(sum(part.low for part in inside), 1 - sum(part.high for part in others))
    most = min(sum(part.high for part in inside), 1 - sum(part.low for part in others))
    # Rounding of the shares must not put a value outside its own range.
    return share, min(least, share), max(most, share)
