"""People, deaths and registers of the place, by the engine, and how far it may be wrong."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.backtest.base_year_lives import (
    ProjectedLives,
    local_deaths,
    residents,
    single_years,
)
from tripleaim.backtest.england_wales import (
    AGES,
    MIGRATION_YEARS,
    EnglandWales,
    mortality_errors,
)
from tripleaim.backtest.forecast import (
    Sampler,
    SeriesForecast,
    forecast_of,
    interval_of,
    straight_line,
)
from tripleaim.backtest.observations import Observations, Period, period
from tripleaim.backtest.settings import BacktestSettings
from tripleaim.people import SEXES, Register

Floats = npt.NDArray[np.float64]

BANDS = (*((low, low + 4) for low in range(0, 85, 5)), (85, AGES - 1))
OWN_HISTORY = {"80-84": ("80-84",), "85+": ("85-89", "90+")}
"""Bands of which the place's own earlier years are known, and what they are the sum of."""


@dataclass(frozen=True)
class PastErrors:
    """Errors in people and deaths before the base, as standard deviations of logarithms.

    people     (steps,): of all people of areas about as large as a county
    mortality  (steps,): of the deaths of England and Wales, rates carried on
    local      (2,): of the place's own level of mortality, under 80 and from 80 on
    """

    people: Floats
    mortality: Floats
    local: Floats


def past_errors(
    known: Observations, setting: BacktestSettings, england_wales: EnglandWales, steps: int
) -> PastErrors:
    """The spread of errors that the same forecasts made before the base."""
    _, observed = local_deaths(known, setting, england_wales)
    errors = mortality_errors(england_wales, steps)
    return PastErrors(
        people=_people_errors(known, setting, steps),
        mortality=np.sqrt(np.nanmean(errors**2, axis=0)),
        local=1 / np.sqrt(observed),
    )


def label(low: int, high: int) -> str:
    """The band's name: `80-84`, `85+`."""
    return f"{low}+" if high >= AGES - 1 else f"{low}-{high}"


def band_sums(ages: Floats) -> Floats:
    """People by sex and single year summed to the bands, (..., 2, bands)."""
    return np.stack([ages[..., low : high + 1].sum(-1) for low, high in BANDS], axis=-1)


def people_forecasts(
    *,
    setting: BacktestSettings,
    base: Period,
    known: Observations,
    england_wales: EnglandWales,
    lived: ProjectedLives,
    spread: PastErrors,
    sampler: Sampler,
) -> Iterator[SeriesForecast]:
    """People by sex and age band at every mid-year after the base, and all of them."""
    start = single_years(residents(known, setting), england_wales.people[-1])
    migration = _uncertain_migration(lived)
    own_line = own_band_histories(known, setting.people)
    for t in range(1, len(lived.people)):
        when = period(str(base.year + t))
        bands, died = band_sums(lived.people[t]), band_sums(lived.deaths[:t].sum(0))
        level = sampler.standard(f"mortality {t}") * spread.mortality[t - 1]
        drawn = np.empty((2, len(BANDS), sampler.draws))
        for s, sex in enumerate(SEXES):
            for b, (low, high) in enumerate(BANDS):
                name = f"{sex} {label(low, high)}"
                n = bands[s, b]
                came = n * migration[s, b] * spread.people[t - 1]
                luck = math.sqrt(died[s, b])
                own = sampler.standard(f"people {name} {t}")
                drawn[s, b] = n - died[s, b] * level + math.hypot(came, luck) * own
                last = float(band_sums(start)[s, b])
                yield SeriesForecast(
                    group="people",
                    table="population.csv",
                    body=setting.people,
                    series=name,
                    base=base.label,
                    period=when,
                    steps=t,
                    interval=interval_of(float(n), drawn[s, b]),
                    last_value=last,
                    straight_line=straight_line(own_line.get(name, {}), when)
                    or national_line(england_wales, (s, b), last, when),
                )
        totals = known.series("components.csv", setting.people, "population")
        yield forecast_of(
            totals,
            group="people",
            table="population.csv",
            body=setting.people,
            series="all",
            base=base,
            when=when,
            ours=float(bands.sum()),
            draws=drawn.sum((0, 1)),
        )


def deaths_forecasts(
    *,
    setting: BacktestSettings,
    base: Period,
    known: Observations,
    lived: ProjectedLives,
    spread: PastErrors,
    sampler: Sampler,
) -> Iterator[SeriesForecast]:
    """Deaths in each year to mid-year after the base: all, from 80 on, and by sex and band."""
    old = {"80-84": (80, 85), "85-89": (85, 90), "90+": (90, AGES)}
    parts: dict[str, list[tuple[int, int, int]]] = {
        "all": [(s, 0, AGES) for s in (0, 1)],
        "under 80": [(s, 0, 80) for s in (0, 1)],
        "80+": [(s, 80, AGES) for s in (0, 1)],
        **{f"{sex} 80+": [(s, 80, AGES)] for s, sex in enumerate(SEXES)},
        **{
            f"{sex} {band}": [(s, *ages)]
            for s, sex in enumerate(SEXES)
            for band, ages in old.items()
        },
    }
    histories = deaths_histories(known, setting.people)
    for t in range(1, len(lived.people)):
        when = period(str(base.year + t))
        year = sampler.standard(f"mortality {t}") * spread.mortality[t - 1]
        local = [sampler.standard(f"local mortality {i}") * spread.local[i] for i in (0, 1)]
        for name, cells in parts.items():
            young = sum(
                float(lived.deaths[t - 1, s, lo : min(hi, 80)].sum()) for s, lo, hi in cells
            )
            aged = sum(float(lived.deaths[t - 1, s, max(lo, 80) : hi].sum()) for s, lo, hi in cells)
            expected = young * np.exp(year + local[0]) + aged * np.exp(year + local[1])
            yield forecast_of(
                histories[name],
                group="deaths",
                table="deaths.csv",
                body=setting.people,
                series=name,
                base=base,
                when=when,
                ours=young + aged,
                draws=sampler.counted(f"deaths {name} {t}", expected),
            )


def deaths_histories(known: Observations, body: str) -> dict[str, dict[Period, float]]:
    """Deaths of each series that is forecast, in the years of which all parts are known."""
    every = known.series("deaths.csv", body, "all")
    bands = {
        name: known.series("deaths.csv", body, name)
        for name in known.names("deaths.csv", body)
        if name != "all"
    }
    table: dict[str, dict[Period, float]] = {"all": dict(every)}
    table |= {name: dict(values) for name, values in bands.items()}
    shared = [p for p in every if all(p in values for values in bands.values())] if bands else []
    for sex in SEXES:
        own = [values for name, values in bands.items() if name.startswith(f"{sex} ")]
        table[f"{sex} 80+"] = {p: sum(values[p] for values in own) for p in shared}
    table["80+"] = {p: sum(values[p] for values in bands.values()) for p in shared}
    table["under 80"] = {p: every[p] - table["80+"][p] for p in shared}
    return table


def ageing_of_registers(
    lived: ProjectedLives, registers: tuple[Register, ...]
) -> dict[str, Floats]:
    """Growth of each register in the engine's people against the base, (steps + 1,)."""
    return {
        r.id: lived.having[:, lived.conditions.index(r.condition)]
        / lived.having[0, lived.conditions.index(r.condition)]
        for r in registers
    }


def ageing_elsewhere(
    lived: ProjectedLives, people: Floats, registers: tuple[Register, ...]
) -> dict[str, Floats]:
    """The same for other people of given ages, (steps + 1, 2, AGES), at the same shares by age."""
    return {
        r.id: np.asarray(
            [(lived.shares[lived.conditions.index(r.condition)] * p).sum() for p in people]
        )
        / float((lived.shares[lived.conditions.index(r.condition)] * people[0]).sum())
        for r in registers
    }


def _uncertain_migration(lived: ProjectedLives) -> Floats:
    """How wrong each band may be through migration, relative to all people: (2, bands).

    Chosen beforehand: the variance of a band's rate goes with the people who come and go at its
    ages (half the mean everywhere, the rest with the place's net migration by age), bands vary
    independently, and together they vary as all people did before the base.
    """
    n = band_sums(lived.people[0])
    net = np.abs(_net_by_band(lived))
    weight = (0.5 + 0.5 * net / net.mean()) / n
    return np.asarray(np.sqrt(weight * n.sum() ** 2 / (weight * n**2).sum()))


def _net_by_band(lived: ProjectedLives) -> Floats:
    before, after = lived.people[0], lived.people[1]
    stay = np.zeros_like(before)
    stay[:, 1:] = before[:, :-1]
    stay[:, 0] = after[:, 0]
    died = lived.deaths[0]
    net = after - (stay - died)
    net[:, -1] = 0
    return np.asarray(band_sums(net) / band_sums(before))


def own_band_histories(known: Observations, body: str) -> dict[str, dict[Period, float]]:
    """People of the bands whose earlier years are known of the place itself, from 80 on."""
    table: dict[str, dict[Period, float]] = {}
    for sex in SEXES:
        for band, parts in OWN_HISTORY.items():
            values = [
                known.series("population_80_and_over.csv", body, f"{sex} {part}") for part in parts
            ]
            table[f"{sex} {band}"] = {p: sum(v[p] for v in values) for p in values[0]}
    return table


def national_line(
    england_wales: EnglandWales, cell: tuple[int, int], last: float, when: Period
) -> float | None:
    """Where only one estimate of a band is known: the straight line of the same sex and ages
    (`cell`: sex, band) in England and Wales, brought to the place's level."""
    line = {
        period(str(year)): float(band_sums(people)[cell])
        for year, people in zip(england_wales.years, england_wales.people, strict=True)
    }
    carried = straight_line(line, when)
    return None if carried is None else last * carried / list(line.values())[-1]


def _people_errors(known: Observations, setting: BacktestSettings, steps: int) -> Floats:
    """Standard deviation, by years ahead, of the error of all people where births less deaths and
    net migration go on as the mean of the last five years, in other areas before the base."""
    errors: list[list[float]] = [[] for _ in range(steps)]
    parts = ("births", "internal_net", "international_net", "other_change")
    for body in known.bodies("components.csv"):
        if body == setting.people:
            continue
        people = known.series("components.csv", body, "population")
        change = {
            p: sum(known.at("components.csv", body, c, p.label) or 0.0 for c in parts)
            - (known.at("components.csv", body, "deaths", p.label) or 0.0)
            for p in list(people)[1:]
        }
        years = list(people)
        for o in range(MIGRATION_YEARS, len(years)):
            mean = np.mean([change[p] for p in years[o - MIGRATION_YEARS + 1 : o + 1]])
            for h in range(1, steps + 1):
                if o + h < len(years):
                    forecast = people[years[o]] + h * mean
                    errors[h - 1].append(math.log(people[years[o + h]] / forecast))
    return np.array([math.sqrt(np.mean(np.square(e))) for e in errors])
