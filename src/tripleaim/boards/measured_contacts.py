"""What the board's A&E and emergency admissions were counted as: the level of its contacts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tripleaim.boards.allocations import share_of
from tripleaim.boards.extents import Extent
from tripleaim.boards.official import OfficialTables
from tripleaim.boards.own_tables import Cell, OwnTable
from tripleaim.boards.people import LICENCE
from tripleaim.boards.years import BASE_YEAR

FILE = "measured_contacts.csv"
SOURCE = "ae-monthly-2026"
_COUNTED = {"acute-ae": "attendances", "acute-non-elective": "emergency_admissions"}
"""Points of delivery, and the column that counts each."""
_NEED = "general_and_acute"
"""A board that was split is shared by the need of its practices for hospital care."""
_WINDOWS = """
WITH months AS (
    SELECT icb24, month, {0} AS counted, max(month) OVER (PARTITION BY icb24) AS last
    FROM ae_by_board
), windows AS (
    SELECT icb24, strftime(min(month), '%Y-%m') AS first_month,
           strftime(max(month), '%Y-%m') AS last_month, sum(counted) AS counted
    FROM months WHERE month > last - INTERVAL 12 MONTH
    GROUP BY icb24 HAVING count(counted) = 12
), latest AS (SELECT max(last_month) AS latest FROM windows
), complete AS (
    SELECT sum(counted) AS counted FROM windows, latest WHERE last_month = latest
)
SELECT w.icb24, first_month, last_month, w.counted, (
    SELECT c.counted / sum({0}) FROM ae_by_board, complete AS c, latest
    WHERE strftime(month, '%Y-%m') BETWEEN w.first_month AND w.last_month
    AND icb24 IN (SELECT icb24 FROM windows WHERE last_month = latest) GROUP BY c.counted
) AS carried_by
FROM windows AS w WHERE w.icb24 = $before
"""
_WHAT = {
    "acute-ae": "attendances at A&E departments of all types",
    "acute-non-elective": "emergency admissions through A&E and direct ones, as trusts report them "
    "every month (not as hospital episodes are counted); England's rates before calibration are of "
    "the same statistics, of 2015/16",
}
_CAUSE = (
    "{what}; counted where the hospital is: people from elsewhere are in it, people treated "
    "elsewhere are not; who would know them by residence: NHS England (emergency care data set)"
)


@dataclass(frozen=True, slots=True)
class CountedPart:
    """The count of one board of 2024 over twelve months, and the part of it that is the board's.

    `carried_by` takes the months to the latest that England's boards have; 1 if they are these.
    """

    point_of_delivery: str
    from_board: str
    first_month: str
    last_month: str
    counted: int
    carried_by: float
    share: float

    @property
    def contacts(self) -> float:
        """Contacts a year of this board."""
        return self.counted * self.carried_by * self.share


def counted_parts(extent: Extent, tables: OfficialTables) -> tuple[CountedPart, ...]:
    """A&E attendances and emergency admissions by board of 2024; () if one has no twelve months."""
    shares = {
        before: 1.0 if before in extent.whole else share_of(extent, before, _NEED, tables)
        for before in extent.before
    }
    parts = [
        CountedPart(
            point,
            before,
            row["first_month"],
            row["last_month"],
            int(row["counted"]),
            1.0 if abs(row["carried_by"] - 1) < 1e-9 else round(row["carried_by"], 4),
            1.0 if share == 1 else round(share, 4),
        )
        for point, column in _COUNTED.items()
        for before, share in shares.items()
        for row in tables.records(_WINDOWS.format(column), before=before)
    ]
    return tuple(parts) if len(parts) == len(_COUNTED) * len(shares) else ()


def measured_contacts(extent: Extent, tables: OfficialTables) -> OwnTable:
    """The counts that the place's A&E and emergency admissions of its base year are set to."""
    parts = counted_parts(extent, tables)
    return OwnTable(
        FILE,
        (
            "A&E attendances and emergency admissions, counted in hospitals of the board (source",
            f"{SOURCE}). The model's contacts of the base year are calibrated to them: contacts =",
            "counted x carried_by x share. carried_by: growth of England's other boards to the",
            "latest twelve months that are published by board, taken for the base year as they",
            "are. share: a board of 2024 that was split, by its practices' need for hospital care.",
            LICENCE,
        ),
        (
            *("point_of_delivery", "from_board", "year", "first_month", "last_month", "counted"),
            *("carried_by", "share", "contacts", "status", "source", "cause"),
        ),
        [*_rows(parts)],
    )


def _rows(parts: tuple[CountedPart, ...]) -> Iterator[tuple[Cell, ...]]:
    for part in parts:
        published = part.carried_by == 1 and part.share == 1
        yield (
            *(part.point_of_delivery, part.from_board, BASE_YEAR),
            *(part.first_month, part.last_month, part.counted, part.carried_by, part.share),
            *(round(part.contacts, 1), "public" if published else "assumed", SOURCE),
            _CAUSE.format(what=_WHAT[part.point_of_delivery]),
        )
