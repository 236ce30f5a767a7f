"""Along which flows of money a solution's changes reach organisations."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tripleaim.accounts import OUTSIDE, Accounts, by_point_of_delivery, flow_matrix
from tripleaim.activity import Activity
from tripleaim.place import Place

ByYear = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Route:
    """The part (0 to 1) of a point of delivery that one organisation buys of another.

    What goes `outside` every book may be to others, or what the payer spends itself.
    """

    payer: str
    payee: str
    share: float

    @property
    def outside(self) -> bool:
        """Whether nobody who keeps a book is paid."""
        return self.payee == OUTSIDE


Routes = tuple[Route, ...]


def routes(
    place: Place, accounts: Accounts, activity: Activity, residents: ByYear | None = None
) -> dict[str, Routes]:
    """Who buys each NHS point of delivery of whom, from the flows of the plan's last year."""
    matrix = flow_matrix(place, accounts, place.last_year, residents)
    by_point = {}
    for point, cells in by_point_of_delivery(place, matrix, activity).items():
        whole = sum(cells.values())
        if whole:
            by_point[point] = tuple(
                Route(payer, payee, float(amount / whole))
                for (payer, payee), amount in cells.items()
                if amount
            )
    return by_point


def routes_to_doers(all_routes: Routes, doers: Collection[str]) -> Routes:
    """The routes on which those who do a solution are paid; all of them where none is.

    What a solution does to the price of work, or adds in one place for work elsewhere, happens in
    the organisations that do it. A commissioner among them acts on what it spends itself.
    """
    chosen = [r for r in all_routes if r.payee in doers]
    chosen = chosen or [r for r in all_routes if r.outside and r.payer in doers]
    whole = sum(r.share for r in chosen)
    if not whole:
        return all_routes
    return tuple(Route(r.payer, r.payee, r.share / whole) for r in chosen)
