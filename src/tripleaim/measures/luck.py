"""Small numbers: how far luck in who the people are moves a sum, and when that must be said.

A sum over people drawn by chance is the less sure the fewer people carry it. Were each as likely to
be there as not to be, by themselves, the variance of the sum of their contacts r would be the sum
of r squared (a compound Poisson sum). So it is as uncertain as one that is carried by
(sum r)^2 / sum r^2 people who are all alike: Kish, Survey sampling (1965), calls the like an
effective number. Contacts are known by cell of people: within a cell all count as alike.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

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
    has_people = np.broadcast_to(heads > 0, of_cell.shape)
    squares = np.divide(of_cell**2, heads, out=np.zeros_like(of_cell), where=has_people).sum(axis=0)
    total = np.where(has_people, of_cell, 0.0).sum(axis=0)
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
    sums = activity.by(*cell, *rest, **q.wanted, scenario=q.scenario)
    of_cell, cells = _numbered(sums, cell)
    in_cell = np.array([heads.get(key, 0) for key in cells], dtype=np.float64)
    of_row, rows = _numbered(sums, q.dimensions)
    amounts = sums[q.measure].fill_null(0.0).to_numpy()
    values, alike = _by_row(amounts, in_cell[of_cell], of_row, len(rows))
    few = np.flatnonzero((alike > 0) & (alike < FEW_ALIKE) & (values > 0))
    found = {rows[k]: small_number(float(values[k]), float(alike[k])) for k in few}
    return {key: small for key, small in found.items() if small}


def _numbered(
    sums: pa.Table, names: Sequence[str]
) -> tuple[npt.NDArray[np.int64], list[tuple[str, ...]]]:
    """Which of the distinct rows of some columns each row is, and those rows as texts."""
    number = np.zeros(len(sums), dtype=np.int64)
    labels: list[list[str]] = []
    for name in names:
        texts = sums[name].cast(pa.string()).fill_null("None").combine_chunks().dictionary_encode()
        labels.append(texts.dictionary.to_pylist())
        number = number * max(len(labels[-1]), 1) + texts.indices.to_numpy(zero_copy_only=False)
    distinct, of_row = np.unique(number, return_inverse=True)
    columns = []
    for label in reversed(labels):
        distinct, code = np.divmod(distinct, max(len(label), 1))
        columns.append([label[c] for c in code.tolist()])
    return of_row, list(zip(*reversed(columns), strict=True))


def _by_row(
    amounts: Floats, people: Floats, of_row: npt.NDArray[np.int64], rows: int
) -> tuple[Floats, Floats]:
    """Sums of amounts by row, and how many people alike carry each, as `people_alike` has it."""
    has_people = people > 0
    squares = np.divide(amounts**2, people, out=np.zeros_like(amounts), where=has_people)
    of_squares = np.bincount(of_row, squares, rows)
    total = np.bincount(of_row, np.where(has_people, amounts, 0.0), rows)
    alike: Floats = np.divide(total**2, of_squares, out=np.zeros(rows), where=of_squares > 0)
    whole: Floats = np.bincount(of_row, amounts, rows).astype(np.float64)
    return whole, alike
