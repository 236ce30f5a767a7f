"""People in, their lives to the end of the plan out."""

from __future__ import annotations

from tripleaim.core import Progress, silent
from tripleaim.people import People
from tripleaim.place import Place
from tripleaim.projection.fit import fit_laws
from tripleaim.projection.laws import Laws
from tripleaim.projection.model import Trajectory
from tripleaim.projection.simulation import simulate_lives


def project(
    place: Place,
    people: People,
    progress: Progress | None = None,
    *,
    laws: Laws | None = None,
) -> Trajectory:
    """Everybody's life from the base year to the last year of the plan, if nothing is done.

    Laws are fitted to these people unless given: part of a population is projected with the `laws`
    of its whole, and then leads the same lives. Raises InputError if people's numbers leave no room
    for newcomers.
    """
    report = progress or silent
    report("projecting lives", 0.0)
    held = laws or fit_laws(
        place, people, progress=lambda _, done: report("projecting lives", done)
    )
    lives = simulate_lives(people, held)
    report("projecting lives", 1.0)
    return lives
