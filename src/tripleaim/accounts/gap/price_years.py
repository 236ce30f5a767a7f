"""Whether spend is stated at the prices of the place's own base year; nothing carries it there."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.accounts.gap.spend_lines import read_spend_lines
from tripleaim.place import Figure, Place, is_year


@dataclass(frozen=True, slots=True)
class PricesOfAnotherYear:
    """Spend lines whose amounts are of another year than the base year, by that year.

    `lines` are names by year; `figures` the ids that the place can give for its own year.
    """

    base_year: str
    lines: dict[str, tuple[str, ...]]
    figures: tuple[str, ...]
    of: int


def prices_of_another_year(place: Place) -> PricesOfAnotherYear | None:
    """The spend lines that are stated for another year than the base year; None if none is.

    The accounts take an amount as it is and carry it from the base year on: one of an earlier
    year stays at that year's prices.
    """
    lines = read_spend_lines(place)
    by_year: dict[str, list[str]] = {}
    figures = []
    for line in lines:
        figure = _amount(place, line.total, line.per_head)
        if is_year(figure.year) and figure.year != place.base_year:
            by_year.setdefault(figure.year, []).append(line.name)
            figures.append(figure.id)
    if not figures:
        return None
    named = {year: tuple(names) for year, names in sorted(by_year.items())}
    return PricesOfAnotherYear(place.base_year, named, tuple(figures), len(lines))


def _amount(place: Place, total: str, per_head: str) -> Figure:
    return place.figure(total if total and total in place.figures else per_head)
