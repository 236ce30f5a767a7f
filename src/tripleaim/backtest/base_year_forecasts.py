"""What was known in a base year, and every forecast that follows from that alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.activity import contact_rates
from tripleaim.backtest.activity import (
    KINDS,
    activity_forecasts,
    fit_rule,
    growth_with_people,
)
from tripleaim.backtest.base_year_lives import (
    ProjectedLives,
    england_growth,
    lead,
    registers_counting,
)
from tripleaim.backtest.england_wales import AGES, EnglandWales
from tripleaim.backtest.forecast import Sampler, SeriesForecast
from tripleaim.backtest.observations import Observations, Period, financial_years
from tripleaim.backtest.people import (
    ageing_elsewhere,
    ageing_of_registers,
    deaths_forecasts,
    past_errors,
    people_forecasts,
)
from tripleaim.backtest.registers import Ageing, register_forecasts
from tripleaim.backtest.settings import BacktestSettings, History
from tripleaim.core import RunContext
from tripleaim.place import Place


@dataclass(frozen=True)
class BaseYear:
    """What was known at the base, what the engine projects from it, and up to which period.

    `aged` are the people of England and Wales at the base's mid-year and after it,
    (steps + 1, 2, AGES).
    """

    place: Place
    setting: BacktestSettings
    base: Period
    last: Period
    known: Observations
    england_wales: EnglandWales
    lived: ProjectedLives
    aged: npt.NDArray[np.float64]

    @property
    def steps(self) -> int:
        """Years from the base to the last."""
        return self.last.year - self.base.year


def base_year_of(
    place: Place,
    setting: BacktestSettings,
    history: History,
    *,
    base: Period,
    last: Period,
    context: RunContext,
) -> BaseYear:
    """What was known at the base of a history, and the lives that follow from that alone."""
    known = history.record.until(base.over)
    england_wales = history.england_wales.until(base.over.year - 1)
    steps = last.year - base.year
    lived = lead(
        place,
        setting,
        base=base,
        known=known,
        england_wales=england_wales,
        steps=steps,
        context=context,
    )
    aged = england_growth(england_wales, base, steps)
    return BaseYear(place, setting, base, last, known, england_wales, lived, aged)


def own_forecasts(base_year: BaseYear, sampler: Sampler) -> list[SeriesForecast]:
    """Everything of the place, of its trusts and of its country's A&E and beds."""
    setting, base, known, lived = (
        base_year.setting,
        base_year.base,
        base_year.known,
        base_year.lived,
    )
    spread = past_errors(known, setting, base_year.england_wales, base_year.steps)
    return [
        *people_forecasts(
            setting=setting,
            base=base,
            known=known,
            england_wales=base_year.england_wales,
            lived=lived,
            spread=spread,
            sampler=sampler,
        ),
        *deaths_forecasts(
            setting=setting, base=base, known=known, lived=lived, spread=spread, sampler=sampler
        ),
        *register_forecasts(
            group="registers",
            bodies=(setting.registers,),
            base=base,
            last=base_year.last,
            known=known,
            ageing=own_ageing(base_year),
            drift=setting.register_drift,
            trend_kept=setting.trend_kept,
            sampler=sampler,
        ),
        *_activity(base_year, (*setting.trusts, setting.country), sampler, ""),
    ]


def a_year_later(
    base_year: BaseYear, known: Observations, base: Period, sampler: Sampler
) -> tuple[SeriesForecast, ...]:
    """Registers from the year after the base. `known` then holds one year of growth, so a trend and
    its spread can be learnt."""
    return tuple(
        register_forecasts(
            group="registers, a year later",
            bodies=(base_year.setting.registers,),
            base=base,
            last=base_year.last,
            known=known,
            ageing=own_ageing(base_year),
            drift=base_year.setting.register_drift,
            trend_kept=base_year.setting.trend_kept,
            sampler=sampler,
        )
    )


def forecasts_elsewhere(base_year: BaseYear, sampler: Sampler) -> list[SeriesForecast]:
    """Registers, A&E and beds of every other body, whose people age as England's."""
    setting, known = base_year.setting, base_year.known
    mine = {setting.country, setting.registers, *setting.trusts}
    trusts = sorted({b for k in KINDS for b in known.bodies(k.table)} - mine)
    return [
        *register_forecasts(
            group="registers of CCGs",
            bodies=tuple(b for b in known.bodies("registers.csv") if b not in mine),
            base=base_year.base,
            last=base_year.last,
            known=known,
            ageing=ageing_of_others(base_year),
            drift=setting.register_drift,
            trend_kept=setting.trend_kept,
            sampler=sampler,
        ),
        *_activity(base_year, tuple(trusts), sampler, " of trusts"),
    ]


def ageing_of_others(base_year: BaseYear) -> Ageing:
    """How the registers of other bodies grow as England's people age."""
    growth = ageing_elsewhere(base_year.lived, base_year.aged, registers_counting(base_year.place))
    return Ageing(base_year.base.year, growth)


def own_ageing(base_year: BaseYear) -> Ageing:
    """How the place's own registers grow as its people age."""
    return Ageing(
        base_year.base.year,
        ageing_of_registers(base_year.lived, registers_counting(base_year.place)),
    )


def _activity(
    base_year: BaseYear, bodies: tuple[str, ...], sampler: Sampler, suffix: str
) -> list[SeriesForecast]:
    forecasts: list[SeriesForecast] = []
    england, country = base_year.england_wales, base_year.setting.country
    before = dict(zip(england.years, england.people, strict=True))
    before.setdefault(base_year.base.year, base_year.aged[0])
    for kind in KINDS:
        rates = contact_rates(base_year.place, (kind.contacts,))[0, :, :AGES]
        nation = growth_with_people(rates, before, base_year.aged, base_year.base.year)
        local = growth_with_people(rates, before, base_year.lived.people, base_year.base.year)
        growth: Mapping[str, Mapping[int, float]] = {
            b: local if b in base_year.setting.trusts else nation for b in bodies
        }
        forecasts += activity_forecasts(
            group=kind.group + suffix,
            kind=kind,
            bodies=growth,
            base=base_year.base,
            periods=financial_years(base_year.base, base_year.last, or_part=True),
            known=base_year.known,
            rule=fit_rule(
                kind,
                base_year.known,
                ageing=nation,
                base=base_year.base,
                country=country,
                trend_kept=base_year.setting.trend_kept,
                steps=base_year.steps,
            ),
            history_ageing=nation,
            country=country,
            sampler=sampler,
        )
    return forecasts
