"""Who a place's people are said to be, beside England's, and what in it asks for a second look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tripleaim.place.england_ages import england_people
from tripleaim.place.population import OPEN_FROM
from tripleaim.place.population_columns import SEXES

People = Mapping[tuple[int, str], float]

_FEW = 5_000
"""People below which a file may be in thousands, and a plan is mostly chance."""
_MANY = 10_000_000
_UNLIKE = 0.25
"""Share of people who would have to be of another age or sex for England's shape. No county or
unitary authority of England comes near it; a town of students may."""
_OLD, _CHILD = 75, 15
_HEAP = 4
"""Times the mean of the ages beside it at which a single age is asked about."""


def people_in_words(people: People) -> str:
    """How many people there are, how many of them are old, and where the ages end."""
    total, last = sum(people.values()), max(age for age, _ in people)
    ends = f"{last} and over" if last >= OPEN_FROM else f"{last}"
    return (
        f"{total:,.0f} people, {_share(people, _OLD):.1%} of them {_OLD} and over (England "
        f"{_share(england_people(), _OLD):.1%}); the last age is {ends}."
    )


def questions_of_people(people: People) -> Iterator[str]:
    """What in a population is unlike any place's, each as a question with its number."""
    total, last = sum(people.values()), max(age for age, _ in people)
    england = england_people()
    if total < _FEW:
        parts = any(abs(n - round(n)) > 1e-9 for n in people.values())
        why = ", with parts of a person" if parts else ""
        yield f"{total:,.0f} people in all{why}: is the file in thousands?"
    elif total > _MANY:
        yield f"{total:,.0f} people in all: is this a single place?"
    if last < OPEN_FROM:
        older = _share(england, last + 1)
        yield (
            f"Nobody is older than {last}, where {older:.1%} of England's people are: was the "
            "file cut off, or does its last age include everyone older?"
        )
    elif not 0.4 < _share(people, _OLD) / _share(england, _OLD) < 2.5:
        yield (
            f"{_share(people, _OLD):.1%} are {_OLD} and over, where {_share(england, _OLD):.1%} of "
            "England's people are: is that so?"
        )
    children, usual = 1 - _share(people, _CHILD), 1 - _share(england, _CHILD)
    if children < usual / 2.5:
        yield (
            f"{children:.1%} are children under {_CHILD}, where {usual:.1%} of England's people "
            "are: is that so?"
        )
    for sex in SEXES:
        share = sum(n for (_, of), n in people.items() if of == sex) / total
        if not 0.4 < share < 0.6:
            yield f"{share:.1%} are {sex}: is one sex missing in part?"
            break
    empty = [age for age in range(last) if not any(people[age, sex] for sex in SEXES)]
    if empty and last >= OPEN_FROM:
        yield f"Nobody is of {len(empty)} ages from {empty[0]} to {empty[-1]}: is that so?"
    yield from _heaps(people, last)
    unlike = _dissimilarity(people, england)
    if unlike > _UNLIKE:
        yield (
            f"{unlike:.0%} of the people would need another age or sex to match England: is that "
            "so?"
        )


def _heaps(people: People, last: int) -> Iterator[str]:
    for age in range(1, last):
        here = sum(people[age, sex] for sex in SEXES)
        beside = sum(people[a, s] for a in (age - 1, age + 1) for s in SEXES if a != last) / 2
        if beside > 0 and here > _HEAP * beside and here > 100:
            times = f"{here / beside:.0f} times the ages beside it"
            yield f"{here:,.0f} people are {age}, {times}: is that so?"


def _share(people: People, from_age: int) -> float:
    old = sum(n for (age, _), n in people.items() if age >= from_age)
    return old / sum(people.values())


def _dissimilarity(people: People, england: People) -> float:
    """The share of people who would have to change cells for England's shape (Duncan & Duncan
    1955), by age up to England's last and sex."""
    top = max(age for age, _ in england)
    mine: dict[tuple[int, str], float] = dict.fromkeys(england, 0.0)
    for (age, sex), n in people.items():
        mine[min(age, top), sex] += n
    all_mine, all_england = sum(mine.values()), sum(england.values())
    return sum(abs(mine[key] / all_mine - england[key] / all_england) for key in england) / 2
