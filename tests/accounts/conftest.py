"""The printed activity, interpolated: accounts need nothing else of a forecast."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tripleaim.activity import Activity
from tripleaim.place import Place

PEOPLE = 562_446


def geometric(place: Place) -> Activity:
    """The printed activity of the first and last year, at constant growth in between."""
    steps = len(place.years) - 1
    activity = {}
    for point in place.points_of_delivery:
        first, last = place.value(point.printed_base), place.value(point.printed_last)
        activity[point.id] = {
            year: first * (last / first) ** (i / steps) for i, year in enumerate(place.years)
        }
    return Activity.of_totals(activity)


@pytest.fixture(scope="package")
def activity(somerset: Place) -> Activity:
    return geometric(somerset)


@pytest.fixture(scope="package")
def population(somerset: Place) -> dict[str, float]:
    years = (somerset.base_year, *somerset.years)
    return {year: PEOPLE * 1.006**i for i, year in enumerate(years)}


@pytest.fixture
def with_figure(somerset: Place) -> Callable[..., Place]:
    """Somerset with other values for some figures, or without them (None)."""

    def change(**values: float | None) -> Place:
        figures = dict(somerset.figures)
        for name, value in values.items():
            if value is None:
                del figures[name]
            else:
                figures[name] = replace(figures[name], value=value)
        return replace(somerset, figures=figures)

    return change
