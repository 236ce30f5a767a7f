"""The place as it was known at the base: a footprint written from what was known by then, and the
lives of its people as the engine projects them."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from tripleaim.backtest.england_wales import (
    AGES,
    LEVEL_YEARS,
    MIGRATION_BANDS,
    MIGRATION_YEARS,
    EnglandWales,
    aged,
    chance_of_death,
    net_migration,
)
from tripleaim.backtest.observations import Observations, Period, financial
from tripleaim.backtest.settings import BacktestSettings
from tripleaim.core import RunContext
from tripleaim.people import OLDEST, SEXES, People, Register, read_illness, synthesise
from tripleaim.place import InputError, Place, load
from tripleaim.projection import Run, fit_laws, read_vitals, simulate

Floats = npt.NDArray[np.float64]

OPEN_AGE = 90
LIVES = 8
"""Times that everybody's life is led, each with other luck: what is expected is their mean."""
NET = ("internal_net", "international_net", "other_change")
OLD_BANDS = ("80-84", "85-89", "90+")


@dataclass(frozen=True)
class ProjectedLives:
    """What the engine expects of the place's people from the base's mid-year on.

    people     (steps + 1, 2, AGES): at each mid-year by sex and single year of age
    deaths     (steps, 2, AGES): expected in each year to mid-year, by the age that those who died
               would have had at its end, as the official components of change count them
    having     (steps + 1, conditions): people with each condition
    shares     (conditions, 2, AGES): share of the base's people of an age with each condition
    conditions ids
    """

    people: Floats
    deaths: Floats
    having: Floats
    shares: Floats
    conditions: tuple[str, ...]


def registers_counting(place: Place) -> tuple[Register, ...]:
    """The registers that count the place's conditions."""
    return tuple(read_illness(place).registers.values())


def lead(
    place: Place,
    setting: BacktestSettings,
    *,
    base: Period,
    known: Observations,
    england_wales: EnglandWales,
    steps: int,
    context: RunContext,
) -> ProjectedLives:
    """The lives of the place's people from the base's mid-year, by the engine of the plan.

    `known` and `england_wales` hold only periods that had ended at the base. Raises InputError
    where they lack what a place needs.
    """
    with TemporaryDirectory(prefix="tripleaim-backtest-") as name:
        folder = Path(name) / f"{place.id}-then"
        folder.mkdir()
        write_place(
            folder,
            place,
            setting,
            base=base,
            known=known,
            england_wales=england_wales,
            steps=steps,
        )
        known_place = load(folder)
        people = synthesise(known_place, context.within("building the people of the first year"))
        laws = fit_laws(known_place, people)
        context.report("projecting their lives", 0.5)
        lives = []
        for k in range(LIVES):
            lives.append(
                _counted(people, simulate(replace(people, seed=context.seed + k), laws, lives=True))
            )
            context.report("projecting their lives", 0.5 + 0.5 * (k + 1) / LIVES)
        vitals = read_vitals(known_place)
    alive = np.mean([people for people, _ in lives], axis=0)
    having_condition = np.mean([having for _, having in lives], axis=0)
    by_start = vitals.death * alive[:-1]
    deaths = np.zeros_like(by_start)
    deaths[:, :, 1:] = by_start[:, :, :-1]
    deaths[:, :, -1] += by_start[:, :, -1]
    deaths[:, :, 0] = vitals.newborn_death * alive[1:, :, 0]
    return ProjectedLives(
        people=alive,
        deaths=deaths,
        having=having_condition.sum((2, 3)),
        shares=having_condition[0] / np.maximum(alive[0], 1),
        conditions=people.condition_ids,
    )


def _counted(people: People, run: Run) -> tuple[Floats, Floats]:
    """People by sex and single year of age at each mid-year, (steps + 1, 2, AGES), and of them
    those with each condition, (steps + 1, conditions, 2, AGES)."""
    lives = run.trajectory
    if lives is None:
        raise TypeError("expected a run with everybody's life")
    sex = lives.people.sex.astype(np.intp)
    alive = np.zeros((len(lives.years), 2 * AGES))
    having = np.zeros((len(lives.years), len(people.condition_ids), 2 * AGES))
    for t, year in enumerate(lives.years):
        here = np.flatnonzero(lives.present[t])
        age = np.clip(lives.people.age_in(year)[here], 0, OLDEST).astype(np.intp)
        cell, bits = sex[here] * AGES + age, lives.conditions[t][here]
        alive[t] = np.bincount(cell, minlength=2 * AGES)
        for k in range(having.shape[1]):
            holds = (bits >> np.uint32(k)) & np.uint32(1)
            having[t, k] = np.bincount(cell, weights=holds, minlength=2 * AGES)
    return alive.reshape(-1, 2, AGES), having.reshape(len(alive), -1, 2, AGES)


def write_place(
    folder: Path,
    place: Place,
    setting: BacktestSettings,
    *,
    base: Period,
    known: Observations,
    england_wales: EnglandWales,
    steps: int,
) -> None:
    """A footprint of the base year, in the ordinary layout, from what was known by then.

    The engine's 1 January stands for 30 June before it: its year 2013/14 starts at mid-2013.
    """
    years = [financial(base.year + t) for t in range(steps + 1)]
    name = place.name.replace('"', "'")
    (folder / "place.toml").write_text(
        f'id = "{place.id}-then"\nname = "{name} as known in {base.label}"\n'
        f'builds_on = "england"\nbase_year = "{years[0]}"\nyears = {json.dumps(years[1:])}\n',
        encoding="utf-8",
    )
    people = residents(known, setting)
    full = single_years(people, england_wales.people[-1])
    _table(
        folder / "population.csv",
        ("age", "sex", "population"),
        ((a, s, people[i, a]) for i, s in enumerate(SEXES) for a in range(OPEN_AGE + 1)),
    )
    _table(
        folder / "oldest.csv",
        ("age", "sex", "population"),
        (
            (a, s, england_wales.people[-1, i, a])
            for i, s in enumerate(SEXES)
            for a in range(75, AGES)
        ),
    )
    _deaths(folder, base.year, steps, england_wales, local_deaths(known, setting, england_wales))
    _births(folder, range(base.year, base.year + steps + 1), known, setting, full)
    _table(
        folder / "migration.csv",
        ("sex", "age_from", "age_to", "net_per_1000"),
        _migration(known, setting, england_wales, full),
    )
    _registers(folder, place, setting, base, known)
    _table(
        folder / "condition_trends.csv",
        (
            "condition",
            "pct_a_year",
            "recording_pct_a_year",
            "england_register_pct",
            "place_register_pct",
            "ageing_pct",
            "status",
            "source",
            "cause",
        ),
        (
            (c, 0, "", "", "", "", "assumed", "tripleaim", "no earlier register shows a trend")
            for c in read_illness(place).ids
        ),
    )


def residents(known: Observations, setting: BacktestSettings) -> Floats:
    """The last known people by sex and single year, (2, OPEN_AGE + 1), the last 90 and over."""
    table = np.zeros((2, OPEN_AGE + 1))
    for s, sex in enumerate(SEXES):
        for age in range(OPEN_AGE + 1):
            series = f"{sex} {age}" + ("+" if age == OPEN_AGE else "")
            values = known.series("population.csv", setting.people, series)
            if not values:
                raise InputError(
                    f"expected {setting.people}'s people at a mid-year before the base",
                    file=Path("backtest/population.csv"),
                    value=series,
                )
            table[s, age] = list(values.values())[-1]
    return table


def single_years(people: Floats, like: Floats) -> Floats:
    """People, with those of 90 and over divided among single years as in `like`, (2, AGES)."""
    full = np.zeros((2, AGES))
    full[:, :OPEN_AGE] = people[:, :OPEN_AGE]
    old = like[:, OPEN_AGE:]
    full[:, OPEN_AGE:] = people[:, OPEN_AGE:] * old / old.sum(1, keepdims=True)
    return full


def local_deaths(
    known: Observations, setting: BacktestSettings, england_wales: EnglandWales
) -> Floats:
    """Deaths observed over expected at England and Wales' rates in the last three years to
    mid-year, of people under 80 and of 80 and over, with the observed numbers, (2, 2)."""
    people = single_years(residents(known, setting), england_wales.people[-1])
    totals = known.series("components.csv", setting.people, "population")
    last = list(totals)[-1]
    observed, expected = np.zeros(2), np.zeros(2)
    for back in range(LEVEL_YEARS):
        year, label = last.year - back, str(last.year - back)
        every = _value(known, "deaths.csv", setting.people, "all", label)
        size = _value(known, "components.csv", setting.people, "population", label)
        rate = _rates_to_mid_year(england_wales, year)
        young = people[:, :80] * size / totals[last]
        expected[0] += (rate[:, :80] * young).sum()
        for s, sex in enumerate(SEXES):
            for band in OLD_BANDS:
                name = f"{sex} {band}"
                died = _value(known, "deaths.csv", setting.people, name, label)
                there = _value(known, "population_80_and_over.csv", setting.people, name, label)
                ages = slice(*_ages(band))
                weight = people[s, ages] / people[s, ages].sum()
                expected[1] += there * float((weight * rate[s, ages]).sum())
                observed[1] += died
                every -= died
        observed[0] += every
    return np.stack([observed / expected, observed])


def _rates_to_mid_year(known: EnglandWales, year: int) -> Floats:
    """Deaths in the year to the mid of `year` for each person there at its end, by age at its end.

    Half of each calendar year, as far as they are known. Ages are counted at the end of the year:
    a person who is 80 then was 79 for half of it. Those who died are not there at the end.
    """
    use = [y for y in (year - 1, year) if y in known.years] or [known.years[-1]]
    index = [known.years.index(y) for y in use]
    rate = known.deaths[index].sum(0) / np.maximum(known.people[index].sum(0), 1)
    younger = np.concatenate([rate[:, :1], rate[:, :-1]], axis=1)
    hazard = (rate + younger) / 2
    return np.asarray(np.expm1(hazard))


def _value(known: Observations, table: str, body: str, series: str, label: str) -> float:
    value = known.at(table, body, series, label)
    if value is None:
        raise InputError(
            f"expected {body}'s value of {series} in {label}", file=Path("backtest") / table
        )
    return value


def _ages(band: str) -> tuple[int, int]:
    low = int(band.rstrip("+").split("-")[0])
    return low, AGES if band.endswith("+") else int(band.split("-")[1]) + 1


def _deaths(
    folder: Path, first: int, steps: int, england_wales: EnglandWales, local: Floats
) -> None:
    rows: list[tuple[object, ...]] = []
    for year in range(first, first + steps + 1):
        # A step takes the mean of two rows of years: a row half a year early centres it.
        at_start, newborn = chance_of_death(england_wales, year + 0.5)
        for s, sex in enumerate(SEXES):
            rows.append((sex, -1, year, min(1e5 * newborn[s], 1e5)))
            rows += [(sex, a, year, min(1e5 * at_start[s, a], 1e5)) for a in range(AGES)]
    _table(folder / "mortality.csv", ("sex", "age", "year", "deaths_per_100000"), rows)
    # These rates are the recorded ones, at their own level.
    _table(
        folder / "mortality_level.csv",
        ("sex", "age_from", "age_to", "ratio", "observed", "expected", "status", "source"),
        ((sex, -1, OLDEST, 1, 0, 0, "public", "ons-deaths-single-age") for sex in SEXES),
    )
    ratio, observed = local
    _table(
        folder / "local_levels.csv",
        ("event", "age_from", "age_to", "ratio", "observed", "expected", "status", "source"),
        (
            ("death", low, high, ratio[i], observed[i], observed[i] / ratio[i], "public", source)
            for i, (low, high, source) in enumerate(
                ((0, 79, "ons-components-backtest"), (80, OLDEST, "ons-deaths-80-plus"))
            )
        ),
    )


def _births(
    folder: Path, years: range, known: Observations, setting: BacktestSettings, full: Floats
) -> None:
    births = known.series("components.csv", setting.people, "births")
    level = float(np.mean(list(births.values())[-LEVEL_YEARS:]))
    by_age = {
        int(s.split()[1]): list(known.series("births.csv", setting.people, s).values())[-1]
        for s in known.names("births.csv", setting.people)
    }
    if not by_age:
        raise InputError(
            "expected births by age of mother before the base", file=Path("backtest/births.csv")
        )
    scale = level / sum(by_age.values())
    _table(
        folder / "fertility.csv",
        ("age", "year", "births_per_1000"),
        (
            (age, year, 1000 * scale * n / full[1, age])
            for year in years
            for age, n in by_age.items()
        ),
    )


def _migration(
    known: Observations,
    setting: BacktestSettings,
    england_wales: EnglandWales,
    full: Floats,
) -> list[tuple[object, ...]]:
    """Net migration by sex and band: England and Wales' own, plus how the place's share of each
    age grows from one age to the next in one and the same year, shifted alike at all ages so that
    the total is the mean of the last five years."""
    national = net_migration(england_wales)
    share = np.log(full / np.maximum(england_wales.people[-1], 1))
    rate = np.zeros((2, AGES))
    for low, high in MIGRATION_BANDS:
        last = min(high, OPEN_AGE - 2)
        step = (share[:, last + 1] - share[:, low]) / (last + 1 - low)
        rate[:, low : high + 1] = national[:, low : high + 1] + step[:, None]
    wanted = mean_net_migration(known, setting.people)
    rate += (wanted - (rate * full).sum()) / full.sum()
    return [
        (sex, low, max(high, 125) if high == OLDEST else high, 1000 * rate[s, low])
        for s, sex in enumerate(SEXES)
        for low, high in MIGRATION_BANDS
    ]


def mean_net_migration(known: Observations, body: str) -> float:
    """People who came less those who left, a year, mean of the last five known years."""
    total = 0.0
    for name in NET:
        values = list(known.series("components.csv", body, name).values())[-MIGRATION_YEARS:]
        if not values:
            raise InputError(
                f"expected {body}'s {name} before the base", file=Path("backtest/components.csv")
            )
        total += math.fsum(values) / len(values)
    return total


def _registers(
    folder: Path, place: Place, setting: BacktestSettings, base: Period, known: Observations
) -> None:
    def value(table: str, body: str, series: str) -> float:
        return _value(known, table, body, series, base.label)

    own, all_england = setting.registers, setting.country
    _table(
        folder / "registers.csv",
        (
            "register",
            "condition",
            "minimum_age",
            "list_size",
            "all_ages",
            "register_count",
            "england_pct",
            "source",
        ),
        (
            (
                r.id,
                r.condition,
                r.minimum_age,
                value("lists.csv", own, f"list {r.minimum_age}"),
                value("lists.csv", own, "list 0"),
                value("registers.csv", own, r.id),
                100
                * value("registers.csv", all_england, r.id)
                / value("lists.csv", all_england, f"list {r.minimum_age}"),
                "qof-backtest",
            )
            for r in registers_counting(place)
        ),
    )


def england_growth(england_wales: EnglandWales, base: Period, steps: int) -> Floats:
    """People of England and Wales at the base's mid-year and after, (steps + 1, 2, AGES)."""
    behind = base.year - england_wales.years[-1]
    return aged(england_wales, steps + behind)[behind:]


def _table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([f"{cell:.8g}" if isinstance(cell, float) else cell for cell in row])
