"""Do nothing, kept: all that later answers need of the people, without a person in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tripleaim.accounts import Accounts, Calibrated, account, calibrate, contact_costs
from tripleaim.place import InputError, Place
from tripleaim.projection import Forecast, Growth, Trajectory

ByYear = Mapping[str, float]


@dataclass(frozen=True)
class DoNothing:
    """The do-nothing years of one place and seed.

    People are counts by year, the base year first; `aged_75_pct` is of the registered.
    """

    seed: int
    registered: ByYear
    residents: ByYear
    aged_75_pct: ByYear
    forecast: Forecast


@dataclass(frozen=True)
class Money:
    """The do-nothing accounts before and after calibration, and what a contact costs, £ by year."""

    uncalibrated: Accounts
    calibrated: Accounts
    solved: tuple[Calibrated, ...]
    costs: Mapping[str, Mapping[str, float]]


def count(trajectory: Trajectory, forecast: Forecast) -> DoNothing:
    """What is kept of everyone's lives."""
    people = trajectory.people
    registered, residents, aged = {}, {}, {}
    for y, year in enumerate(trajectory.years):
        here = trajectory.present[y]
        old = people.age_in(year) >= 75
        registered[year] = float(here.sum())
        residents[year] = float((here & people.resident).sum())
        aged[year] = 100 * float(np.mean(old[here])) if here.any() else 0.0
    return DoNothing(people.seed, registered, residents, aged, forecast)


def price(place: Place, nothing: DoNothing) -> Money:
    """Follow the money of the do-nothing years."""
    stated = account(place, nothing.forecast.uncalibrated, nothing.registered)
    activity = nothing.forecast.calibrated
    parameters, solved = calibrate(place, activity, nothing.registered)
    met = account(place, activity, nothing.registered, parameters)
    costs = {year: contact_costs(place, activity, year, accounts=met) for year in place.years}
    return Money(stated, met, solved, costs)


def save(nothing: DoNothing, path: Path) -> None:
    """Write the do-nothing years as JSON."""
    path.write_text(json.dumps(asdict(nothing), indent=1), encoding="utf-8")


def load(path: Path) -> DoNothing:
    """Read what `save` wrote. Raises InputError if it is missing or something else."""
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        forecast = held.pop("forecast")
        grown = tuple(Growth(**row) for row in forecast.pop("growth"))
        before = tuple(Growth(**row) for row in forecast.pop("growth_uncalibrated"))
        return DoNothing(
            **held, forecast=Forecast(**forecast, growth=grown, growth_uncalibrated=before)
        )
    except FileNotFoundError:
        raise InputError("there is no such file; build the place again", file=path) from None
    except (ValueError, KeyError, TypeError) as fault:
        raise InputError(f"expected a do-nothing forecast ({fault})", file=path) from None
