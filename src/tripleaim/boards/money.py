"""The board's money: allocations of 2025/26 as an input, and what the accounts need to start.

No opening position of a board is public, nor the growth of allocations after 2025/26. Both are
asked for in `asked_for.csv`; until somebody answers no gap is shown. Spend by line comes to the
allocation (see `spend`), at the prices of the base year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tripleaim.boards.allocations import STREAM_NAMES, WHO_KNOWS, Allocation
from tripleaim.boards.openings import opening_figure
from tripleaim.boards.own_tables import Cell, OwnTable
from tripleaim.boards.spend import ACUTE, COMMUNITY, STATED, LineSpend
from tripleaim.boards.trusts import OTHER, OwnTrust, ProviderShare
from tripleaim.boards.years import BASE_YEAR
from tripleaim.place import FIGURE_COLUMNS, Place, price_rises, year_in_id

_PRICES = (
    *("inflation.provider-cost", "inflation.continuing-health-care", "inflation.prescribing"),
    *("inflation.primary-care", "inflation.other-programme"),
)
_GROWTH = ("growth.specialised-funding", "growth.specialised-spend")
_FUNDED = "allocation"
_NEW_LINES: Mapping[str, tuple[str, str]] = {
    # line: its name, the figure with the rise of its price
    "pharmacy-eye-dental": ("Pharmacy, eye and dental care", "inflation.primary-care"),
    "running-cost": ("Running cost", "inflation.other-programme"),
}
ELSEWHERE = 0.1
"""What part of a trust's income others pay at least: training, research, people from elsewhere."""
_LEAST_INCOME = 10.0
"""£m: what a trust whose cost is not published has at least."""


def money_figures(
    england: Place,
    *,
    people: int,
    allocations: Sequence[Allocation],
    spend: Mapping[str, LineSpend],
    trusts: Sequence[OwnTrust],
    shares: Sequence[ProviderShare],
    unit_costs: Sequence[tuple[Cell, ...]],
    growth: float,
) -> OwnTable:
    """What the accounts start from, as figures: `spend` by line for the `people` registered.

    `growth` is the yearly growth of the board's residents, a fraction.
    """
    rows = [
        _allocation_figure(spend),
        *_stated_figures(allocations, spend),
        *_spend_figures(england, people, spend),
        *unit_costs,
        *_trust_figures(england, trusts, shares, spend),
        *_years_to_come(growth),
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


def line_table(england: Place) -> OwnTable:
    """England's lines, those of a published allocation with it, and two that 2016 did not have."""
    totals = {line: f"allocation.{line}" for line in STATED}
    columns = ("id", "name", "total", "per_head", "price", "growth", "own_trusts", "funding")
    rows: list[tuple[Cell, ...]] = []
    for row in england.rows("spend_lines.csv"):
        total = totals.pop(row["id"], row["total"])
        rows.append(tuple(total if name == "total" else row[name] for name in columns))
    rows += [
        (line, _NEW_LINES[line][0], total, "", _NEW_LINES[line][1], f"growth.{line}", "", _FUNDED)
        for line, total in totals.items()
    ]
    return OwnTable(
        "spend_lines.csv",
        (
            "What the board spends on. A line with a total is that published allocation; core",
            "services are shared between the lines with an amount a person. The figures are in",
            "figures_money.csv.",
        ),
        columns,
        rows,
    )


def _allocation_figure(spend: Mapping[str, LineSpend]) -> tuple[Cell, ...]:
    """All streams but specialised services, £m."""
    pounds = sum(one.pounds for line, one in spend.items() if line != "specialised")
    return (
        *("allocation.commissioner", round(pounds / 1e6, 3), None, None, "£m", BASE_YEAR),
        *("recurrent, all streams but specialised services", "public", "allocations-2025-26"),
        *("recurrent allocation", ""),
    )


def _stated_figures(
    allocations: Sequence[Allocation], spend: Mapping[str, LineSpend]
) -> list[tuple[Cell, ...]]:
    """The lines that are a published allocation, £."""
    split = any(one.share < 1 for one in allocations)
    cause = "a board of 2024 was split: its part is shared by its practices' need; "
    return [
        (
            *(f"allocation.{line}", round(one.pounds), None, None, "£", BASE_YEAR),
            *("recurrent", "assumed" if split else "public", "allocations-2025-26"),
            *(f"recurrent allocation: {STREAM_NAMES[STATED[line]]}", cause * split + WHO_KNOWS),
        )
        for line, one in spend.items()
        if one.modelled is None
    ]


def _spend_figures(
    england: Place, people: int, spend: Mapping[str, LineSpend]
) -> list[tuple[Cell, ...]]:
    """The lines that core services are shared between, £ a person."""
    rows: list[tuple[Cell, ...]] = []
    for line, one in spend.items():
        if one.modelled is None:
            continue
        value = one.pounds / people
        known = england.figures[f"spend-per-head.{line}"]
        low, high = (
            round(value * side / known.value, 2) if side is not None else None
            for side in (known.low, known.high)
        )
        before = f"{one.modelled / people:.2f} a person before that, times"
        rows.append(
            (
                *(f"spend-per-head.{line}", round(value, 4), low, high, "£/head", BASE_YEAR),
                *("registered people, prices of the year", "calibrated", "allocations-2025-26"),
                "recurrent allocation: core services",
                f"{_how(one)}; set with the other lines to come to the core "
                f"allocation: {before} {one.pounds / one.modelled:.4f}; {WHO_KNOWS}",
            )
        )
    return rows


def _how(one: LineSpend) -> str:
    """What a line's value rests on before it is set to the core allocation."""
    if one.of_trusts:
        return (
            "what trusts' care cost in 2024/25 by kind of care (trust-finance-2024-26), shared as "
            "their waiting lists are, with England's other hospital care and ambulances "
            "(national-cost-collection-2024-25), a year of prices on, less specialised services"
        )
    if one.line in (ACUTE, COMMUNITY):
        return (
            "as large a part of what England's trusts spent on this care in 2024/25 "
            "(national-cost-collection-2024-25) as of the core allocation, a year of prices on"
        )
    return "of 2016: England's spend a person of 2015/16 at the prices of 2025/26"


def _trust_figures(
    england: Place,
    trusts: Sequence[OwnTrust],
    shares: Sequence[ProviderShare],
    spend: Mapping[str, LineSpend],
) -> list[tuple[Cell, ...]]:
    acute = 100 * _acute_share(trusts, shares)
    usual = england.value(f"own-trusts-share.{COMMUNITY}")
    community = own_share_of_community(england, trusts, shares, spend)
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
                *(f"own-trusts-share.{COMMUNITY}", round(community, 1), None, None, "%"),
                *(BASE_YEAR, "of the line's spend", "assumed", "tripleaim", ""),
                f"as much as leaves a tenth of the trusts' incomes to come from others; {usual:g} "
                f"in other places; {WHO_KNOWS}",
            )
            for _ in range(community < usual)
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
                f"{one.which_part}what it cost in 2024/25, carried to {BASE_YEAR} by the price "
                "index; who would know: the trust's accounts"
                if one.cost is not None
                else "not known: what the line for its care pays that no other trust of the board "
                "gets; who would know: the trust's accounts",
            )
            for one, income in incomes
        ),
        *opening_figure(trusts),
    ]


def incomes_of(
    england: Place, trusts: Sequence[OwnTrust], spend: Mapping[str, LineSpend]
) -> list[tuple[OwnTrust, float]]:
    """Each trust with its income of the base year, £m: its cost of 2024/25 a year on.

    Trusts without a published cost share what is left of the line for community and mental health
    care, and have a tenth more from others. `england` has the price index and the part of that
    line that trusts get.
    """
    unknown = [one for one in trusts if one.cost is None]
    line = spend[COMMUNITY].pounds / 1e6
    left = line * england.value("own-trusts-share.community-and-mental-health") / 100
    left -= sum(one.cost for one in trusts if one.cost is not None and one.kind == OTHER)
    each = max(left / (1 - ELSEWHERE) / max(len(unknown), 1), _LEAST_INCOME)
    up = 1 + price_rises(england)[BASE_YEAR]
    return [(one, each if one.cost is None else one.cost * up) for one in trusts]


def own_share_of_community(
    england: Place,
    trusts: Sequence[OwnTrust],
    shares: Sequence[ProviderShare],
    spend: Mapping[str, LineSpend],
) -> float:
    """The per cent of community and mental health spend that own trusts get.

    England's, or as much as leaves a tenth of their incomes (`ELSEWHERE`) to come from others.
    """
    usual = england.value(f"own-trusts-share.{COMMUNITY}")
    incomes = 1e6 * sum(income for _, income in incomes_of(england, trusts, spend))
    specialised = spend["specialised"].pounds * england.value("own-trusts-share.specialised") / 100
    acute = spend[ACUTE].pounds * _acute_share(trusts, shares)
    left = incomes * (1 - ELSEWHERE) - acute - specialised
    return min(usual, max(100 * left / spend[COMMUNITY].pounds, 0.0))


def _acute_share(trusts: Sequence[OwnTrust], shares: Sequence[ProviderShare]) -> float:
    own = {one.code for one in trusts}
    return sum(one.of_board for one in shares if one.code in own)


def _years_to_come(growth: float) -> list[tuple[Cell, ...]]:
    asked = f"not known: growth beyond prices; enter what is allocated; {WHO_KNOWS}"
    prices = f"prices of {BASE_YEAR} throughout: nothing rises, and nothing is remembered"
    efficiency: tuple[Cell, ...] = (
        *("efficiency.tariff", 2.0, None, None, "%", "any year", "of prices", "assumed"),
        *("planning-rounds-2025-28", "general efficiency factor 2026/27"),
        "proposed for 2026/27 and the same as in 2025/26; carried on for later years",
    )
    return [
        efficiency,
        (
            *("growth.pharmacy-eye-dental", round(100 * growth, 3), None, None, "%", "any year"),
            *("at constant prices", "assumed", "ons-snpp-2022", "residents"),
            f"as the board's residents grow, as much care for each; {WHO_KNOWS}",
        ),
        _flat("growth.running-cost", f"not known: what a board may spend on itself; {WHO_KNOWS}"),
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
