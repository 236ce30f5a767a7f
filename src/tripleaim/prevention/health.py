"""What a projection's counts say about health: deaths, years of life, inequality, late outcomes.

Life expectancy is that of a period: rates of death by age of that time, which nobody lives by.
"Healthy" means without a limiting condition of those that the model knows, which is how the plan
words it (free from long-term health problems); the official measure is very good or good health as
people report it themselves, so the two are not the same number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from tripleaim.measures import (
    band_from,
    deaths_by_age_at_death,
    healthy_life_expectancy,
    life_table,
    quality_adjusted_life_expectancy,
    slope_index,
)
from tripleaim.projection import Tally

Floats = npt.NDArray[np.float64]

AGES = (0, 65)
"""Ages at which years ahead are told: at birth and at 65."""


def outcome_names(outcomes: Sequence[str]) -> dict[str, str]:
    """Late outcomes by id, as people say them: hip_fracture is "Hip fractures"."""
    return {o: f"{o.replace('_', ' ').capitalize()}s" for o in outcomes}


def lost_name(outcomes: str) -> str:
    """What is lost after late outcomes: "QALYs lost after hip fractures"."""
    return f"QALYs lost after {outcomes[:1].lower()}{outcomes[1:]}"


IN_HEALTH, QUALITY = "good health", "qaly"


@dataclass(frozen=True)
class YearsAhead:
    """Years that people can expect, by year, sex, group and age: (Y, 2, 6, 2).

    Group 0 is everybody, 1 to 5 the deprivation quintiles from the most deprived; ages are AGES.
    nan where official statistics would give none: `why_not` holds a code of measures.WHY_NOT.
    """

    life: Floats
    healthy: Floats
    quality: Floats
    life_error: Floats
    why_not: npt.NDArray[np.int8]


@dataclass(frozen=True)
class Inequality:
    """Slope and relative index of life expectancy over the quintiles, (Y, 2, 2): sex, age.

    Years from the most to the least deprived end of the people ranked by deprivation, and the
    ratio of the two; with 95% limits. nan where a quintile has no life expectancy. `healthy_slope`
    is the slope of healthy life expectancy.
    """

    slope: Floats
    slope_low: Floats
    slope_high: Floats
    relative: Floats
    relative_low: Floats
    relative_high: Floats
    healthy_slope: Floats


@dataclass(frozen=True)
class HealthOutcomes:
    """Health by year under one scenario; Y years, each from one 1 January to the next.

    years    labels of the financial years that the steps lead into
    pooled   (Y,) of how many years' deaths the years ahead are worked from
    qalys    (Y, 2, 5) quality-adjusted years lived in the year, undiscounted
    """

    years: tuple[str, ...]
    pooled: tuple[int, ...]
    qalys: Floats
    ahead: YearsAhead
    inequality: Inequality


def health_outcomes(tally: Tally, *, pool: int = 3) -> HealthOutcomes:
    """Health as a projection's tally has it. Pure; all counts are of the people simulated.

    Person-years are the mean of the people on the 1 January at both ends of a year. Deaths are
    counted by age at the start of a year and are put back to age at death first. `pool` years, the
    year itself in the middle, go into each year's rates, as in official tables of local areas;
    fewer at both ends. Raises ValueError for an even or negative `pool`, and if the tally does not
    hold years in good health and quality-adjusted years.
    """
    if pool < 1 or pool % 2 == 0:
        raise ValueError(f"expected an odd number of years to pool, found {pool}")
    for name in (IN_HEALTH, QUALITY):
        if name not in tally.quantities:
            raise ValueError(f"expected a tally with the quantity {name!r}")
    reach = pool // 2
    ahead, sizes = _years_ahead(tally, reach)
    steps = len(tally.deaths)
    return HealthOutcomes(
        years=tally.years[1:],
        pooled=tuple(min(t + reach + 1, steps) - max(t - reach, 0) for t in range(steps)),
        qalys=tally.quantity(QUALITY)[1:].sum(axis=-1),
        ahead=ahead,
        inequality=_inequality(ahead, sizes),
    )


def difference(something: HealthOutcomes, nothing: HealthOutcomes) -> HealthOutcomes:
    """Do something less do nothing, number by number; raises ValueError for other years.

    Errors and limits are nan, since both share every person's luck: how sure the difference is
    shows over draws. Where either side gives no life expectancy the code of one of them stays.
    """
    if something.years != nothing.years:
        raise ValueError("expected the same years on both sides")
    unknown = np.full_like(something.inequality.slope, np.nan)
    after, before = something.ahead, nothing.ahead
    return HealthOutcomes(
        years=something.years,
        pooled=something.pooled,
        qalys=something.qalys - nothing.qalys,
        ahead=YearsAhead(
            life=after.life - before.life,
            healthy=after.healthy - before.healthy,
            quality=after.quality - before.quality,
            life_error=np.full_like(after.life, np.nan),
            why_not=np.maximum(after.why_not, before.why_not),
        ),
        inequality=Inequality(
            **{
                f.name: getattr(something.inequality, f.name) - getattr(nothing.inequality, f.name)
                if f.name in ("slope", "relative", "healthy_slope")
                else unknown
                for f in fields(Inequality)
            }
        ),
    )


def discounted(by_year: npt.ArrayLike, rate: float) -> float:
    """The sum of yearly amounts, (Y, ...), at a rate a year (0.035); the first counts in full.

    Raises ValueError for a rate of -1 or below.
    """
    if rate <= -1:
        raise ValueError(f"expected a rate above -1, found {rate}")
    amounts = np.asarray(by_year, dtype=np.float64)
    yearly = amounts.reshape(len(amounts), -1).sum(axis=1)
    return float((yearly / (1 + rate) ** np.arange(len(yearly))).sum())


def _years_ahead(tally: Tally, reach: int) -> tuple[YearsAhead, Floats]:
    """Years ahead, and person-years by year, sex and quintile (Y, 2, 5)."""

    def groups_of(counts: Floats) -> Floats:
        summed = pooled(counts, reach)
        return np.concatenate([summed.sum(axis=2, keepdims=True), summed], axis=2)

    person_years = groups_of(mean_of_ends(tally.people.astype(np.float64)))
    deaths = groups_of(tally.deaths.astype(np.float64))
    table = life_table(deaths_by_age_at_death(deaths, "start of year"), person_years)

    def share_of(quantity: str) -> Floats:
        lived = groups_of(mean_of_ends(tally.quantity(quantity)))
        with np.errstate(invalid="ignore", divide="ignore"):
            # A person's part is rounded, so a share may pass 1 by less than its last digit.
            return np.asarray(np.minimum(lived / person_years, 1.0), dtype=np.float64)

    healthy = healthy_life_expectancy(table, share_of(IN_HEALTH))
    quality = quality_adjusted_life_expectancy(table, share_of(QUALITY))
    bands = [band_from(age) for age in AGES]
    ahead = YearsAhead(
        life=table.remaining[..., bands],
        healthy=healthy.remaining[..., bands],
        quality=quality.remaining[..., bands],
        life_error=table.error[..., bands],
        why_not=table.why_not[..., bands],
    )
    return ahead, person_years[:, :, 1:].sum(axis=-1)


def _inequality(ahead: YearsAhead, sizes: Floats) -> Inequality:
    def quintiles_last(years: Floats) -> Floats:
        return np.moveaxis(years[:, :, 1:], 2, -1)

    # A quintile without people has no life expectancy, so its size does not matter.
    people = np.where(sizes > 0, sizes, 1.0)[:, :, None, :]
    errors = np.nan_to_num(quintiles_last(ahead.life_error))
    life = slope_index(quintiles_last(ahead.life), people, errors)
    return Inequality(
        slope=life.slope,
        slope_low=life.slope_low,
        slope_high=life.slope_high,
        relative=life.relative,
        relative_low=life.relative_low,
        relative_high=life.relative_high,
        healthy_slope=slope_index(quintiles_last(ahead.healthy), people).slope,
    )


def mean_of_ends(on_dates: Floats) -> Floats:
    """Time lived in each year: the mean of its start and its end; (Y + 1, ...) to (Y, ...)."""
    return (on_dates[:-1] + on_dates[1:]) / 2


def pooled(by_year: Floats, reach: int) -> Floats:
    """Each year added to the `reach` years on either side that there are."""
    steps = len(by_year)
    return np.stack([by_year[max(t - reach, 0) : t + reach + 1].sum(axis=0) for t in range(steps)])
