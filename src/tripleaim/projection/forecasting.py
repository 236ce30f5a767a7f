"""The do-nothing forecast, before and after calibration, and why it grows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tripleaim.core import UNWATCHED, RunContext
from tripleaim.place import Place
from tripleaim.projection.contact_rates import (
    CELLS,
    ContactModel,
    cells,
    contacts,
    fit_contacts,
    totals,
)
from tripleaim.projection.model import Forecast, Growth, Trajectory

Floats = npt.NDArray[np.float64]


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


def forecast(
    place: Place,
    trajectory: Trajectory,
    context: RunContext = UNWATCHED,
    *,
    model: ContactModel | None = None,
) -> Forecast:
    """Contacts by point of delivery and year, the base year first.

    Calibrated, the first and last year of the plan are as printed; the factor moves by the same
    percentage each year between them, and before the plan it is that of the first year.
    """
    model = model or fit_contacts(place, trajectory)
    years, points = trajectory.years, [p.id for p in place.points_of_delivery]
    total = np.empty((len(years), len(points)))
    for y, year in enumerate(years):
        context.report("counting contacts", y / len(years))
        total[y] = totals(contacts(place, trajectory, year, model))
    context.report("counting contacts", 1.0)
    factor = _factors(place, total)
    calibrated = total * factor

    def by_year(table: Floats) -> dict[str, dict[str, float]]:
        return {
            point: {year: float(table[y, p]) for y, year in enumerate(years)}
            for p, point in enumerate(points)
        }

    expected = _at_base_rates(trajectory, model)
    trend = (1 + model.trend) ** np.arange(len(years))[:, None]
    split = _splitter(points, expected, total / trend, trend)
    return Forecast(
        uncalibrated=by_year(total),
        calibrated=by_year(calibrated),
        factor=by_year(factor),
        growth=split(calibrated),
        growth_uncalibrated=split(total),
    )


def added_by_calibration(place: Place, found: Forecast) -> tuple[AddedByCalibration, ...]:
    """What calibration added to each point of delivery's level and growth over the plan."""
    first, last = place.years[0], place.last_year
    steps = len(place.years) - 1
    added = []
    for point, factor in found.factor.items():
        level, end = factor[first], factor[last]
        added.append(
            AddedByCalibration(
                point_of_delivery=point,
                level=level,
                contacts=found.uncalibrated[point][last] * (end - level),
                pct_a_year=100 * ((end / level) ** (1 / steps) - 1) if steps else 0.0,
            )
        )
    return tuple(added)


def levels(place: Place, found: Forecast, model: ContactModel) -> tuple[Level, ...]:
    """The first year of the plan, three ways, for each point of delivery."""
    first = place.years[0]
    return tuple(
        Level(
            point_of_delivery=point.id,
            at_england_rates=found.uncalibrated[point.id][first] / float(model.level[p]),
            uncalibrated=found.uncalibrated[point.id][first],
            printed=place.value(point.printed_base) if point.printed_base else None,
        )
        for p, point in enumerate(place.points_of_delivery)
    )


def _factors(place: Place, total: Floats) -> Floats:
    """Shape (years, P): 1 without printed figures, else geometric from first to last plan year."""
    factor = np.ones_like(total)
    steps = max(len(place.years) - 1, 1)
    way = np.clip(np.arange(-1, len(place.years)) / steps, 0, 1)
    for p, point in enumerate(place.points_of_delivery):
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
