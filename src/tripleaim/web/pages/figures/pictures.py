"""How many identities bear each verdict."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim import wording as words
from tripleaim.web.ui.charts.bars import plain_bars
from tripleaim.web.ui.charts.picture import Picture


def by_verdict(counts: Sequence[tuple[str, int]]) -> Picture:
    """One bar a verdict, with its count at its end."""
    title = "Identities checked, by verdict"
    amounts = words.listed([f"{n} {name[:1].lower()}{name[1:]}" for name, n in counts])
    drawn = plain_bars(title, f"Bar chart of identities by verdict: {amounts}.", counts)
    return drawn.called("verdicts")
