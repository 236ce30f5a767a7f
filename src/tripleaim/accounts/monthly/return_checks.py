"""A return held to what is known: earlier months, its own plan, its counterparties' returns."""

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
    Refused,
    ReturnLine,
    actuals,
    month_of,
    months,
    read_return,
    read_returns,
)
from tripleaim.place import InputError, Place

_THOUSAND = (300, 3000)
"""Amounts so many times their reference, or one part in as many, were typed in another unit."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A return after all checks.

    `lines` can be imported, `refused` cannot; `unchanged` are there already, to the penny.
    `flags` are accepted and told; `mismatches` are payments that a counterparty's return of the
    same month books differently.
    """

    lines: tuple[ReturnLine, ...]
    unchanged: tuple[ReturnLine, ...]
    refused: tuple[Refused, ...]
    flags: tuple[str, ...]
    mismatches: tuple[Mismatch, ...]

    @property
    def sentence(self) -> str:
        """What a person should know first."""
        agree = (
            f"{len(self.mismatches)} payments differ from counterparties' returns"
            if self.mismatches
            else "counterparties' returns of the same months agree"
        )
        return (
            f"{len(self.lines)} lines can be imported, {len(self.unchanged)} are there already, "
            f"{len(self.refused)} are refused; {agree}."
        )


def check_return(file: Path, place: Place, *, replacing: bool = False) -> Checked:
    """The return in `file` against what `place` knows.

    A whole return in thousands, or with every sign turned, is refused row by row; a single line
    of that kind, a missing month before it and a counterparty that has not reported are flagged.
    Another return for the same month is refused unless `replacing`. Raises InputError where the
    file cannot be read at all.
    """
    reading = read_return(file, place)
    held = read_returns(place)
    refused = list(reading.refused)
    flags = list(reading.flags)
    usable: list[ReturnLine] = []
    for organisation in dict.fromkeys(line.organisation for line in reading.lines):
        mine = [line for line in reading.lines if line.organisation == organisation]
        reference = _reference([h for h in held if h.organisation == organisation])
        wrong = _in_another_unit(mine, reference) or _turned(mine, reference)
        if wrong:
            refused += [_refused(file, line, wrong) for line in mine]
            continue
        flags += odd_lines(mine, reference)
        flags += _missing_months(mine, held)
        usable += mine
    fresh, unchanged, twice = _against_held(file, usable, held, replacing=replacing)
    pairs, silent = _counterparties(held, fresh)
    return Checked(
        tuple(fresh), tuple(unchanged), (*refused, *twice), (*flags, *silent), tuple(pairs)
    )


def _refused(file: Path, line: ReturnLine, why: str, column: str = "actual") -> Refused:
    at = InputError(why, file=file, column=f"{line.where}, {column}", value=line.actual)
    return Refused(cells_of(line), at)


def cells_of(line: ReturnLine) -> dict[str, str]:
    """A line as it would be typed."""
    values = (line.organisation, line.period, line.line, line.counterparty, *line.amounts)
    return {c: "" if v is None else str(v) for c, v in zip(COLUMNS, values, strict=True)}


def _reference(held: Iterable[ReturnLine]) -> Mapping[tuple[str, str], Decimal]:
    """What a line came to in a month so far: the mean of its actuals."""
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for line in held:
        sums[line.line, line.counterparty].append(line.actual)
    return {key: sum(found, Decimal(0)) / len(found) for key, found in sums.items()}


def _pairs(
    lines: Sequence[ReturnLine], reference: Mapping[tuple[str, str], Decimal]
) -> Iterator[tuple[ReturnLine, Decimal]]:
    """Each line with what it is compared to, earlier months or its plan; noughts left out."""
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
        return "expected income positive and cost negative; every sign is turned"
    return ""


def odd_lines(
    lines: Sequence[ReturnLine], reference: Mapping[tuple[str, str], Decimal] | None = None
) -> Iterator[str]:
    """Lines with the sign turned, or about a thousand times off, against earlier months.

    `reference` is what a line and counterparty came to in a month so far; without it, and for a
    new line, the return's own plan is taken.
    """
    for line, known in _pairs(lines, reference or {}):
        at = f"{line.where}, actual"
        if line.actual * known < 0:
            yield f"{at}: {line.actual} has the sign turned against {known:.2f} known of this line"
        ratio = abs(line.actual / known)
        if ratio >= _THOUSAND[0] or ratio <= Decimal(1) / _THOUSAND[0]:
            yield f"{at}: {line.actual} is far from {known:.2f} known of this line; thousands?"


def _missing_months(mine: Sequence[ReturnLine], held: Iterable[ReturnLine]) -> Iterator[str]:
    organisation = mine[0].organisation
    there = {h.period for h in held if h.organisation == organisation} | {m.period for m in mine}
    for year in dict.fromkeys(month_of(line.period)[0] for line in mine):
        last = max(month_of(p)[1] for p in there if month_of(p)[0] == year)
        for period in months(year)[:last]:
            if period not in there:
                yield f"{organisation}: no return for {period}; it is missing, not nought"


def _against_held(
    file: Path, lines: Iterable[ReturnLine], held: Iterable[ReturnLine], *, replacing: bool
) -> tuple[list[ReturnLine], list[ReturnLine], list[Refused]]:
    by_key = {h.key: h for h in held}
    fresh, unchanged, twice = [], [], []
    for line in lines:
        there = by_key.get(line.key)
        if there is not None and there.amounts == line.amounts:
            unchanged.append(line)
        elif there is None or replacing:
            fresh.append(line)
        else:
            said = f"another return for {line.period} is there and says {there.actual}; replace it?"
            twice.append(_refused(file, line, said))
    return fresh, unchanged, twice


def _counterparties(
    held: Sequence[ReturnLine], fresh: Sequence[ReturnLine]
) -> tuple[list[Mismatch], list[str]]:
    mine = {(line.organisation, line.period) for line in fresh}
    kept = [h for h in held if h.key not in {line.key for line in fresh}]
    together = [*kept, *fresh]
    reported = {(line.organisation, line.period) for line in together}
    keepers = {organisation for organisation, _ in reported}
    silent = dict.fromkeys(
        f"{line.counterparty} has not reported {line.period}: its side is not compared"
        for line in fresh
        if line.counterparty in keepers and (line.counterparty, line.period) not in reported
    )
    return [m for m in mismatches(together) if _touches(m, mine)], list(silent)


def _touches(found: Mismatch, mine: Iterable[tuple[str, str]]) -> bool:
    return bool({(found.payer, found.period), (found.payee, found.period)} & set(mine))


def mismatches(lines: Sequence[ReturnLine]) -> tuple[Mismatch, ...]:
    """Payments that two organisations that both reported the month book differently."""
    reported = {(line.organisation, line.period) for line in lines}
    both = [line for line in lines if (line.counterparty, line.period) in reported]
    return actuals(both).mismatches()
