"""The quality payment (CQUIN) and the penalties of a contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tripleaim.accounts.books.ledger import pounds
from tripleaim.place import Place

CQUIN = "cquin.share"
CAP = "penalty.cap"


@dataclass(frozen=True, slots=True)
class QualityPayments:
    """The quality payment and the penalties of one contract for a year, in pounds.

    `net` is what the provider has of both: quality payment earned less penalties taken. What is
    charged beyond the cap is not taken.
    """

    contract: Decimal
    cquin_available: Decimal
    cquin_earned: Decimal
    cquin_lost: Decimal
    penalties_charged: Decimal
    penalties_taken: Decimal
    net: Decimal


def quality_payments(
    place: Place, contract: Decimal, delivered: Decimal, penalties: Sequence[Decimal] = ()
) -> QualityPayments:
    """The quality payment earned and the penalties taken on a contract, in pounds.

    `contract` is the contract's value, `delivered` the share of its quality goals met (0 to 1) and
    `penalties` the charge for each breach. The quality payment is `cquin.share` per cent of the
    contract, on top of it; penalties take `penalty.cap` per cent of it at most. Raises ValueError
    for a negative contract or penalty, and for `delivered` outside 0 to 1.
    """
    if contract < 0 or any(penalty < 0 for penalty in penalties):
        raise ValueError("expected a contract and penalties of zero or more")
    if not 0 <= delivered <= 1:
        raise ValueError("expected goals met between 0 and 1")
    available = pounds(contract * _share(place, CQUIN))
    earned = pounds(contract * _share(place, CQUIN) * delivered)
    charged = pounds(sum(penalties, Decimal(0)))
    taken = min(charged, pounds(contract * _share(place, CAP)))
    return QualityPayments(
        contract,
        available,
        earned,
        available - earned,
        charged,
        taken,
        earned - taken,
    )


def _share(place: Place, figure: str) -> Decimal:
    return Decimal(str(place.value(figure))) / 100
