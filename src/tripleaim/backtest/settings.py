"""Which history a place's back-test reads, and where it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.backtest.england_wales import EnglandWales, read_england_wales
from tripleaim.backtest.observations import FOLDER, Observations, Period, period, read_observations
from tripleaim.place import InputError, Place, Toml

FILE = f"{FOLDER}/backtest.toml"


@dataclass(frozen=True)
class BacktestSettings:
    """A place's `backtest/backtest.toml`: where it starts and whose series it forecasts.

    base         the last known financial year
    last         the last that is compared, or its nine first months
    later_base   the base of forecasts that later official figures are compared with
    people, registers, trusts, country   bodies of the tables
    names        what bodies are called
    register_drift   standard deviation of a register's growth a year where nothing tells of it
    trend_kept   share of a trend beyond ageing that is carried on
    """

    base: Period
    last: Period
    later_base: Period
    people: str
    registers: str
    trusts: tuple[str, ...]
    country: str
    names: Mapping[str, str]
    register_drift: float
    trend_kept: float

    def name(self, body: str) -> str:
        """What a body is called; its own code where no name is given."""
        return self.names.get(body, body)


@dataclass(frozen=True)
class History:
    """Everything observed that the product ships for a back-test: before the base and after."""

    record: Observations
    england_wales: EnglandWales


def read_settings(place: Place) -> BacktestSettings:
    """The setting of a place. Raises InputError if it has none, or at its first fault."""
    if not place.own.has(FILE):
        raise InputError(
            "expected a history to compare with: backtest/backtest.toml and its tables "
            "(docs/how-to/compare-a-projection-with-what-followed.md)",
            file=place.folder,
        )
    toml = place.own.toml(FILE)
    toml.only(("base", "last", "later_base", "people", "registers", "trusts", "country", "names"))
    return BacktestSettings(
        base=_year(toml, "base"),
        last=_year(toml, "last"),
        later_base=_year(toml, "later_base"),
        people=toml.take(str, "people"),
        registers=toml.take(str, "registers"),
        trusts=tuple(toml.take(list, "trusts")),
        country=toml.take(str, "country"),
        names=dict(toml.take(dict, "names")),
        register_drift=place.value("backtest.register-drift") / 100,
        trend_kept=place.value("backtest.trend-kept"),
    )


def read_history(place: Place) -> History:
    """The tables of the place's own `backtest` folder and of the defaults it builds on."""
    return History(read_observations(place), read_england_wales(place))


def _year(toml: Toml, key: str) -> Period:
    text = toml.take(str, key)
    try:
        parsed = period(text)
        if parsed.kind == "financial year" or (key == "last" and parsed.kind == "nine months"):
            return parsed
    except ValueError:
        pass
    raise toml.fault("expected a financial year like 2013/14", key, value=text)


def known_after_the_plans_base(place: Place) -> Observations:
    """What the tables hold of the place and its trusts after the plan's base year; maybe nothing.

    Raises InputError if the place ships no history.
    """
    setting = read_settings(place)
    bodies = (setting.people, setting.registers, *setting.trusts)
    return Observations(
        tuple(
            row
            for row in read_observations(place).observations
            if row.body in bodies and row.period.over > setting.later_base.over
        )
    )
