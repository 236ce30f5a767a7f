"""The open book: each partner's months against plan and control total, with a forecast outturn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tripleaim.accounts.books.ledger import Mismatch
from tripleaim.accounts.books.positions import stated_positions
from tripleaim.accounts.control.control_totals import ControlTotal, read_control_totals
from tripleaim.accounts.monthly.outturn import needed_a_month, outturn
from tripleaim.accounts.monthly.return_checks import mismatches, odd_lines
from tripleaim.accounts.monthly.returns import ReturnLine, month_of, months, read_returns
from tripleaim.accounts.monthly.schemes import Schemes, read_schemes, schemes_of
from tripleaim.place import Place

NOTHING = Decimal(0)
SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Movement:
    """How much a line moved a month's position against the month before, in pounds."""

    line: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Month:
    """One month's position, planned and actual, in pounds.

    `movement` is what changed since the last month reported, line by line: its amounts add up to
    the change of `actual` to the penny. The first month has none.
    """

    period: str
    plan: Decimal
    actual: Decimal
    movement: tuple[Movement, ...]


@dataclass(frozen=True, slots=True)
class LineToDate:
    """One line so far: plan, actual, and actual less plan (positive is better), in pounds."""

    line: str
    plan: Decimal
    actual: Decimal
    variance: Decimal


@dataclass(frozen=True, slots=True)
class Position:
    """One organisation's year, or the system's, in pounds; a deficit is negative.

    `missing` are months before the last that were not reported: no value is assumed for them.
    `target` is the control total, or the position planned where there is none (`held_to` says
    which). `own_forecast` is the year as the organisation itself sees it in its last return.
    `needed_a_month` is how much better each remaining month must be than the average so far; None
    if there is no target or no month remains. `flags` are warnings about single lines.
    """

    organisation: str
    name: str
    months: tuple[Month, ...]
    missing: tuple[str, ...]
    lines: tuple[LineToDate, ...]
    plan_to_date: Decimal
    actual_to_date: Decimal
    variance: Decimal
    target: Decimal | None
    held_to: str
    own_forecast: Decimal | None
    outturn: Decimal
    outturn_low: Decimal | None
    outturn_high: Decimal | None
    needed_a_month: Decimal | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenBook:
    """The books of all partners for one year, side by side.

    `system` is the sum of the organisations over the months that all of them reported; None
    without such a month. `mismatches` are payments that two returns book differently.
    """

    place: str
    name: str
    year: str
    organisations: tuple[Position, ...]
    system: Position | None
    mismatches: tuple[Mismatch, ...]
    schemes: Schemes


def open_book(
    place: Place,
    returns: Iterable[ReturnLine] | None = None,
    control_totals: Iterable[ControlTotal] | None = None,
    year: str | None = None,
) -> OpenBook:
    """The open book of `year` (the last one reported, else the last with schemes).

    Returns and control totals are read from the place's files unless given. Raises InputError if
    they are faulty.
    """
    lines = tuple(read_returns(place) if returns is None else returns)
    totals = tuple(read_control_totals(place) if control_totals is None else control_totals)
    schemes = read_schemes(place)
    reported = {month_of(line.period)[0] for line in lines} | (
        set() if lines else {scheme.year for scheme in schemes}
    )
    year = year or max(reported, default=place.years[0])
    lines = tuple(line for line in lines if month_of(line.period)[0] == year)
    targets = _targets(place, year, totals)
    books = tuple(
        _position(o.id, o.short_name, [r for r in lines if r.organisation == o.id], targets)
        for o in place.organisations
        if any(r.organisation == o.id for r in lines)
    )
    differing = mismatches(lines)
    savings = schemes_of(place, year, schemes)
    system = _system(place, lines, books, targets)
    return OpenBook(
        place=place.id,
        name=place.name,
        year=year,
        organisations=books,
        system=system,
        mismatches=differing,
        schemes=savings,
    )


def _targets(
    place: Place, year: str, totals: Iterable[ControlTotal]
) -> dict[str, tuple[Decimal, str]]:
    """Each organisation's target, and whether it is a control total or a planned position."""
    planned = {
        organisation: (amount, "position planned")
        for (period, organisation), amount in stated_positions(place).items()
        if period == year
    }
    controlled = {t.organisation: (t.amount, "control total") for t in totals if t.year == year}
    return {**planned, **controlled}


def _position(
    organisation: str,
    name: str,
    lines: Sequence[ReturnLine],
    targets: Mapping[str, tuple[Decimal, str]],
) -> Position:
    target, held_to = targets.get(organisation, (None, ""))
    periods = sorted({line.period for line in lines})
    year, last = month_of(periods[-1])
    monthly = _months(periods, lines)
    positions = [month.actual for month in monthly]
    expected = outturn(positions)
    plan, actual = _sum(r.plan for r in lines), _sum(r.actual for r in lines)
    forecasts = [r.forecast for r in lines if r.period == periods[-1] and r.forecast is not None]
    needed = None if target is None else needed_a_month(positions, target)
    return Position(
        organisation=organisation,
        name=name,
        months=monthly,
        missing=tuple(p for p in months(year)[:last] if p not in periods),
        lines=_lines(lines),
        plan_to_date=plan,
        actual_to_date=actual,
        variance=actual - plan,
        target=target,
        held_to=held_to,
        own_forecast=_sum(forecasts) if forecasts else None,
        outturn=expected.value,
        outturn_low=expected.low,
        outturn_high=expected.high,
        needed_a_month=needed,
        flags=tuple(odd_lines(lines)) if organisation != SYSTEM else (),
    )


def _months(periods: Sequence[str], lines: Sequence[ReturnLine]) -> tuple[Month, ...]:
    monthly: list[Month] = []
    before: dict[str, Decimal] | None = None
    for period in periods:
        of_period = [line for line in lines if line.period == period]
        now: dict[str, Decimal] = {}
        for line in of_period:
            now[line.line] = now.get(line.line, NOTHING) + line.actual
        movement = () if before is None else _movement(before, now)
        monthly.append(Month(period, _sum(r.plan for r in of_period), _sum(now.values()), movement))
        before = now
    return tuple(monthly)


def _movement(before: Mapping[str, Decimal], now: Mapping[str, Decimal]) -> tuple[Movement, ...]:
    changes = {
        line: now.get(line, NOTHING) - before.get(line, NOTHING)
        for line in dict.fromkeys((*before, *now))
    }
    moved = [Movement(line, amount) for line, amount in changes.items() if amount]
    return tuple(sorted(moved, key=lambda m: -abs(m.amount)))


def _lines(lines: Sequence[ReturnLine]) -> tuple[LineToDate, ...]:
    to_date = []
    for name in dict.fromkeys(line.line for line in lines):
        of_line = [line for line in lines if line.line == name]
        plan, actual = _sum(r.plan for r in of_line), _sum(r.actual for r in of_line)
        to_date.append(LineToDate(name, plan, actual, actual - plan))
    return tuple(to_date)


def _system(
    place: Place,
    lines: Sequence[ReturnLine],
    books: Sequence[Position],
    targets: Mapping[str, tuple[Decimal, str]],
) -> Position | None:
    """The sum of the organisations, over the months that every one of them reported."""
    if not books:
        return None
    reported = [{month.period for month in book.months} for book in books]
    common = set.intersection(*reported)
    if not common:
        return None
    book_targets = [targets.get(book.organisation) for book in books]
    summed = {
        SYSTEM: (
            _sum(t[0] for t in book_targets if t),
            "sum of control totals and positions planned",
        )
    }
    everyone = [line for line in lines if line.period in common]
    return _position(SYSTEM, place.name, everyone, summed if all(book_targets) else {})


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, NOTHING)
