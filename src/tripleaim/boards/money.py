"""The board's money: allocations of 2025/26 as an input, and what the accounts need to start.

No opening position of a board is public, nor the growth of allocations after 2025/26. Both are
asked for in `asked_for.csv`; until somebody answers no gap is shown. Spend by line is set to come
to the allocation, at the prices of the base year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim.boards.extents import Extent
from tripleaim.boards.official import OfficialTables
from tripleaim.boards.own_tables import Cell, OwnTable
from tripleaim.boards.people import LICENCE
from tripleaim.boards.trusts import OTHER, OwnTrust, ProviderShare
from tripleaim.boards.years import BASE_YEAR, YEARS
from tripleaim.place import FIGURE_COLUMNS, Place, year_in_id

_WHO = "who would know: the board's finance team and its plan return"
_STREAMS: Mapping[str, tuple[str, str, str]] = {
    # stream: the measure that is its recurrent allocation, what need is shared by, its name
    "core": ("2025_26_recurrent_allocation", "core", "core services"),
    "primary_medical_care": ("revised_recurrent_allocation", "primary_medical", "general practice"),
    "pharmacy_ophthalmic_dental": (
        *("2025_26_recurrent_allocation", "people"),
        "pharmacy, eye and dental care",
    ),
    "running_cost": ("2025_26", "people", "running cost"),
    "specialised": (
        *("2025_26_physical_health_services_hcdd_recurrent_allocation", "core"),
        "specialised services",
    ),
}
_DISTANCE = "2025_26_post_convergence_distance_from_target_pct"
_CORE_LINES = ("acute", "community-and-mental-health", "continuing-health-care", "prescribing")
_REST = "other-programme"
_PRICES = (
    *("inflation.provider-cost", "inflation.continuing-health-care", "inflation.prescribing"),
    *("inflation.primary-care", "inflation.other-programme"),
)
_GROWTH = ("growth.specialised-funding", "growth.specialised-spend")
ELSEWHERE = 0.1
"""What part of a trust's income others pay at least: training, research, people from elsewhere."""
_LEAST_INCOME = 10.0
"""£m: what a trust whose cost is not published has at least."""
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
    for stream, (measure, by, name) in _STREAMS.items():
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


def allocation_table(allocations: Sequence[Allocation]) -> OwnTable:
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
                *(one.distance, "public" if one.share == 1 else "assumed", "allocations-2025-26"),
                ""
                if one.share == 1
                else "the board was split: shared by its practices' population weighted by need "
                "(source need-2025-26); " + _WHO,
            )
            for one in allocations
        ],
    )


def opening_table(extent: Extent, trusts: Sequence[OwnTrust]) -> OwnTable:
    """Where each organisation starts: the trusts' plans of 2025/26; the board's is not known."""
    rows: list[tuple[Cell, ...]] = [
        (extent.code, BASE_YEAR, None, "not said", "assumed", "tripleaim", f"not known; {_WHO}")
    ]
    for one in trusts:
        position = opening_of(one)
        cause = (
            "its plan for the year, per cent of what it cost in 2024/25; after that year's savings"
            if position is not None
            else f"not known; {_WHO.replace('the board', 'the trust')}"
        )
        rows.append(
            (
                *(one.code, BASE_YEAR, position, "not said"),
                *(("public", "trust-finance-2024-26") if position is not None else _UNKNOWN),
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


def opening_of(trust: OwnTrust) -> float | None:
    """A trust's planned position of 2025/26, £m; None where it is not published."""
    if trust.cost is None or trust.planned_pct is None:
        return None
    return round(trust.cost * trust.planned_pct / 100, 2)


def money_figures(
    england: Place,
    people: int,
    spend: Mapping[str, float],
    trusts: Sequence[OwnTrust],
    shares: Sequence[ProviderShare],
) -> OwnTable:
    """What the accounts start from, as figures: `spend` by line, £, for the `people` registered."""
    rows = [
        _allocation_figure(spend),
        *_spend_figures(england, people, spend),
        *_trust_figures(england, trusts, shares, spend),
        *_years_to_come(),
    ]
    return OwnTable(
        "figures_money.csv",
        (
            "What the accounts start from. Prices are those of 2025/26 throughout. Where the",
            "cause says not known, replace the line. What nobody has published at all is in",
            "asked_for.csv: add a line here with its id, and the gap is shown.",
        ),
        tuple(column.name for column in FIGURE_COLUMNS),
        rows,
    )


def asked_table(extent: Extent) -> OwnTable:
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
        ],
    )


def _allocation_figure(spend: Mapping[str, float]) -> tuple[Cell, ...]:
    """All streams but specialised services, £m."""
    pounds = sum(amount for line, amount in spend.items() if line != "specialised")
    return (
        *("allocation.commissioner", round(pounds / 1e6, 3), None, None, "£m", BASE_YEAR),
        *("recurrent, all streams but specialised services", "public", "allocations-2025-26"),
        *("recurrent allocation", ""),
    )


def spend_by_line(england: Place, allocations: Sequence[Allocation]) -> dict[str, float]:
    """£ by spend line, which add up to the allocation of all streams.

    Core services are shared between lines in England's proportions; pharmacy, eye and dental care
    and the running cost are in the line for the rest.
    """
    by_stream: dict[str, float] = {}
    for one in allocations:
        by_stream[one.stream] = by_stream.get(one.stream, 0.0) + one.pounds
    a_head = {line: england.value(f"spend-per-head.{line}") for line in (*_CORE_LINES, _REST)}
    whole = sum(a_head.values())
    spend = {line: by_stream["core"] * value / whole for line, value in a_head.items()}
    spend[_REST] += by_stream["pharmacy_ophthalmic_dental"] + by_stream["running_cost"]
    spend["primary-care"] = by_stream["primary_medical_care"]
    spend["specialised"] = by_stream["specialised"]
    return spend


def _spend_figures(
    england: Place, people: int, spend: Mapping[str, float]
) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for line, pounds in spend.items():
        value = pounds / people
        known = england.figures[f"spend-per-head.{line}"]
        low, high = (
            round(value * side / known.value, 2) if side is not None else None
            for side in (known.low, known.high)
        )
        alone = line in ("primary-care", "specialised")
        cause = (
            "set so that spend equals the allocation: no spend by line is public; "
            + ("" if alone else "core services shared as England's spend was between lines; ")
            + _WHO
        )
        rows.append(
            (
                *(f"spend-per-head.{line}", round(value, 4), low, high, "£/head", BASE_YEAR),
                *("registered people, prices of the year", "calibrated", "allocations-2025-26"),
                *("recurrent allocation", cause),
            )
        )
    return rows


def _trust_figures(
    england: Place,
    trusts: Sequence[OwnTrust],
    shares: Sequence[ProviderShare],
    spend: Mapping[str, float],
) -> list[tuple[Cell, ...]]:
    own = {one.code for one in trusts}
    acute = 100 * sum(one.of_board for one in shares if one.code in own)
    openings = [opening for one in trusts if (opening := opening_of(one)) is not None]
    incomes = incomes_of(england, trusts, spend)
    base = year_in_id(BASE_YEAR)
    return [
        (
            *("own-trusts-share.acute", round(acute, 1), None, None, "%", BASE_YEAR),
            *("of the line's spend", "assumed", "rtt-2026-01", "incomplete pathways"),
            "the part of the board's waiting list at its own trusts; no money by provider is "
            "public",
        ),
        *(
            (
                *(
                    f"trust-income.{one.code}.{base}",
                    round(income, 2),
                    None,
                    None,
                    "£m",
                    BASE_YEAR,
                ),
                *("all income", "assumed", "trust-finance-2024-26", "actual cost 2024/25"),
                f"what it cost in 2024/25, carried to {BASE_YEAR} by the price index; who would "
                "know: the trust's accounts"
                if one.cost is not None
                else "not known: what the line for its care pays that no other trust of the board "
                "gets; who would know: the trust's accounts",
            )
            for one, income in incomes
        ),
        (
            *("opening.providers", round(sum(openings), 2), None, None, "£m", "2026/27"),
            *("planned position of 2025/26", "assumed", "trust-finance-2024-26"),
            "planned surplus or deficit",
            f"trusts' plans of {BASE_YEAR} carried on: after that year's savings, and whether "
            "before or after deficit support is not said; who would know: the trusts' finance "
            "teams",
        ),
    ]


def incomes_of(
    england: Place, trusts: Sequence[OwnTrust], spend: Mapping[str, float]
) -> list[tuple[OwnTrust, float]]:
    """Each trust with its income of the base year, £m: its cost of 2024/25 a year on.

    Trusts without a published cost share what is left of the line for community and mental health
    care, and have a tenth more from others. `england` has the price index and the part of that
    line that trusts get.
    """
    rises = {row["financial_year"]: row["rise_pct"] for row in england.rows("price_index.csv")}
    unknown = [one for one in trusts if one.cost is None]
    line = spend["community-and-mental-health"] / 1e6
    left = line * england.value("own-trusts-share.community-and-mental-health") / 100
    left -= sum(one.cost for one in trusts if one.cost is not None and one.kind == OTHER)
    each = max(left / (1 - ELSEWHERE) / max(len(unknown), 1), _LEAST_INCOME)
    up = 1 + rises[BASE_YEAR] / 100
    return [(one, each if one.cost is None else one.cost * up) for one in trusts]


def _years_to_come() -> list[tuple[Cell, ...]]:
    asked = f"not known: growth beyond prices; enter what is allocated; {_WHO}"
    prices = f"prices of {BASE_YEAR} throughout: nothing rises, and nothing is remembered"
    efficiency: tuple[Cell, ...] = (
        *("efficiency.tariff", 2.0, None, None, "%", "any year", "of prices", "assumed"),
        *("planning-rounds-2025-28", "general efficiency factor 2026/27"),
        "proposed for 2026/27 and the same as in 2025/26; carried on for later years",
    )
    return [
        efficiency,
        *(_flat(figure, asked) for figure in _GROWTH),
        *(_flat(figure, prices) for figure in _PRICES),
    ]


def _flat(figure: str, cause: str, year: str = "any year") -> tuple[Cell, ...]:
    return (
        figure,
        0,
        None,
        None,
        "%",
        year,
        "at constant prices",
        "assumed",
        "tripleaim",
        "",
        cause,
    )
