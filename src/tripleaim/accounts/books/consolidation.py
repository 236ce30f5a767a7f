"""The books of several organisations taken together, with payments between them eliminated."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from tripleaim.accounts.books.ledger import Ledger


@dataclass(frozen=True)
class Consolidation:
    """The sum of organisations, less what they pay one another, is the group.

    Amounts are £; costs are negative. `income_of_members` - `eliminated_income` = `income`, and
    likewise for cost. `unmatched` is what two members book differently, so that their eliminations
    do not cancel; it stays in the group's position, which therefore equals the sum of the members'
    positions.
    """

    group: str
    members: tuple[str, ...]
    period: str
    income_of_members: Decimal
    cost_of_members: Decimal
    eliminated_income: Decimal
    eliminated_cost: Decimal
    unmatched: Decimal

    @property
    def income(self) -> Decimal:
        """What the group gets from outside it."""
        return self.income_of_members - self.eliminated_income

    @property
    def cost(self) -> Decimal:
        """What the group pays outside it (negative)."""
        return self.cost_of_members - self.eliminated_cost

    @property
    def position(self) -> Decimal:
        """Income less cost, with what members book differently."""
        return self.income + self.cost + self.unmatched


def consolidate(
    ledger: Ledger, members: Collection[str], period: str, group: str = "system"
) -> Consolidation:
    """The books of `members` in one period, taken together."""
    income = cost = inside_income = inside_cost = Decimal(0)
    for entry in ledger.entries:
        if entry.period != period or entry.organisation not in members:
            continue
        inside = entry.counterparty in members
        if entry.amount > 0:
            income += entry.amount
            inside_income += entry.amount if inside else 0
        else:
            cost += entry.amount
            inside_cost += entry.amount if inside else 0
    return Consolidation(
        group,
        tuple(members),
        period,
        income,
        cost,
        inside_income,
        inside_cost,
        inside_income + inside_cost,
    )
