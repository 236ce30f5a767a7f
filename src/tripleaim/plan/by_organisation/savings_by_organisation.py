"""The plan's savings by organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from tripleaim.accounts import (
    NATIONAL,
    OUTSIDE,
    SAVINGS,
    Entry,
    Ledger,
    commissioners,
    own_trusts,
    pounds,
    split,
)
from tripleaim.place import Place, Solution
from tripleaim.plan.overlap.claims import SIDES
from tripleaim.plan.overlap.outcome import Outcome, Result

CAP = "population-cap"
"""Used in place of a solution's id for the cap on what whole populations have been seen to save."""

Net = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Solution -> side -> year -> £m a year, net of investment."""

_MILLION = 1_000_000


@dataclass(frozen=True)
class Savings:
    """Savings by organisation, £ to the penny.

    `in_year` holds an entry per year, organisation and solution, on the line "savings:" and how its
    money is released (cash-releasing, cost-avoiding, capacity only); double running is not
    recurrent. `full_year` holds what they would bring more if what runs at the end of the year had
    run throughout.
    """

    in_year: Ledger
    full_year: Ledger

    def by_release(self, year: str, organisation: str | None = None) -> dict[str, Decimal]:
        """£ in `year` by how the money is released, of one organisation or of all."""
        sums: dict[str, Decimal] = {}
        for entry in self.in_year.entries:
            if entry.period == year and organisation in (None, entry.organisation):
                name = entry.line.partition(":")[2]
                sums[name] = sums.get(name, Decimal(0)) + entry.amount
        return sums

    def cash(self, year: str, organisation: str | None = None) -> Decimal:
        """What changes the position: all but savings that free capacity only."""
        amounts = self.by_release(year, organisation)
        return sum((a for name, a in amounts.items() if name != "capacity only"), Decimal(0))


def net_of(outcome: Outcome, result: Result) -> dict[str, dict[str, dict[str, float]]]:
    """One of an outcome's results as solution -> side -> year -> £m, the cap among them."""

    def by_side(rows: npt.NDArray[np.float64]) -> dict[str, dict[str, float]]:
        return {
            side: dict(zip(outcome.years, map(float, row), strict=True))
            for side, row in zip(SIDES, rows, strict=True)
        }

    net = {name: by_side(result.net[s]) for s, name in enumerate(outcome.solutions)}
    if result.cap.any():
        net[CAP] = by_side(result.cap)
    return net


def savings_by_organisation(place: Place, books: Ledger, net: Net) -> Savings:
    """Each solution's net saving shared among its organisations on each side.

    `books` is the ledger of the place: a share is in proportion to what the organisations spend in
    the first year. A solution that names no trust (or no commissioner of its own) is shared by all
    of the side. Parts add up to the saving of the solution, side and year, rounded to the penny.

    Savings are taken to grow evenly through each year, so that at its end half of the next year's
    growth is already there; in the last year, half of that year's own growth if the ramp still
    climbs.
    """
    spending = _spending(place, books)
    solutions = {solution.id: solution for solution in place.solutions}
    in_year: list[Entry] = []
    full_year: list[Entry] = []
    for name, by_side in net.items():
        solution = solutions.get(name)
        release = solution.release if solution else "held back"
        line = f"{SAVINGS}:{release}"
        for side in SIDES:
            levels = _recurrent(solution, by_side, side, place.years)
            bodies = _bodies(place, solution, side)
            weights = [spending.get(body, 0.0) for body in bodies]
            if not any(weights):
                weights = [1.0] * len(bodies)
            once = _double_running(solution, by_side, side, place.years)
            for at, year in enumerate(place.years):
                whole = pounds(by_side[side][year] * _MILLION)
                passing = pounds(once[at] * _MILLION)
                more = pounds((_exit(levels, at, solution, place) - levels[at]) * _MILLION)
                for recurrent, amount, into in (
                    (True, whole - passing, in_year),
                    (False, passing, in_year),
                    (True, more, full_year),
                ):
                    for body, part in zip(bodies, split(amount, weights), strict=True):
                        if part:
                            into.append(Entry(year, body, OUTSIDE, line, part, name, recurrent))
    return Savings(Ledger(tuple(in_year)), Ledger(tuple(full_year)))


def _spending(place: Place, books: Ledger) -> dict[str, float]:
    sums: dict[str, float] = {}
    for entry in books.entries:
        if entry.period == place.years[0] and entry.amount < 0:
            sums[entry.organisation] = sums.get(entry.organisation, 0.0) - float(entry.amount)
    return sums


def _bodies(place: Place, solution: Solution | None, side: str) -> tuple[str, ...]:
    named = solution.organisations if solution else ()
    kinds = {o.id: o.kind for o in place.organisations}
    if side == "providers":
        everyone = own_trusts(place)
        return tuple(b for b in everyone if b in named) or everyone
    everyone = commissioners(place)
    local = tuple(b for b in everyone if NATIONAL not in kinds[b])
    return tuple(b for b in everyone if b in named) or local or everyone


def _double_running(
    solution: Solution | None,
    by_side: Mapping[str, Mapping[str, float]],
    side: str,
    years: Sequence[str],
) -> list[float]:
    """The side's part (£m, negative) of double running, which ends; by the size of its saving."""
    parts = []
    for year in years:
        whole = sum(abs(by_side[name][year]) for name in SIDES)
        share = abs(by_side[side][year]) / whole if whole else 0.0
        parts.append(-solution.double_running[year] * share if solution else 0.0)
    return parts


def _recurrent(
    solution: Solution | None,
    by_side: Mapping[str, Mapping[str, float]],
    side: str,
    years: Sequence[str],
) -> list[float]:
    once = _double_running(solution, by_side, side, years)
    return [by_side[side][year] - passing for year, passing in zip(years, once, strict=True)]


def _exit(levels: Sequence[float], at: int, solution: Solution | None, place: Place) -> float:
    """The yearly rate at the end of a year."""
    if at + 1 < len(levels):
        return levels[at] + (levels[at + 1] - levels[at]) / 2
    if solution is None or at == 0:
        return levels[at]
    climbs = at < place.years.index(solution.start) + solution.years_to_full
    return levels[at] + ((levels[at] - levels[at - 1]) / 2 if climbs else 0.0)
