"""People in, their lives to the end of the plan out."""

from __future__ import annotations

from tripleaim.core import UNWATCHED, RunContext
from tripleaim.people import People
from tripleaim.place import Place
from tripleaim.projection.fit import fit_laws
from tripleaim.projection.laws import Laws
from tripleaim.projection.model import Trajectory
from tripleaim.projection.simulation import simulate_lives


def project(
    place: Place,
    people: People,
    context: RunContext = UNWATCHED,
    *,
    laws: Laws | None = None,
) -> Trajectory:
    """Everybody's life from the base year to the last year of the plan, if nothing is done.

    Laws are fitted to these people unless given: part of a population is projected with the `laws`
    of its whole, and then leads the same lives. Raises InputError if people's numbers leave no room
    for newcomers.
    """
    part = context.within("projecting lives")
    part.report("fitting rates", 0.0)
    lives = simulate_lives(people, laws or fit_laws(place, people, context=part))
    part.report("projecting lives", 1.0)
    return lives
