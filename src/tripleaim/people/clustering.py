"""How conditions cluster in people, compared with the county's own linked records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import comb

import numpy as np
import numpy.typing as npt

from tripleaim.people.drawing import draw_conditions, expected_by_age, heads_by_age
from tripleaim.people.illness import Frailty, Illness
from tripleaim.people.model import Bodies, People
from tripleaim.place import Place

GOLDEN = 0.6180339887498949


@dataclass(frozen=True, slots=True)
class Published:
    """People with `conditions` of the eight in linked records, and what independence would give.

    `ratio` is the one against the other, `tolerance` how far a model may be off it (a share) and
    `a_head` how many of the eight a person had recorded on average.
    """

    conditions: int
    people: float
    if_independent: float | None
    ratio: float
    tolerance: float
    a_head: float
    source: str


def read_published(place: Place) -> tuple[Published, ...]:
    """The published clustering of the place's people; empty where the place has none of its own."""
    if not place.own.has("clustering.csv"):
        return ()
    return tuple(Published(**row.values) for row in place.own.rows("clustering.csv"))


def thinned_counts(counts: npt.NDArray[np.float64], a_head: float) -> npt.NDArray[np.float64]:
    """Expected people by number of conditions if each condition were recorded only by chance.

    `counts[n]` are people with n conditions. Every condition stays with the same probability, set
    so that `a_head` are left on average (all stay if there are no more than that to begin with).
    """
    n = np.arange(len(counts))
    a_person = float((n * counts).sum() / counts.sum())
    stay = min(1.0, a_head / a_person) if a_person > 0 else 1.0
    return np.array(
        [
            sum(comb(i, k) * stay**k * (1 - stay) ** (i - k) * counts[i] for i in range(k, len(n)))
            for k in range(len(n))
        ]
    )


def if_independent(shares: npt.NDArray[np.float64], people: float) -> npt.NDArray[np.float64]:
    """People by number of conditions if each had its share whatever the others (index 0 to all)."""
    distribution = np.array([1.0])
    for share in shares:
        distribution = np.convolve(distribution, [1 - share, share])
    return np.asarray(distribution * people)


def clustering_ratios(
    bits: npt.NDArray[np.uint32], numbers: tuple[int, ...], a_head: float
) -> npt.NDArray[np.float64]:
    """People with 0, 1, 2 ... of the conditions `numbers`, against independence.

    Both after thinning at random to `a_head` conditions a person, prevalences alike.
    """
    shares = np.array([np.count_nonzero(bits & np.uint32(1 << k)) for k in numbers]) / len(bits)
    return against_independence(people_by_count(bits, numbers), shares, a_head)


def people_by_count(
    bits: npt.NDArray[np.uint32], numbers: tuple[int, ...]
) -> npt.NDArray[np.float64]:
    """People with 0, 1, 2 ... of the conditions `numbers`."""
    mask = np.uint32(sum(1 << k for k in numbers))
    return np.bincount(np.bitwise_count(bits & mask), minlength=len(numbers) + 1).astype(np.float64)


def against_independence(
    counts: npt.NDArray[np.float64], shares: npt.NDArray[np.float64], a_head: float
) -> npt.NDArray[np.float64]:
    """`counts` by number of conditions over what independence gives, both thinned to `a_head`.

    `shares` are the prevalences of the conditions before thinning.
    """
    stay = min(1.0, a_head / shares.sum()) if shares.sum() > 0 else 1.0
    alike = if_independent(shares * stay, float(counts.sum()))
    ratio = np.full(len(alike), np.nan)
    np.divide(thinned_counts(counts, a_head), alike, out=ratio, where=alike > 0)
    return ratio


def by_age_and_sex_alone(
    bodies: Bodies, illness: Illness, a_head: float
) -> npt.NDArray[np.float64]:
    """The ratios to independence that age and sex alone give: conditions independent within them.

    An expectation, without random numbers: what the model would be without links, frailty and
    deprivation.
    """
    heads = heads_by_age(bodies)
    numbers = priority_numbers(illness)
    shares = np.array([expected_by_age(illness, k, heads) for k in numbers])
    counts = np.sum(
        [if_independent(shares[:, cell], heads[cell]) for cell in np.flatnonzero(heads)], axis=0
    )
    return against_independence(counts, shares @ heads / heads.sum(), a_head)


def priority_numbers(people: People | Illness) -> tuple[int, ...]:
    """The bits of the conditions that count towards the published clustering."""
    if isinstance(people, People):
        return tuple(people.condition_ids.index(c) for c in people.priority_ids)
    return tuple(people.ids.index(c) for c in people.priority_ids)


def calibrate_frailty(
    bodies: Bodies, illness: Illness, published: tuple[Published, ...], seed: int, year: int
) -> Frailty:
    """The loading of frailty, to two decimals, that comes nearest to the published clustering.

    One number for all published ratios: the sum of squared errors, each in units of its tolerance,
    is least (golden section between 0 and 1; Kiefer 1953).
    """
    numbers = priority_numbers(illness)

    def misfit(loading: float) -> float:
        drawn = draw_conditions(bodies, replace(illness, frailty=Frailty(loading)), seed, year)
        ratios = clustering_ratios(drawn, numbers, published[0].a_head)
        return float(
            sum(((ratios[p.conditions] / p.ratio - 1) / p.tolerance) ** 2 for p in published)
        )

    low, high = 0.0, 1.0
    inner = {x: misfit(x) for x in (1 - GOLDEN, GOLDEN)}
    while high - low > 0.01:
        left, right = sorted(inner)
        if inner[left] < inner[right]:
            high, kept = right, left
            new = high - GOLDEN * (high - low)
        else:
            low, kept = left, right
            new = low + GOLDEN * (high - low)
        inner = {kept: inner[kept], new: misfit(new)}
    return Frailty(round((low + high) / 2, 2))
