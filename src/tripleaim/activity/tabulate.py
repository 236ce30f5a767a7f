"""People's contacts in, rows of the activity table out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tripleaim.activity.schema import AGE_BANDS, ALL, SCHEMA, SEGMENTS
from tripleaim.people import SEXES, People
from tripleaim.place import Place

QUINTILES = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where activity comes from: the record or a projection, of which scenario and draw."""

    recorded: bool
    scenario: str
    inputs_sha256: str
    draw: int = 0


def tabulate(
    place: Place,
    people: People,
    year: str,
    quantity: npt.NDArray[np.float32],
    origin: Origin,
    *,
    conditions: npt.NDArray[np.uint32] | None = None,
    unit_costs: Mapping[str, float] | None = None,
) -> pa.Table:
    """One year of people's contacts, summed by locality, age, sex, quintile, segment and place.

    `quantity` has shape (people, points of delivery) in the order of `place.points_of_delivery`.
    `conditions` stand in for people's own where a projection has moved them on; `unit_costs` are
    pounds a unit by point of delivery, without which cost is null. Rows are in a fixed order and
    those without quantity are left out, so the sum over rows is the sum over people.
    """
    bits = people.conditions if conditions is None else conditions
    localities = sorted(set(people.areas.locality))
    locality = np.searchsorted(localities, people.areas.locality)[people.practice]
    sizes = (len(localities), len(AGE_BANDS), len(SEXES), len(QUINTILES), len(SEGMENTS))
    group = np.ravel_multi_index(
        (
            locality,
            _band(people.age_in(year), [first for _, first in AGE_BANDS]),
            people.sex.astype(np.intp),
            people.quintile.astype(np.intp) - 1,
            _band(np.bitwise_count(bits).astype(np.int16), [least for _, least in SEGMENTS]),
        ),
        sizes,
    )
    points = place.points_of_delivery
    summed = np.stack(
        [np.bincount(group, weights=column, minlength=np.prod(sizes)) for column in quantity.T]
    )
    p, cell = np.nonzero(summed)
    amount = summed[p, cell]
    lo, band, sex, quintile, segment = np.unravel_index(cell, sizes)
    bed_days = np.array([point.bed_days for point in points])[p] * amount
    cost = None
    if unit_costs is not None:
        cost = np.array([unit_costs[point.id] for point in points])[p] * amount
    rows = len(amount)

    def labelled(codes: npt.NDArray[np.intp], labels: Sequence[str]) -> pa.DictionaryArray:
        return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int16()), pa.array(labels))

    def always(text: str) -> pa.DictionaryArray:
        return labelled(np.zeros(rows, dtype=np.intp), [text])

    return pa.Table.from_arrays(
        [
            always(year),
            pa.nulls(rows, pa.int8()),
            labelled(lo, localities),
            labelled(band, [label for label, _ in AGE_BANDS]),
            labelled(sex, SEXES),
            pa.array(quintile + 1, pa.int8()),
            labelled(segment, [label for label, _ in SEGMENTS]),
            labelled(p, [point.id for point in points]),
            always(ALL),
            always(ALL),
            pa.array(amount),
            pa.array(bed_days),
            pa.nulls(rows, pa.float64()) if cost is None else pa.array(cost),
            pa.array(np.full(rows, origin.recorded)),
            always(origin.scenario),
            pa.array(np.full(rows, origin.draw, dtype=np.int32)),
            always(origin.inputs_sha256),
        ],
        schema=SCHEMA,
    )


def _band(values: npt.NDArray[np.int16], starts: list[int]) -> npt.NDArray[np.intp]:
    """Which band each value is in; below the first start counts as the first."""
    return np.maximum(np.searchsorted(starts, values, side="right") - 1, 0)
