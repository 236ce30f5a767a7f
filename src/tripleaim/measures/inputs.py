"""What a place is compared by, read and checked once: areas, trusts, measures, variables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim.measures.areas import Area, area_of, read_areas
from tripleaim.measures.catchments import Catchments, read_catchments
from tripleaim.measures.observed import Measure, measures
from tripleaim.place import Place

AGES = re.compile(r"age_([0-9]+)_([0-9]+|up)")
"""How a variable is called that is the share of people of some ages."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable used to compare areas, and its weight."""

    id: str
    name: str
    weight: float
    status: str
    cause: str


@dataclass(frozen=True)
class BenchmarkInputs:
    """All that a place is compared with similar ones by.

    areas        every area by id
    own          the area that the place is; None where it is none of them
    catchments   trusts, and where their patients live
    variables    what makes areas alike
    measures     events observed and expected by area; none where the place's own lists are unknown
    peers        how many similar places
    confidence   of intervals (0 to 1)
    winsorised   the part (0 to 1) of areas pulled in at each end of a funnel
    """

    areas: Mapping[str, Area]
    own: Area | None
    catchments: Catchments
    variables: tuple[Variable, ...]
    measures: tuple[Measure, ...]
    peers: int
    confidence: float
    winsorised: float

    @property
    def with_lists(self) -> Sequence[Area]:
        """The areas whose lists by age and sex are available."""
        return [area for area in self.areas.values() if area.size]


def benchmark_inputs(place: Place) -> BenchmarkInputs:
    """Read and check the tables of peers. Raises InputError at the first fault."""
    areas = read_areas(place)
    own = area_of(place, areas)
    with_lists = [area for area in areas.values() if area.size]
    return BenchmarkInputs(
        areas=areas,
        own=own,
        catchments=read_catchments(place),
        variables=variables(place),
        measures=tuple(measures(place, with_lists)) if own and own.size else (),
        peers=int(place.value("benchmarks.peers")),
        confidence=place.value("benchmarks.confidence") / 100,
        winsorised=place.value("benchmarks.winsorised") / 100,
    )


def variables(place: Place) -> tuple[Variable, ...]:
    """The variables and weights of similarity.csv."""
    read = []
    for row in place.rows("similarity.csv"):
        name = row["variable"]
        if name not in ("imd_score", "rural_share", "log_list_size") and not AGES.fullmatch(name):
            raise row.fault("variable", "expected imd_score, rural_share, log_list_size or age_A_B")
        read.append(Variable(name, row["name"], row["weight"], row["status"], row["cause"]))
    return tuple(read)
