"""The Sustainability and Transformation Fund, earned or lost quarter by quarter.

A provider's allocation for a year is divided into four quarters, and each quarter into a part for
finance and parts for access standards. Finance is a gate: where the position of the year to date,
before the fund, misses the control total to date, the whole quarter is lost. What is lost in a
quarter is not paid later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tripleaim.accounts.books.ledger import split
from tripleaim.accounts.control.control_totals import ControlTotal, control_total
from tripleaim.place import InputError, Place

FILE = "stf_conditions.csv"
QUARTERS = (1, 2, 3, 4)
NOTHING = Decimal(0)

_PERIOD = re.compile(r"(?P<year>[0-9]{4}/[0-9]{2})-(?P<kind>[MQ])(?P<nth>[0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the fund, on which `share` per cent of a quarter's payment depends.

    Where a `gate` fails, nothing of the quarter is paid.
    """

    id: str
    name: str
    kind: str
    share: float
    gate: bool
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class StfQuarter:
    """What a quarter earned, in pounds. `position` and `target` are of the year to date.

    `failed` names the conditions that were not met; `paid_in` is the earliest month of payment: the
    first after the quarter.
    """

    quarter: str
    available: Decimal
    position: Decimal
    target: Decimal
    failed: tuple[str, ...]
    earned: Decimal
    lost: Decimal
    paid_in: str


@dataclass(frozen=True, slots=True)
class StfYear:
    """What a provider earned and lost of its allocation so far; the rest is not decided yet."""

    organisation: str
    name: str
    year: str
    allocation: Decimal
    quarters: tuple[StfQuarter, ...]
    earned: Decimal
    lost: Decimal
    undecided: Decimal


def read_stf_conditions(place: Place) -> tuple[Condition, ...]:
    """The conditions of `stf_conditions.csv`.

    Raises InputError for shares that do not add up to 100, and unless exactly one condition
    concerns finance.
    """
    path = place.path(FILE)
    rows = place.rows(FILE)
    conditions = tuple(
        Condition(**{name: row[name] for name in Condition.__slots__}) for row in rows
    )
    whole = sum(condition.share for condition in conditions)
    if abs(whole - 100) > 1e-9:
        raise InputError(
            "expected the column to add up to 100", file=path, column="share", value=f"{whole:g}"
        )
    if sum(condition.kind == "finance" for condition in conditions) != 1:
        raise InputError("expected one condition of finance", file=path, column="kind")
    return conditions


def stf_earned(
    place: Place,
    organisation: str,
    year: str,
    positions: Mapping[str, Decimal],
    access: Mapping[str, Mapping[str, bool]],
    *,
    profile: Sequence[float] = (1, 1, 1, 1),
) -> StfYear:
    """How much of its share of the fund an organisation earned, quarter by quarter.

    `positions` are the surpluses or deficits of months ("2016/17-M03") or quarters ("2016/17-Q1")
    by themselves, in pounds, before the fund. `access` says for each quarter which access standards
    were met, by their ids. `profile` is how the control total is spread over the quarters, evenly
    by default. Quarters that are not complete yet stay undecided.

    Raises InputError for a period of another year or kind, one missing between others, a quarter
    without its access standards, and an organisation without a control total.
    """
    total = control_total(place, organisation, year)
    conditions = read_stf_conditions(place)
    weights = [place.value(f"stf-share.quarter-{q}") for q in QUARTERS]
    available = split(total.stf, weights)
    targets = split(total.before_stf, profile)
    quarters = []
    position = target = NOTHING
    for nth, amount in enumerate(_by_quarter(positions, year)):
        position, target = position + amount, target + targets[nth]
        met = _met(conditions, access, f"{year}-Q{nth + 1}", position >= target)
        quarters.append(
            _quarter(
                conditions,
                met,
                year=year,
                nth=nth + 1,
                available=available[nth],
                position=position,
                target=target,
            )
        )
    return _year(place, total, tuple(quarters))


def _by_quarter(positions: Mapping[str, Decimal], year: str) -> list[Decimal]:
    """The positions of the complete quarters, from months or quarters."""
    by_number: dict[int, Decimal] = {}
    kinds = set()
    for period, amount in positions.items():
        match = _PERIOD.fullmatch(period)
        most = 12 if match and match["kind"] == "M" else 4
        if not match or match["year"] != year or not 1 <= int(match["nth"]) <= most:
            raise InputError(
                f"expected a month such as {year}-M03 or a quarter such as {year}-Q1", value=period
            )
        kinds.add(match["kind"])
        if int(match["nth"]) in by_number:
            raise InputError("the period is listed twice", value=period)
        by_number[int(match["nth"])] = amount
    if len(kinds) > 1:
        raise InputError("expected months or quarters, not both")
    missing = set(range(1, max(by_number, default=0) + 1)) - set(by_number)
    kind = kinds.pop() if kinds else "Q"
    if missing:
        raise InputError(
            "expected a position for every period up to the last",
            value=f"{year}-{kind}{min(missing):02d}" if kind == "M" else f"{year}-Q{min(missing)}",
        )
    each = 3 if kind == "M" else 1
    amounts = [by_number[nth] for nth in sorted(by_number)]
    return [
        sum(amounts[start : start + each], NOTHING)
        for start in range(0, len(amounts) - each + 1, each)
    ]


def _met(
    conditions: Sequence[Condition],
    access: Mapping[str, Mapping[str, bool]],
    quarter: str,
    finance: bool,
) -> dict[str, bool]:
    standards = [c.id for c in conditions if c.kind == "access"]
    standards_met = access.get(quarter, {})
    for name in standards_met:
        if name not in standards:
            raise InputError("expected an access standard of the fund", value=name, valid=standards)
    for name in standards:
        if name not in standards_met:
            raise InputError(f"expected whether {name} was met in {quarter}")
    return {c.id: finance if c.kind == "finance" else standards_met[c.id] for c in conditions}


def _quarter(
    conditions: Sequence[Condition],
    met: Mapping[str, bool],
    *,
    year: str,
    nth: int,
    available: Decimal,
    position: Decimal,
    target: Decimal,
) -> StfQuarter:
    parts = split(available, [c.share for c in conditions])
    shut = any(c.gate and not met[c.id] for c in conditions)
    earned = sum(
        (part for c, part in zip(conditions, parts, strict=True) if met[c.id] and not shut),
        NOTHING,
    )
    failed = tuple(c.name for c in conditions if not met[c.id])
    name = f"{year}-Q{nth}"
    return StfQuarter(
        name,
        available,
        position,
        target,
        failed,
        earned,
        available - earned,
        f"{year}-M{3 * nth + 1:02d}" if nth < 4 else f"{_after(year)}-M01",
    )


def _year(place: Place, total: ControlTotal, quarters: tuple[StfQuarter, ...]) -> StfYear:
    earned = sum((q.earned for q in quarters), NOTHING)
    lost = sum((q.lost for q in quarters), NOTHING)
    undecided = total.stf - earned - lost
    names = {o.id: o.short_name for o in place.organisations}
    return StfYear(
        total.organisation,
        names[total.organisation],
        total.year,
        total.stf,
        quarters,
        earned,
        lost,
        undecided,
    )


def _after(year: str) -> str:
    start = int(year[:4]) + 1
    return f"{start}/{(start + 1) % 100:02d}"
