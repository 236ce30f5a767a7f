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

_UNITS = {
    Decimal(1000): "about a thousand times those known (in pence? multiplied by 1,000 twice?)",
    Decimal(100): "about a hundred times those known (pence?)",
    Decimal(1_000_000): "about a million times those known (£m multiplied twice?)",
    Decimal("0.001"): "about a thousandth of those known (thousands?)",
    Decimal("0.01"): "about a hundredth of those known",
    Decimal("0.000001"): "about a millionth of those known (£m?)",
}
"""Powers of ten by which amounts in another unit differ from those known."""
_WITHIN = Decimal(3)
"""Amounts of one unit differ by less than so many times; hundredfold and more is another unit."""
_FAR = 300
"""A single line so many times larger or smaller than expected is asked about."""
_LIKE_SO_FAR = Decimal("0.2")
"""Amounts of N months added up are N times a month's within this share."""
_FEW = 5


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

    A whole return in another unit, of the year to date, or with the sign of every line of income or
    of cost reversed, is refused row by row; a single line of that kind, a line that the month
    before has, a missing month and a counterparty that has not reported are flagged. Another
    return for the same month is refused unless `replacing`. Raises InputError where the file
    cannot be read at all.
    """
    contents = read_return(file, place)
    existing = read_returns(place)
    refused = list(contents.refused)
    flags = list(contents.flags)
    usable: list[ReturnLine] = []
    for organisation in dict.fromkeys(line.organisation for line in contents.lines):
        own = [line for line in contents.lines if line.organisation == organisation]
        earlier = [line for line in existing if line.organisation == organisation]
        reference = _reference(earlier)
        reason = (
            _in_another_unit(own, reference) or _turned(own, reference) or _so_far(own, reference)
        )
        if reason:
            refused += [_refused(file, line, reason) for line in own]
            continue
        flags += odd_lines(own, reference)
        flags += _missing_lines(own, earlier)
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
    """Why the amounts of a whole return are in another unit: the month's, else the year's."""
    pairs = list(_pairs(lines, reference))
    of_month = [abs(line.actual / known) for line, known in pairs]
    of_year = [abs(line.forecast / (12 * known)) for line, known in pairs if line.forecast]
    for name, ratios in (("amounts", of_month), ("forecasts", of_year)):
        middle = median(ratios) if ratios else Decimal(0)
        for factor, like in _UNITS.items():
            if middle and factor / _WITHIN <= middle <= factor * _WITHIN:
                return f"expected pounds; the {name} are {like}"
    return ""


def _turned(lines: Sequence[ReturnLine], reference: Mapping[tuple[str, str], Decimal]) -> str:
    """Why the signs are wrong: those of all lines, or of all that are income or all that are cost.

    One line alone may have turned.
    """
    pairs = list(_pairs(lines, reference))
    turned = [(known > 0, line.actual * known < 0) for line, known in pairs]
    if turned and all(against for _, against in turned):
        return "expected income positive and cost negative; every sign is reversed"
    for what, income in (("cost", False), ("income", True)):
        of_it = [against for is_income, against in turned if is_income is income]
        if len(of_it) > 1 and all(of_it):
            return (
                f"expected income positive and cost negative; the sign of every line of {what} is "
                "reversed"
            )
    return ""


def _so_far(lines: Sequence[ReturnLine], reference: Mapping[tuple[str, str], Decimal]) -> str:
    """Why the amounts are of the year to date: nearly all are N times a month's in month N."""
    for period in dict.fromkeys(line.period for line in lines):
        number = month_of(period)[1]
        ratios = [
            line.actual / known
            for line, known in _pairs([r for r in lines if r.period == period], reference)
        ]
        alike = [r for r in ratios if abs(r - number) <= _LIKE_SO_FAR * number]
        if number > 1 and len(ratios) > 1 and len(alike) > len(ratios) * Decimal("0.7"):
            return (
                f"expected the amounts of the month; they are about {number} times those known of "
                f"one, as the sum of {number} months is (the year to date?)"
            )
    return ""


def _missing_lines(own: Sequence[ReturnLine], earlier: Sequence[ReturnLine]) -> Iterator[str]:
    """The lines that the return before has and this one has not."""
    first = min(line.period for line in own)
    before = max((line.period for line in earlier if line.period < first), default="")
    had = {(line.line, line.counterparty): line for line in earlier if line.period == before}
    has = {(line.line, line.counterparty) for line in own}
    missing = [line for key, line in had.items() if key not in has]
    if missing:
        names = ", ".join(f"{line.line} ({line.counterparty})" for line in missing[:_FEW])
        more = f" and {len(missing) - _FEW} more" if len(missing) > _FEW else ""
        yield (
            f"{own[0].organisation}: {len(missing)} of the {len(had)} lines of {before} are "
            f"missing: {names}{more}; we do not count them as zero"
        )


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
        if ratio >= _FAR or ratio <= Decimal(1) / _FAR:
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
                yield f"{organisation}: no return for {period}; we do not count it as zero"


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
                f"there is already another return for {line.period} with {earlier.actual}; "
                "replace it?"
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
