"""Life expectancy from deaths and person-years: the abridged life table of official statistics.

Chiang, The life table and its construction (1968), method II, with the twenty bands and the
fractions of the last interval that the Office for National Statistics and Public Health England
use; standard errors with the term of the open band by Silcocks, Jenner and Reza, J Epidemiol
Community Health 2001;55:38. Too small a population is left out as they leave it out: Toson and
Baker, National Statistics Methodological Series 33 (2003); Eayres and Williams, J Epidemiol
Community Health 2004;58:243.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.measures.intervals import normal_deviate

Floats = npt.NDArray[np.float64]

BAND_STARTS = (0, 1, *range(5, 95, 5))
"""Ages at which the twenty bands start: 0, 1-4, 5-9, ..., 85-89, 90 and over."""

BANDS = len(BAND_STARTS)

RADIX = 100_000.0
"""Newborns that a table follows."""

LEAST_PERSON_YEARS = 5_000
WIDEST_INTERVAL = 20.0
"""Years; with a wider 95% interval a life expectancy is not shown."""

EMPTY_BAND, MORE_DEATHS, TOO_FEW, NO_LAST_DEATHS, TOO_WIDE = 1, 2, 3, 4, 5

WHY_NOT: Mapping[int, str] = {
    EMPTY_BAND: "an age band has no people",
    MORE_DEATHS: "an age band has more deaths than person-years",
    TOO_FEW: "5,000 person-years or fewer",
    NO_LAST_DEATHS: "nobody died at 90 or over",
    TOO_WIDE: "the 95% interval is wider than 20 years",
}
"""Why a life expectancy is not given, by the code in `LifeTable.why_not` (0: it is given)."""

# The share of its band that one who dies in it lives, on average.
_FRACTION = np.array([0.1] + [0.5] * (BANDS - 1))
_WIDTH = np.append(np.diff(np.array(BAND_STARTS, dtype=np.float64)), np.inf)


@dataclass(frozen=True)
class LifeTable:
    """Life tables of one or many populations; arrays end with an axis of the twenty bands.

    survivors  of RADIX newborns, at the start of each band
    lived      years that they live in it
    dying      the chance that one alive at its start dies in it
    spread     variance of that chance; of the open band, of the years lived in it per survivor
    remaining  life expectancy at its start, years; nan where `why_not` is not 0
    error      standard error of `remaining`, years; kept where the interval is merely too wide
    why_not    why it is left out, a code of WHY_NOT; 0 where it is given
    """

    survivors: Floats
    lived: Floats
    dying: Floats
    spread: Floats
    remaining: Floats
    error: Floats
    why_not: npt.NDArray[np.int8]

    def expectancy(self, age: int = 0) -> Floats:
        """Years that somebody of that age can expect to live; `age` starts a band."""
        return np.asarray(self.remaining[..., band_from(age)])

    def interval(self, age: int = 0, confidence: float = 0.95) -> tuple[Floats, Floats]:
        """Lower and upper limit of the life expectancy at an age that starts a band."""
        reach = normal_deviate(confidence) * self.error[..., band_from(age)]
        middle = self.expectancy(age)
        return middle - reach, middle + reach


def band_from(age: int) -> int:
    """The number of the band that starts at an age. Raises ValueError if none does."""
    try:
        return BAND_STARTS.index(age)
    except ValueError:
        raise ValueError(f"expected an age that starts a band, found {age}") from None


def life_table(deaths: npt.ArrayLike, person_years: npt.ArrayLike) -> LifeTable:
    """Abridged life tables from deaths and person-years by band, both (..., 20).

    Raises ValueError for another number of bands, and for numbers that are negative or not finite.
    A population that official statistics would leave out has nan and says why in `why_not`.
    """
    events = _by_band(deaths, "deaths")
    exposed = _by_band(person_years, "person-years")
    if events.shape != exposed.shape:
        raise ValueError(
            f"expected deaths and person-years of one shape, found {events.shape} "
            f"and {exposed.shape}"
        )
    why_not = _unfit(events, exposed)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = events / exposed
        dying = _WIDTH * rate / (1 + (1 - _FRACTION) * _WIDTH * rate)
        dying = np.where(np.isnan(dying), 0.0, np.minimum(dying, 1.0))
        dying[..., -1] = 1.0
        alive = np.cumprod(1 - dying[..., :-1], axis=-1) * RADIX
        survivors = np.concatenate([np.full((*alive.shape[:-1], 1), RADIX), alive], axis=-1)
        ended = survivors * dying
        lived = np.empty_like(survivors)
        lived[..., :-1] = _WIDTH[:-1] * (survivors[..., 1:] + (_FRACTION * ended)[..., :-1])
        lived[..., -1] = survivors[..., -1] / rate[..., -1]
        spread = np.where(events > 0, dying**2 * (1 - dying) / events, 0.0)
        # Silcocks: years lived in the open band are 1 / rate, whose variance is 1 / (D rate^2).
        spread[..., -1] = 1 / (events[..., -1] * rate[..., -1] ** 2)
        ahead = _from_here_on(lived)
        remaining = np.where(survivors > 0, ahead / survivors, 0.0)
    error = standard_error(survivors, spread, remaining)
    too_wide = 2 * normal_deviate(0.95) * error > WIDEST_INTERVAL
    codes = np.broadcast_to(why_not[..., None], events.shape)
    codes = np.where((codes == 0) & too_wide, TOO_WIDE, codes).astype(np.int8)
    left_out = codes != 0
    return LifeTable(
        survivors=survivors,
        lived=lived,
        dying=dying,
        spread=spread,
        remaining=np.where(left_out, np.nan, remaining),
        error=np.where(left_out & (codes != TOO_WIDE), np.nan, error),
        why_not=codes,
    )


def standard_error(
    survivors: Floats, spread: Floats, remaining: Floats, weight: Floats | float = 1.0
) -> Floats:
    """Standard error of years ahead at the start of each band that comes from deaths' chance.

    `remaining` are years ahead and `weight` is what a year in each band counts for (1: all of it).
    """
    counts = np.broadcast_to(np.asarray(weight, dtype=np.float64), survivors.shape)
    lost = np.empty_like(survivors)
    rest = (1 - _FRACTION[:-1]) * _WIDTH[:-1] * counts[..., :-1] + remaining[..., 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        lost[..., :-1] = spread[..., :-1] * (survivors[..., :-1] * rest) ** 2
        lost[..., -1] = spread[..., -1] * (survivors[..., -1] * counts[..., -1]) ** 2
        return np.asarray(
            np.where(survivors > 0, np.sqrt(_from_here_on(lost)) / survivors, 0.0), dtype=np.float64
        )


def _from_here_on(parts: Floats) -> Floats:
    return np.cumsum(parts[..., ::-1], axis=-1)[..., ::-1]


def _by_band(numbers: npt.ArrayLike, what: str) -> Floats:
    values = np.asarray(numbers, dtype=np.float64)
    if values.ndim == 0 or values.shape[-1] != BANDS:
        raise ValueError(f"expected {what} in {BANDS} bands, found {values.shape}")
    if not np.isfinite(values).all() or (values < 0).any():
        raise ValueError(f"expected {what} of 0 or more in every band")
    return values


def _unfit(events: Floats, exposed: Floats) -> npt.NDArray[np.int8]:
    """The first reason that a population is left out as a whole, 0 for none."""
    return np.select(
        [
            (exposed <= 0).any(axis=-1),
            (events > exposed).any(axis=-1),
            exposed.sum(axis=-1) <= LEAST_PERSON_YEARS,
            events[..., -1] == 0,
        ],
        [EMPTY_BAND, MORE_DEATHS, TOO_FEW, NO_LAST_DEATHS],
        default=0,
    ).astype(np.int8)
