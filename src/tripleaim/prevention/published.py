"""Published evaluations of programmes, and ours beside them: prevention_evaluations.csv.

Each is compared with ours on its own basis: followed as long, discounted at its rate, counting what
it counts. What is left between the two is then in what they are told, not in how they are said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tripleaim.place import Row
from tripleaim.prevention.assemble_money import Results
from tripleaim.prevention.assemble_value import FIRST, LIFETIME, cost_per_qaly, over_lifetimes
from tripleaim.prevention.document_value import CostPerQaly, Counted, PublishedRow
from tripleaim.prevention.money import break_even, discount_rates

FILE = "prevention_evaluations.csv"

TWICE = 2.0
"""Ours is near a published number if neither is more than so many times the other."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class JoinersLives:
    """One programme's first joiners to their end: (draws, years) £, £, QALYs and years of life,
    each between one 1 January and the next; `joined` (draws,), and the year, from the first, in
    which they join on average."""

    joined: Floats
    cost: Floats
    avoided: Floats
    qalys: Floats
    life_years: Floats
    joining: int


@dataclass(frozen=True)
class Counting:
    """What an evaluation counts: for `years` (None: to their end), discounted at `rate` %."""

    years: int | None
    rate: float
    counts: Counted
    per: Literal["QALY", "life year"]


@dataclass(frozen=True)
class Ours:
    """Ours as an evaluation counts it, the first draw the central one."""

    per: CostPerQaly
    qalys_per_person: float
    pays_back_after: int | None


def published_rows(results: Results) -> list[PublishedRow]:
    """Each published evaluation of a programme of the place beside ours, in the file's order.

    Raises InputError for a programme that the place does not have.
    """
    place = results.place
    if not place.has(FILE):
        return []
    known = [p.id for p in results.programmes]
    lives, worth = lives_of(results), place.value("prevention.qaly-value")
    rows = []
    for row in place.rows(FILE):
        if row["programme"] not in known:
            raise row.fault("programme", "expected a programme of prevention", known)
        rate = discount_rates(place)[1] if row["rate_pct"] is None else row["rate_pct"]
        counting = Counting(row["years"], rate, row["counts"], row["per"])
        one = lives.get(row["programme"])
        rows.append(_beside(row, counting, None if one is None else counted(one, counting, worth)))
    return rows


def lives_of(results: Results) -> dict[str, JoinersLives]:
    """By programme; empty where lives were not followed to their end, without who reaches none."""
    arrays = results.arrays
    if "life_qalys" not in arrays:
        return {}
    lives = {}
    for j, stream in enumerate(over_lifetimes(results)[: len(results.programmes)]):
        heads = arrays["life_joined"][0, 1, :, j]
        if heads.sum() > 0:
            lives[stream.id] = JoinersLives(
                joined=stream.joined,
                cost=stream.cost,
                avoided=_between(stream.avoided),
                qalys=_between(stream.qalys),
                life_years=_between(arrays["life_years"][:, 1 + j]),
                joining=round(float(np.average(np.arange(len(heads)), weights=heads))),
            )
    return lives


def counted(lives: JoinersLives, counting: Counting, worth: float) -> Ours:
    """Ours as an evaluation counts: years run, and are discounted, from the one of joining."""
    most = lives.cost.shape[1]
    end = most if counting.years is None else min(lives.joining + counting.years, most)
    by_year = (1 + counting.rate / 100) ** -(np.arange(end) - float(lives.joining))

    def summed(each_year: Floats) -> Floats:
        return np.asarray((each_year[:, :end] * by_year).sum(axis=1))

    net = lives.cost - lives.avoided
    qalys = summed(lives.qalys)
    even = int(break_even(net[:1, :end], counting.rate / 100)[0])
    return Ours(
        per=cost_per_qaly(
            summed(net if counting.counts == "net cost" else lives.cost),
            summed(lives.life_years) if counting.per == "life year" else qalys,
            worth,
        ),
        qalys_per_person=float(f"{qalys[0] / lives.joined[0]:.4g}"),
        pays_back_after=max(even - lives.joining + 1, 1) if even < end else None,
    )


def _between(on_dates: Floats) -> Floats:
    """(draws, years) what holds on each 1 January, as the mean of a year's two ends."""
    following = np.concatenate([on_dates[:, 1:], np.zeros_like(on_dates[:, :1])], axis=1)
    return np.asarray((on_dates + following) / 2)


def _beside(row: Row, counting: Counting, ours: Ours | None) -> PublishedRow:
    theirs, central = row["gbp_per"], ours.per.central if ours else None
    ratio = central / theirs if theirs and central is not None and central > 0 else None
    return PublishedRow(
        programme=row["programme"],
        evaluation=row["evaluation"],
        setting=row["setting"],
        per=counting.per,
        gbp_per=theirs,
        low=row["low"],
        high=row["high"],
        finding=row["finding"],
        pays_back_after=row["pays_back_after"],
        qalys_per_person=row["qalys_per_person"],
        ours_basis=(LIFETIME if counting.years is None else FIRST) if ours else None,
        ours_years=counting.years,
        ours_counts=counting.counts,
        ours_rate_pct=counting.rate,
        ours_gbp_per=central,
        ours_p10=ours.per.p10 if ours else None,
        ours_p90=ours.per.p90 if ours else None,
        ours_qalys_per_person=ours.qalys_per_person if ours else None,
        ours_pays_back_after=ours.pays_back_after if ours else None,
        ratio=None if ratio is None else float(f"{ratio:.3g}"),
        within_twice=None if ratio is None else 1 / TWICE <= ratio <= TWICE,
        both_save=None if theirs is not None or central is None else central < 0,
        why=row["why"],
        status=row["status"],
        source=row["source"],
        where=row["where"],
    )
