"""Trusts' activity, attributed to the areas their patients come from.

An area's activity is the sum over trusts of the trust's activity times the share of its patients
who live there. The shares are of all admissions, so a trust whose emergency patients live nearer
than its planned patients is attributed slightly wrongly; the intervals do not include that error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tripleaim.place import Place

HES_BANDS = ("0_14", "15_29", "30_44", "45_59", "60_74", "75_89", "90")
"""Age bands of admissions in peer_trusts.csv, oldest open."""

_COLUMNS = ("beds", "ae_attendances", "ae_admissions", "income", "position")


@dataclass(frozen=True)
class Trust:
    """A trust of the base year: amounts by column of peer_trusts.csv, where they are known."""

    id: str
    name: str
    amounts: Mapping[str, float]

    @property
    def margin_pct(self) -> float | None:
        """Surplus (+) or deficit (-) as a percentage of income."""
        if not self.amounts.get("income") or "position" not in self.amounts:
            return None
        return 100 * self.amounts["position"] / self.amounts["income"]


@dataclass(frozen=True)
class Catchments:
    """Trusts, and what share of each one's patients comes from each area."""

    trusts: Mapping[str, Trust]
    shares: Mapping[str, Mapping[str, float]]
    """By area, then by trust."""

    def amount(self, areas: Collection[str], column: str) -> float:
        """The areas' share of a column, over the trusts for which it is known."""
        return sum(
            share * self.trusts[trust].amounts.get(column, 0.0)
            for area in areas
            for trust, share in self.shares.get(area, {}).items()
        )

    def coverage(self, areas: Collection[str], column: str) -> float:
        """The share of the areas' beds that are in trusts for which the column is known."""
        covered = total = 0.0
        for area in areas:
            for trust, share in self.shares.get(area, {}).items():
                amounts = self.trusts[trust].amounts
                total += share * amounts.get("beds", 0.0)
                covered += share * amounts.get("beds", 0.0) * (column in amounts)
        return covered / total if total else 0.0


def read_catchments(place: Place) -> Catchments:
    """Trusts and catchments from peer_trusts.csv and peer_catchments.csv."""
    columns = [f"admissions_{band}" for band in HES_BANDS] + list(_COLUMNS)
    trusts = {}
    for row in place.rows("peer_trusts.csv"):
        amounts = {name: row[name] for name in columns if row[name] is not None}
        trusts[row["trust"]] = Trust(row["trust"], row["name"], amounts)
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for row in place.rows("peer_catchments.csv"):
        if row["trust"] not in trusts:
            raise row.fault("trust", "expected a trust of peer_trusts.csv", sorted(trusts))
        shares[row["area"]][row["trust"]] = row["share"]
    return Catchments(trusts, dict(shares))
