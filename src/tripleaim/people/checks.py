"""The people compared with the official figures they were drawn to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.people.clustering import clustering_ratios, priority_numbers, read_published
from tripleaim.people.illness import Register, read_illness
from tripleaim.people.model import People
from tripleaim.people.risk_rows import ADULT, risk_rows
from tripleaim.place import Place

REGISTER_TOLERANCE = 0.02
STANDARD_ERRORS = 3.0


@dataclass(frozen=True, slots=True)
class PopulationCheck:
    """One official figure and what the people give: `passes` if within `tolerance` of it.

    `difference` is found less expected, `tolerance` in the same unit; `source` is a source id.
    """

    name: str
    unit: str
    expected: float
    found: float
    difference: float
    tolerance: float
    passes: bool
    source: str
    note: str


def check_people(people: People, place: Place) -> list[PopulationCheck]:
    """Every margin, register and published ratio of `place`, against `people`.

    Figures that the place does not hold are not checked.
    """
    return [
        *_sizes(people, place),
        *_registers(people, place),
        *_risks(people, place),
        *_clustering(people, place),
    ]


def _sizes(people: People, place: Place) -> list[PopulationCheck]:
    old = people.age_in(place.base_year) >= 75
    counts = {
        "people.registered": (len(people), "people registered", 0.0),
        "people.practices": (len(np.unique(people.practice)), "practices with patients", 0.0),
        "people.residents": (
            int(people.resident.sum()),
            "of whom live in the place",
            0.002 * len(people),
        ),
        "people.registered-75-and-over-pct": (
            100 * float(old.mean()),
            "75 and over, registered",
            0.01,
        ),
        "people.residents-75-and-over-pct": (
            100 * float(old[people.resident].mean()),
            "75 and over, residents",
            0.03,
        ),
    }
    checks = []
    for figure_id, (value, name, tolerance) in counts.items():
        figure = place.figures.get(figure_id)
        if figure is not None:
            checks.append(
                _check(
                    name,
                    figure.unit,
                    expected=figure.value,
                    actual=value,
                    tolerance=tolerance,
                    source=figure.source,
                    note=figure.cause,
                )
            )
    return checks


def _registers(people: People, place: Place) -> list[PopulationCheck]:
    illness = read_illness(place)
    age = people.age_in(place.base_year)
    checks = []
    for condition in illness.conditions:
        register = illness.registers.get(condition.id)
        if register is None:
            continue
        counted = age >= register.minimum_age
        expected = expected_on_register(register, int(counted.sum()))
        has = people.conditions & people.mask((condition.id,)) > 0
        tolerance = max(REGISTER_TOLERANCE * expected, STANDARD_ERRORS * expected**0.5)
        ages = f", {register.minimum_age} and over" if register.minimum_age else ""
        checks.append(
            _check(
                f"{condition.name}{ages}",
                "people",
                expected=expected,
                actual=int((has & counted).sum()),
                tolerance=tolerance,
                source=register.source,
                note=f"register {register.id}, {register.pct:.2f}% of its list",
            )
        )
    return checks


def _risks(people: People, place: Place) -> list[PopulationCheck]:
    """People of 16 and over above the lowest level of each risk factor, against its table."""
    checks = []
    for row in risk_rows(people, place):
        if not row.lowest:
            checks.append(
                _check(
                    f"{row.name}: {row.level_name}",
                    f"people of {ADULT} and over",
                    expected=row.expected,
                    actual=row.people,
                    tolerance=max(REGISTER_TOLERANCE * row.expected, 4 * row.expected**0.5),
                    source=row.source,
                    note=f"shares by age and sex of risk_factors/{row.id}.csv",
                )
            )
    return checks


def expected_on_register(register: Register, people: int) -> float:
    """How many of `people` of at least the register's minimum age its prevalence makes."""
    return people * register.count / register.list_size


def _clustering(people: People, place: Place) -> list[PopulationCheck]:
    published = read_published(place)
    if not published:
        return []
    ratios = clustering_ratios(people.conditions, priority_numbers(people), published[0].a_head)
    return [
        _check(
            f"{row.conditions} of the eight conditions, against independence",
            "ratio",
            expected=row.ratio,
            actual=float(ratios[row.conditions]),
            tolerance=row.tolerance * row.ratio,
            source=row.source,
            note=f"thinned at random to {row.a_head} a head; frailty's loading is calibrated to it",
        )
        for row in published
    ]


def _check(
    name: str,
    unit: str,
    *,
    expected: float,
    actual: float,
    tolerance: float,
    source: str,
    note: str,
) -> PopulationCheck:
    difference = actual - expected
    passes = abs(difference) <= tolerance + 1e-9
    return PopulationCheck(
        name, unit, expected, actual, difference, tolerance, passes, source, note
    )
