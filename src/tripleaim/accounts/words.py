"""Amounts of money in words, as a sentence holds them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tripleaim.accounts.books.ledger import pounds
from tripleaim.place import Figure, InputError

_MILLION = Decimal(1_000_000)


def in_pounds(figure: Figure) -> Decimal:
    """A figure in £, £000 or £m as pounds, exactly. Raises InputError for another unit."""
    scale = {"£": Decimal(1), "£000": Decimal(1_000), "£m": _MILLION}.get(figure.unit)
    if scale is None:
        raise InputError(
            f"expected the figure {figure.id} in £, £000 or £m", value=figure.unit, column="unit"
        )
    return pounds(Decimal(str(figure.value)) * scale)


def money(amount: Decimal) -> str:
    """An amount without its sign: £4.2m, £12,300, nothing."""
    size = abs(amount)
    if size >= 50_000:
        return f"£{size / _MILLION:,.1f}m" if size >= 950_000 else f"£{size / _MILLION:.2f}m"
    return f"£{size:,.0f}" if size >= Decimal("0.5") else "nothing"


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: one, two and three."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
