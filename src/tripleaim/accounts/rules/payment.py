"""What is paid for one flow of contacts under any payment method, exact to the penny, in two books.

Every rule is the same formula with different numbers. For a planned quantity P and an actual
quantity A at a price, with a threshold T = threshold x P,

    payment = price x (T + above x max(0, A - T) - below x max(0, T - A))

so that activity with tariff is above = below = 1, block is above = below = 0, blended payment is
what varies on both sides, the marginal rate is what is paid above a baseline, and aligned payment
and incentive is a fixed sum with a price for what differs. A capitated payment is the fixed sum for
each head, times the heads there are. What is paid at cost is A at its actual cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from tripleaim.accounts.books.ledger import Ledger, ledger_of, payment, pounds

Method = Literal["activity", "marginal", "block", "blended", "aligned", "capitated", "at cost"]

ALL, NOTHING = Decimal(1), Decimal(0)


@dataclass(frozen=True, slots=True)
class Terms:
    """How one kind of contact is paid for.

    `above` is the share of the price paid for each contact above the threshold, `below` the share
    withdrawn for each below it, `threshold` a share of the planned quantity (1 is the plan). Where
    `per_head`, the sum follows the number of people; where `at_cost`, what was spent is paid.
    """

    method: Method
    above: Decimal = ALL
    below: Decimal = ALL
    threshold: Decimal = ALL
    per_head: bool = False
    at_cost: bool = False


def activity() -> Terms:
    """Every contact is paid its price."""
    return Terms("activity")


def marginal(above: Decimal, baseline: Decimal = ALL) -> Terms:
    """Full price up to the baseline (a share of the plan), the share `above` of it beyond."""
    return Terms("marginal", above=above, threshold=baseline)


def block() -> Terms:
    """The planned sum, whatever happens."""
    return Terms("block", above=NOTHING, below=NOTHING)


def blended(variable: Decimal) -> Terms:
    """The planned sum, and the share `variable` of the price for what differs, either way."""
    return Terms("blended", above=variable, below=variable)


def aligned(above: Decimal, below: Decimal, expected: Decimal = ALL) -> Terms:
    """A fixed sum for the expected share of the plan; a price above it and another below it."""
    return Terms("aligned", above=above, below=below, threshold=expected)


def capitated() -> Terms:
    """The planned sum for each head, for the heads there are, however often they come."""
    return Terms("capitated", above=NOTHING, below=NOTHING, per_head=True)


def at_cost() -> Terms:
    """The actual cost of each contact: the payer carries price and quantity."""
    return Terms("at cost", at_cost=True)


@dataclass(frozen=True, slots=True)
class ContractFlow:
    """Contacts of one kind in one period that one organisation buys of another.

    `planned` and `actual` are quantities, `price` is pounds a contact in the contract. `spent` is a
    contact's actual cost, where it differs from the price. `heads_planned` and `heads` are people;
    for a payment weighted by risk they are people times their weight.
    """

    period: str
    payer: str
    payee: str
    point_of_delivery: str
    planned: Decimal
    actual: Decimal
    price: Decimal
    spent: Decimal | None = None
    heads_planned: Decimal = ALL
    heads: Decimal = ALL
    line: str = ""
    solution: str = ""


@dataclass(frozen=True)
class Rule:
    """A payment method: its terms by point of delivery, and `otherwise` for those not named.

    `sentence` says in plain words what it does. `points` holds what differs from `otherwise`,
    among it what is paid in one way under every rule.
    """

    id: str
    name: str
    sentence: str
    otherwise: Terms
    points: Mapping[str, Terms] = field(default_factory=dict)

    def terms(self, point_of_delivery: str) -> Terms:
        """How contacts at a point of delivery are paid for under this rule."""
        return self.points.get(point_of_delivery, self.otherwise)


def payable(terms: Terms, flow: ContractFlow) -> Decimal:
    """Pounds to pay for a flow under `terms`, to the penny.

    Raises ValueError for a negative quantity, or people paid for by the head where none were
    planned.
    """
    if min(flow.planned, flow.actual, flow.heads_planned, flow.heads) < 0:
        raise ValueError("expected quantities and people of zero or more")
    if terms.at_cost:
        return pounds(flow.actual * (flow.price if flow.spent is None else flow.spent))
    threshold = terms.threshold * flow.planned
    more = max(NOTHING, flow.actual - threshold)
    fewer = max(NOTHING, threshold - flow.actual)
    paid = flow.price * (threshold + terms.above * more - terms.below * fewer)
    if terms.per_head:
        if not flow.heads_planned:
            raise ValueError("expected planned people, because payment is per person")
        paid = paid * flow.heads / flow.heads_planned
    return pounds(paid)


def pay(rule: Rule, flows: Iterable[ContractFlow]) -> Ledger:
    """All flows paid for under `rule`: each payment in the payer's and in the payee's book.

    The line is the flow's own, else its point of delivery.
    """
    return ledger_of(
        payment(
            flow.period,
            flow.payer,
            flow.payee,
            flow.line or flow.point_of_delivery,
            payable(rule.terms(flow.point_of_delivery), flow),
            solution=flow.solution,
        )
        for flow in flows
    )
