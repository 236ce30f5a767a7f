"""Checks of a return against earlier months, its own plan and its counterparties' returns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median

from tripleaim.accounts.books.ledger import Mismatch
from tripleaim.accounts.monthly.returns import (
    COLUMNS,
    RefusedRow,
    ReturnLine,
    actuals,
    month_of,
    months,
    read_return,
    read_returns,
)
from tripleaim.place import InputError, Place

_THOUSAND = (300, 3000)
"""Amounts this many times larger or smaller than expected were typed in another unit."""


@dataclass(frozen=True, slots=True)
class CheckedReturn:
    """A return after all checks.

    `lines` can be imported, `refused` cannot; `unchanged` have been imported before, to the penny.
    `flags` are warnings about accepted lines; `mismatches` are payments that a counterparty's
    return of the same month books differently.
    """

    lines: tuple[ReturnLine, ...]
    unchanged: tuple[ReturnLine, ...]
    refused: tuple[RefusedRow, ...]
    flags: tuple[str, ...]
    mismatches: tuple[Mismatch, ...]


def check_return(file: Path, place: Place, *, replacing: bool = False) -> CheckedReturn:
    """Check the return in `file` against what `place` has.

    A whole return in thousands, or with every sign reversed, is refused row by row; a single line
    of that kind, a missing month before it and a counterparty that has not reported are flagged.
    Another return for the same month is refused unless `replacing`. Raises InputError where the
    file cannot be read at all.
    """
    contents = read_return(file, place)
    existing = read_returns(place)
    refused = list(contents.refused)
    flags = list(contents.flags)
    usable: list[ReturnLine] = []
    for organisation in dict.fromkeys(line.organisation for line in contents.lines):
        own = [line for line in contents.lines if line.organisation == organisation]
        reference = _reference([line for line in existing if line.organisation == organisation])
        reason = _in_another_unit(own, reference) or _turned(own, reference)
        if reason:
            refused += [_refused(file, line, reason) for line in own]
            continue
        flags += odd_lines(own, reference)
        flags += _missing_months(own, existing)
        usable += own
    fresh, unchanged, twice = _against_existing(file, usable, existing, replacing=replacing)
    pairs, unreported = _counterparties(existing, fresh)
    return CheckedReturn(
        tuple(fresh), tuple(unchanged), (*refused, *twice), (*flags, *unreported), tuple(pairs)
    )


def _refused(file: Path, line: ReturnLine, why: str, column: str = "actual") -> RefusedRow:
    at = InputError(why, file=file, column=f"{line.where}, {column}", value=line.actual)
    return RefusedRow(typed_cells(line), at)


def typed_cells(line: ReturnLine) -> dict[str, str]:
    """A line as it would be typed."""
    values = (line.organisation, line.period, line.line, line.counterparty, *line.amounts)
    return {c: "" if v is None else str(v) for c, v in zip(COLUMNS, values, strict=True)}


def _reference(existing: Iterable[ReturnLine]) -> Mapping[tuple[str, str], Decimal]:
    """The mean of a line's actuals over the months so far."""
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for line in existing:
        sums[line.line, line.counterparty].append(line.actual)
    return {key: sum(amounts, Decimal(0)) / len(amounts) for key, amounts in sums.items()}


def _pairs(
    lines: Sequence[ReturnLine], reference: Mapping[tuple[str, str], Decimal]
) -> Iterator[tuple[ReturnLine, Decimal]]:
    """Each line with the amount it is compared with: earlier months, else its plan; no zeros."""
    for line in lines:
        known = reference.get((line.line, line.counterparty)) or line.plan
        if known and line.actual:
            yield line, known


def _in_another_unit(
    lines: Sequence[ReturnLine], reference: Mapping[tuple[str, str], Decimal]
) -> str:
    ratios = [abs(line.actual / known) for line, known in _pairs(lines, reference)]
    if not ratios:
        return ""
    middle = median(ratios)
    if _THOUSAND[0] <= middle <= _THOUSAND[1]:
        return "expected pounds; the amounts are about a thousand times those known (pence?)"
    if middle and _THOUSAND[0] <= 1 / middle <= _THOUSAND[1]:
        return "expected pounds; the amounts are about a thousandth of those known (thousands?)"
    return ""


def _turned(lines: Sequence[ReturnLine], reference: Mapping[tuple[str, str], Decimal]) -> str:
    pairs = list(_pairs(lines, reference))
    if pairs and all(line.actual * known < 0 for line, known in pairs):
        return "expected income positive and cost negative; every sign is reversed"
    return ""


def odd_lines(
    lines: Sequence[ReturnLine], reference: Mapping[tuple[str, str], Decimal] | None = None
) -> Iterator[str]:
    """Lines whose sign is reversed, or that are about a thousand times too large or small.

    `reference` is the monthly mean so far by line and counterparty; without it, and for a new line,
    the return's own plan is used.
    """
    for line, known in _pairs(lines, reference or {}):
        at = f"{line.where}, actual"
        if line.actual * known < 0:
            yield f"{at}: {line.actual} has the opposite sign to {known:.2f}, known of this line"
        ratio = abs(line.actual / known)
        if ratio >= _THOUSAND[0] or ratio <= Decimal(1) / _THOUSAND[0]:
            yield f"{at}: {line.actual} is far from {known:.2f}, known of this line; in thousands?"


def _missing_months(own: Sequence[ReturnLine], existing: Iterable[ReturnLine]) -> Iterator[str]:
    organisation = own[0].organisation
    reported = {line.period for line in existing if line.organisation == organisation} | {
        m.period for m in own
    }
    for year in dict.fromkeys(month_of(line.period)[0] for line in own):
        last = max(month_of(p)[1] for p in reported if month_of(p)[0] == year)
        for period in months(year)[:last]:
            if period not in reported:
                yield f"{organisation}: no return for {period}; it is missing, not zero"


def _against_existing(
    file: Path, lines: Iterable[ReturnLine], existing: Iterable[ReturnLine], *, replacing: bool
) -> tuple[list[ReturnLine], list[ReturnLine], list[RefusedRow]]:
    by_key = {line.key: line for line in existing}
    fresh, unchanged, twice = [], [], []
    for line in lines:
        earlier = by_key.get(line.key)
        if earlier is not None and earlier.amounts == line.amounts:
            unchanged.append(line)
        elif earlier is None or replacing:
            fresh.append(line)
        else:
            reason = (
                f"another return for {line.period} is there and says {earlier.actual}; replace it?"
            )
            twice.append(_refused(file, line, reason))
    return fresh, unchanged, twice


def _counterparties(
    existing: Sequence[ReturnLine], fresh: Sequence[ReturnLine]
) -> tuple[list[Mismatch], list[str]]:
    own = {(line.organisation, line.period) for line in fresh}
    others = [line for line in existing if line.key not in {line.key for line in fresh}]
    all_lines = [*others, *fresh]
    reported = {(line.organisation, line.period) for line in all_lines}
    keepers = {organisation for organisation, _ in reported}
    unreported = dict.fromkeys(
        f"{line.counterparty} has not reported {line.period}: its side is not compared"
        for line in fresh
        if line.counterparty in keepers and (line.counterparty, line.period) not in reported
    )
    return [m for m in mismatches(all_lines) if _touches(m, own)], list(unreported)


def _touches(mismatch: Mismatch, own: Iterable[tuple[str, str]]) -> bool:
    return bool({(mismatch.payer, mismatch.period), (mismatch.payee, mismatch.period)} & set(own))


def mismatches(lines: Sequence[ReturnLine]) -> tuple[Mismatch, ...]:
    """Payments that two organisations that both reported the month book differently."""
    reported = {(line.organisation, line.period) for line in lines}
    both = [line for line in lines if (line.counterparty, line.period) in reported]
    return actuals(both).mismatches()
