"""Programmes of prevention: whom each reaches, what it changes, its cost, and what is uncertain.

Effects are given as in their study; a before-and-after claim is shrunk by the figure
`solutions.before-after-weight`, and one without any study is zero and says why. `programme_files`
reads them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tripleaim.place import (
    Z_95,
    Draw,
    Estimate,
    Parameter,
    Place,
    Status,
)
from tripleaim.projection import Clause

SHRINKAGE = "solutions.before-after-weight"

Change = Literal["risk level", "risk shift", "incidence", "outcome", "contacts"]
Design = Literal["controlled", "before-after", "none"]
CostKind = Literal["per person reached", "per member a year", "set-up", "recurrent"]
PayerRole = Literal["council", "commissioner", "national commissioner"]

ANY_TARGET = "any"


@dataclass(frozen=True, slots=True)
class ExcessLeft:
    """How much of the excess risk is left years after a risk has gone, for one target or "any"."""

    target: str
    after_10_years: float
    after_20_years: float
    source: str
    where: str

    def after(self, years: float) -> float:
        """The share left, log-linear through 1 at 0, and the two values; none grows back."""
        if years <= 10:
            return float(self.after_10_years ** (years / 10))
        fall = self.after_20_years / self.after_10_years
        return float(self.after_10_years * fall ** ((years - 10) / 10))


@dataclass(frozen=True, slots=True)
class ProgrammeEffect:
    """One thing a programme changes in those it reaches.

    changes   "risk level": `value` is the share that moves one level down (to the lowest, where
              `excess_left` says how the risk then falls away); "risk shift": `value` in `unit`,
              below zero is better, levels being `level_widths` apart; else `value` is the ratio
              that `target` is multiplied by, in `part` of it (falls are a part of admissions)
    target    a risk factor, a condition, a late outcome or a point of delivery
    lag_years of a ratio, from joining; that of a risk stands in the risk's own files
    half_life years after which half of the effect is left; None: it lasts
    """

    changes: Change
    target: str
    value: float
    low: float
    high: float
    unit: str
    level_widths: tuple[float, ...]
    part: float
    lag_years: int
    half_life: Estimate | None
    excess_left: tuple[ExcessLeft, ...]
    design: Design
    status: Status
    source: str
    where: str
    cause: str

    @property
    def is_ratio(self) -> bool:
        """Whether the value multiplies what it acts on."""
        return self.changes in ("incidence", "outcome", "contacts")

    @property
    def neutral(self) -> float:
        """The value that changes nothing."""
        return 1.0 if self.is_ratio else 0.0

    @property
    def acts(self) -> bool:
        """Whether it changes anything, in some draw."""
        return not self.value == self.low == self.high == self.neutral

    def at(self, z: float, weight: float) -> float:
        """The value in a draw, z standard deviations better than its point, shrunk to `weight`.

        Ratios are lognormal, shares and shifts normal: an interval that holds no effect may turn
        into harm, so that the mean stays the study's.
        """
        if self.is_ratio:
            spread = (math.log(self.high) - math.log(self.low)) / (2 * Z_95)
            return math.exp(weight * (math.log(self.value) - z * spread))
        spread = (self.high - self.low) / (2 * Z_95)
        better = -1.0 if self.changes == "risk shift" else 1.0
        return weight * (self.value + better * z * spread)

    def left(self, years: float, z: float) -> float:
        """The share of the effect that is left some years after joining, in a draw."""
        return 1.0 if self.half_life is None else 0.5 ** (years / self.half_life.at(z))


@dataclass(frozen=True, slots=True)
class Cost:
    """What a programme costs, £: for each person who joins, for each member a year (as far as the
    effect is left), once at the start or each year (both for each registered person).

    `value`, `low` and `high` are at the prices of the place's first year: what the file says, which
    is at those of `price_year`, times `price_factor` (None: nothing carries it, and it is as said).
    """

    kind: CostKind
    value: float
    low: float
    high: float
    payer: PayerRole
    status: Status
    source: str
    cause: str
    price_year: str = ""
    price_factor: float | None = 1.0


@dataclass(frozen=True, slots=True)
class Prevention:
    """One programme, as its file has it. Uptake is by deprivation quintile, 1 the most deprived.

    start          the year in which it begins
    uptake_a_year  share of the eligible that joins in a year, after a ramp of `years_to_full`
    uptake_full    share of the eligible that is ever reached
    uptake_range   what uptake is multiplied by, low to high
    """

    id: str
    name: str
    summary: str
    who: str
    clauses: tuple[Clause, ...]
    start: str
    years_to_full: int
    uptake_a_year: tuple[float, ...]
    uptake_full: tuple[float, ...]
    uptake_range: tuple[float, float]
    uptake_status: Status
    uptake_source: str
    uptake_cause: str
    effects: tuple[ProgrammeEffect, ...]
    costs: tuple[Cost, ...]
    file: Path

    @property
    def acts(self) -> bool:
        """Whether any of its effects does."""
        return any(effect.acts for effect in self.effects)

    @property
    def cost_range(self) -> Estimate:
        """All its costs together against their points, from the widest relative range."""
        spans = [(c.low / c.value, c.high / c.value) for c in self.costs if c.value]
        low, high = min((s[0] for s in spans), default=1), max((s[1] for s in spans), default=1)
        return Estimate(1.0, low or None, high, "assumed")

    def uptake_at(self, draw: Draw) -> float:
        """What uptake is multiplied by in a draw."""
        return Estimate(1.0, *self.uptake_range).at(draw.of(f"programme/{self.id}/uptake"))

    def cost_at(self, draw: Draw) -> float:
        """What costs are multiplied by in a draw."""
        return self.cost_range.at(draw.of(f"programme/{self.id}/cost"))


def parameters(programmes: Sequence[Prevention]) -> tuple[Parameter, ...]:
    """What is uncertain of the programmes: effect, decay, uptake and cost of each, as multiples."""
    uncertain = []
    for p in programmes:
        prefix = f"programme/{p.id}"
        moving = [e for e in p.effects if e.acts]
        if moving:
            first = moving[0]
            size = Estimate(1.0, None, None, first.status, first.source, first.cause)
            uncertain.append(Parameter(f"{prefix}/effect", f"{p.name}: size of the effect", size))
        decays = [e.half_life for e in moving if e.half_life is not None]
        if decays:
            uncertain.append(Parameter(f"{prefix}/decay", f"{p.name}: half-life, years", decays[0]))
        uptake = Estimate(1.0, *p.uptake_range, p.uptake_status, p.uptake_source, p.uptake_cause)
        uncertain.append(Parameter(f"{prefix}/uptake", f"{p.name}: uptake", uptake))
        uncertain.append(Parameter(f"{prefix}/cost", f"{p.name}: cost", p.cost_range))
    return tuple(uncertain)


def weight_of(place: Place, effect: ProgrammeEffect) -> float:
    """How much of a study's finding is used: all where it had a control, else what is believed."""
    weights: Mapping[Design, float] = {
        "controlled": 1.0,
        "before-after": place.value(SHRINKAGE),
        "none": 0.0,
    }
    return weights[effect.design]
