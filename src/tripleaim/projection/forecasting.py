"""Contacts of the years to come, what calibration multiplies them by, and why they grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tripleaim.activity import (
    Activity,
    CellGrid,
    Origin,
    PeopleByCell,
    measured_contacts,
    people_rows,
    sums_by,
)
from tripleaim.core import UNWATCHED, RunContext
from tripleaim.place import Place
from tripleaim.projection.contact_rates import (
    ContactModel,
    cells,
    contacts,
    fit_contacts,
)
from tripleaim.projection.contact_tables import CELLS, contact_inputs
from tripleaim.projection.model import Growth, Trajectory

Floats = npt.NDArray[np.float64]
ByPointAndYear = Mapping[str, Mapping[str, float]]

UNCALIBRATED = "do_nothing_uncalibrated"
DO_NOTHING = "do_nothing"


@dataclass(frozen=True)
class CountedContacts:
    """Expected contacts of a projection, before calibration, summed into cells of people.

    `quantity` has shape (years, cells of the grid, points of delivery), the base year first;
    `people` are those registered, (years, cells of the grid);
    `bed_days` (points of delivery) are days in bed a contact.
    """

    grid: CellGrid
    years: tuple[str, ...]
    points_of_delivery: tuple[str, ...]
    quantity: Floats
    people: npt.NDArray[np.int64]
    bed_days: Floats

    @property
    def totals(self) -> Floats:
        """Contacts by year and point of delivery: (years, points of delivery)."""
        total: Floats = self.quantity.sum(axis=1)
        return total

    def people_by_cell(self) -> PeopleByCell:
        """Who is registered, in the cells that contacts are summed into."""
        return PeopleByCell.counted(self.grid, self.years, self.people)

    def activity(self, inputs_sha256: str, factors: ByPointAndYear | None = None) -> Activity:
        """These contacts as activity without cost: uncalibrated, or times calibration's factors."""
        scenario = UNCALIBRATED if factors is None else DO_NOTHING
        return Activity(pa.concat_tables(self._rows(inputs_sha256, scenario, factors)))

    def _rows(
        self, inputs_sha256: str, scenario: str, factors: ByPointAndYear | None
    ) -> Iterator[pa.Table]:
        origin = Origin(recorded=False, scenario=scenario, inputs_sha256=inputs_sha256)
        for y, year in enumerate(self.years):
            quantity = self.quantity[y]
            if factors is not None:
                quantity = quantity * [factors[point][year] for point in self.points_of_delivery]
            yield people_rows(
                self.grid,
                self.points_of_delivery,
                year,
                quantity,
                origin,
                bed_days=quantity * self.bed_days,
            )


@dataclass(frozen=True)
class AddedByCalibration:
    """What calibration had to add at one point of delivery.

    `level` is the factor that meets the printed first year, `contacts` what the last year then
    still lacks, and `pct_a_year` the same as growth a year.
    """

    point_of_delivery: str
    level: float
    contacts: float
    pct_a_year: float


@dataclass(frozen=True)
class Level:
    """The first year of the plan at England's rates, as the uncalibrated forecast has it, and as
    the plan prints it (None where it prints nothing)."""

    point_of_delivery: str
    at_england_rates: float
    uncalibrated: float
    printed: float | None


def count_contacts(
    place: Place,
    trajectory: Trajectory,
    context: RunContext = UNWATCHED,
    *,
    model: ContactModel | None = None,
    also: Callable[[int, npt.NDArray[np.float32]], None] | None = None,
) -> CountedContacts:
    """Everybody's expected contacts in every year of the trajectory, each year worked out once.

    `also` is handed the number of each year and its contacts (people, points of delivery), for
    whatever else is to be made of them. `model` is fitted to the trajectory unless given.
    """
    model = model or fit_contacts(contact_inputs(place), trajectory)
    grid = CellGrid.of(trajectory.people)
    sums, people = [], []

    def count(y: int) -> tuple[npt.NDArray[np.float32], Floats, npt.NDArray[np.int64]]:
        expected = contacts(trajectory, trajectory.years[y], model)
        cell = grid.cells(trajectory.people, trajectory.years[y], trajectory.conditions[y])
        heads = np.bincount(cell[trajectory.present[y]], minlength=len(grid))
        return expected, sums_by(cell, expected, len(grid)), heads

    # A year is counted beside what is made of the year before.
    with ThreadPoolExecutor(1) as ahead:
        coming = ahead.submit(count, 0)
        for y in range(len(trajectory.years)):
            context.report("counting contacts", y / len(trajectory.years))
            expected, of_year, heads = coming.result()
            if y + 1 < len(trajectory.years):
                coming = ahead.submit(count, y + 1)
            sums.append(of_year)
            people.append(heads)
            if also is not None:
                also(y, expected)
    context.report("counting contacts", 1.0)
    return CountedContacts(
        grid,
        trajectory.years,
        tuple(point.id for point in place.points_of_delivery),
        np.stack(sums),
        np.stack(people),
        np.array([point.bed_days for point in place.points_of_delivery]),
    )


def contact_factors(place: Place, counted: CountedContacts) -> ByPointAndYear:
    """What calibration multiplies contacts by, so that printed years are as printed.

    Calibrated, the first and last year of the plan are as printed; the factor moves by the same
    percentage each year between them, and before the plan it is that of the first year. Where none
    is printed but contacts of the base year were counted, the base year is as counted, and the
    factor is the same in every year. It is 1 throughout for a point of delivery with neither.
    """
    factors = _factors(place, counted.totals)
    return {
        point: {year: float(factors[y, p]) for y, year in enumerate(counted.years)}
        for p, point in enumerate(counted.points_of_delivery)
    }


def growth_by_cause(
    trajectory: Trajectory,
    model: ContactModel,
    counted: CountedContacts,
    factors: ByPointAndYear | None = None,
) -> tuple[Growth, ...]:
    """Why contacts grow over the plan: as counted, or times calibration's `factors`."""
    total = counted.totals
    trend = (1 + model.trend) ** np.arange(len(counted.years))[:, None]
    split = _splitter(
        list(counted.points_of_delivery), _at_base_rates(trajectory, model), total / trend, trend
    )
    if factors is None:
        return split(total)
    factor = [[factors[p][year] for p in counted.points_of_delivery] for year in counted.years]
    return split(total * np.array(factor))


def added_by_calibration(
    place: Place, factors: ByPointAndYear, uncalibrated: Activity
) -> tuple[AddedByCalibration, ...]:
    """What calibration added to each point of delivery's level and growth over the plan."""
    first, last = place.years[0], place.last_year
    steps = len(place.years) - 1
    added = []
    for point, factor in factors.items():
        level, end = factor[first], factor[last]
        added.append(
            AddedByCalibration(
                point_of_delivery=point,
                level=level,
                contacts=uncalibrated.contacts[point][last] * (end - level),
                pct_a_year=100 * ((end / level) ** (1 / steps) - 1) if steps else 0.0,
            )
        )
    return tuple(added)


def levels(place: Place, uncalibrated: Activity, model: ContactModel) -> tuple[Level, ...]:
    """The first year of the plan, three ways, for each point of delivery."""
    first = place.years[0]
    return tuple(
        Level(
            point_of_delivery=point.id,
            at_england_rates=uncalibrated.contacts[point.id][first] / float(model.level[p]),
            uncalibrated=uncalibrated.contacts[point.id][first],
            printed=place.value(point.printed_base) if point.printed_base else None,
        )
        for p, point in enumerate(place.points_of_delivery)
    )


def _factors(place: Place, total: Floats) -> Floats:
    """Shape (years, P): printed ones geometric from first to last plan year, else as counted."""
    counts = measured_contacts(place)
    factor = np.ones_like(total)
    steps = max(len(place.years) - 1, 1)
    way = np.clip(np.arange(-1, len(place.years)) / steps, 0, 1)
    for p, point in enumerate(place.points_of_delivery):
        if not point.printed_base and point.id in counts and total[0, p] > 0:
            factor[:, p] = counts[point.id].contacts / total[0, p]
        if not point.printed_base or total[1, p] <= 0:
            continue
        start = place.value(point.printed_base) / total[1, p]
        end = place.value(point.printed_last) / total[-1, p] if point.printed_last else start
        factor[:, p] = start * (end / start) ** way
    return factor


def _at_base_rates(trajectory: Trajectory, model: ContactModel) -> Floats:
    """Contacts if everybody had the base-year mean of their age, sex and quintile: (years, P)."""
    result = np.empty((len(trajectory.years), model.rate.shape[1]))
    for y, year in enumerate(trajectory.years):
        here = trajectory.present[y]
        heads = np.bincount(cells(trajectory.people, year)[here], minlength=CELLS)
        result[y] = heads @ model.rate
    return result


def _splitter(
    points: list[str], expected: Floats, untrended: Floats, trend: Floats
) -> Callable[[Floats], tuple[Growth, ...]]:
    """Growth from the first to the last year of the plan, one cause after the other.

    Size and age first, at the rates of the base year; then what people's conditions add to it;
    then the trend; the rest is what is left, so that the parts add up.
    """

    def split(table: Floats) -> tuple[Growth, ...]:
        parts = []
        for p, point in enumerate(points):
            first, last = table[1, p], table[-1, p]
            size = _ratio(expected[-1, p], expected[1, p])
            illness = _ratio(untrended[-1, p], untrended[1, p])
            drift = trend[-1, p] / trend[1, p]
            parts.append(
                Growth(
                    point_of_delivery=point,
                    first=float(first),
                    last=float(last),
                    size_and_age=float(first * (size - 1)),
                    morbidity=float(first * (illness - size)),
                    trend=float(first * illness * (drift - 1)),
                    rest=float(last - first * illness * drift),
                )
            )
        return tuple(parts)

    return split


def _ratio(last: float, first: float) -> float:
    return last / first if first else 1.0
