"""England made small."""

from __future__ import annotations

import pytest

from tripleaim.country.model import Country, country_of
from tripleaim.place import Place, load


@pytest.fixture(scope="session")
def england() -> Place:
    """The shipped defaults, as a place of their own."""
    return load("england")


@pytest.fixture(scope="session")
def small_england(england: Place) -> Country:
    """20,000 people with the make-up of England."""
    return country_of(england, people=20_000)
