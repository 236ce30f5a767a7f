"""Whether money moves from one kind of setting to another, as a plan promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tripleaim.plan.by_setting.aims import BED_TO_HOME, TREATMENT_TO_PREVENTION
from tripleaim.plan.by_setting.money import SettingMoney, SettingRange, in_settings
from tripleaim.plan.by_setting.settings import KIND_OF, TREATMENT, SettingKind
from tripleaim.projection import DO_NOTHING

ByYear = Mapping[str, float]
Verdict = Literal["yes", "no", "cannot be told"]
Point = tuple[str, str]
"""A basis and a year."""

_MILLION = 1_000_000

_KINDS: Mapping[str, tuple[Sequence[SettingKind], Sequence[SettingKind]]] = {
    BED_TO_HOME: ([SettingKind.BED], [SettingKind.HOME]),
    TREATMENT_TO_PREVENTION: (TREATMENT, [SettingKind.PREVENTION]),
}


@dataclass(frozen=True, slots=True)
class SettingChange:
    """How money in some settings changes: £m, and pence of a pound, first, last and between."""

    first_gbp_m: SettingRange
    last_gbp_m: SettingRange
    change_gbp_m: SettingRange
    first_pence: SettingRange
    last_pence: SettingRange
    change_pence: SettingRange


@dataclass(frozen=True, slots=True)
class MoneyMove:
    """Whether money moves as one aim has it, between two years of a basis or from do nothing.

    `given_up` is the change where money should leave, `gained` where it should go. It moves (yes)
    if pence of a pound fall there and rise here wherever in their ranges the assumed shares are; it
    cannot be told either where no money is known on one of the two sides.
    """

    aim: str
    from_basis: str
    from_year: str
    to_basis: str
    to_year: str
    given_up: SettingChange
    gained: SettingChange
    moves: Verdict


def money_moves(
    money: Sequence[SettingMoney], totals: Mapping[str, ByYear]
) -> tuple[MoneyMove, ...]:
    """Every aim: on each basis from the first year to the last, and in the last from do nothing.

    `totals` are £ by basis and year, which must not be zero.
    """
    return tuple(
        _move(aim, money, totals, start, end) for aim in _KINDS for start, end in _compared(totals)
    )


def _compared(totals: Mapping[str, ByYear]) -> Iterator[tuple[Point, Point]]:
    for basis, by_year in totals.items():
        first, *_, last = [*by_year, *by_year]
        yield (basis, first), (basis, last)
        if basis != DO_NOTHING and DO_NOTHING in totals:
            yield (DO_NOTHING, last), (basis, last)


def _move(
    aim: str,
    money: Sequence[SettingMoney],
    totals: Mapping[str, ByYear],
    start: Point,
    end: Point,
) -> MoneyMove:
    given_up, gained = (_change(money, totals, kinds, start, end) for kinds in _KINDS[aim])
    known = all(_any_is_in(money, kinds) for kinds in _KINDS[aim])
    verdict = _verdict(given_up, gained) if known else "cannot be told"
    return MoneyMove(aim, *start, *end, given_up, gained, verdict)


def _any_is_in(money: Sequence[SettingMoney], kinds: Sequence[SettingKind]) -> bool:
    """Whether the pound knows any money of these kinds: not known is not zero."""
    return any(KIND_OF[part.setting] in kinds for each in money for part in each.parts)


def _change(
    money: Sequence[SettingMoney],
    totals: Mapping[str, ByYear],
    kinds: Sequence[SettingKind],
    start: Point,
    end: Point,
) -> SettingChange:
    settings = [setting for setting, kind in KIND_OF.items() if kind in kinds]
    pence = {at: 100 / totals[at[0]][at[1]] for at in (start, end)}

    def spent(at: Point, unit: float) -> SettingRange:
        return in_settings(money, settings, lambda each: each.amount(*at) * unit)

    def change(before: float, after: float) -> SettingRange:
        return in_settings(
            money, settings, lambda m: m.amount(*end) * after - m.amount(*start) * before
        )

    return SettingChange(
        spent(start, 1 / _MILLION),
        spent(end, 1 / _MILLION),
        change(1 / _MILLION, 1 / _MILLION),
        spent(start, pence[start]),
        spent(end, pence[end]),
        change(pence[start], pence[end]),
    )


def _verdict(given_up: SettingChange, gained: SettingChange) -> Verdict:
    away, there = given_up.change_pence, gained.change_pence
    if away.high < 0 and there.low > 0:
        return "yes"
    if away.low >= 0 or there.high <= 0:
        return "no"
    return "cannot be told"
