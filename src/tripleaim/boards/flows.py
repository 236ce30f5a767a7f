"""Who pays whom, and whose staff do the work, from where the board's people are treated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tripleaim.boards.extents import Extent
from tripleaim.boards.money import ELSEWHERE
from tripleaim.boards.own_tables import Cell, OwnTable
from tripleaim.boards.spend import OF_2016
from tripleaim.boards.trusts import ACUTE, OTHER, PRACTICES, OwnTrust, ProviderShare
from tripleaim.place import Place

OUTSIDE = "outside"
ACUTE_POINTS = (
    *("acute-ae", "acute-non-elective", "acute-elective", "acute-outpatient", "acute-other"),
)
_COMMUNITY_POINTS = ("mental-health", "community")
_LITTLE = 0.05
"""Of a trust's income: care that is not its own kind."""
_SOURCE = ("assumed", "tripleaim")

Weights = Mapping[str, float]


def flow_table(
    extent: Extent,
    england: Place,
    incomes: Sequence[tuple[OwnTrust, float]],
    shares: Sequence[ProviderShare],
    community_pct: float,
) -> OwnTable:
    """The flows before they are fitted: weights count beside others of their line only."""
    waiting = "in proportion to where the board's people wait (provider_shares.csv)"
    size = "in proportion to what the trusts earn"
    none = "no trust of the board gives this care"
    own = {one.code for one, _ in incomes}
    rows = [
        *_rows("acute", extent.code, acute_weights(own, shares), waiting),
        *_rows(
            "community-and-mental-health",
            extent.code,
            community_weights(community_pct, incomes),
            size,
        ),
        *_rows("specialised", extent.code, _specialised_weights(england, incomes), size),
        *(
            _row(line, extent.code, OUTSIDE, 1, none)
            for line in (*OF_2016, "pharmacy-eye-dental", "running-cost")
        ),
        _row("primary-care", extent.code, PRACTICES, 1, "the board buys general practice"),
        *(
            _row("elsewhere", OUTSIDE, one.code, income * _elsewhere(one), _elsewhere_cause(one))
            for one, income in incomes
        ),
    ]
    return OwnTable(
        "flows.csv",
        (
            "Who pays whom, before the flows are fitted to what the board spends on a line and",
            "to what",
            "trusts earn. No payments between a board and its providers are public: a weight",
            "counts",
            "beside others of its line only. Who would know: the board's contracts.",
        ),
        (
            *("line", "payer", "payee", "basis", "weight", "low", "high", "points", "within"),
            *("status", "source", "cause"),
        ),
        rows,
    )


def staff_table(
    incomes: Sequence[tuple[OwnTrust, float]],
    shares: Sequence[ProviderShare],
    community_pct: float,
) -> OwnTable:
    """Whose staff do the work of each point of delivery: those who are paid for it."""
    own = {one.code for one, _ in incomes}
    acute, community = acute_weights(own, shares), community_weights(community_pct, incomes)
    by_point = dict.fromkeys(ACUTE_POINTS, acute)
    by_point |= dict.fromkeys(_COMMUNITY_POINTS, community)
    by_point["gp"] = {PRACTICES: 1.0}
    return OwnTable(
        "staff_shares.csv",
        (
            "Whose staff do the work of each point of delivery; an empty organisation is everybody",
            "outside. cause: no staff by organisation and kind of care are public, so staff are",
            "where",
            "the money of the line goes (flows.csv). Who would know: NHS England (workforce",
            "statistics).",
        ),
        ("point_of_delivery", "group", "organisation", "share", "status", "source"),
        [
            (point, "", "" if who == OUTSIDE else who, share, *_SOURCE)
            for point, weights in by_point.items()
            for who, share in as_shares(weights)
        ],
    )


def acute_weights(own: Collection[str], shares: Sequence[ProviderShare]) -> dict[str, float]:
    """Of 100 of the board's people who wait, how many wait at each own trust, and outside."""
    weights = {one.code: 100 * one.of_board for one in shares if one.code in own}
    return {**weights, OUTSIDE: 100 - sum(weights.values())}


def community_weights(
    own_pct: float, incomes: Sequence[tuple[OwnTrust, float]]
) -> dict[str, float]:
    """Community and mental health care: by trusts of that kind and a little by the acute ones.

    `own_pct` is the per cent that own trusts get.

    By the acute ones alone where the board has no other. A little, for a trust's income must be
    met by the lines it may be paid on.
    """
    alone = all(one.kind == ACUTE for one, _ in incomes)
    own = {
        one.code: income if alone or one.kind == OTHER else income * _LITTLE
        for one, income in incomes
    }
    return _with_outside(own, own_pct)


def _specialised_weights(
    england: Place, incomes: Sequence[tuple[OwnTrust, float]]
) -> dict[str, float]:
    own = {one.code: income if one.kind == ACUTE else income * _LITTLE for one, income in incomes}
    return _with_outside(own, england.value("own-trusts-share.specialised"))


def _with_outside(own: Weights, own_pct: float) -> dict[str, float]:
    return {**own, OUTSIDE: sum(own.values()) * (100 - own_pct) / own_pct}


def _elsewhere(trust: OwnTrust) -> float:
    """The part of a trust's income that others pay: the rest of its list, a tenth at least."""
    return part_of_others(1.0 if trust.share is None else trust.share)


def part_of_others(share: float) -> float:
    """The part of a trust's income that others pay, where `share` of its list is the board's."""
    return max(1 - share, ELSEWHERE)


def _elsewhere_cause(trust: OwnTrust) -> str:
    if trust.share is None:
        return "it sends no waiting list: a tenth of its income, ours"
    return "people of other boards on its waiting list; a tenth at least, for training and research"


def _rows(line: str, payer: str, weights: Weights, cause: str) -> list[tuple[Cell, ...]]:
    return [_row(line, payer, payee, weight, cause) for payee, weight in weights.items()]


def _row(line: str, payer: str, payee: str, weight: float, cause: str) -> tuple[Cell, ...]:
    return (line, payer, payee, "given", round(weight, 3), "", "", "", "", *_SOURCE, cause)


def as_shares(weights: Weights) -> list[tuple[str, float]]:
    """Shares that add up to 1 as written: the last one takes what rounding leaves."""
    whole = sum(weights.values())
    shares = [(who, round(weight / whole, 4)) for who, weight in weights.items()]
    last, _ = shares[-1]
    return [*shares[:-1], (last, round(1 - sum(share for _, share in shares[:-1]), 4))]
