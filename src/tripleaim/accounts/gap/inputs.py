"""What the two-sided accounts rest on, read and checked once: lines, rates, openings, costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tripleaim.accounts.gap.model import ByYear, Side
from tripleaim.accounts.gap.parameters import Parameters, uncalibrated
from tripleaim.accounts.gap.price_years import amount_of, is_total
from tripleaim.accounts.gap.spend_lines import TARIFF, SpendLine, read_spend_lines
from tripleaim.place import Figure, InputError, Place, at_prices_of, of_year, rate, year_in_id

ALLOCATION = "allocation.commissioner"
"""The figure with the published allocation, £m."""


@dataclass(frozen=True, slots=True)
class LineInputs:
    """One spend line with the values behind its names.

    `total` is £m at base-year prices where it is stated, else spend is `per_head` pounds a
    registered person. `price` and `growth` are yearly rates as fractions; without a price the line
    moves with the tariff, without a growth its volume follows contacts, weighted by `unit_costs`
    (£ by point of delivery, at first-year prices). `own_share` (0 to 1) goes to the place's own
    trusts.
    """

    id: str
    name: str
    funding: str
    total: float | None
    per_head: float
    price: ByYear | None
    growth: ByYear | None
    own_share: float
    unit_costs: Mapping[str, float]

    def base_spend(self, people: float) -> float:
        """Spend in £m at base-year prices: the stated total, else pounds a head x `people`."""
        return self.per_head * people / 1e6 if self.total is None else self.total


@dataclass(frozen=True)
class AccountInputs:
    """All that the accounts of a place need besides its activity and its people.

    `allocation` is what the commissioner was given in the base year or the first year, £m, without
    the funding of specialised services; None where the place does not state it.
    `trust_income` is the base year's income of the place's own trusts, £m, None where it is not
    known; `elsewhere_share` (0 to 1) is then the part that others pay. `printed_gap` is £m by side
    and under `cumulative`, empty where none is printed. `openings` and `allocation_growth` are the
    figures behind the parameters that calibration may move (growth: none where no gap is printed).
    `folder` is where the place is, for messages alone.
    """

    folder: Path
    base_year: str
    years: tuple[str, ...]
    points_of_delivery: tuple[str, ...]
    lines: tuple[LineInputs, ...]
    parameters: Parameters
    allocation: Figure | None
    trust_income: float | None
    elsewhere_share: float | None
    printed_gap: Mapping[str, float]
    openings: Mapping[Side, Figure]
    allocation_growth: tuple[Figure, ...]

    @property
    def last_year(self) -> str:
        """The last year of the plan."""
        return self.years[-1]

    def line(self, line: str) -> LineInputs:
        """The spend line called `line`."""
        return next(known for known in self.lines if known.id == line)

    def line_of(self, point_of_delivery: str) -> LineInputs | None:
        """The spend line that pays for a point of delivery; None where it is not NHS money."""
        return next((line for line in self.lines if point_of_delivery in line.unit_costs), None)


def account_inputs(place: Place) -> AccountInputs:
    """Read and check what the accounts of `place` rest on.

    Raises InputError for a figure that is needed and is not there, and for faults in the spend
    lines.
    """
    return AccountInputs(
        folder=place.folder,
        base_year=place.base_year,
        years=place.years,
        points_of_delivery=tuple(point.id for point in place.points_of_delivery),
        lines=tuple(_line(place, line) for line in read_spend_lines(place)),
        parameters=uncalibrated(place),
        allocation=_allocation(place),
        trust_income=_trust_income(place),
        elsewhere_share=_share(place, "elsewhere-share.providers"),
        printed_gap=_printed_gap(place),
        openings=_openings(place),
        allocation_growth=_allocation_growth(place) if has_printed_gap(place) else (),
    )


def gap_figures(place: Place) -> dict[str, str]:
    """The ids of the printed figures that calibration meets: both sides, and the cumulative gap."""
    last = year_in_id(place.last_year)
    return {
        "commissioner": f"gap.{last}.commissioner",
        "providers": f"gap.{last}.providers",
        "cumulative": "gap.cumulative",
    }


def has_printed_gap(place: Place) -> bool:
    """Whether the place has the printed gap of both sides, its sum over the years, and openings."""
    needed = (*gap_figures(place).values(), "opening.commissioner", "opening.providers")
    return len(place.years) > 2 and all(figure_id in place.figures for figure_id in needed)


def _line(place: Place, line: SpendLine) -> LineInputs:
    stated = is_total(place, line)
    amount = at_prices_of(place, amount_of(place, line).id, place.base_year)
    return LineInputs(
        id=line.id,
        name=line.name,
        funding=line.funding,
        total=amount / 1e6 if stated else None,
        per_head=0.0 if stated else amount,
        price=None if line.price == TARIFF else rate(place, line.price),
        growth=rate(place, line.growth) if line.growth else None,
        own_share=line.own_share(place),
        unit_costs={
            point.id: at_prices_of(place, point.unit_cost, place.years[0])
            for point in place.points_of_delivery
            if point.nhs and point.spend_line == line.id
        },
    )


def _allocation(place: Place) -> Figure | None:
    """Raises InputError for an allocation of neither the base year nor the first year."""
    figure = place.figures.get(ALLOCATION)
    if figure is not None and figure.year not in (place.base_year, place.years[0]):
        raise InputError(
            f"expected an allocation of {place.base_year} or {place.years[0]}",
            file=place.folder,
            column=ALLOCATION,
            value=figure.year,
        )
    return figure


def _trust_income(place: Place) -> float | None:
    suffix = f".{year_in_id(place.base_year)}"
    incomes = [
        figure.value
        for figure in place.figures.values()
        if figure.id.startswith("trust-income.") and figure.id.endswith(suffix)
    ]
    return sum(incomes) if incomes else None


def _printed_gap(place: Place) -> dict[str, float]:
    if not has_printed_gap(place):
        return {}
    return {name: place.value(figure) for name, figure in gap_figures(place).items()}


def _openings(place: Place) -> dict[Side, Figure]:
    sides: tuple[Side, ...] = ("commissioner", "providers")
    named = {side: place.figures.get(f"opening.{side}") for side in sides}
    return {side: figure for side, figure in named.items() if figure is not None}


def _allocation_growth(place: Place) -> tuple[Figure, ...]:
    return tuple(of_year(place, "growth.allocation", year) for year in place.years[1:])


def _share(place: Place, figure_id: str) -> float | None:
    return place.value(figure_id) / 100 if figure_id in place.figures else None
