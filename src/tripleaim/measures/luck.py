"""Small numbers: how far luck in who the people are moves a sum, and when that must be said.

A sum over people drawn by chance is the less sure the fewer people carry it. Were each as likely to
be there as not to be, by themselves, the variance of the sum of their contacts r would be the sum
of r squared (a compound Poisson sum). So it is as uncertain as one that is carried by
(sum r)^2 / sum r^2 people who are all alike: Kish, Survey sampling (1965), calls the like an
effective number. Contacts are known by cell of people: within a cell all count as alike.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.activity import OF_CONTRACT, OF_WHOM, Activity, PeopleByCell, Question
from tripleaim.measures.intervals import Interval, normal_deviate, wilson

Floats = npt.NDArray[np.float64]

FEW_ALIKE = 100
"""A number carried by fewer people alike is small: its own noise is 10% or more, and is said."""

MANY_PEOPLE = 20_000
"""Among so many people no kind of care is carried by few, and nothing is worked out."""

CONFIDENCE = 0.8
"""Of the interval: from 10% to 90%, as ranges of the plan are."""


@dataclass(frozen=True, slots=True)
class SmallNumber:
    """A number that few people carry: what another draw of like people would give, and how few.

    `interval` holds the number and its limits at 10% and 90%, in the number's unit.
    """

    interval: Interval
    people_alike: float

    @property
    def noise_pct(self) -> float:
        """One standard deviation of luck, in per cent of the number."""
        return 100 / math.sqrt(self.people_alike)


def people_alike(amounts: npt.ArrayLike, people: npt.ArrayLike) -> Floats:
    """How many people alike carry each sum of `amounts`.

    amounts  (cells, ...) what the people of each cell have together
    people   (cells,) how many they are; cells without people count for nothing
    The result has the shape of one cell's amounts, 0 where the sum is 0.
    """
    of_cell = np.asarray(amounts, dtype=np.float64)
    heads = np.asarray(people, dtype=np.float64).reshape(-1, *[1] * (of_cell.ndim - 1))
    held = np.broadcast_to(heads > 0, of_cell.shape)
    squares = np.divide(of_cell**2, heads, out=np.zeros_like(of_cell), where=held).sum(axis=0)
    total = np.where(held, of_cell, 0.0).sum(axis=0)
    alike: Floats = np.divide(total**2, squares, out=np.zeros_like(total), where=squares > 0)
    return alike


def luck_share(alike: float) -> float:
    """Half the width of the interval, as a share of a number that so many people alike carry."""
    return normal_deviate(CONFIDENCE) / math.sqrt(alike)


def small_number(value: float, alike: float) -> SmallNumber | None:
    """The number with its interval if fewer than FEW_ALIKE people alike carry it, else None.

    The interval is lognormal, so that no number falls below 0. None for 0 too.
    """
    if not 0 < alike < FEW_ALIKE or value <= 0:
        return None
    return SmallNumber(by_luck(value, alike), alike)


def by_luck(value: float, alike: float) -> Interval:
    """A number that `alike` people alike carry, with its limits at 10% and 90%.

    Lognormal, so that no number falls below 0; its variance is the number squared over `alike`.
    Raises ValueError unless both are above 0.
    """
    if value <= 0 or alike <= 0:
        raise ValueError(f"expected numbers above 0, found {value} of {alike} people alike")
    reach = normal_deviate(CONFIDENCE) * math.sqrt(math.log1p(1 / alike))
    return Interval(value, value * math.exp(-reach), value * math.exp(reach))


def small_share(count: float, people: float) -> Interval | None:
    """The share (0 to 1) that `count` of `people` are, if fewer than FEW_ALIKE carry it, else None.

    Limits are Wilson's, so that none of 30 people is no certainty and no share leaves 0 to 1. None
    without people.
    """
    if people <= 0 or count >= FEW_ALIKE:
        return None
    return wilson(min(count, people), people, CONFIDENCE)


def small_numbers(
    activity: Activity, people: PeopleByCell, question: Question
) -> Mapping[tuple[str, ...], SmallNumber]:
    """The rows of a question's answer that few people carry, by the question's dimensions as texts.

    Of the question's own scenario. Empty where it asks about contracts, months or several scenarios
    at once, which are not known by people, and where every row is of MANY_PEOPLE or more.
    """
    q = question
    asked = {*q.dimensions, *q.where}
    if asked & {*OF_CONTRACT, "scenario", "period", "month"}:
        return {}
    years = {"year": q.years} if q.years else {}
    of_people = {name: values for name, values in q.where.items() if name in OF_WHOM}
    groups = tuple(name for name in q.dimensions if name in (*OF_WHOM, "year"))
    per_year = groups if "year" in groups else ("year", *groups)
    if all(n >= MANY_PEOPLE for n in people.by(*per_year, **years, **of_people).values()):
        return {}
    cell = ("year", *OF_WHOM)
    heads = people.by(*cell, **years, **of_people)
    rest = tuple(name for name in q.dimensions if name not in cell)
    sums = activity.by(*cell, *rest, **q.wanted, scenario=q.scenario).to_pylist()
    rows: dict[tuple[str, ...], list[tuple[float, int]]] = defaultdict(list)
    for row in sums:
        head = heads.get(tuple(str(row[name]) for name in cell), 0)
        key = tuple(str(row[name]) for name in q.dimensions)
        rows[key].append((row[q.measure] or 0.0, head))
    found = {key: _of_row(pairs) for key, pairs in rows.items()}
    return {key: small for key, small in found.items() if small}


def _of_row(pairs: Sequence[tuple[float, int]]) -> SmallNumber | None:
    amounts, heads = zip(*pairs, strict=True)
    return small_number(sum(amounts), float(people_alike(amounts, heads)))
