"""A back-test of Somerset, made once, and a smaller Somerset whose later rows may be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tripleaim.backtest import Backtest, run_backtest
from tripleaim.backtest.england_wales import EnglandWales
from tripleaim.backtest.observations import Observation, Observations
from tripleaim.backtest.settings import BacktestSettings, History, read_history, read_settings
from tripleaim.core import RunContext
from tripleaim.place import Place, load

SHRUNK = 40
"""People of the small history: one in so many."""


@pytest.fixture(scope="session")
def somerset() -> Place:
    return load("somerset")


@pytest.fixture(scope="session")
def setting(somerset: Place) -> BacktestSettings:
    return read_settings(somerset)


@pytest.fixture(scope="session")
def history(somerset: Place) -> History:
    return read_history(somerset)


@pytest.fixture(scope="session")
def small(history: History, setting: BacktestSettings) -> History:
    """The history of a place of one in forty of Somerset's people, with few other bodies."""
    own = {setting.people, setting.registers}
    some = set(history.record.bodies("registers.csv")[:12])
    some |= set(history.record.bodies("beds.csv")[:12]) | set(history.record.bodies("ae.csv"))
    some |= set(history.record.bodies("components.csv")[:12])
    some |= {*own, setting.country, *setting.trusts}
    return History(
        Observations(
            tuple(
                replace(o, value=o.value / SHRUNK) if o.body in own else o
                for o in history.record.observations
                if o.body in some
            )
        ),
        history.england_wales,
    )


Change = Callable[[Observation], Observation]


@pytest.fixture(scope="session")
def changed_after(small: History, setting: BacktestSettings) -> Callable[[], History]:
    """The same history with every row after the base another, and some gone."""

    def change() -> History:
        rows = []
        for i, o in enumerate(small.record.observations):
            if o.period.over <= setting.base.over:
                rows.append(o)
            elif i % 3:
                rows.append(replace(o, value=3 * o.value + 17))
        vitals = small.england_wales
        deaths, people = vitals.deaths.copy(), vitals.people.copy()
        late = [y for y, year in enumerate(vitals.years) if year >= setting.base.over.year]
        assert late
        deaths[late] *= 5
        people[late] *= 2
        return History(Observations(tuple(rows)), EnglandWales(vitals.years, deaths, people))

    return change


@pytest.fixture(scope="session")
def made(somerset: Place) -> Backtest:
    return run_backtest(somerset, RunContext(7), draws=500)
