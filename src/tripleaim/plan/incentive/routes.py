"""The flows of money through which a solution affects organisations."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tripleaim.accounts import (
    OUTSIDE,
    Accounts,
    by_point_of_delivery,
    flow_inputs,
    flow_matrix,
    parts_of_whole,
)
from tripleaim.activity import Activity
from tripleaim.place import Place

ByYear = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Route:
    """The share (0 to 1) of a point of delivery that one organisation buys from another.

    What is paid `outside` may go to others, or be the payer's own spending.
    """

    payer: str
    payee: str
    share: float

    @property
    def outside(self) -> bool:
        """Whether the payee keeps no book here."""
        return self.payee == OUTSIDE


Routes = tuple[Route, ...]


def routes(
    place: Place, accounts: Accounts, activity: Activity, residents: ByYear | None = None
) -> dict[str, Routes]:
    """Who buys each NHS point of delivery from whom, from the flows of the plan's last year."""
    inputs = flow_inputs(place)
    matrix = flow_matrix(inputs, accounts, place.last_year, residents)
    return {
        point: tuple(Route(*cell, share) for cell, share in parts_of_whole(cells).items())
        for point, cells in by_point_of_delivery(inputs, matrix, activity).items()
        if sum(cells.values())
    }


def routes_to_doers(all_routes: Routes, doers: Collection[str]) -> Routes:
    """The routes that pay the organisations carrying out a solution; all routes if none does.

    Changes in the cost of work, and work that replaces work elsewhere, happen in the organisations
    that carry out the solution. A commissioner among them changes its own spending.
    """
    chosen = [r for r in all_routes if r.payee in doers]
    chosen = chosen or [r for r in all_routes if r.outside and r.payer in doers]
    whole = sum(r.share for r in chosen)
    if not whole:
        return all_routes
    return tuple(Route(r.payer, r.payee, r.share / whole) for r in chosen)
