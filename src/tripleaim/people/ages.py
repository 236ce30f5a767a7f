"""Ages: bands as official tables write them, and single years where an age class is open."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from tripleaim.people.model import SEXES
from tripleaim.place import Place, Row

OLDEST = 105
"""The last single year of age; it stands for itself and above."""

TINY = 1e-290
"""Shares all below this are scaled up first, lest a division by their sum be infinite."""


def ages_of_band(row: Row, column: str) -> tuple[int, int]:
    """The first and last whole year of an age band such as "5-14" or "75+" in a table's row.

    Raises InputError if it is neither.
    """
    ages = ages_of_text(row[column])
    if ages is None:
        raise row.fault(column, "expected an age band such as 5-14 or 75+")
    return ages


def ages_of_text(text: str) -> tuple[int, int] | None:
    """The first and last whole year of a band such as "5-14" or "75+"; None if it is neither."""
    match = re.fullmatch(r"(\d+)(?:-(\d+)|\+)", text)
    if not match or int(match[1]) > OLDEST or (match[2] and int(match[2]) < int(match[1])):
        return None
    return int(match[1]), min(int(match[2] or OLDEST), OLDEST)


def by_single_year(
    place: Place, known: npt.NDArray[np.float64], open_from: int
) -> npt.NDArray[np.float64]:
    """People by sex and single year, from a table whose last age `open_from` means "and over".

    `known` has shape (2, open_from + 1); the result (2, OLDEST + 1). The open class is split as
    `oldest.csv` has England and Wales.
    """
    oldest = np.zeros((len(SEXES), OLDEST + 1))
    for row in place.rows("oldest.csv"):
        oldest[SEXES.index(row["sex"]), row["age"]] = row["population"]
    result = np.zeros((len(SEXES), OLDEST + 1))
    result[:, :open_from] = known[:, :open_from]
    tail = oldest[:, open_from:]
    total = tail.sum(axis=1, keepdims=True)
    result[:, open_from:] = known[:, open_from:] * np.divide(
        tail, total, out=np.eye(1, tail.shape[1]).repeat(len(SEXES), 0), where=total > 0
    )
    return result


def whole_people(shares: npt.NDArray[np.float64], people: int) -> npt.NDArray[np.int64]:
    """`people` shared out in proportion to `shares` in whole persons, by largest remainder.

    Evenly where all shares are zero.
    """
    weights = shares if shares.sum() > 0 else np.ones_like(shares)
    if weights.max() < TINY:
        weights = weights / weights.max()
    exact = weights * (people / weights.sum())
    counts: npt.NDArray[np.int64] = np.floor(exact).astype(np.int64)
    short = people - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[:short]] += 1
    return counts
