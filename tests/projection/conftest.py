"""A few thousand of Somerset's people, and all of them led through the plan."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from forecast import Forecast

from tripleaim.people import People
from tripleaim.place import Place
from tripleaim.projection import (
    ContactModel,
    Trajectory,
    contact_inputs,
    fit_contacts,
    project,
)

Rows = npt.NDArray[np.intp]


@pytest.fixture(scope="session")
def some_of() -> Callable[[People, Rows], People]:
    """The people in the given rows, in that order, as People of their own."""

    def take(people: People, rows: Rows) -> People:
        return people.take(rows)

    return take


@pytest.fixture(scope="session")
def few(somerset_people: People, some_of: Callable[[People, Rows], People]) -> People:
    """Every hundredth person."""
    return some_of(somerset_people, np.arange(0, len(somerset_people), 100))


@pytest.fixture(scope="session")
def lives(somerset: Place, few: People) -> Trajectory:
    """Every hundredth person's life."""
    return project(somerset, few)


@pytest.fixture(scope="session")
def county_lives(somerset: Place, somerset_people: People) -> Trajectory:
    """Everybody's life."""
    return project(somerset, somerset_people)


@pytest.fixture(scope="session")
def county_model(somerset: Place, county_lives: Trajectory) -> ContactModel:
    """Contact rates fitted to everybody."""
    return fit_contacts(contact_inputs(somerset), county_lives)


@pytest.fixture(scope="session")
def county_forecast(
    somerset: Place, county_lives: Trajectory, county_model: ContactModel
) -> Forecast:
    """Everybody's contacts."""
    return Forecast.of(somerset, county_lives, county_model)
