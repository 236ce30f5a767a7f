"""Whether people can be those of a place: their ages and sexes beside England's, and their number
beside what the place itself says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tripleaim.place.age_texts import NO_END, read_ages
from tripleaim.place.england_ages import england_people
from tripleaim.place.figures import Figure
from tripleaim.place.files import FolderFiles
from tripleaim.place.population import OPEN_FROM
from tripleaim.place.population_columns import SEXES
from tripleaim.tables import InputError, Note, Row

Bands = Mapping[tuple[int, int, str], float]
"""People by first age, last age (NO_END where it is open) and sex."""

_MOST_UNLIKE = 0.4
"""Part of the people who would have to be of another age or sex for England's. Half a file gives
0.5; no county, district or town of England comes near, not the City of London nor Cambridge."""
_MOST_OLDER = 0.25
"""Part of England's people who may be older than the last age with anybody."""
_ASKED, _REFUSED = 1.25, 2.0
"""Times by which two counts of the same people may differ before it is asked about, and refused:
lists hold up to a tenth more than residents, and years lie between some counts."""
_COUNTS = ("people.registered", "people.residents", "population.total")
LISTS, RESIDENTS = "registered.csv", "residents.csv"


def bands_of(people: Mapping[tuple[int, str], float]) -> Bands:
    """People by single year of age as bands; a last age from 75 on stands for older ones too."""
    last = max(age for age, _ in people)
    open_last = last if last >= OPEN_FROM else NO_END
    return {(age, NO_END if age == open_last else age, sex): n for (age, sex), n in people.items()}


def unlike_any_place(people: Bands, file: Path, column: str) -> Iterator[InputError]:
    """A fault where the ages and sexes of people are those of no place: a file cut off, a sex or
    the children left out."""
    total = sum(people.values())
    if total <= 0:
        return
    oldest = max(last for (_, last, _), n in people.items() if n > 0)
    older = _england_share(oldest + 1, NO_END)
    mine = {key: _england_share(*key) for key in people}
    apart = sum(abs(people[key] / total - mine[key]) for key in people)
    unlike = (apart + 1 - sum(mine.values())) / 2
    if older > _MOST_OLDER:
        expected = (
            f"expected people of all ages: nobody is older than {oldest}, where {older:.0%} of "
            "England's people are (was the file cut off?)"
        )
    elif unlike > _MOST_UNLIKE:
        expected = (
            f"expected people of all ages and both sexes: {unlike:.0%} of these would need "
            "another age or sex to match England (is a part of the file left out?)"
        )
    else:
        return
    yield InputError(expected, file=file, column=column, value=f"{total:,.0f} people")


def _england_share(first: int, last: int, sex: str = "") -> float:
    """England's people from one age to another, both included, as a part of all."""
    england = england_people()
    here = sum(n for (age, of), n in england.items() if first <= age <= last and sex in ("", of))
    return here / sum(england.values())


def listed(own: FolderFiles) -> Bands | None:
    """People on the lists of a place's practices by band; None where a line cannot be used."""
    return _summed(own.rows(LISTS), "age_band", "patients")


def residents(own: FolderFiles) -> Bands | None:
    """Residents of a place's districts by single year; None where a line cannot be used."""
    rows = own.rows(RESIDENTS)
    last = max(row["age"] for row in rows)
    return _summed(rows, "age", "residents", last)


def _summed(rows: Sequence[Row], ages: str, people: str, last: int = -1) -> Bands | None:
    bands: dict[tuple[int, int, str], float] = {}
    try:
        for row in rows:
            of = read_ages(str(row[ages]))
            if row["sex"] not in SEXES:
                return None
            key = (of.first, NO_END if of.first == last else of.last, row["sex"])
            bands[key] = bands.get(key, 0.0) + row[people]
    except ValueError:  # the reader of lists says which band is none
        return None
    return bands


def beside_counts(
    people: Bands, file: Path, own: FolderFiles, figures: Mapping[str, Figure]
) -> Iterator[InputError | Note]:
    """Faults and questions where the place's own counts of the same people are of another size.

    Its own figures of how many people there are, and the lists that its registers are of.
    """
    for name in own.parts("figures"):
        for row in _rows(own, name):
            if row["id"] in _COUNTS and row["id"] in figures:
                count = figures[row["id"]].value
                yield from _beside(count, sum(people.values()), row, "value", file.name)
    for row in _rows(own, "registers.csv") if own.has("registers.csv") else ():
        least: int = row["minimum_age"]
        of_age = sum(n for (first, _, _), n in people.items() if first >= least)
        source = f"{file.name} from age {least}" if least else file.name
        yield from _beside(row["list_size"], of_age, row, "list_size", source)


def _rows(own: FolderFiles, name: str) -> Sequence[Row]:
    """The rows of a table that can be used; none where its header is at fault, which is told."""
    try:
        return own.table(name).rows
    except InputError:
        return ()


def _beside(
    count: float, people: float, row: Row, column: str, source: str
) -> Iterator[InputError | Note]:
    if count <= 0 or people <= 0:
        return
    times = max(people / count, count / people)
    if times > _REFUSED:
        yield row.fault(column, f"expected about {people:,.0f}, the people of {source}")
    elif times > _ASKED:
        question = (
            f"{count:,.0f} people are counted here, and {people:,.0f} in {source}: is that so?"
        )
        yield Note(row.file, question, row.line)
