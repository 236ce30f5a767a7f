"""What a board is allocated in 2025/26, by stream; shared where a board was split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim.boards.extents import Extent
from tripleaim.boards.official import OfficialTables
from tripleaim.boards.own_tables import OwnTable
from tripleaim.boards.people import LICENCE
from tripleaim.boards.years import BASE_YEAR

CORE, PRIMARY, PHARMACY = "core", "primary_medical_care", "pharmacy_ophthalmic_dental"
RUNNING, SPECIALISED = "running_cost", "specialised"
STREAMS: Mapping[str, tuple[str, str, str]] = {
    # stream: the measure that is its recurrent allocation, what need is shared by, its name
    CORE: ("2025_26_recurrent_allocation", "core", "core services"),
    PRIMARY: ("revised_recurrent_allocation", "primary_medical", "general practice"),
    PHARMACY: ("2025_26_recurrent_allocation", "people", "pharmacy, eye and dental care"),
    RUNNING: ("2025_26", "people", "running cost"),
    SPECIALISED: (
        *("2025_26_physical_health_services_hcdd_recurrent_allocation", "core"),
        "specialised services",
    ),
}
STREAM_NAMES: Mapping[str, str] = {stream: name for stream, (_, _, name) in STREAMS.items()}
_DISTANCE = "2025_26_post_convergence_distance_from_target_pct"
WHO_KNOWS = "who would know: the board's finance team and its plan return"
_PART = """
SELECT sum(need.{by}) FILTER (mine.practice IS NOT NULL) / sum(need.{by}) AS part
FROM need JOIN practice_homes AS h USING (practice)
LEFT JOIN (SELECT unnest($practices) AS practice) AS mine USING (practice)
WHERE need.icb24 = $before AND h.icb26 <> ''
"""


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a board of 2024 was allocated in a stream, £, and the part of it that is this board's.

    `distance` is the distance from target, a share; None where the stream has no target.
    """

    stream: str
    name: str
    from_board: str
    whole: float
    share: float
    distance: float | None

    @property
    def pounds(self) -> float:
        """This board's part, £."""
        return self.whole * self.share


def allocations_of(extent: Extent, tables: OfficialTables) -> tuple[Allocation, ...]:
    """What the board is allocated in 2025/26, by stream and board of 2024.

    The board of 2024 that was split is shared by the need-weighted population of its practices.
    """
    found = []
    for stream, (measure, by, name) in STREAMS.items():
        for before in extent.before:
            value = tables.value(
                "SELECT value FROM allocations "
                "WHERE stream = $stream AND icb24 = $before AND measure = $measure",
                stream=stream,
                before=before,
                measure=measure,
            )
            distances = tables.records(
                "SELECT value FROM allocations "
                "WHERE stream = $stream AND icb24 = $before AND measure = $measure",
                stream=stream,
                before=before,
                measure=_DISTANCE,
            )
            share = 1.0 if before in extent.whole else share_of(extent, before, by, tables)
            distance = distances[0]["value"] if distances else None
            found.append(Allocation(stream, name, before, value, share, distance))
    return tuple(found)


def share_of(extent: Extent, before: str, by: str, tables: OfficialTables) -> float:
    """The part of a board of 2024 whose practices are this board's, weighted by need.

    `by` is a column of the table of need. Practices that have closed count where they were.
    """
    return float(tables.value(_PART.format(by=by), practices=extent.practices, before=before))


def allocated_to_england(stream: str, tables: OfficialTables) -> float:
    """What all boards are allocated in a stream, £."""
    return float(
        tables.value(
            "SELECT sum(value) FROM allocations WHERE stream = $stream AND measure = $measure",
            stream=stream,
            measure=STREAMS[stream][0],
        )
    )


def allocation_table(extent: Extent, allocations: Sequence[Allocation]) -> OwnTable:
    """The allocation as an input of the place."""
    return OwnTable(
        "allocations.csv",
        (
            "What the board is allocated in 2025/26, recurrent, at that year's prices (source",
            "allocations-2025-26), by the board of 2024 that it was allocated to. share: this",
            "board's",
            "part of it. Allocations after 2025/26 are not public: add them as rows of a later",
            "year.",
            LICENCE,
        ),
        (
            *("stream", "from_board", "year", "pounds", "share", "distance_from_target"),
            *("status", "source", "cause"),
        ),
        [
            (
                *(
                    one.name,
                    one.from_board,
                    BASE_YEAR,
                    float(round(one.pounds)),
                    round(one.share, 4),
                ),
                *(one.distance, "public" if _is_whole(extent, one) else "assumed"),
                "allocations-2025-26",
                ""
                if _is_whole(extent, one)
                else f"{'the board was split' if extent.is_board else 'the place has a part'}: "
                "shared by its practices' population weighted by need (source need-2025-26); "
                + WHO_KNOWS,
            )
            for one in allocations
        ],
    )


def _is_whole(extent: Extent, allocation: Allocation) -> bool:
    """Whether an allocation is the place's as it was published."""
    return extent.is_board and allocation.share == 1
