"""Need and deprivation of every board, counted from the official tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.boards import OfficialTables

PARTS = ("general_and_acute", "community", "mental_health", "prescribing")
"""The parts of the formula of need that most of a board's money follows."""

FIFTH = 0.2
DIGITS = 2
"""Places that are kept of an index and of a share."""


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A number from official tables; `parts` are the values that its interval runs between."""

    value: float
    parts: tuple[float, ...] = ()


def official_measures(tables: OfficialTables) -> Mapping[str, Mapping[str, KnownValue]]:
    """Each official measure by id: its value by code of board.

    Need is the weighted people of `need` over its people, both as the allocations of 2025/26 count
    them, over the same of England. Deprivation counts people of mid-2022 in small areas whose rank
    is in the first fifth of all areas.
    """
    return {
        "registered": _registered(tables),
        "need_index": _need(tables),
        "most_deprived_pct": _deprived(tables),
    }


def _registered(tables: OfficialTables) -> dict[str, KnownValue]:
    rows = tables.records(
        "SELECT icb26, sum(patients) AS people FROM lists JOIN practice_homes USING (practice) "
        "GROUP BY icb26 ORDER BY icb26"
    )
    return {row["icb26"]: KnownValue(float(row["people"])) for row in rows}


def _need(tables: OfficialTables) -> dict[str, KnownValue]:
    names = ("core", *PARTS)
    sums = ", ".join(f"sum({name}::DOUBLE) / sum(people::DOUBLE) AS {name}" for name in names)
    (england,) = tables.records(f"SELECT {sums} FROM need")  # noqa: S608 - our own words
    rows = tables.records(
        f"SELECT icb26, {sums} FROM need JOIN practice_homes USING (practice) "  # noqa: S608 - as above
        "GROUP BY icb26 ORDER BY icb26"
    )

    def index(row: Mapping[str, float], name: str) -> float:
        return float(round(100 * row[name] / england[name], DIGITS))

    return {
        row["icb26"]: KnownValue(index(row, "core"), tuple(index(row, name) for name in PARTS))
        for row in rows
    }


def _deprived(tables: OfficialTables) -> dict[str, KnownValue]:
    rows = tables.records(
        "SELECT icb26, 100 * sum(people_2022) FILTER (WHERE imd_rank <= "
        "$fifth * (SELECT count(*) FROM areas)) / sum(people_2022) AS share "
        "FROM areas GROUP BY icb26 ORDER BY icb26",
        fifth=FIFTH,
    )
    return {row["icb26"]: KnownValue(round(float(row["share"] or 0.0), DIGITS)) for row in rows}
