"""The position of every organisation in the last year of the plan."""

from __future__ import annotations

from tripleaim.plan import OrganisationBooks
from tripleaim.web.pages.money.presenters import organisations as words_of
from tripleaim.web.ui.charts.picture import Picture
from tripleaim.web.ui.charts.signed import signed_bars


def positions(books: OrganisationBooks, savings: str) -> Picture:
    """A bar an organisation if nothing is done, and one with the savings that `savings` names."""
    bars, labels = words_of.bars(books)
    return signed_bars(
        f"Position in {books.years[-1]}, £m",
        words_of.bars_description(books),
        bars,
        labels,
        unit="£m",
    ).called(
        "positions",
        f"Grey: if nothing is done. Blue: {savings}. The numbers at each bar are in that order.",
    )
