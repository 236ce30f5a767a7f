"""What was known at a base, and every forecast that follows from it and from nothing younger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.backtest.activity import (
    KINDS,
    activity_forecasts,
    contact_rates,
    growth_with_people,
    learn,
)
from tripleaim.backtest.early import Lived, england_growth, lead, registers_of
from tripleaim.backtest.england_wales import EnglandWales
from tripleaim.backtest.forecast import Sampler, SeriesForecast
from tripleaim.backtest.observations import Observations, Period, financial_years
from tripleaim.backtest.people import (
    ageing_elsewhere,
    ageing_of_registers,
    deaths_forecasts,
    people_forecasts,
    spread_before,
)
from tripleaim.backtest.registers import Ageing, register_forecasts
from tripleaim.backtest.settings import BacktestSettings, History
from tripleaim.core import RunContext
from tripleaim.place import Place


@dataclass(frozen=True)
class Then:
    """What was known at the base, what the engine makes of it, and how far it is carried on.

    `aged` are the people of England and Wales at the base's mid-year and after it,
    (steps + 1, 2, AGES).
    """

    place: Place
    setting: BacktestSettings
    base: Period
    last: Period
    known: Observations
    england_wales: EnglandWales
    lived: Lived
    aged: npt.NDArray[np.float64]

    @property
    def steps(self) -> int:
        """Years from the base to the last."""
        return self.last.year - self.base.year


def known_then(
    place: Place,
    setting: BacktestSettings,
    history: History,
    *,
    base: Period,
    last: Period,
    context: RunContext,
) -> Then:
    """What of a history was known at the base, and the lives that follow from that alone."""
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
    return Then(place, setting, base, last, known, england_wales, lived, aged)


def own_forecasts(then: Then, sampler: Sampler) -> list[SeriesForecast]:
    """Everything of the place, of its trusts and of its country's A&E and beds."""
    setting, base, known, lived = then.setting, then.base, then.known, then.lived
    spread = spread_before(known, setting, then.england_wales, then.steps)
    return [
        *people_forecasts(
            setting=setting,
            base=base,
            known=known,
            england_wales=then.england_wales,
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
            last=then.last,
            known=known,
            ageing=_own_ageing(then),
            drift=setting.register_drift,
            kept=setting.trend_kept,
            sampler=sampler,
        ),
        *_activity(then, (*setting.trusts, setting.country), sampler, ""),
    ]


def a_year_later(
    then: Then, known: Observations, base: Period, sampler: Sampler
) -> tuple[SeriesForecast, ...]:
    """Registers from the year after the base, of which `known` tells: one year of growth is known
    by then, so that a trend and its spread can be learnt."""
    return tuple(
        register_forecasts(
            group="registers, a year later",
            bodies=(then.setting.registers,),
            base=base,
            last=then.last,
            known=known,
            ageing=_own_ageing(then),
            drift=then.setting.register_drift,
            kept=then.setting.trend_kept,
            sampler=sampler,
        )
    )


def forecasts_elsewhere(then: Then, sampler: Sampler) -> list[SeriesForecast]:
    """Registers, A&E and beds of every other body, whose people age as England's."""
    setting, known = then.setting, then.known
    growth = ageing_elsewhere(then.lived, then.aged, registers_of(then.place))
    mine = {setting.country, setting.registers, *setting.trusts}
    trusts = sorted({b for k in KINDS for b in known.bodies(k.table)} - mine)
    return [
        *register_forecasts(
            group="registers of CCGs",
            bodies=tuple(b for b in known.bodies("registers.csv") if b not in mine),
            base=then.base,
            last=then.last,
            known=known,
            ageing=Ageing(then.base.year, growth),
            drift=setting.register_drift,
            kept=setting.trend_kept,
            sampler=sampler,
        ),
        *_activity(then, tuple(trusts), sampler, " of trusts"),
    ]


def _own_ageing(then: Then) -> Ageing:
    return Ageing(then.base.year, ageing_of_registers(then.lived, registers_of(then.place)))


def _activity(
    then: Then, bodies: tuple[str, ...], sampler: Sampler, suffix: str
) -> list[SeriesForecast]:
    found: list[SeriesForecast] = []
    england, country = then.england_wales, then.setting.country
    before = dict(zip(england.years, england.people, strict=True))
    before.setdefault(then.base.year, then.aged[0])
    for kind in KINDS:
        rates = contact_rates(then.place, kind.contacts)
        nation = growth_with_people(rates, before, then.aged, then.base.year)
        local = growth_with_people(rates, before, then.lived.people, then.base.year)
        growth: Mapping[str, Mapping[int, float]] = {
            b: local if b in then.setting.trusts else nation for b in bodies
        }
        found += activity_forecasts(
            group=kind.group + suffix,
            kind=kind,
            bodies=growth,
            base=then.base,
            periods=financial_years(then.base, then.last, or_part=True),
            known=then.known,
            rule=learn(
                kind,
                then.known,
                ageing=nation,
                base=then.base,
                country=country,
                kept=then.setting.trend_kept,
                steps=then.steps,
            ),
            history_ageing=nation,
            country=country,
            sampler=sampler,
        )
    return found
