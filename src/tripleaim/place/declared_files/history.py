"""A history to look back on: what was observed before an early base year and after it."""

from __future__ import annotations

from tripleaim.place.declared_files.declaration import (
    AGE,
    CALENDAR_YEAR,
    PEOPLE_OF_A_COUNTRY,
    DeclaredFile,
    numbers,
    people,
    periods,
    sex,
    texts,
)

_SERIES = (*texts("body", "series"), *periods("period"))
_OBSERVED = (*_SERIES, *numbers("value", unit="of the series", most=PEOPLE_OF_A_COUNTRY))
_SIGNED = (
    *_SERIES,
    *numbers("value", unit="people", least=-PEOPLE_OF_A_COUNTRY, most=PEOPLE_OF_A_COUNTRY),
)


def _table(name: str, purpose: str) -> DeclaredFile:
    columns = _SIGNED if name == "components" else _OBSERVED
    key = ("body", "series", "period")
    return DeclaredFile(f"backtest/{name}.csv", purpose, ("backtest",), columns, key)


FILES = (
    DeclaredFile("backtest/backtest.toml", "where a place's back-test starts", ("backtest",)),
    _table("population", "people at 30 June"),
    _table("population_80_and_over", "people of 80 and over at 30 June"),
    _table("deaths", "deaths in the year to 30 June"),
    _table("components", "components of change in the year to 30 June, which may be negative"),
    _table("births", "births in a year by age of mother"),
    _table("registers", "people on disease registers at 31 March"),
    _table("lists", "patients at 31 March"),
    _table("ae", "A&E attendances of all types"),
    _table("beds", "general and acute beds, average a day"),
    DeclaredFile(
        "backtest/england_wales.csv",
        "deaths and people by single year of age, from which mortality is estimated",
        ("backtest",),
        (
            CALENDAR_YEAR,
            sex(),
            AGE,
            *people("deaths", "population", of_a_country=True),
        ),
        ("year", "sex", "age"),
    ),
)
