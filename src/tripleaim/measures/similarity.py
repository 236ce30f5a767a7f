"""The most similar places: nearest neighbours by a stated distance.

Every variable is standardised over all areas whose lists are available (mean 0, standard deviation
1); the distance of two areas is the square root of the weighted mean of squared differences.
Statistical neighbours of councils and commissioning groups are chosen in the same way. The weights
are a footprint file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean, pstdev

from tripleaim.measures.areas import Area
from tripleaim.measures.inputs import AGES, BenchmarkInputs, Variable

_OLDEST = 120


@dataclass(frozen=True)
class Peer:
    """A similar area: how far it is (0 is the same) and its values by variable, in natural units.

    Shares are 0 to 1, `log_list_size` is a natural logarithm. `stays` says in how many of
    `trials` it is still one of `among` peers, each trial leaving out one variable.
    """

    id: str
    name: str
    distance: float
    list_size: int
    values: Mapping[str, float]
    stays: int
    trials: int
    among: int
    differs_most_in: str


def values(area: Area, chosen: tuple[Variable, ...]) -> Mapping[str, float]:
    """An area's values by variable; its lists must be available."""
    return {variable.id: _value(area, variable.id) for variable in chosen}


def _value(area: Area, variable: str) -> float:
    if span := AGES.fullmatch(variable):
        return area.share(int(span[1]), _OLDEST if span[2] == "up" else int(span[2]))
    if variable == "log_list_size":
        return math.log(area.size)
    return area.imd_score if variable == "imd_score" else area.rural_share


def peers(inputs: BenchmarkInputs, count: int | None = None) -> list[Peer]:
    """The `count` areas most like the place, nearest first; ties go by id.

    `count` is as many as the place asks for unless given. Empty where the place is not a listed
    area, or where its lists by age are not available.
    """
    areas, own, chosen = inputs.areas, inputs.own, inputs.variables
    if own is None or not own.size:
        return []
    by_area = {area.id: values(area, chosen) for area in inputs.with_lists}
    spread = {}
    for variable in chosen:
        column = [row[variable.id] for row in by_area.values()]
        spread[variable.id] = pstdev(column, fmean(column))
    here = values(own, chosen)
    many = inputs.peers if count is None else count
    others = {area: there for area, there in by_area.items() if area not in own.parts}
    trials = [
        {area for _, area in _nearest(here, others, without, spread)[:many]}
        for without in (tuple(v for v in chosen if v is not left) for left in chosen)
    ]
    nearest = []
    for far, area in _nearest(here, others, chosen, spread)[:many]:
        stays = sum(area in trial for trial in trials)
        nearest.append(
            Peer(
                id=area,
                name=areas[area].name,
                distance=far,
                list_size=areas[area].size,
                values=by_area[area],
                stays=stays,
                trials=len(trials),
                among=many,
                differs_most_in=_apart(here, by_area[area], chosen, spread),
            )
        )
    return nearest


def _nearest(
    here: Mapping[str, float],
    others: Mapping[str, Mapping[str, float]],
    chosen: tuple[Variable, ...],
    spread: Mapping[str, float],
) -> list[tuple[float, str]]:
    """Distance and id of every other area, nearest first; ties go by id."""
    return sorted((distance(here, there, chosen, spread), area) for area, there in others.items())


def distance(
    one: Mapping[str, float],
    other: Mapping[str, float],
    chosen: tuple[Variable, ...],
    spread: Mapping[str, float],
) -> float:
    """Distance in standard deviations, the weighted root mean square over the variables.

    A variable that does not vary (`spread` 0) is left out.
    """
    varying = [v for v in chosen if spread[v.id] > 0]
    weight = sum(v.weight for v in varying)
    if weight == 0:
        return 0.0
    total = sum(v.weight * ((one[v.id] - other[v.id]) / spread[v.id]) ** 2 for v in varying)
    return math.sqrt(total / weight)


def _apart(
    here: Mapping[str, float],
    there: Mapping[str, float],
    chosen: tuple[Variable, ...],
    spread: Mapping[str, float],
) -> str:
    def far(variable: Variable) -> float:
        if spread[variable.id] == 0:
            return 0.0
        gap = (here[variable.id] - there[variable.id]) / spread[variable.id]
        return variable.weight * gap * gap

    return max(chosen, key=far).name
