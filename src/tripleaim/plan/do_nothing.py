"""Do nothing, kept: all that later answers need of the people, without a person in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np

from tripleaim.accounts import (
    AccountInputs,
    Accounts,
    Calibrated,
    MoneyCalibration,
    account,
    costs_by_year,
)
from tripleaim.activity import Activity
from tripleaim.core import write_whole
from tripleaim.data_folder import again, read_json, taking_apart
from tripleaim.projection import DO_NOTHING, UNCALIBRATED, Growth, Trajectory

ByYear = Mapping[str, float]


@dataclass(frozen=True)
class DoNothing:
    """The do-nothing years of one place and seed.

    People are counts by year, the base year first; `aged_75_pct` is of the registered. `activity`
    is calibrated to what the plan prints, `uncalibrated` is not. Contacts grow from the first to
    the last year of the plan for the causes in `growth` and `growth_uncalibrated`. `deaths` are of
    registered people from the 1 January inside a year to the next; `having` are the registered
    with each condition, by condition and year. `people_alike` carry each point of delivery's
    contacts of the last year (`measures.people_alike`).
    """

    seed: int
    registered: ByYear
    residents: ByYear
    aged_75_pct: ByYear
    growth: tuple[Growth, ...]
    growth_uncalibrated: tuple[Growth, ...]
    activity: Activity
    uncalibrated: Activity
    deaths: ByYear = field(default_factory=dict)
    having: Mapping[str, ByYear] = field(default_factory=dict)
    people_alike: ByYear = field(default_factory=dict)

    def times(self, factors: Mapping[str, ByYear]) -> DoNothing:
        """The same people with contacts times a factor by point of delivery and year.

        What it adds to growth is in the rest.
        """
        return replace(
            self,
            growth=tuple(_grown(part, factors) for part in self.growth),
            growth_uncalibrated=tuple(_grown(part, factors) for part in self.growth_uncalibrated),
            activity=self.activity.times(factors),
            uncalibrated=self.uncalibrated.times(factors),
        )


@dataclass(frozen=True)
class Money:
    """The do-nothing accounts before and after calibration, and what a contact costs, £ by year.

    `solved` is what calibration solved.
    """

    uncalibrated: Accounts
    calibrated: Accounts
    solved: tuple[Calibrated, ...]
    costs: Mapping[str, Mapping[str, float]]
    costs_uncalibrated: Mapping[str, Mapping[str, float]]


def count(
    trajectory: Trajectory,
    *,
    growth: tuple[Growth, ...],
    growth_uncalibrated: tuple[Growth, ...],
    activity: Activity,
    uncalibrated: Activity,
    people_alike: ByYear,
) -> DoNothing:
    """What is kept of everyone's lives, beside their activity and why it grows."""
    people = trajectory.people
    registered, residents, aged = {}, {}, {}
    having: dict[str, dict[str, float]] = {c: {} for c in people.condition_ids}
    for y, year in enumerate(trajectory.years):
        here = trajectory.present[y]
        old = people.age_in(year) >= 75
        registered[year] = float(here.sum())
        residents[year] = float((here & people.resident).sum())
        aged[year] = 100 * float(np.mean(old[here])) if here.any() else 0.0
        for k, condition in enumerate(people.condition_ids):
            bits = trajectory.conditions[y, here] >> np.uint32(k)
            having[condition][year] = float((bits & np.uint32(1)).sum())
    return DoNothing(
        people.seed,
        registered,
        residents,
        aged,
        growth,
        growth_uncalibrated,
        activity,
        uncalibrated,
        {year: float(events.deaths) for year, events in trajectory.events.items()},
        having,
        people_alike,
    )


def price(inputs: AccountInputs, nothing: DoNothing, calibration: MoneyCalibration) -> Money:
    """Follow the money of the do-nothing years. Nothing is solved here: calibration is given."""
    stated = account(inputs, nothing.uncalibrated, nothing.registered)
    parameters = calibration.on(inputs.parameters)
    met = account(inputs, nothing.activity, nothing.registered, parameters)
    return Money(
        stated,
        met,
        calibration.solved,
        costs_by_year(inputs, nothing.activity, met),
        costs_by_year(inputs, nothing.uncalibrated, stated),
    )


def _grown(part: Growth, factors: Mapping[str, ByYear]) -> Growth:
    by_year = factors.get(part.point_of_delivery, {})
    last = part.last * (by_year[max(by_year)] if by_year else 1.0)
    return replace(part, last=last, rest=part.rest + last - part.last)


def save(nothing: DoNothing, path: Path) -> None:
    """Write the do-nothing years as JSON, but for their activity, which has a file of its own."""
    content = {
        "seed": nothing.seed,
        "registered": nothing.registered,
        "residents": nothing.residents,
        "aged_75_pct": nothing.aged_75_pct,
        "deaths": nothing.deaths,
        "having": nothing.having,
        "people_alike": nothing.people_alike,
        "growth": [asdict(part) for part in nothing.growth],
        "growth_uncalibrated": [asdict(part) for part in nothing.growth_uncalibrated],
    }
    write_whole(path, json.dumps(content, indent=1) + "\n")


def load(path: Path, activity: Activity) -> DoNothing:
    """Read what `save` wrote, and the do-nothing years of the run's activity, as known by people.

    Raises DamagedFileError if the file is missing or something else.
    """
    mend = again(path.parent)
    content = read_json(path, mend)
    with taking_apart(path, mend, "does not contain the do-nothing years"):
        growth, before = content.pop("growth"), content.pop("growth_uncalibrated")
        return DoNothing(
            **content,
            growth=tuple(Growth(**row) for row in growth),
            growth_uncalibrated=tuple(Growth(**row) for row in before),
            activity=activity.where(scenario=DO_NOTHING, known_by="people"),
            uncalibrated=activity.where(scenario=UNCALIBRATED, known_by="people"),
        )
