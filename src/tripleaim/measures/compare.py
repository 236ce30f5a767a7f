"""A place against its most similar places, and what age, sex and deprivation leave unexplained."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tripleaim.measures.areas import Area
from tripleaim.measures.funnel import Funnel, Verdict, after, funnel
from tripleaim.measures.inputs import BenchmarkInputs
from tripleaim.measures.intervals import Interval, rate, wilson
from tripleaim.measures.observed import Measure
from tripleaim.measures.similarity import Peer
from tripleaim.measures.standardise import (
    directly_standardised_rate,
    indirectly_standardised_ratio,
)
from tripleaim.place import InputError


@dataclass(frozen=True, slots=True)
class PeerValue:
    """One similar area's value: its rate, and its ratio to what is expected from its ages."""

    id: str
    name: str
    value: float
    ratio: float


@dataclass(frozen=True, slots=True)
class AreaSpread:
    """How much England's areas differ: standard deviations as percentages of the average.

    For crude rates, after standardising for age and sex, and after allowing for deprivation too;
    `chance_pct` is what chance alone would give, None where it plays no part. `areas` is how many
    they are. The rest is variation
    that need, as far as it is measured here, does not explain.
    """

    crude_pct: float
    age_and_sex_pct: float
    deprivation_pct: float
    chance_pct: float | None
    areas: int


@dataclass(frozen=True)
class Comparison:
    """One measure of the place, its peers and England. Values are in `unit`.

    `value` is the place's own rate with its limits, None where chance has no part (beds).
    `standardised` is the rate it would have with England's ages: directly standardised where the
    source has ages, else England's rate times `ratio`. `ratio` is observed over expected at its
    ages and sexes, 1 for England; `after_deprivation` the same once deprivation is allowed for.
    `excess` is how many more it has in the period than at its peers' ratio. `usual_low` and
    `usual_high` are limits meant to contain 95 of 100 areas. `missing` are peers whose figure is
    not known.
    """

    id: str
    name: str
    kind: str
    unit: str
    period: str
    value: float
    low: float | None
    high: float | None
    standardised: float
    standardised_low: float | None
    standardised_high: float | None
    peers_value: float
    england_value: float
    ratio: float
    peers_ratio: float
    after_deprivation: float
    usual_low: float | None
    usual_high: float | None
    verdict: Verdict | Literal["not tested"]
    excess: float
    spread: AreaSpread
    peers: tuple[PeerValue, ...]
    missing: tuple[str, ...]
    status: str
    source: str
    cause: str


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One area in a funnel plot: what is expected there, and observed over expected.

    `kind` is place, peer or other.
    """

    id: str
    name: str
    kind: str
    expected: float
    ratio: float


def compare(inputs: BenchmarkInputs, peers: Sequence[Peer]) -> tuple[Comparison, ...]:
    """Every measure known for the place, its peers and England.

    Empty where there are no peers.
    """
    own = inputs.own
    if own is None or not own.size or not peers:
        return ()
    return tuple(
        _compared(inputs, measure, own, peers)
        for measure in inputs.measures
        if all(part in measure.observed for part in own.parts)
    )


def funnel_points(
    inputs: BenchmarkInputs, peers: Sequence[Peer], measure_id: str
) -> tuple[Funnel, tuple[FunnelPoint, ...]]:
    """All areas of one measure for a funnel plot, age, sex and deprivation allowed for.

    The limits at any `expected` are `Funnel.limits`. Raises InputError for an unknown measure, or
    for one that has no funnel since it counts no events.
    """
    own = inputs.own
    counted = {m.id: m for m in inputs.measures if m.counts}
    if measure_id not in counted:
        raise InputError(
            "there is no measure of this name with a funnel", value=measure_id, valid=counted
        )
    measure = counted[measure_id]
    explained = _explained(
        measure, [area for area in inputs.with_lists if area.id in measure.observed]
    )
    kinds = {peer.id: "peer" for peer in peers} | dict.fromkeys(own.parts if own else (), "place")
    points = (
        FunnelPoint(
            area, inputs.areas[area].name, kinds.get(area, "other"), e, measure.observed[area] / e
        )
        for area, e in explained.items()
    )
    return _funnel(inputs, measure, explained), tuple(points)


def _compared(
    inputs: BenchmarkInputs, measure: Measure, own: Area, peers: Sequence[Peer]
) -> Comparison:
    known = [area for area in inputs.with_lists if area.id in measure.observed]
    near = [peer for peer in peers if peer.id in measure.observed]
    near_ids = [peer.id for peer in near]
    everyone = [area.id for area in known]
    explained = _explained(measure, known)
    observed, people = _sum(measure.observed, own.parts), _sum(measure.people, own.parts)
    expects, explains = _sum(measure.expected, own.parts), _sum(explained, own.parts)
    value = _value(measure, observed, people, inputs.confidence)
    standard = _standardised(measure, own, everyone, inputs.confidence)
    verdict, usual = _usual(inputs, measure, explained, observed, explains)
    peers_ratio = _ratio(measure, near_ids or everyone)
    return Comparison(
        id=measure.id,
        name=measure.name,
        kind=measure.kind,
        unit=measure.unit,
        period=measure.period,
        value=value.value,
        low=value.low if measure.counts else None,
        high=value.high if measure.counts else None,
        standardised=standard.value,
        standardised_low=standard.low if measure.counts else None,
        standardised_high=standard.high if measure.counts else None,
        peers_value=_per(measure, near_ids or everyone),
        england_value=_per(measure, everyone),
        ratio=observed / expects,
        peers_ratio=peers_ratio,
        after_deprivation=observed / explains,
        usual_low=usual[0] if usual else None,
        usual_high=usual[1] if usual else None,
        verdict=verdict,
        excess=observed - peers_ratio * expects,
        spread=_spread(measure, explained),
        peers=tuple(
            PeerValue(peer.id, peer.name, _per(measure, [peer.id]), _ratio(measure, [peer.id]))
            for peer in near
        ),
        missing=tuple(peer.name for peer in peers if peer.id not in measure.observed),
        status=measure.status,
        source=measure.source,
        cause=measure.cause,
    )


def _value(measure: Measure, observed: float, people: float, confidence: float) -> Interval:
    """The crude rate: Wilson's limits for a share of people, Byar's for events."""
    if measure.kind == "register":
        return wilson(observed, people, confidence).times(measure.per)
    return rate(observed, people, measure.per, confidence)


def _standardised(
    measure: Measure, own: Area, everyone: Sequence[str], confidence: float
) -> Interval:
    """The rate with England's ages: direct where the source has ages, else indirect."""
    if not measure.by_age:
        ratio = indirectly_standardised_ratio(
            _sum(measure.observed, own.parts), _sum(measure.expected, own.parts), confidence
        )
        return ratio.times(_per(measure, everyone))
    events = _added([measure.by_age[part][0] for part in own.parts])
    people = _added([measure.by_age[part][1] for part in own.parts])
    standard = _added([measure.by_age[area][1] for area in everyone])
    return directly_standardised_rate(events, people, standard, measure.per, confidence)


def _explained(measure: Measure, known: Sequence[Area]) -> Mapping[str, float]:
    """Events expected in each area once deprivation is allowed for too."""
    allowed = after(
        [measure.observed[area.id] for area in known],
        [measure.expected[area.id] for area in known],
        [area.imd_score for area in known],
    )
    return dict(zip((area.id for area in known), allowed, strict=True))


def _usual(
    inputs: BenchmarkInputs,
    measure: Measure,
    explained: Mapping[str, float],
    observed: float,
    explains: float,
) -> tuple[Verdict | Literal["not tested"], tuple[float, float] | None]:
    """Where the place lies in the funnel of all areas, age, sex and deprivation allowed for."""
    if not measure.counts:
        return "not tested", None
    spread = _funnel(inputs, measure, explained)
    return spread.verdict(observed / explains, explains), spread.limits(explains, 0.95)


def _funnel(inputs: BenchmarkInputs, measure: Measure, explained: Mapping[str, float]) -> Funnel:
    return funnel(
        [measure.observed[area] for area in explained],
        list(explained.values()),
        inputs.winsorised,
    )


def _spread(measure: Measure, explained: Mapping[str, float]) -> AreaSpread:
    """Spread among areas, each weighted by what is expected there."""
    level = _sum(measure.observed, explained) / _sum(measure.people, explained)
    by_people = {area: level * measure.people[area] for area in explained}
    crude, alike, left = (
        _deviation(measure.observed, base) for base in (by_people, measure.expected, explained)
    )
    chance = None
    if measure.counts:
        chance = 100 * math.sqrt(len(explained) / _sum(explained, explained))
    return AreaSpread(crude, alike, left, chance, len(explained))


def _deviation(observed: Mapping[str, float], base: Mapping[str, float]) -> float:
    """Standard deviation of observed over base, weighted by base, in per cent of the mean."""
    whole = sum(base.values())
    mean = _sum(observed, base) / whole
    square = sum(e * (observed[area] / e - mean) ** 2 for area, e in base.items()) / whole
    return 100 * math.sqrt(square) / mean


def _sum(by_area: Mapping[str, float], areas: Iterable[str]) -> float:
    return sum(by_area[area] for area in areas)


def _added(groups: Sequence[Sequence[float]]) -> list[float]:
    return [sum(group) for group in zip(*groups, strict=True)]


def _per(measure: Measure, areas: Sequence[str]) -> float:
    return measure.per * _sum(measure.observed, areas) / _sum(measure.people, areas)


def _ratio(measure: Measure, areas: Sequence[str]) -> float:
    return _sum(measure.observed, areas) / _sum(measure.expected, areas)
