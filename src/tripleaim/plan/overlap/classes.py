"""What evidence shows of each solution, in four classes, and what is left open.

A controlled study can show that a solution pays, that it works and costs more than it saves, or
that it does not work. Whatever else there is, a study of before and after, a study of something
else, or none at all, leaves it not known: that is not the same as nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np
import numpy.typing as npt

from tripleaim.place import Effect, Place, Solution
from tripleaim.plan.overlap.claims import ScenarioTerms
from tripleaim.plan.overlap.effects import Effects, evidenced
from tripleaim.plan.overlap.groups import Groups
from tripleaim.plan.overlap.sizing import MILLION, Sizes, alone_by_effect

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MARGIN = "solutions.no-effect-margin"
DELIVERED = "solutions.delivered"


class EvidenceClass(StrEnum):
    """What evidence shows about the effects of a solution. Members are strings."""

    PAYS = "shown to pay"
    COSTS_MORE = "shown to work and cost more than it saves"
    DOES_NOT_WORK = "shown not to work"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class NetInterval:
    """£m a year: the value, and the ends of a 95% interval."""

    low: float
    value: float
    high: float


@dataclass(frozen=True, slots=True)
class ClassedPart:
    """Effects of one solution that are of one class, in the last year of the plan; £m a year.

    effects     their rows in the table of all effects
    share       0 to 1, of the solution's claim and investment that goes with them: what they would
                save, at the size that the claim needs, of what all its effects would
    claim       by side (2,), net of investment
    investment  recurrent and double running
    net         saved, less investment, by controlled evidence, were it the only solution; None
                where that is not known
    """

    solution: str
    evidence_class: EvidenceClass
    effects: tuple[int, ...]
    share: float
    claim: tuple[float, float]
    investment: float
    net: NetInterval | None

    @property
    def claimed(self) -> float:
        """£m a year claimed, both sides together."""
        return sum(self.claim)


def classify(
    place: Place,
    groups: Groups,
    table: Effects,
    *,
    solution_terms: ScenarioTerms,
    price: Floats,
    sizes: Sizes,
) -> tuple[ClassedPart, ...]:
    """The parts of every solution that is done, by class; parts of one add up to the solution.

    A verdict is of the solution by itself, in the last year, so that it is the same whatever else
    is done. All effects of a solution rest on one draw of its study, and savings grow with it: the
    ends of the drawn net interval are the savings at the ends of the study's own (95%).
    """
    last = len(place.years) - 1
    supported = evidenced(place)
    margin = place.value(MARGIN) if place.solutions else 0.0
    parts: list[ClassedPart] = []
    for s, solution in enumerate(place.solutions):
        claim = solution_terms.claimed[s, :, last]
        invested = float(solution_terms.investment[s, last])
        if not claim.any() and not invested:
            continue
        rows = table.of(s)
        saves = alone_by_effect(groups, table, solution_terms.uptake[s], price, s)
        share = _shares(saves, table.weight[rows], float(sizes.size[s, last]), last)

        ends = (supported.low[rows], supported.central[rows], supported.high[rows])
        net_of = partial(_net, saves, ends, last)
        for kept, evidence_class, net in _classed(solution, margin, share * invested, net_of):
            part = float(share[kept].sum())
            parts.append(
                ClassedPart(
                    solution.id,
                    evidence_class,
                    tuple(int(row) for row in rows[kept]),
                    part,
                    (part * float(claim[0]), part * float(claim[1])),
                    part * invested,
                    net,
                )
            )
    return tuple(parts)


def tested(effect: Effect) -> bool:
    """Whether a controlled study measured this very effect."""
    return effect.evidence.measured and effect.evidence.design == "controlled"


def tested_rows(place: Place) -> npt.NDArray[np.bool_]:
    """Which of all effects (E,) a controlled study measured, whatever it found."""
    return np.array([tested(e) for s in place.solutions for e in s.effects], dtype=bool)


def is_management(solution: Solution) -> bool:
    """Whether it saves cash by management: cost improvement, QIPP. Nobody will make a trial of it.

    That is a solution which releases cash and of which no study measured anything.
    """
    return solution.release == "cash-releasing" and not any(
        effect.evidence.measured for effect in solution.effects
    )


def shown_not_to_pay(place: Place, parts: Sequence[ClassedPart]) -> npt.NDArray[np.bool_]:
    """Which solutions (S,) are wholly shown not to work, or to cost more than they save."""
    without = (EvidenceClass.COSTS_MORE, EvidenceClass.DOES_NOT_WORK)
    ids = {p.solution for p in parts if p.evidence_class in without}
    ids -= {p.solution for p in parts if p.evidence_class not in without}
    return np.array([solution.id in ids for solution in place.solutions], dtype=bool)


def known_rows(parts: Sequence[ClassedPart], effects: int) -> npt.NDArray[np.bool_]:
    """Which of all effects (E,) controlled studies have shown something of."""
    known = np.zeros(effects, dtype=bool)
    for part in parts:
        if part.evidence_class is not EvidenceClass.NOT_KNOWN:
            known[list(part.effects)] = True
    return known


def _classed(
    solution: Solution,
    margin: float,
    cost: Floats,
    net_of: Callable[[Ints, float], NetInterval],
) -> Iterator[tuple[Ints, EvidenceClass, NetInterval | None]]:
    """The effects of a solution by class, with what they save net; `cost` is (e,), £m."""
    measured = np.array([tested(effect) for effect in solution.effects], dtype=bool)
    nothing = measured & np.array([e.evidence.low >= -margin for e in solution.effects], dtype=bool)
    open_ = ~measured
    acting = np.flatnonzero(measured & ~nothing)
    if len(acting):
        net = net_of(acting, float(cost[acting].sum()))
        works = any(solution.effects[k].evidence.high < 0 for k in acting)
        if net.low > 0:
            yield acting, EvidenceClass.PAYS, net
        elif works and net.high < 0:
            yield acting, EvidenceClass.COSTS_MORE, net
        else:
            open_[acting] = True
    if nothing.any():
        kept = np.flatnonzero(nothing)
        yield kept, EvidenceClass.DOES_NOT_WORK, net_of(kept, float(cost[kept].sum()))
    if open_.any():
        yield np.flatnonzero(open_), EvidenceClass.NOT_KNOWN, None


def _shares(
    saves: Callable[[Floats, int], Floats], weight: Floats, size: float, last: int
) -> Floats:
    """(e,) what each effect would save of what all would, at the size that the claim needs.

    By weight where that size is none or an effect would cost more than it saves; alike where no
    effect has a weight.
    """
    saved = saves(size * weight, last) if size > 0 else np.zeros_like(weight)
    for parts in (saved, weight):
        if parts.sum() > 0 and (parts >= 0).all():
            share: Floats = parts / parts.sum()
            return share
    return np.full(len(weight), 1 / len(weight))


def _net(
    saves: Callable[[Floats, int], Floats],
    ends: tuple[Floats, Floats, Floats],
    last: int,
    kept: Ints,
    cost: float,
) -> NetInterval:
    """What the effects `kept` save alone, less what they cost, £m; `ends` are falls (e,) each."""
    low, value, high = (
        float(saves(_only(falls, kept), last)[kept].sum()) / MILLION - cost for falls in ends
    )
    return NetInterval(min(low, high), value, max(low, high))


def _only(falls: Floats, kept: Ints) -> Floats:
    """The falls (e,) of the effects `kept`, and none of the others."""
    those = np.zeros_like(falls)
    those[kept] = falls[kept]
    return those
