"""The main job: everything forecast from the base with what was known then, then one look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim import __version__
from tripleaim.backtest.activity import (
    KINDS,
    activity_forecasts,
    contact_rates,
    growth_with_people,
    learn,
)
from tripleaim.backtest.document import Backtest, LaterPart
from tripleaim.backtest.early import (
    Lived,
    england_growth,
    financial,
    lead,
    registers_of,
)
from tripleaim.backtest.england_wales import SEXES, EnglandWales
from tripleaim.backtest.forecast import Forecast
from tripleaim.backtest.people import (
    BANDS,
    ageing_elsewhere,
    ageing_of_registers,
    deaths_forecasts,
    deaths_histories,
    label,
    people_forecasts,
    spread_before,
)
from tripleaim.backtest.record import Period, Record, period
from tripleaim.backtest.registers import Ageing, register_forecasts
from tripleaim.backtest.score import held_against, scores, verdict
from tripleaim.backtest.setting import Setting, read_history, read_setting
from tripleaim.backtest.words import LIMITS, METHOD
from tripleaim.place import Place
from tripleaim.progress import Progress, silent

SEED = 7
DRAWS = 2000
NEXT_BASE = "registers, a year later"


@dataclass(frozen=True)
class Then:
    """What was known at a base, and what the engine makes of it; nothing of it is younger.

    `aged` are the people of England and Wales at the base's mid-year and after it.
    """

    place: Place
    setting: Setting
    base: Period
    steps: int
    known: Record
    england_wales: EnglandWales
    lived: Lived
    aged: npt.NDArray[np.float64]


def run_backtest(
    place: Place,
    seed: int = SEED,
    draws: int = DRAWS,
    *,
    actuals: Record | None = None,
    progress: Progress | None = None,
) -> Backtest:
    """The place's forecasts from its early base, held against what the shipped tables say came.

    With `actuals` the forecasts from the plan's own base year are held against these as well.
    The same inputs, seed and draws give the same document. Raises InputError if the place ships
    no history.
    """
    report = progress or silent
    setting, history = read_setting(place), read_history(place)
    base = setting.base
    steps = setting.last.year - base.year
    then = known_then(place, base, steps, history.record, history.england_wales, seed, progress)
    report("holding forecasts against what came", 0.9)
    own = [*own_forecasts(then, seed, draws)]
    later_known = history.record.until(period(financial(base.year + 1)).over)
    own += register_forecasts(
        NEXT_BASE,
        (setting.registers,),
        period(financial(base.year + 1)),
        setting.last,
        later_known,
        _own_ageing(then),
        seed,
        draws,
    )
    others = forecasts_elsewhere(then, seed, draws)
    actual = what_came(history.record, setting)
    held = held_against(own, actual)
    elsewhere = scores(held_against(others, actual))
    later = None
    if actuals is not None:
        later = against_later(
            place, setting, history.record, history.england_wales, actuals, seed, draws
        )
    parts = scores(held)
    return Backtest(
        place=place.id,
        name=place.name,
        base=base.label,
        last=setting.last.label,
        seed=seed,
        draws=draws,
        version=__version__,
        inputs_sha256=place.inputs_sha256,
        body_names=dict(setting.names),
        forecasts=held,
        scores=parts,
        elsewhere=elsewhere,
        verdict=(
            *verdict(parts, f"{place.name}, its trusts and England"),
            *verdict(elsewhere, "Every other CCG and trust held"),
        ),
        method=METHOD,
        limits=LIMITS,
        later=later,
    )


def known_then(
    place: Place,
    base: Period,
    steps: int,
    record: Record,
    england_wales: EnglandWales,
    seed: int,
    progress: Progress | None = None,
) -> Then:
    """What was known at the base alone, and the lives that follow from it."""
    setting = read_setting(place)
    known = record.until(base.over)
    vitals = england_wales.until(base.over.year - 1)
    lived = lead(place, setting, base, known, vitals, steps, seed, progress)
    return Then(
        place, setting, base, steps, known, vitals, lived, england_growth(vitals, base, steps)
    )


def own_forecasts(then: Then, seed: int, draws: int) -> list[Forecast]:
    """Everything of the place, of its trusts and of its country's A&E and beds."""
    setting, base, known = then.setting, then.base, then.known
    spread = spread_before(known, setting, then.england_wales, then.steps)
    found = [
        *people_forecasts(
            setting, base, known, then.england_wales, then.lived, spread, seed, draws
        ),
        *deaths_forecasts(setting, base, known, then.lived, spread, seed, draws),
        *register_forecasts(
            "registers",
            (setting.registers,),
            base,
            period(financial(base.year + then.steps)),
            known,
            _own_ageing(then),
            seed,
            draws,
        ),
    ]
    return found + _activity(then, (*setting.trusts, setting.country), seed, draws, "")


def forecasts_elsewhere(then: Then, seed: int, draws: int) -> list[Forecast]:
    """Registers, A&E and beds of every other body, whose people age as England's."""
    setting, known = then.setting, then.known
    ccgs = tuple(b for b in known.bodies("registers.csv") if b != setting.registers)
    ageing = Ageing(
        then.base.year, ageing_elsewhere(then.lived, then.aged, registers_of(then.place))
    )
    found = list(
        register_forecasts(
            "registers of CCGs",
            ccgs,
            then.base,
            period(financial(then.base.year + then.steps)),
            known,
            ageing,
            seed,
            draws,
        )
    )
    named = {setting.country, *setting.trusts}
    trusts = sorted({b for k in KINDS for b in known.bodies(k.table)} - named)
    return found + _activity(then, tuple(trusts), seed, draws, " of trusts")


def what_came(record: Record, setting: Setting) -> dict[tuple[str, str, str, str], float]:
    """What happened by table, body, series and period, summed as forecasts are made."""
    found = {(o.table, o.body, o.series, o.period.label): o.value for o in record.observations}
    singles: dict[tuple[str, str], dict[int, float]] = {}
    for o in record.observations:
        if o.table == "population.csv" and o.body == setting.people:
            sex, age = o.series.split(" ")
            singles.setdefault((sex, o.period.label), {})[int(age.rstrip("+"))] = o.value
    for sex in SEXES:
        for low, high in BANDS:
            for (s, year), ages in singles.items():
                if s == sex and len(ages) == 91:
                    found["population.csv", setting.people, f"{sex} {label(low, high)}", year] = (
                        sum(n for age, n in ages.items() if low <= age <= high)
                    )
    for year in {year for _, year in singles}:
        both = [n for (_, y), ages in singles.items() if y == year for n in ages.values()]
        if len(both) == 2 * 91:
            found["population.csv", setting.people, "all", year] = sum(both)
    for series, values in deaths_histories(record, setting.people).items():
        for when, value in values.items():
            found["deaths.csv", setting.people, series, when.label] = value
    return found


def against_later(
    place: Place,
    setting: Setting,
    record: Record,
    england_wales: EnglandWales,
    actuals: Record,
    seed: int,
    draws: int,
) -> LaterPart:
    """Forecasts from the plan's base beside figures of later years and the plan's own growth."""
    base = setting.later_base
    last = max(o.period.year for o in actuals.observations)
    steps = max(last - base.year, 1)
    then = known_then(place, base, steps, record, england_wales, seed)
    forecasts = own_forecasts(then, seed, draws)
    actual = what_came(actuals, setting)
    told = {(f.table, f.body, f.series, f.period.label) for f in forecasts}
    growth = printed_growth(place)
    printed = {
        f: f.last_value * (1 + growth[kind.contacts] / 100) ** f.steps
        for f in forecasts
        for kind in KINDS
        if (kind.table, kind.series) == (f.table, f.series)
        and kind.contacts in growth
        and f.body in setting.trusts
    }
    held = tuple(f for f in held_against(forecasts, actual, printed) if f.actual is not None)
    wrong = [100 * abs(f.printed / f.actual - 1) for f in held if f.printed and f.actual]
    return LaterPart(
        base=base.label,
        printed_growth_pct_a_year=growth,
        forecasts=held,
        scores=scores(held),
        printed_error_pct=float(np.mean(wrong)) if wrong else None,
        unused=_unused(actuals, told, base),
    )


def printed_growth(place: Place) -> dict[str, float]:
    """Growth a year, in per cent, from the first to the last year of the plan as it prints it."""
    steps = len(place.years) - 1
    found = {}
    for point in place.points_of_delivery:
        if point.id in {k.contacts for k in KINDS} and point.printed_base and point.printed_last:
            grown = place.value(point.printed_last) / place.value(point.printed_base)
            found[point.id] = 100 * (grown ** (1 / steps) - 1)
    return found


def _unused(actuals: Record, told: set[tuple[str, str, str, str]], base: Period) -> tuple[str, ...]:
    """Rows that are not compared, by table, body and reason: nothing is dropped silently."""
    counts: dict[str, int] = {}
    for o in actuals.observations:
        if (o.table, o.body, o.series, o.period.label) in told:
            continue
        if o.table == "population.csv" and (o.table, o.body, "all", o.period.label) in told:
            continue
        if o.table == "deaths.csv" and (o.table, o.body, "all", o.period.label) in told:
            continue
        early = o.period.over <= base.over
        why = f"not after {base.label}" if early else "no such series is forecast"
        key = f"{o.table}, {o.body}: {why}"
        counts[key] = counts.get(key, 0) + 1
    return tuple(f"{key} ({n} rows)" for key, n in sorted(counts.items()))


def _own_ageing(then: Then) -> Ageing:
    return Ageing(then.base.year, ageing_of_registers(then.lived, registers_of(then.place)))


def _activity(
    then: Then, bodies: tuple[str, ...], seed: int, draws: int, suffix: str
) -> list[Forecast]:
    found: list[Forecast] = []
    england = then.england_wales
    before = dict(zip(england.years, england.people, strict=True))
    before.setdefault(then.base.year, then.aged[0])
    periods = tuple(
        period(f"{financial(then.base.year + t)}{part}")
        for t in range(1, then.steps + 1)
        for part in (("", " Apr-Dec") if t == then.steps else ("",))
    )
    for kind in KINDS:
        rates = contact_rates(then.place, kind.contacts)
        nation = growth_with_people(rates, before, then.aged, then.base.year)
        local = growth_with_people(rates, before, then.lived.people, then.base.year)
        rule = learn(kind, then.known, nation, then.base, then.setting.country, then.steps)
        growth: Mapping[str, Mapping[int, float]] = {
            b: local if b in then.setting.trusts else nation for b in bodies
        }
        found += activity_forecasts(
            kind.group + suffix,
            kind,
            growth,
            then.base,
            periods,
            then.known,
            rule,
            nation,
            then.setting.country,
            seed,
            draws,
        )
    return found
