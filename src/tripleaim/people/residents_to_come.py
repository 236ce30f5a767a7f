"""Residents as an official projection has them in the years to come: what a place may hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from tripleaim.people.ages import OLDEST, ages_of_band
from tripleaim.people.model import SEXES
from tripleaim.place import InputError, Place, Row

RESIDENTS_TO_COME = "residents_to_come.csv"

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


@dataclass(frozen=True)
class ResidentsToCome:
    """Residents in the middle of each calendar year from `first` on.

    `bands` are the first and last ages of the age bands, the last one open; `residents` has shape
    (years, 2, bands).
    """

    first: int
    bands: tuple[tuple[int, int], ...]
    residents: Floats

    @property
    def last(self) -> int:
        """The last calendar year."""
        return self.first + len(self.residents) - 1

    @property
    def names(self) -> tuple[str, ...]:
        """The bands as tables write them: 0-4, 90+."""
        return tuple(_text(band) for band in self.bands)

    @property
    def band_of_age(self) -> Ints:
        """The band of every single year of age, (OLDEST + 1,)."""
        starts = [low for low, _ in self.bands]
        return np.searchsorted(starts, np.arange(OLDEST + 1), side="right") - 1

    def on_1_january(self, financial_year: str) -> Floats | None:
        """Residents on the 1 January inside the year, (2, bands): between two middles of years.

        None beyond the projection.
        """
        at = int(financial_year[:4]) - self.first
        if not 0 <= at < len(self.residents) - 1:
            return None
        middle: Floats = self.residents[at : at + 2].mean(axis=0)
        return middle

    def levelled(self, residents: Floats, financial_year: str) -> Floats:
        """`residents` (2, OLDEST + 1) as they are spread within each band, but as many as here."""
        now = self.on_1_january(financial_year)
        if now is None:
            return residents
        band = self.band_of_age
        there = self.in_bands(residents)
        factor = np.divide(now, there, out=np.ones_like(now), where=there > 0)
        level: Floats = residents * factor[:, band]
        return level

    def in_first_year(self, now: Floats) -> Floats:
        """How many of `now` (2, bands) are in their first year of life, by sex.

        A straight line through the residents per year of age of the first two bands, at half a
        year; between half and one and a half times the mean of the first band.
        """
        width = [high - low + 1 for low, high in self.bands[:2]]
        mean: Floats = now[:, 0] / width[0]
        if len(self.bands) == 1:
            return mean
        slope = (now[:, 1] / width[1] - mean) / (sum(width) / 2)
        line: Floats = mean - slope * (width[0] - 1) / 2
        return np.clip(line, mean / 2, 1.5 * mean)

    def in_bands(self, by_age: Floats) -> Floats:
        """Sums of (2, OLDEST + 1) by band, (2, bands)."""
        return np.add.reduceat(by_age, [low for low, _ in self.bands], axis=1)


def read_residents_to_come(place: Place) -> ResidentsToCome | None:
    """The official projection that a place holds; None where it has no such file.

    Raises InputError where a year, a sex or a band is missing or listed twice, where bands overlap
    or leave a gap, and where the years do not reach from the base year to the end of the plan.
    """
    if not place.has(RESIDENTS_TO_COME):
        return None
    rows = place.rows(RESIDENTS_TO_COME)
    if not rows:
        raise InputError("expected at least one row", file=place.path(RESIDENTS_TO_COME))
    bands, years = _bands(rows), _years(rows, place)
    table = np.full((len(years), len(SEXES), len(bands)), np.nan)
    for row in rows:
        band = bands.index(ages_of_band(row, "age_band"))
        at = years.index(row["year"]), SEXES.index(row["sex"]), band
        if not np.isnan(table[at]):
            raise row.fault("age_band", "this year, sex and age band are listed twice")
        table[at] = row["residents"]
    for y, s, b in np.argwhere(np.isnan(table)):
        last = [row for row in rows if row["year"] == years[y]][-1]
        raise last.fault(
            "age_band",
            f"expected also the {SEXES[s]} people of {_text(bands[b])} in {years[y]}: "
            "every year has the same bands of both sexes",
        )
    for y in np.flatnonzero(table.sum(axis=(1, 2)) == 0):
        first = next(row for row in rows if row["year"] == years[y])
        raise first.fault("residents", f"expected residents in {years[y]}")
    return ResidentsToCome(years[0], bands, table)


def _bands(rows: Sequence[Row]) -> tuple[tuple[int, int], ...]:
    first_row: dict[tuple[int, int], Row] = {}
    for row in rows:
        first_row.setdefault(ages_of_band(row, "age_band"), row)
    bands = sorted(first_row)
    wanted = 0
    for low, high in bands:
        if low != wanted:
            raise first_row[low, high].fault(
                "age_band", f"expected a band from {wanted} on: bands follow each other without gap"
            )
        wanted = high + 1
    if bands[-1][1] != OLDEST:
        raise first_row[bands[-1]].fault(
            "age_band", f"expected the last band to be open, such as {bands[-1][0]}+"
        )
    return tuple(bands)


def _years(rows: Sequence[Row], place: Place) -> list[int]:
    first_row = {row["year"]: row for row in reversed(rows)}
    years = sorted(first_row)
    for before, year in pairwise(years):
        if year != before + 1:
            raise first_row[year].fault(
                "year", f"expected {before + 1}: years follow each other without gap"
            )
    start, end = int(place.base_year[:4]), int(place.last_year[:4]) + 1
    if years[0] > start or years[-1] < end:
        at = years[0] if years[0] > start else years[-1]
        raise first_row[at].fault(
            "year",
            f"expected years from {start} to {end} or later: the middle of the year before the "
            "first 1 January and of the year after the last",
        )
    return years


def _text(band: tuple[int, int]) -> str:
    low, high = band
    return f"{low}+" if high == OLDEST else f"{low}-{high}"
