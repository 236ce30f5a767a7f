"""Bridges: how one organisation's position changes from last year to this year and to the last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tripleaim.accounts.books.flow_table import own_trusts
from tripleaim.accounts.books.ledger import MILLION, OUTSIDE, Entry, Ledger, pounds
from tripleaim.accounts.books.organisations import commissioners, service
from tripleaim.accounts.gap.bridge import line_parts
from tripleaim.accounts.gap.model import Accounts, Side
from tripleaim.place import Place

SAVINGS = "savings"
"""A saving's line in the ledger starts with "savings:", followed by how its money is released."""

_DRIVERS = {
    "activity": "More activity",
    "price": "Prices and pay",
    "efficiency": "Efficiency taken from the tariff",
    "funding": "Growth of funding",
}
# A commissioner's allocation is not printed: in the recorded year it is what was spent and the
# surplus, in the first what leaves the stated opening. The step between is no growth of funding.
_OPENING = "Funding that balances the stated positions of the two years"


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """One step of a bridge, £: negative deepens a deficit. `to` names the position it leads to."""

    label: str
    amount: Decimal
    to: str


@dataclass(frozen=True)
class OrganisationBridge:
    """Positions of one organisation and the steps between them, £.

    `positions` are "2015/16" (where recorded), the first year and the last year of the plan. Each
    position + the steps that lead to the next = the next, exactly.
    """

    positions: Mapping[str, Decimal]
    steps: tuple[BridgeStep, ...]


def organisation_bridge(
    place: Place,
    accounts: Accounts,
    ledger: Ledger,
    organisation: str,
    savings: Ledger | None = None,
) -> OrganisationBridge:
    """Why an organisation's position moves: year on year, then to the end of the plan.

    `ledger` comes from `organisation_ledger`; `savings` holds the plan's savings, line "savings:"
    and how they are released. From the recorded year to the first the steps are what is earned,
    what is funded and what is spent; from there to the last they are the drivers of the two-sided
    accounts (as `bridge` splits them), scaled to the organisation's part of each line, and the
    savings that come on top of the first year's.
    """
    first, last = accounts.years[0], accounts.years[-1]
    book = ledger.only(organisation=organisation)
    saved = savings.only(organisation=organisation) if savings else Ledger(())
    positions: dict[str, Decimal] = {}
    steps: list[BridgeStep] = []
    if any(e.period == place.base_year for e in book.entries):
        positions[place.base_year] = book.total(period=place.base_year)
        funded = _OPENING if organisation in commissioners(place) else "Funding"
        steps += _recorded_to_first(book, place.base_year, first, funded)
        steps += [
            BridgeStep(f"Savings of {first}: {name}", amount, first)
            for name, amount in _by_release(saved, first).items()
        ]
    positions[first] = book.total(period=first) + saved.total(period=first)
    steps += _first_to_last(place, accounts, book, organisation)
    before = _by_release(saved, first)
    for name, amount in _by_release(saved, last).items():
        steps.append(BridgeStep(f"Further savings: {name}", amount - before.get(name, 0), last))
    for name, amount in before.items():
        if name not in _by_release(saved, last):
            steps.append(BridgeStep(f"Savings that end: {name}", -amount, last))
    positions[last] = book.total(period=last) + saved.total(period=last)
    return OrganisationBridge(positions, tuple(step for step in steps if step.amount))


def _by_release(saved: Ledger, year: str) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for entry in saved.entries:
        if entry.period == year:
            name = entry.line.partition(":")[2]
            sums[name] = sums.get(name, Decimal(0)) + entry.amount
    return sums


def _recorded_to_first(book: Ledger, base: str, first: str, funded: str) -> list[BridgeStep]:
    def change(chosen: Callable[[Entry], bool]) -> Decimal:
        sums = {base: Decimal(0), first: Decimal(0)}
        for entry in book.entries:
            if entry.period in sums and chosen(entry):
                sums[entry.period] += entry.amount
        return sums[first] - sums[base]

    kinds: dict[str, Callable[[Entry], bool]] = {
        "Paid by other organisations": lambda e: e.amount > 0 and e.counterparty != OUTSIDE,
        funded: lambda e: e.amount > 0 and e.counterparty == OUTSIDE and e.recurrent,
        "Non-recurrent income": lambda e: e.amount > 0 and not e.recurrent,
        "Paid to other organisations": lambda e: e.amount < 0 and e.counterparty != OUTSIDE,
        "Own costs": lambda e: e.amount < 0 and e.counterparty == OUTSIDE,
    }
    return [BridgeStep(label, change(chosen), first) for label, chosen in kinds.items()]


def _first_to_last(
    place: Place, accounts: Accounts, book: Ledger, organisation: str
) -> list[BridgeStep]:
    first, last = accounts.years[0], accounts.years[-1]
    side: Side | None = None
    if organisation in commissioners(place):
        side = "commissioner"
    elif organisation in own_trusts(place):
        side = "providers"
    by_driver = dict.fromkeys(_DRIVERS, 0.0)
    for line in accounts.lines:
        if line.side != side:
            continue
        whole = sum(
            other.amount(first)
            for other in accounts.lines
            if (other.side, other.line, other.kind) == (side, line.line, line.kind)
        )
        booked = sum(
            (
                e.amount
                for e in book.entries
                if e.period == first
                and service(e.line) == line.line
                and (e.amount > 0) == (line.kind == "income")
            ),
            Decimal(0),
        )
        share = float(booked) / (whole * MILLION) if whole else 0.0
        for driver, change in line_parts(line, first, last).items():
            by_driver[driver] += change * share
    steps = {_DRIVERS[name]: pounds(change * MILLION) for name, change in by_driver.items()}
    left = book.total(period=last) - book.total(period=first) - sum(steps.values(), Decimal(0))
    if abs(left) < 1:
        # Pence of rounding go to the largest step, where they cannot be seen.
        largest = max(steps, key=lambda label: abs(steps[label]))
        steps[largest] += left
    else:
        steps["Prices, people and funding outside the NHS's two sides"] = left
    return [BridgeStep(label, amount, last) for label, amount in steps.items()]
