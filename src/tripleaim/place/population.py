"""A population by single year of age and sex: all that a new place needs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tripleaim.place.errors import InputError
from tripleaim.place.file import File, path_of
from tripleaim.place.tables import Column, Row, number, read_csv_with_faults

SEXES = ("male", "female")
OLDEST = 120


def _age(text: str) -> tuple[int, bool]:
    """A whole number of years, and whether it stands for that age and over ("90+")."""
    digits = text.removesuffix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 3 and int(digits) <= OLDEST):
        raise ValueError(f'expected years of age from 0 to {OLDEST}, or "90+" for the last')
    return int(digits), text.endswith("+")


POPULATION_COLUMNS = (
    Column("age", _age),
    Column("sex", choices=SEXES),
    Column("population", number, minimum=0),
)


def read_population(file: Path | File) -> Mapping[tuple[int, str], float]:
    """People by age and sex, from a CSV of `age`, `sex`, `population`; the last age is "and over".

    Ages are single years from 0, each for both sexes. Raises InputError at the first fault.
    """
    people, faults = read_population_with_faults(file)
    if faults:
        raise faults[0]
    return people


def read_population_with_faults(
    file: Path | File,
) -> tuple[Mapping[tuple[int, str], float], list[InputError]]:
    """The same, with every fault: an age twice, an age left out, nobody at all."""
    rows, faults = read_csv_with_faults(file, POPULATION_COLUMNS)
    people: dict[tuple[int, str], float] = {}
    for row in rows:
        key = (row["age"][0], row["sex"])
        if key in people:
            faults.append(
                InputError(
                    f"this age stands twice for {row['sex']} people",
                    file=path_of(file),
                    line=row.line,
                    column="age",
                    value=row["age"][0],
                )
            )
        people[key] = row["population"]
    if faults:
        return people, faults
    return people, _gaps(path_of(file), rows, people)


def _gaps(path: Path, rows: list[Row], people: Mapping[tuple[int, str], float]) -> list[InputError]:
    last = max(age for age, _ in people)
    faults = [
        InputError(
            f"expected {row['age'][0]}: only the last age may stand for older ones",
            file=path,
            line=row.line,
            column="age",
            value=f"{row['age'][0]}+",
        )
        for row in rows
        if row["age"][1] and row["age"][0] != last
    ]
    for sex in SEXES:
        missing = [age for age in range(last + 1) if (age, sex) not in people]
        if missing:
            faults.append(
                InputError(
                    f"expected every year of age from 0 to {last} for {sex} people; "
                    f"left out: {_spans(missing)}",
                    file=path,
                    column="age",
                )
            )
    if sum(people.values()) <= 0:
        faults.append(InputError("expected people; all are 0", file=path, column="population"))
    return faults


def _spans(ages: list[int]) -> str:
    spans: list[list[int]] = []
    for age in ages:
        if spans and age == spans[-1][1] + 1:
            spans[-1][1] = age
        else:
            spans.append([age, age])
    return ", ".join(f"{a}" if a == b else f"{a} to {b}" for a, b in spans)
