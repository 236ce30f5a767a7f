"""Amounts that figures state, as pounds to the penny."""

from __future__ import annotations

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
