"""A disease or risk factor as the rest of the house sees it, whatever file it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.place import Estimate

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RaisedBy:
    """What having another condition multiplies the odds (and so the onsets) of this one by.

    `lag_years` 0 acts among today's people too; 1 acts on onsets only, and so may close a circle of
    conditions. Either acts on onsets from the 1 January after the other condition came; a disease
    file with a longer lag is refused.
    """

    condition: str
    odds_ratio: Estimate
    lag_years: int


@dataclass(frozen=True, slots=True)
class Disease:
    """A long-term condition; arrays by sex and single year of age are (2, OLDEST + 1).

    shape        log-odds of having it (the register sets the level)
    deprivation  (5,) odds ratios by quintile, 1 the most deprived, beyond what risk factors carry
    raised_by    other conditions that raise it
    death        hazard ratio of death in those with it
    contacts     what it multiplies contacts by, by point of delivery (absent: 1)
    outcomes     what it multiplies late outcomes by, such as amputation (absent: 1)
    quality      what it multiplies health-related quality of life by (below 1)
    limiting     whether those with it count as in ill health
    trend        growth a year of its share among people of an age and sex over the plan's years
    can_be_left  whether people can lose it again
    register_loses  whether, though people cannot lose it, its share falls with age faster than
                 deaths explain, and as many leave it as keep shares by age: a calibrated value
    """

    id: str
    name: str
    priority: bool
    register: str
    shape: Floats
    deprivation: Floats
    raised_by: tuple[RaisedBy, ...]
    death: Estimate
    contacts: Mapping[str, Estimate]
    outcomes: Mapping[str, Estimate]
    quality: Estimate
    limiting: bool
    trend: float
    can_be_left: bool
    register_loses: bool = False


@dataclass(frozen=True, slots=True)
class RiskEffect:
    """What each level of a risk factor multiplies the onset of one target by, against the lowest.

    target    a condition's id, "death", or a late outcome's id
    relative  (levels, 2, OLDEST + 1) relative risks
    spread    standard deviation of their logarithm where the relative risk is e: the effect at z
              is relative ** (1 + z * spread), so that one draw moves all levels together; it is
              the median over rows of the highest level that has intervals
    lag_years years from a change in exposure to its effect: how long before a year the levels are
              taken that its drift of incidence is read off, and from when what a programme moves
              acts; a person's own level acts at once
    """

    target: str
    relative: Floats
    spread: float
    lag_years: int
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class AllCauseRow:
    """A published ratio of all deaths at a level, against the lowest, for a sex (or "both") and
    ages, both ends included."""

    sex: str
    age_from: int
    age_to: int
    level: str
    ratio: Estimate
    where: str


@dataclass(frozen=True, slots=True)
class AllCause:
    """What studies find each level of a risk factor to do to death from any cause, whatever it runs
    through: the direct effect on death is solved so that these are met (`direct_excess`).

    rows       as published, one a sex, age band and level
    relative   (levels, 2, OLDEST + 1) the same by single year of age, 1 at the lowest level
    deviation  (2, OLDEST + 1) standard deviation of the highest level's logarithm
    """

    rows: tuple[AllCauseRow, ...]
    relative: Floats
    deviation: Floats


@dataclass(frozen=True, slots=True)
class RiskFactor:
    """Something in how people live or are that raises diseases; levels go from best to worst.

    A person holds a rank in 0..65534 for life; the shares of the levels by sex, age and year cut
    the ranks into levels, so that a level moves with age, cohort and trend.

    levels       ids of the levels, in order; `level_names` as people say them
    gradient     (5,) by how many standard deviations a quintile's ranks lie higher
    correlation  with other risk factors, of the normal numbers behind the ranks
    effects      by target; that on death is what no condition carries
    source       of the shares
    all_cause    published ratios of all deaths, which the effect on death is solved to meet
    """

    id: str
    name: str
    levels: tuple[str, ...]
    level_names: tuple[str, ...]
    base: Floats
    """(2, OLDEST + 1, levels) shares in the base year."""
    trend: Floats
    """(levels - 1,) growth a year of the odds of being at the second level or higher, and so on."""
    base_year: int
    gradient: Floats
    correlation: Mapping[str, float]
    effects: Mapping[str, RiskEffect]
    source: str = "tripleaim"
    all_cause: AllCause | None = None

    def shares(self, year: int) -> Floats:
        """Shares of the levels in a calendar year, (2, OLDEST + 1, levels)."""
        above = np.clip(1 - np.cumsum(self.base, axis=-1)[..., :-1], 0, 1 - 1e-12)
        odds = above / (1 - above) * (1 + self.trend) ** (year - self.base_year)
        above = np.minimum.accumulate(odds / (1 + odds), axis=-1)
        ends = [np.ones_like(above[..., :1]), above, np.zeros_like(above[..., :1])]
        return -np.diff(np.concatenate(ends, axis=-1), axis=-1)

    def thresholds(self, year: int) -> npt.NDArray[np.uint16]:
        """(2, OLDEST + 1, levels - 1): a rank at or above the k-th is in level k + 1 or higher.

        No rank is 65535, so that a bar there is passed by nobody.
        """
        cut = np.cumsum(self.shares(year), axis=-1)[..., :-1]
        return np.minimum(np.round(cut * 65536), 65535).astype(np.uint16)
