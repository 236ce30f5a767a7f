"""What the accounts assume: openings, growth of funding, inflation, efficiency, STF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tripleaim.accounts.gap.model import ByYear, Side
from tripleaim.place import Place, asked_for, rate, year_in_id


@dataclass(frozen=True)
class Parameters:
    """The assumptions behind one set of accounts. Rates are fractions (0.021 is 2.1%) by year.

    `openings` are positions in £m in the first year of the plan, before any saving of that year;
    None means that the place states none, and the opening is its stated share of spend
    (commissioner) or of trusts' income (providers). Rates are stated for the first year too, where
    they carry base-year prices to it. `stf` is the money of the fund inside the position, £m.
    """

    openings: Mapping[Side, float | None]
    opening_shares: Mapping[Side, float]
    allocation_growth: ByYear
    specialised_funding_growth: ByYear
    provider_inflation: ByYear
    efficiency: ByYear
    stf: ByYear

    def tariff(self, year: str) -> float:
        """The change of the tariff on the year before: inflation less efficiency."""
        return self.provider_inflation[year] - self.efficiency[year]

    def mean_allocation_growth(self, years: tuple[str, ...]) -> float:
        """The mean yearly growth of the allocation after the first of `years`."""
        later = years[1:]
        return sum(self.allocation_growth[year] for year in later) / len(later) if later else 0.0

    def with_opening(self, side: Side, opening: float) -> Parameters:
        """The same parameters with another opening (£m) for one side."""
        return replace(self, openings={**self.openings, side: opening})

    def with_growth_added(self, added: float) -> Parameters:
        """The same parameters with `added` (a fraction) on every year's allocation growth."""
        return replace(
            self,
            allocation_growth={year: g + added for year, g in self.allocation_growth.items()},
        )


def uncalibrated(place: Place) -> Parameters:
    """The parameters as the place and England's defaults state them; nothing is solved here.

    Raises InputError for a figure that is needed and is not there.
    """
    return Parameters(
        openings={
            "commissioner": _opening(place, "commissioner"),
            "providers": _opening(place, "providers"),
        },
        opening_shares={
            "commissioner": place.value("opening-share.commissioner") / 100,
            "providers": place.value("opening-share.providers") / 100,
        },
        allocation_growth=rate(place, "growth.allocation"),
        specialised_funding_growth=rate(place, "growth.specialised-funding"),
        provider_inflation=rate(place, "inflation.provider-cost"),
        efficiency=rate(place, "efficiency.tariff"),
        stf=_stf_inside(place),
    )


def _opening(place: Place, side: Side) -> float | None:
    """The stated opening, £m; 0 for one that is asked for, None where the stated share counts."""
    figure_id = f"opening.{side}"
    if figure_id in asked_for(place):
        return 0.0
    return place.value(figure_id) if figure_id in place.figures else None


def _stf_inside(place: Place) -> dict[str, float]:
    first = place.years[0]
    amount, inside = f"stf.{year_in_id(first)}", f"stf.inside.{year_in_id(first)}"
    if amount not in place.figures or inside not in place.figures or not place.value(inside):
        return dict.fromkeys(place.years, 0.0)
    carried = place.value("stf.carried-share") / 100 if "stf.carried-share" in place.figures else 0
    share = {year: 1.0 if year == first else carried for year in place.years}
    return {year: place.value(amount) * share[year] for year in place.years}
