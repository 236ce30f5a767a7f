"""Where a made place starts: the trusts' published plans; what nobody publishes is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.boards.allocations import WHO_KNOWS
from tripleaim.boards.extents import Extent
from tripleaim.boards.own_tables import Cell, OwnTable
from tripleaim.boards.trusts import OwnTrust
from tripleaim.boards.years import BASE_YEAR, YEARS


def opening_table(extent: Extent, trusts: Sequence[OwnTrust]) -> OwnTable:
    """Where each organisation starts: the trusts' plans of 2025/26; the board's is not known."""
    rows: list[tuple[Cell, ...]] = [
        (
            extent.code,
            BASE_YEAR,
            None,
            "not said",
            "assumed",
            "tripleaim",
            f"not known; {WHO_KNOWS}",
        )
    ]
    for one in trusts:
        position = opening_of(one)
        cause = (
            f"{one.which_part}its plan for the year, per cent of what it cost in 2024/25; after "
            "that year's savings"
            if position is not None
            else f"not known; {WHO_KNOWS.replace('the board', 'the trust')}"
        )
        rows.append(
            (
                *(one.code, BASE_YEAR, position, "not said"),
                *((_status(one), "trust-finance-2024-26") if position is not None else _UNKNOWN),
                cause,
            )
        )
    return OwnTable(
        "openings.csv",
        (
            "Position of each organisation in 2025/26, £m (a deficit is negative). An empty",
            "position",
            "is not known: fill it in. Trusts: planned position (source trust-finance-2024-26); it",
            "does not say whether that is before or after deficit support.",
        ),
        ("organisation", "year", "position", "deficit_support", "status", "source", "cause"),
        rows,
    )


_UNKNOWN = ("assumed", "tripleaim")


def _status(trust: OwnTrust) -> str:
    return "public" if trust.part == 1 else "assumed"


def opening_of(trust: OwnTrust) -> float | None:
    """A trust's planned position of 2025/26, £m; None where it is not published."""
    if trust.cost is None or trust.planned_pct is None:
        return None
    return round(trust.cost * trust.planned_pct / 100, 2)


def opening_figure(trusts: Sequence[OwnTrust]) -> list[tuple[Cell, ...]]:
    """The trusts' opening position; no row where none of them publishes its plan."""
    known = [opening for one in trusts if (opening := opening_of(one)) is not None]
    if not known:
        return []
    return [
        (
            *("opening.providers", round(sum(known), 2), None, None, "£m", YEARS[0]),
            *(f"planned position of {BASE_YEAR}", "assumed", "trust-finance-2024-26"),
            "planned surplus or deficit",
            f"plans of {len(known)} of {len(trusts)} trusts for {BASE_YEAR} carried on: after that "
            "year's savings, and whether before or after deficit support is not said; who would "
            "know: the trusts' finance teams",
        )
    ]


def asked_table(extent: Extent, trusts: Sequence[OwnTrust]) -> OwnTable:
    """What nobody has published, and the board must enter before its gap is known."""
    return OwnTable(
        "asked_for.csv",
        (
            "Figures that nobody has published. Until the place has them (a line of figures.csv or",
            "figures_money.csv with this id and its source), no page shows a gap.",
        ),
        ("id", "what", "unit", "who_would_know", "until_then"),
        [
            (
                "opening.commissioner",
                f"Opening position of {extent.short_name} in {YEARS[0]}, before savings",
                *("£m", "the board's finance team and its plan return", "no gap is shown"),
            ),
            (
                "growth.allocation",
                f"Growth of the allocation above the rise of prices, from {YEARS[0]}",
                *("% a year", "NHS England's allocations, the board's finance team"),
                "no gap is shown",
            ),
            *(
                (
                    "opening.providers",
                    f"Opening position of the trusts in {YEARS[0]}, before savings",
                    *("£m", "the trusts' finance teams", "no gap is shown"),
                )
                for _ in range(not opening_figure(trusts))
            ),
        ],
    )
