"""A population by age and sex: all that a new place needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from tripleaim.place.age_texts import NO_END, Ages
from tripleaim.place.england_ages import england_shape
from tripleaim.place.population_by_sex import read_lines
from tripleaim.place.population_choice import chosen_rows, columns_of_year, names_years
from tripleaim.place.population_columns import BOTH, SEXES, UNKNOWN
from tripleaim.place.population_sheet import of_one_sheet
from tripleaim.tables import File, InputError, Note, Row, TableRead, refuse

if TYPE_CHECKING:
    from tripleaim.place.files import FolderFiles

POPULATION = "population.csv"
OPEN_FROM = 75
"""An open class from this age on is split by the model (`oldest.csv`); a younger one is spread."""
_HEAPED = 2.5
"""A last age with so many times the people of each of the five before it stands for older ones."""


@dataclass(frozen=True)
class Population:
    """People by single year of age and sex, and what had to be understood to get them."""

    people: Mapping[tuple[int, str], float]
    notes: tuple[Note, ...] = ()


def read_population(
    file: Path | File, area: str | None = None, year: str | None = None
) -> Mapping[tuple[int, str], float]:
    """People by single year of age from 0 and sex, both sexes; the last age is "and over".

    `file` has the columns age, sex and population, by these or by publishers' names. Ages may be
    single years or bands, which are spread by England's ages; totals must equal the sum. `area`
    and `year` are those to take of a file of several (`areas_of`, `years_of`). Raises InputError
    with every fault.
    """
    return read_people(file, area, year).people


def read_people(file: Path | File, area: str | None = None, year: str | None = None) -> Population:
    """The same with what was understood."""
    population, faults = people_with_faults(file, area, year)
    refuse(faults)
    return population


def people_of(folder: FolderFiles) -> Mapping[tuple[int, str], float]:
    """The people of a footprint folder's population.csv by single year of age and sex, read once.

    Raises InputError with every fault.
    """
    population, faults = folder.made_of(POPULATION, "people", people_with_faults)
    refuse(faults)
    return population.people


def people_with_faults(
    file: Path | File, area: str | None = None, year: str | None = None
) -> tuple[Population, list[InputError]]:
    """The same with what was understood, and every fault: an age twice, an age left out."""
    asked = of_one_sheet(file, area, year, names_years)
    file, area, year = asked.file, asked.area, asked.year
    which: list[InputError] = []
    table = read_lines(file, columns_of_year(file, year, which))
    notes, faults = list(table.notes), [*which, *table.faults]
    rows = chosen_rows(table, area, year, faults, notes)
    faults += _of_no_known_sex(rows, notes)
    by_sex = {sex: _Ages(rows, sex) for sex in (*SEXES, BOTH)}
    for ages in by_sex.values():
        faults += ages.faults
    if not faults and rows:
        faults += _both_together(by_sex, rows)
    if not faults:
        for sex in SEXES:
            faults += _left_out(by_sex[sex], sex, table, max(by_sex[s].last for s in SEXES))
        faults += _totals(by_sex, table, notes)
    if not faults and sum(row["population"] for row in rows) <= 0:
        faults.append(table.origin.fault(None, "population", None, "expected people; all are 0"))
    if faults:
        return Population({}, tuple(notes)), faults
    people: dict[tuple[int, str], float] = {}
    for sex in SEXES:
        people |= _single_years(by_sex[sex], sex, table, notes)
    return Population(_same_last_age(people), tuple(notes)), []


class _Ages:
    """The lines of one sex: parts that follow on each other, and totals of other lines."""

    def __init__(self, rows: Iterable[Row], sex: str) -> None:
        self.parts: list[Row] = []
        self.sums: list[Row] = []
        self.faults: list[InputError] = []
        taken: dict[int, Row] = {}
        seen: dict[Ages, Row] = {}
        own = [row for row in rows if row["sex"] == sex]
        top = max((row["age"].last for row in own if not row["age"].is_open), default=0)
        for row in sorted(own, key=lambda row: row["age"].last - row["age"].first):
            ages: Ages = row["age"]
            years = range(ages.first, min(ages.last, max(top, ages.first)) + 1)
            covered = [year for year in years if year in taken]
            if ages in seen:
                self.faults.append(
                    row.fault(
                        "age",
                        f"this age is listed twice for {sex} people",
                        value=ages,
                    )
                )
            elif not covered:
                self.parts.append(row)
                taken |= dict.fromkeys(years, row)
            elif len(covered) == len(years):
                self.sums.append(row)
            elif ages.is_open:
                self.faults.append(
                    row.fault(
                        "age",
                        f"expected {ages.first}: only the last age may include older people",
                        value=ages,
                    )
                )
            else:
                self.faults.append(
                    row.fault("age", "expected ages that no other line covers", value=ages)
                )
            seen.setdefault(ages, row)
        self.parts.sort(key=lambda row: row["age"].first)

    @property
    def last(self) -> int:
        """The last age that a line is of, or starts with where it is open."""
        return max((_end(row["age"]) for row in self.parts), default=0)

    def sum_of(self, ages: Ages) -> tuple[float, int] | None:
        """People of these ages and the number of lines; None where no lines make them up."""
        inside = [
            row
            for row in self.parts
            if ages.first <= row["age"].first and row["age"].last <= ages.last
        ]
        if not inside or min(row["age"].first for row in inside) != ages.first:
            return None
        if not ages.is_open and max(row["age"].last for row in inside) != ages.last:
            return None
        return sum(row["population"] for row in inside), len(inside)


def _end(ages: Ages) -> int:
    return ages.first if ages.is_open else ages.last


def _of_no_known_sex(rows: Sequence[Row], notes: list[Note]) -> Iterator[InputError]:
    """A fault where people of neither sex are counted: the model knows two, and drops nobody."""
    unknown = [row for row in rows if row["sex"] == UNKNOWN]
    people = sum(row["population"] for row in unknown)
    if people:
        yield unknown[0].fault(
            "sex",
            f"expected male or female; {people:,.15g} people in {len(unknown)} lines have "
            "neither: share them between the two in proportion, or leave their lines out",
        )
    elif unknown:
        message = f"{len(unknown)} lines of no known sex have nobody in them and are left out"
        notes.append(Note(unknown[0].file, message))


def _both_together(by_sex: Mapping[str, _Ages], rows: Sequence[Row]) -> Iterator[InputError]:
    if not any(by_sex[sex].parts for sex in SEXES):
        yield rows[0].fault("sex", "expected male and female; the file has both sexes together")


def _left_out(ages: _Ages, sex: str, table: TableRead, last: int) -> Iterator[InputError]:
    covered = {y for row in ages.parts for y in range(row["age"].first, _end(row["age"]) + 1)}
    young = [r["age"].first for r in ages.parts if r["age"].is_open and r["age"].first < OPEN_FROM]
    missing = [y for y in range(last + 1) if y not in covered and y < min(young, default=NO_END)]
    if missing:
        yield table.origin.fault(
            None,
            "age",
            None,
            f"expected every year of age from 0 to {last} for {sex} people; "
            f"left out: {_spans(missing)}",
        )


def _totals(
    by_sex: Mapping[str, _Ages], table: TableRead, notes: list[Note]
) -> Iterator[InputError]:
    """Lines that are the sum of others: left out where they equal it, else a fault."""
    left_out: list[str] = []
    lines: list[int] = []
    for sex, ages in by_sex.items():
        for row in [*ages.sums, *(ages.parts if sex == BOTH else [])]:
            parts = [by_sex[s].sum_of(row["age"]) for s in (SEXES if sex == BOTH else (sex,))]
            if any(part is None for part in parts):
                yield row.fault("age", "expected lines that make up this total", value=row["age"])
                continue
            found = sum(part[0] for part in parts if part)
            if abs(found - row["population"]) > 1e-6 * max(found, 1):
                yield row.fault(
                    "population",
                    f"expected {found:,.15g}, the sum of the {sum(p[1] for p in parts if p)} lines "
                    f"that make up this total",
                    value=f"{row['population']:,.15g}",
                )
                continue
            lines.append(row.line)
            left_out.append(f"{row['age']}, {sex}, {row['population']:,.15g}")
    if left_out:
        few = "; ".join(left_out[:3]) + (" …" if len(left_out) > 3 else "")
        verbs = (
            "lines of totals equal the sum and are",
            "line is a total that equals the sum and is",
        )
        message = f"{len(left_out)} {verbs[len(left_out) == 1]} left out ({few})"
        notes.append(Note(table.origin.file, message, lines[0] if len(lines) == 1 else None))


def _single_years(
    ages: _Ages, sex: str, table: TableRead, notes: list[Note]
) -> dict[tuple[int, str], float]:
    """One sex by single years: bands and a young open class are spread as England's people are."""
    result: dict[tuple[int, str], float] = {}
    bands: list[str] = []
    for row in ages.parts:
        of: Ages = row["age"]
        count: float = row["population"]
        heaped = _heaped(ages.parts, row)
        if (of.is_open and of.first < OPEN_FROM) or heaped:
            shape = england_shape(sex, of.first, NO_END)
            bands.append(f"{of.first}+")
            if heaped:
                message = (
                    f"{count:,.15g} {sex} people are {of.first} and nobody is older: does that "
                    f"age include everyone older? It is read as {of.first} and over"
                )
                notes.append(Note(table.origin.file, message, row.line))
        elif of.is_open or of.first == of.last:
            result[of.first, sex] = count
            continue
        else:
            shape = england_shape(sex, of.first, of.last)
            bands.append(str(of))
        for age, share in shape.items():
            result[age, sex] = count * share
    if bands:
        few = ", ".join(bands[:3]) + (f" … {bands[-1]}" if len(bands) > 3 else "")
        message = (
            f"{sex} people of the age bands {few} are spread over single years in the same "
            "proportions as in England"
        )
        notes.append(Note(table.origin.file, message))
    return result


def _heaped(parts: Sequence[Row], row: Row) -> bool:
    """Whether a young last single year holds so many people that older ones must be among them."""
    of: Ages = row["age"]
    before = [r["population"] for r in parts if r["age"].first < of.first][-5:]
    return (
        row is parts[-1]
        and not of.is_open
        and of.first == of.last < OPEN_FROM
        and len(before) == 5
        and row["population"] > _HEAPED * mean(before)
    )


def _same_last_age(people: dict[tuple[int, str], float]) -> dict[tuple[int, str], float]:
    """Both sexes up to one last age: nobody, where one of them ends earlier."""
    last = max(age for age, _ in people)
    whole: dict[tuple[int, str], float] = defaultdict(float)
    for sex in SEXES:
        for age in range(last + 1):
            whole[age, sex] = people.get((age, sex), 0.0)
    return dict(whole)


def _spans(ages: Sequence[int]) -> str:
    spans: list[list[int]] = []
    for age in ages:
        if spans and age == spans[-1][1] + 1:
            spans[-1][1] = age
        else:
            spans.append([age, age])
    return ", ".join(f"{a}" if a == b else f"{a} to {b}" for a, b in spans)
