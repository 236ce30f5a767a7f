"""What several rooms' tests start from."""

from __future__ import annotations

import pytest

from tripleaim.people import People, synthesise
from tripleaim.place import Place, load


@pytest.fixture(scope="session")
def somerset() -> Place:
    """The shipped footprint of Somerset."""
    return load("somerset")


@pytest.fixture(scope="session")
def somerset_people(somerset: Place) -> People:
    """Everybody registered in Somerset, synthesised once for the whole session."""
    return synthesise(somerset, seed=7)
