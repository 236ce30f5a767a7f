"""How disease registers have grown beyond ageing since 2015/16, for the edition of 2026."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tripleaim.people import SEXES
from tripleaim.people.disease_files import recorded_pct
from tripleaim.place import Place, columns_of, load, people_of
from tripleaim.place.population_columns import POPULATION_COLUMNS
from tripleaim.tables import read_csv

YEARS = 9
"""From 31 March 2016 to 31 March 2025, and from mid-2015 to mid-2024."""
KEPT_PART = 0.5
"""The part of the growth beyond ageing that is carried on, as in England's disease files."""
UNCERTAIN: Mapping[str, str] = {
    "asthma": "not known: the register counts people from age 6 now and counted all in 2015/16",
    "depression": "recording: the register only counts people since 2006, so it is still filling "
    "up",
}
"""Conditions whose registers are no measure of growth, and why."""
_CAUSE = (
    "half of the growth beyond ageing, the rule of England's disease files; the nine years include "
    "the pandemic"
)
_ABOUT = (
    "How the share of people of an age and sex with a condition moves, % a year; stands before the",
    "trend of the disease file. Half of the growth beyond ageing of England's registers from 31",
    "March 2016 to 31 March 2025 (sources qof-2015-16 and qof-2024-25); 0 where what the register",
    "counts had changed. england_register_pct: growth of the register's share of patients a year;",
    "ageing_pct: what England's ageing from mid-2015 to mid-2024 explains of it.",
)
_HEADER = (
    *("condition", "pct_a_year", "england_register_pct", "place_register_pct", "ageing_pct"),
    *("status", "source", "cause"),
)


def trend_lines(
    registers: Path, population: Path
) -> tuple[tuple[str, ...], tuple[str, ...], list[tuple[str, ...]]]:
    """Comments, header and rows of `condition_trends.csv`, from the registers and people of now."""
    england = load("england")
    before = {row["condition"]: row for row in england.rows("registers.csv")}
    now = {row["condition"]: row for row in read_csv(registers, columns_of("registers.csv"))}
    people = {
        (row["age"].first, row["sex"]): float(row["population"])
        for row in read_csv(population, POPULATION_COLUMNS)
    }
    rows = []
    for condition, was in sorted(before.items()):
        grown = _a_year(now[condition]["england_pct"] / was["england_pct"])
        aged = _ageing(england, condition, was["minimum_age"], people)
        why = UNCERTAIN.get(condition)
        kept = 0.0 if why else KEPT_PART * (grown - aged)
        told = "" if condition == "asthma" else f"{grown:.2f}"
        shown = (f"{kept:.2f}", told, "", f"{aged:.2f}")
        rows.append((condition, *shown, "assumed", "tripleaim", why or _CAUSE))
    return _ABOUT, _HEADER, rows


def _ageing(
    england: Place, condition: str, least: int, people: Mapping[tuple[int, str], float]
) -> float:
    """How the share with a condition grows a year where each age and sex keeps its own, %."""
    pct = recorded_pct(england, condition)

    def share(of: Mapping[tuple[int, str], float]) -> float:
        inside = {key: n for key, n in of.items() if key[0] >= least}
        ill = sum(n * pct[SEXES.index(sex), age] for (age, sex), n in inside.items())
        return float(ill / sum(inside.values()))

    return _a_year(share(people) / share(people_of(england.own)))


def _a_year(times: float) -> float:
    return float(100 * (times ** (1 / YEARS) - 1))
