"""Years of life in health, and years of life weighed by their quality, by Sullivan's method.

Sullivan, HSMHA Health Reports 1971;86:347; Jagger, Van Oyen and Robine, Health expectancy
calculation by the Sullivan method: a practical guide (4th edition, 2014). Period rates of death
and shares in health of one date are put together, so it is no forecast of anybody's life.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.measures.intervals import normal_deviate
from tripleaim.measures.life_tables import Floats, LifeTable, band_from, standard_error


@dataclass(frozen=True)
class HealthyLife:
    """Years ahead in health at the start of each band, (..., 20), with their standard error.

    nan where the life table leaves the life expectancy out.
    """

    remaining: Floats
    error: Floats

    def expectancy(self, age: int = 0) -> Floats:
        """Years in health that somebody of that age can expect; `age` starts a band."""
        return np.asarray(self.remaining[..., band_from(age)])

    def interval(self, age: int = 0, confidence: float = 0.95) -> tuple[Floats, Floats]:
        """Lower and upper limit at an age that starts a band."""
        reach = normal_deviate(confidence) * self.error[..., band_from(age)]
        middle = self.expectancy(age)
        return middle - reach, middle + reach


def healthy_life_expectancy(
    table: LifeTable, healthy: npt.ArrayLike, sample_size: npt.ArrayLike | None = None
) -> HealthyLife:
    """Years in health from the share of people in health by band, (..., 20), each 0 to 1.

    `sample_size` is the number of people in each band that the share comes from, where it comes
    from a survey; the standard error then has their chance in it as well as that of deaths. Raises
    ValueError for shares outside 0 to 1 in a band that anybody lives in.
    """
    share = _weights(healthy, table)
    variance = np.zeros_like(share)
    if sample_size is not None:
        people = np.asarray(sample_size, dtype=np.float64)
        if (people <= 0).any():
            raise ValueError("expected at least one person asked in every band")
        variance = share * (1 - share) / people
    return _years_ahead(table, share, variance)


def quality_adjusted_life_expectancy(table: LifeTable, quality: npt.ArrayLike) -> HealthyLife:
    """Quality-adjusted years ahead from the mean quality of life by band, (..., 20), each 0 to 1.

    The standard error is that of deaths alone. Raises ValueError for a quality outside 0 to 1.
    """
    weight = _weights(quality, table)
    return _years_ahead(table, weight, np.zeros_like(weight))


def sullivan(survivors: Floats, lived: Floats, healthy: Floats) -> Floats:
    """Years ahead in health at the start of each interval of any life table, (..., intervals)."""
    ahead = np.cumsum((lived * healthy)[..., ::-1], axis=-1)[..., ::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(survivors > 0, ahead / survivors, 0.0), dtype=np.float64)


def _years_ahead(table: LifeTable, weight: Floats, variance: Floats) -> HealthyLife:
    # Where nobody died in the last band life in it has no end; the table is left out as a whole.
    lived = np.where(np.isfinite(table.lived), table.lived, 0.0)
    remaining = sullivan(table.survivors, lived, weight)
    mortality = standard_error(table.survivors, table.spread, remaining, weight)
    with np.errstate(divide="ignore", invalid="ignore"):
        sampling = np.cumsum((lived**2 * variance)[..., ::-1], axis=-1)[..., ::-1]
        sampling = np.where(table.survivors > 0, sampling / table.survivors**2, 0.0)
    left_out = table.why_not != 0
    return HealthyLife(
        remaining=np.where(left_out, np.nan, remaining),
        error=np.where(left_out, np.nan, np.sqrt(mortality**2 + sampling)),
    )


def _weights(shares: npt.ArrayLike, table: LifeTable) -> Floats:
    weight = np.asarray(shares, dtype=np.float64)
    if weight.shape != table.lived.shape:
        raise ValueError(f"expected shares of shape {table.lived.shape}, found {weight.shape}")
    # A band without people has no share either; its life table is left out anyway.
    nobody = np.isnan(weight) & (table.why_not != 0)
    weight = np.where(nobody, 0.0, weight)
    if not ((weight >= 0) & (weight <= 1)).all():
        raise ValueError("expected shares from 0 to 1 in every band")
    return weight
