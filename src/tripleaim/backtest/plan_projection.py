"""What the plan's own run expects of later years, as later figures count it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from tripleaim.activity import Activity
from tripleaim.backtest.activity import KINDS
from tripleaim.backtest.forecast import SeriesForecast
from tripleaim.backtest.settings import BacktestSettings

ByYear = Mapping[str, float]


class DoNothingYears(Protocol):
    """The do-nothing years of a plan's run. See `plan.DoNothing`."""

    @property
    def uncalibrated(self) -> Activity:
        """Contacts before calibration to what the plan prints."""

    @property
    def registered(self) -> ByYear:
        """Registered people on the 1 January inside each year."""

    @property
    def residents(self) -> ByYear:
        """Of them those who live in the place."""

    @property
    def deaths(self) -> ByYear:
        """Deaths of registered people in each year."""

    @property
    def having(self) -> Mapping[str, ByYear]:
        """Registered people with each condition."""


@dataclass(frozen=True)
class PlanProjection:
    """The do-nothing years of a plan's own run, as its document has them.

    activity    contacts by point of delivery and year, before calibration to what the plan prints
    registered  people on the 1 January inside each year, the base year first
    residents   of them those who live in the place
    deaths      of registered people from that 1 January to the next, for every year but the last
    having      registered people with each condition, by condition and year
    """

    activity: Activity
    registered: ByYear
    residents: ByYear
    deaths: ByYear
    having: Mapping[str, ByYear]

    @classmethod
    def of_run(cls, nothing: DoNothingYears) -> PlanProjection:
        """What a run's do-nothing years expect.

        Calibration meets printed figures by construction, so it is the uncalibrated care that is
        compared with what came; the printed growth is shown with it.
        """
        return cls(
            activity=nothing.uncalibrated,
            registered=nothing.registered,
            residents=nothing.residents,
            deaths=nothing.deaths,
            having=nothing.having,
        )


def planned_value(
    plan: PlanProjection,
    forecast: SeriesForecast,
    setting: BacktestSettings,
    conditions: Mapping[str, str],
    recording: Mapping[str, float],
) -> float | None:
    """What the plan's run says of a series in a period; None where it says nothing.

    People at mid-year are the mean of the 1 Januaries around it, deaths in a year to mid-year the
    mean of the two calendar years, of residents by their share. Registers, A&E and beds are the
    last known value times the run's own growth since that year: of people with the condition
    (`conditions` by register) at the 1 January inside the year and of what is recorded of them
    (`recording` a year by condition, where a register fills up), of contacts at the point of
    delivery. A whole year's contacts stand for its first nine months too.
    """
    year, base = forecast.period.year, forecast.base
    label, before = _financial(year), _financial(year - 1)
    if forecast.body == setting.people and forecast.series == "all":
        if forecast.table == "population.csv":
            return _mean(plan.residents, before, label)
        if forecast.table == "deaths.csv":
            of_residents = {
                y: died * plan.residents[y] / plan.registered[y]
                for y, died in plan.deaths.items()
                if plan.registered.get(y)
            }
            return _mean(of_residents, _financial(year - 2), before)
    if forecast.table == "registers.csv" and forecast.body == setting.registers:
        condition = conditions.get(forecast.series, "")
        grown = _grown(forecast.last_value, plan.having.get(condition, {}), base, label)
        filled = (1 + recording.get(condition, 0.0)) ** forecast.steps
        return None if grown is None else grown * filled
    if forecast.body in setting.trusts:
        point = next(
            (k.contacts for k in KINDS if (k.table, k.series) == (forecast.table, forecast.series)),
            "",
        )
        return _grown(forecast.last_value, plan.activity.contacts.get(point, {}), base, label)
    return None


def _financial(year: int) -> str:
    """The financial year in which the 1 January after mid-`year` lies: of 2016 it is 2016/17."""
    return f"{year}/{(year + 1) % 100:02d}"


def _mean(values: ByYear, one: str, other: str) -> float | None:
    return (values[one] + values[other]) / 2 if one in values and other in values else None


def _grown(last: float, values: ByYear, base: str, year: str) -> float | None:
    return last * values[year] / values[base] if values.get(base) and year in values else None
