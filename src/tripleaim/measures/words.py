"""How measures put amounts into sentences."""

from __future__ import annotations

from decimal import Decimal


def millions(pounds: Decimal) -> str:
    """Pounds as "£17.7m"."""
    sign = "-" if pounds < 0 else ""
    return f"{sign}£{abs(pounds) / 1_000_000:.1f}m"
