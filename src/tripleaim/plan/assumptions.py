"""What a reader may assume otherwise: figures of the money, of demand and of evidence rules.

A scenario holds other values by id: that of a figure, or `demand.` and a point of delivery, which
is what its contacts grow by, per cent a year, on top of what is projected. Calibration is not
solved again, so a changed assumption moves the gap.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from tripleaim.place import AskedFor, Figure, InputError, Place, Source, asked_for

Floats = npt.NDArray[np.float64]

Group = Literal["funding", "prices", "efficiency", "demand", "openings", "contacts", "evidence"]

DEMAND = "demand."
"""What the ids of assumptions about demand begin with, before a point of delivery."""

CONTACT_GROWTH = "uncertainty.contact-growth"
"""The figure whose range says how far demand may be from what is projected."""

ENTERED = Source(
    id="entered-in-scenario",
    title="Entered in this scenario",
    publisher="whoever made the scenario",
    table="whole document",
    edition="",
    licence="",
    note="",
)
"""The source of figures that a place asks for and that a scenario holds."""

DECIMALS = 4
"""Decimals that values are kept to."""

BY_YEAR: Mapping[Group, tuple[str, ...]] = {
    "funding": ("growth.allocation", "growth.specialised-funding"),
    "prices": ("inflation.provider-cost",),
    "efficiency": ("efficiency.tariff",),
}
"""Figures that may be stated for one year ("name.2017_18") or for any other year ("name")."""

OPENINGS = ("opening.commissioner", "opening.providers")
OPENING_SHARES = ("opening-share.commissioner", "opening-share.providers")
"""Read where the openings themselves are not stated."""

POPULATION_CAP = "population-cap."
EVIDENCE_RULES = ("solutions.before-after-weight", "solutions.bed-day-share", POPULATION_CAP)
"""Figures, or what their ids begin with, that say how a study's finding is counted."""

_RATES = (-50.0, 50.0)
_PER_CENT = (-100.0, 100.0)
_SHARES = (0.0, 1.0)
_PRICES = (0.0, 1e6)
_MONEY = (-1e5, 1e5)


@dataclass(frozen=True, slots=True)
class Assumption:
    """One value that a scenario may have otherwise, as the place has it.

    `low` and `high` bound what is credible, where known; beyond `least` and `most` a value is
    refused. `figure` is the figure that says where it comes from. A value that nobody has stated is
    None: then there is no figure, and `asked` says who would know it.
    """

    id: str
    group: Group
    value: float | None
    low: float | None
    high: float | None
    least: float
    most: float
    unit: str
    figure: Figure | None
    asked: AskedFor | None = None

    @property
    def year(self) -> str:
        """What its figure says of its year; "" without one."""
        return self.figure.year if self.figure else ""

    def credible(self, value: float) -> bool:
        """Whether a value lies in the credible range; any does where none is known."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def assumptions_of(place: Place) -> tuple[Assumption, ...]:
    """All that a scenario of `place` may assume otherwise, group by group."""
    return tuple(_all(place))


def checked_assumptions(place: Place, values: Mapping[str, float]) -> dict[str, float]:
    """Values in normal form: by id, rounded to DECIMALS, without those the place has already.

    Raises InputError for something that is not assumed, and for a value that cannot be.
    """
    offered = {one.id: one for one in assumptions_of(place)} if values else {}
    kept = {}
    for name, value in sorted(values.items()):
        if name not in offered:
            raise InputError(
                "expected an assumption that can be changed", value=name, valid=list(offered)
            )
        one = offered[name]
        if not (math.isfinite(value) and one.least <= value <= one.most):
            raise InputError(
                f"expected a number from {one.least:g} to {one.most:g} ({one.unit})",
                column=name,
                value=value,
            )
        rounded = round(value, DECIMALS) + 0.0
        if one.value is None or rounded != round(one.value, DECIMALS):
            kept[name] = rounded
    return kept


def place_assuming(place: Place, values: Mapping[str, float]) -> Place:
    """The place with other values for its figures; what is assumed of demand is not a figure."""
    asked = asked_for(place) if values else {}
    moved = {
        name: _entered(asked[name], value)
        if name in asked
        else replace(place.figure(name), value=value)
        for name, value in values.items()
        if not name.startswith(DEMAND)
    }
    sources = {ENTERED.id: ENTERED, **place.sources} if asked.keys() & moved else place.sources
    return replace(place, figures={**place.figures, **moved}, sources=sources)


def _entered(asked: AskedFor, value: float) -> Figure:
    """A figure of the place's own, as a reader entered it."""
    return Figure(
        id=asked.id,
        value=value,
        low=None,
        high=None,
        unit=asked.unit,
        year="",
        basis="",
        status="assumed",
        source=ENTERED.id,
        where="",
        cause="nobody has published it: entered in this scenario",
        held_by="",
    )


def growth_assumed(place: Place, values: Mapping[str, float]) -> Floats:
    """(P, Y) what contacts are multiplied by; 1 in the first year and where nothing is assumed."""
    added = [values.get(DEMAND + point.id, 0.0) / 100 for point in place.points_of_delivery]
    grown: Floats = (1 + np.array(added))[:, None] ** np.arange(len(place.years))
    return grown


def _all(place: Place) -> Iterator[Assumption]:
    figures, asked = place.figures, asked_for(place)
    for group, names in BY_YEAR.items():
        # Income grows from the first year on; prices are carried to it as well.
        years = place.years[1:] if group == "funding" else place.years
        for name in names:
            if name in asked:
                yield _not_known(group, asked[name], _RATES)
            else:
                yield from (_of(group, one, _RATES) for one in _stated_for(place, name, years))
        if group == "prices":
            others = (f for name, f in figures.items() if _is_other_inflation(name))
            yield from (_of(group, figure, _RATES) for figure in others)
    yield from _of_demand(place)
    yield from _of_openings(place)
    for point in place.points_of_delivery:
        if point.nhs and point.unit_cost in figures:
            yield _of("contacts", figures[point.unit_cost], _PRICES)
    if place.solutions:
        rules = (f for name, f in figures.items() if name.startswith(EVIDENCE_RULES))
        for figure in rules:
            bounds = _RATES if figure.id.startswith(POPULATION_CAP) else _SHARES
            yield _of("evidence", figure, bounds)


def _is_other_inflation(name: str) -> bool:
    return name.startswith("inflation.") and not name.startswith(BY_YEAR["prices"])


def _of_openings(place: Place) -> Iterator[Assumption]:
    figures, asked = place.figures, asked_for(place)
    for opening, share in zip(OPENINGS, OPENING_SHARES, strict=True):
        if opening in asked:
            yield _not_known("openings", asked[opening], _MONEY)
        elif opening in figures:
            yield _of("openings", figures[opening], _MONEY)
        elif share in figures:
            yield _of("openings", figures[share], _PER_CENT)


def _of_demand(place: Place) -> Iterator[Assumption]:
    growth = place.figures.get(CONTACT_GROWTH)
    if growth is None:
        return
    low = None if growth.low is None else growth.low - growth.value
    high = None if growth.high is None else growth.high - growth.value
    for point in place.points_of_delivery:
        yield Assumption(DEMAND + point.id, "demand", 0.0, low, high, *_RATES, "% a year", growth)


def _of(group: Group, figure: Figure, bounds: tuple[float, float]) -> Assumption:
    return Assumption(
        figure.id, group, figure.value, figure.low, figure.high, *bounds, figure.unit, figure
    )


def _not_known(group: Group, asked: AskedFor, bounds: tuple[float, float]) -> Assumption:
    return Assumption(asked.id, group, None, None, None, *bounds, asked.unit, None, asked)


def _stated_for(place: Place, name: str, years: Sequence[str]) -> Iterator[Figure]:
    """The figures that hold a rate in these years: those of one year, then that of the rest."""
    own = [f"{name}.{year.replace('/', '_')}" for year in years]
    yield from (place.figures[one] for one in own if one in place.figures)
    if name in place.figures and not all(one in place.figures for one in own):
        yield place.figures[name]
