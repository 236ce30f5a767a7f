"""The ledger: exact amounts, with every payment in two books.

Amounts are pounds and pence as `Decimal`, never floats. An entry belongs to the book of one
organisation: positive is income, negative is cost. A payment is two entries that cancel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal

OUTSIDE = "outside"
"""The counterparty for everyone who keeps no book here: staff, suppliers, Treasury."""

PENNY = Decimal("0.01")
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount in one organisation's book.

    `period` is a financial year ("2016/17") or a month of one ("2016/17-M03", April is M01).
    `solution` is the id of the solution that caused it, empty for none; an entry that will not
    recur next year is not `recurrent`.
    """

    period: str
    organisation: str
    counterparty: str
    line: str
    amount: Decimal
    solution: str = ""
    recurrent: bool = True


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A payment that two organisations book differently.

    `paid` is what the payer books (positive), `received` what the payee books; `difference` is
    received less paid: what the system would count twice or lose.
    """

    period: str
    payer: str
    payee: str
    line: str
    paid: Decimal
    received: Decimal

    @property
    def difference(self) -> Decimal:
        """Received less paid."""
        return self.received - self.paid


@dataclass(frozen=True)
class Ledger:
    """Entries of any number of organisations and periods."""

    entries: tuple[Entry, ...]

    def __add__(self, other: Ledger) -> Ledger:
        return Ledger(self.entries + other.entries)

    def only(self, **matching: object) -> Ledger:
        """The entries whose fields have the values given, such as organisation="RBA"."""
        return Ledger(
            tuple(e for e in self.entries if all(getattr(e, k) == v for k, v in matching.items()))
        )

    def total(self, **matching: object) -> Decimal:
        """The sum of the entries whose fields have the values given."""
        return sum((e.amount for e in self.only(**matching).entries), Decimal(0))

    def by(self, *fields: str) -> dict[tuple[object, ...], Decimal]:
        """Sums by the given fields, in the order in which they first occur."""
        sums: dict[tuple[object, ...], Decimal] = {}
        for entry in self.entries:
            key = tuple(getattr(entry, field) for field in fields)
            sums[key] = sums.get(key, Decimal(0)) + entry.amount
        return sums

    def consolidated(self, group_of: Mapping[str, str]) -> Ledger:
        """The books of groups, with payments between members of a group eliminated.

        Organisations that `group_of` does not name stay as they are. Only agreed payments cancel:
        what two members book differently stays in the group's book as its difference.
        """
        named = [
            replace(
                e,
                organisation=group_of.get(e.organisation, e.organisation),
                counterparty=group_of.get(e.counterparty, e.counterparty),
            )
            for e in self.entries
        ]
        inside = [e for e in named if e.organisation == e.counterparty]
        external = [e for e in named if e.organisation != e.counterparty]
        left = Ledger(tuple(inside)).by("period", "organisation", "line", "solution", "recurrent")
        for (period, group, line, solution, recurrent), amount in left.items():
            if amount:
                external.append(
                    Entry(
                        str(period),
                        str(group),
                        str(group),
                        str(line),
                        amount,
                        str(solution),
                        bool(recurrent),
                    )
                )
        return Ledger(tuple(external))

    def mismatches(self) -> tuple[Mismatch, ...]:
        """Every payment that two organisations with a book here record differently."""
        keepers = {e.organisation for e in self.entries}
        sums = Ledger(
            tuple(
                e
                for e in self.entries
                if e.counterparty in keepers and e.counterparty != e.organisation
            )
        ).by("period", "organisation", "counterparty", "line")
        differing = []
        for (period, organisation, counterparty, line), amount in sums.items():
            answer = sums.get((period, counterparty, organisation, line), Decimal(0))
            if amount + answer == 0:
                continue
            payer_first = amount < 0 or (amount == 0 and answer > 0)
            if not payer_first and (period, counterparty, organisation, line) in sums:
                continue  # reported from the payer's side
            payer, payee = (
                (organisation, counterparty) if payer_first else (counterparty, organisation)
            )
            paid, received = (-amount, answer) if payer_first else (-answer, amount)
            differing.append(
                Mismatch(str(period), str(payer), str(payee), str(line), paid, received)
            )
        return tuple(differing)


def payment(
    period: str,
    payer: str,
    payee: str,
    line: str,
    amount: Decimal,
    *,
    solution: str = "",
    recurrent: bool = True,
) -> tuple[Entry, Entry]:
    """A payment in both books: the payer's cost and the payee's income."""
    return (
        Entry(period, payer, payee, line, -amount, solution, recurrent),
        Entry(period, payee, payer, line, amount, solution, recurrent),
    )


def pounds(amount: float | Decimal | str) -> Decimal:
    """An amount in pounds, to the penny (half a penny to the even one)."""
    return Decimal(str(amount)).quantize(PENNY)


def split(amount: Decimal, weights: Sequence[float]) -> tuple[Decimal, ...]:
    """`amount` divided in proportion to `weights`, to the penny, so that the parts add up exactly.

    Pence left over by rounding down go to the largest remainders first (Hamilton's method). Raises
    ValueError if there are no weights, if one is negative, or if all are zero.
    """
    whole = sum(map(Decimal, map(str, weights)), Decimal(0))
    if not weights or min(weights) < 0 or whole == 0:
        raise ValueError("expected weights of zero or more, one of them above zero")
    sign = -1 if amount < 0 else 1
    shares = [abs(amount) * Decimal(str(w)) / whole for w in weights]
    parts = [share.quantize(PENNY, rounding=ROUND_FLOOR) for share in shares]
    left = int((abs(amount) - sum(parts, Decimal(0))) / PENNY)
    largest = sorted(range(len(parts)), key=lambda i: parts[i] - shares[i])
    for i in largest[:left]:
        parts[i] += PENNY
    return tuple(sign * part for part in parts)


def ledger_of(payments: Iterable[tuple[Entry, Entry]]) -> Ledger:
    """A ledger of payments, both books of each."""
    return Ledger(tuple(entry for both in payments for entry in both))
