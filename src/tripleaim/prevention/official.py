"""Official life expectancy of the place and of England, for comparison with the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tripleaim.people import SEXES
from tripleaim.place import Figure, Place, Status
from tripleaim.prevention.health import AGES, Floats, HealthOutcomes

Measure = Literal["life", "healthy", "slope-life", "slope-healthy"]
MEASURES: tuple[Measure, ...] = ("life", "healthy", "slope-life", "slope-healthy")


@dataclass(frozen=True, slots=True)
class OfficialHealthValue:
    """One official number of years: its area, period and basis."""

    area: str
    period: str
    sex: str
    age: int
    measure: Measure
    value: float
    basis: str
    status: Status
    source: str
    cause: str


def official_life_expectancy(place: Place) -> tuple[OfficialHealthValue, ...]:
    """The place's own official numbers, then England's; from life_expectancy*.csv.

    Raises InputError at the first fault of either file. A place without numbers of its own has
    England's alone.
    """
    names = ("life_expectancy.csv", "life_expectancy_england.csv")
    return tuple(
        OfficialHealthValue(**row.values)
        for name in names
        if place.has(name)
        for row in place.rows(name)
    )


@dataclass(frozen=True, slots=True)
class BesideOfficial:
    """One modelled number beside what the plan prints and what official statistics say, in years.

    `modelled` is of the first year without any programme, nan where too few people were simulated.
    `printed` is a figure of the place. `place` and `england` are the official numbers of the
    closest period. `until` is the last of the calendar years that the model's number pools.
    """

    measure: Measure
    sex: str
    age: int
    modelled: float
    year: str
    printed: Figure | None
    place: OfficialHealthValue | None
    england: OfficialHealthValue | None
    until: int


def compare_with_official(place: Place, nothing: HealthOutcomes) -> tuple[BesideOfficial, ...]:
    """The model's first year under do nothing beside the printed and the official numbers.

    By measure, sex and age, wherever anything official or printed is held. Raises InputError as
    `official_life_expectancy` does.
    """
    values = official_life_expectancy(place)
    rows = []
    for measure in MEASURES:
        for s, sex in enumerate(SEXES):
            for a, age in enumerate(AGES):
                official = [o for o in values if (o.measure, o.sex, o.age) == (measure, sex, age)]
                printed = place.figures.get(f"life-expectancy.{sex}")
                if (measure, age) != ("life", 0):
                    printed = None
                if not official and printed is None:
                    continue
                of_england = [o for o in official if o.area.startswith("England")]
                rows.append(
                    BesideOfficial(
                        measure=measure,
                        sex=sex,
                        age=age,
                        modelled=float(_modelled(nothing, measure)[0, s, a]),
                        year=nothing.years[0],
                        printed=printed,
                        place=closest(
                            [o for o in official if o not in of_england], nothing.years[0]
                        ),
                        england=closest(of_england, nothing.years[0]),
                        until=int(nothing.years[0][:4]) + nothing.pooled[0] - 1,
                    )
                )
    return tuple(rows)


def _modelled(nothing: HealthOutcomes, measure: Measure) -> Floats:
    """By year, sex and age, everybody's."""
    if measure == "life":
        return nothing.ahead.life[:, :, 0]
    if measure == "healthy":
        return nothing.ahead.healthy[:, :, 0]
    if measure == "slope-life":
        return nothing.inequality.slope
    return nothing.inequality.healthy_slope


def closest(official: list[OfficialHealthValue], year: str) -> OfficialHealthValue | None:
    """The number of the period whose middle is closest to a year; the earlier of two."""
    middle = int(year[:4])
    return min(official, key=lambda o: (abs(_middle(o.period) - middle), o.period), default=None)


def _middle(period: str) -> float:
    """The calendar year in the middle of 2009/11 or of 2014."""
    start = int(period[:4])
    end = start + (int(period[5:]) - start) % 100 if "/" in period else start
    return (start + end) / 2
