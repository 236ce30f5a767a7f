"""How an organisation's cost falls when it does less work: at once, later or never."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tripleaim.accounts.books.ledger import split
from tripleaim.place import InputError, Place

FILE = "cost_structure.csv"
ANY = "any"
"""The kind used for every organisation whose own kind is not listed."""


@dataclass(frozen=True, slots=True)
class CostPart:
    """One part of an organisation's cost: `share` per cent of it, on `line` (pay, drugs …).

    `behaviour` is fixed, semi-variable or variable; when work stops, this part of its cost stops
    `lag` years later, or never if the lag is None (fixed). `low` and `high` bound the share.
    """

    line: str
    behaviour: str
    share: float
    low: float
    high: float
    lag: int | None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class CostStructure:
    """The parts of one kind of organisation's cost; their shares add up to 100."""

    kind: str
    parts: tuple[CostPart, ...]

    def share(self, behaviour: str) -> float:
        """The percentage of the cost that behaves in this way."""
        return sum(part.share for part in self.parts if part.behaviour == behaviour)

    def by_line(self, cost: Decimal) -> dict[str, Decimal]:
        """A cost split into pay, non-pay, drugs …, exactly."""
        return self._by_name(cost, [part.line for part in self.parts])

    def by_behaviour(self, cost: Decimal) -> dict[str, Decimal]:
        """A cost split into fixed, semi-variable and variable, exactly."""
        return self._by_name(cost, [part.behaviour for part in self.parts])

    def _by_name(self, cost: Decimal, names: list[str]) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = dict.fromkeys(names, Decimal(0))
        for name, amount in zip(names, self._split(cost), strict=True):
            sums[name] += amount
        return sums

    def _split(self, cost: Decimal) -> tuple[Decimal, ...]:
        return split(cost, [part.share for part in self.parts])


def read_cost_structures(place: Place) -> dict[str, CostStructure]:
    """The cost structures of `cost_structure.csv` by kind of organisation.

    Raises InputError for shares of a kind that do not add up to 100, a share outside its range, a
    fixed part with a lag or another without, and a file without the kind "any".
    """
    path = place.path(FILE)
    rows: dict[str, list[CostPart]] = {}
    for row in place.rows(FILE):
        if not row["low"] <= row["share"] <= row["high"]:
            raise row.fault("share", "expected a value within low and high")
        if (row["behaviour"] == "fixed") != (row["lag"] is None):
            raise row.fault(
                "lag", "expected years for cost that is released, and an empty cell for fixed cost"
            )
        rows.setdefault(row["kind"], []).append(
            CostPart(**{name: row[name] for name in CostPart.__slots__})
        )
        last = row
    for kind, parts in rows.items():
        whole_share = sum(part.share for part in parts)
        if abs(whole_share - 100) > 1e-6:
            raise InputError(
                f"expected the shares of {kind} to add up to 100",
                file=path,
                column="share",
                value=f"{whole_share:g}",
            )
    if ANY not in rows:
        raise last.fault("kind", f"expected rows for the kind {ANY} as well")
    return {kind: CostStructure(kind, tuple(parts)) for kind, parts in rows.items()}


def cost_structure(place: Place, organisation: str) -> CostStructure:
    """The cost structure of one of the place's organisations, by its kind, else of "any"."""
    structures = read_cost_structures(place)
    kinds = {o.id: o.kind for o in place.organisations}
    return structures.get(kinds.get(organisation, ANY), structures[ANY])


def released(
    structure: CostStructure, avoided_cost_by_year: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """How much a provider's cost falls, year by year, when it does less work.

    `avoided_cost_by_year` is, for consecutive years, the full (average) cost in pounds of the work
    that is no longer done in that year compared with doing nothing: a level, not a change. A part
    with a lag of n years falls by what was already avoided n years before and still is, so it is
    the least level of those years; a fixed part does not fall. Where work is added (a negative
    level) the variable parts are added at once, because the work cannot be done without them. Each
    year's level is split exactly to the penny, and no more is released than avoided.
    """
    years = list(avoided_cost_by_year)
    parts = {year: structure._split(avoided_cost_by_year[year]) for year in years}
    result = dict.fromkeys(years, Decimal(0))
    for at, part in enumerate(structure.parts):
        if part.lag is None:
            continue
        levels = [parts[year][at] for year in years]
        for now, year in enumerate(years):
            level = levels[now]
            if level > 0:
                before = levels[max(0, now - part.lag) : now + 1]
                # Before the first year nothing was avoided.
                early = now < part.lag
                level = Decimal(0) if early else max(Decimal(0), min(before))
            result[year] += level
    return result
