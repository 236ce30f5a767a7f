"""Whether spend is stated at the prices of the place's own base year, and what carries it there."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.accounts.gap.spend_lines import SpendLine, read_spend_lines
from tripleaim.place import Figure, Place, is_year, price_factor


@dataclass(frozen=True, slots=True)
class PriceOfAnotherYear:
    """The amount of a spend line that is stated for another year than the base year.

    `factor` is what carries it to the base year; None where nothing does, and it stays as it is.
    """

    line: str
    figure: Figure
    factor: float | None

    @property
    def carried(self) -> float:
        """The amount that the accounts take, in the figure's unit."""
        return self.figure.value if self.factor is None else self.figure.value * self.factor


@dataclass(frozen=True, slots=True)
class PricesOfAnotherYear:
    """The spend lines, of `of` in all, whose amounts are of another year than `base_year`."""

    base_year: str
    prices: tuple[PriceOfAnotherYear, ...]
    of: int

    def by_year(self, *, carried: bool) -> dict[str, tuple[PriceOfAnotherYear, ...]]:
        """Those that are carried, or those that are not, by the year whose prices they are at."""
        kept = [price for price in self.prices if (price.factor is not None) is carried]
        years = sorted({price.figure.year for price in kept})
        return {year: tuple(p for p in kept if p.figure.year == year) for year in years}


def prices_of_another_year(place: Place) -> PricesOfAnotherYear | None:
    """The spend lines that are stated for another year than the base year; None if none is."""
    lines = read_spend_lines(place)
    figures = [(line.name, amount_of(place, line)) for line in lines]
    prices = tuple(
        PriceOfAnotherYear(name, figure, price_factor(place, figure.year, place.base_year))
        for name, figure in figures
        if is_year(figure.year) and figure.year != place.base_year
    )
    return PricesOfAnotherYear(place.base_year, prices, len(lines)) if prices else None


def amount_of(place: Place, line: SpendLine) -> Figure:
    """The figure with the amount of a spend line: its total where stated, else that per head."""
    return place.figure(line.total if is_total(place, line) else line.per_head)


def is_total(place: Place, line: SpendLine) -> bool:
    """Whether a line's amount is stated as a total, and not for each registered person."""
    return bool(line.total) and line.total in place.figures
