"""Who pays whom on which line, from `flows.csv`: the seeds that the flows are fitted from."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.accounts.books.ledger import OUTSIDE
from tripleaim.accounts.gap.spend_lines import read_spend_lines
from tripleaim.place import InputError, Place, year_in_id

FILE = "flows.csv"
ELSEWHERE = "elsewhere"
"""The line for what the place's own trusts are paid by commissioners outside the place."""


@dataclass(frozen=True, slots=True)
class FlowSeed:
    """One payer and payee on one line: how large the flow is before it is fitted.

    `seed` is relative to the others of its line. `points` are the points of delivery that the
    payee serves on the line (all, if empty). `within` is the payer's own line that holds a
    payment of the line "elsewhere".
    """

    line: str
    payer: str
    payee: str
    seed: float
    points: tuple[str, ...]
    within: str
    status: str
    source: str
    cause: str


def own_trusts(place: Place) -> tuple[str, ...]:
    """The place's own trusts: those whose income is known, else every provider that is a trust."""
    suffix = f".{year_in_id(place.base_year)}"
    known = tuple(
        figure.removeprefix("trust-income.").removesuffix(suffix)
        for figure in place.figures
        if figure.startswith("trust-income.") and figure.endswith(suffix)
    )
    return known or tuple(
        o.id for o in place.organisations if o.side == "provider" and "trust" in o.kind
    )


def trust_incomes(place: Place) -> dict[str, float]:
    """The base year's income of the place's own trusts, £m; 1 each where none is known."""
    ids = own_trusts(place)
    names = {t: f"trust-income.{t}.{year_in_id(place.base_year)}" for t in ids}
    return {t: place.value(n) if n in place.figures else 1.0 for t, n in names.items()}


def has_flows(place: Place) -> bool:
    """Whether we know who pays whom: the place has its own file, or default organisations."""
    own = place.own.has(FILE) or not place.own.has("organisations.csv")
    return own or {"commissioner", "providers"} <= {o.id for o in place.organisations}


def council_lines(place: Place) -> tuple[str, ...]:
    """The lines on which the council spends: those with a figure `council-spend.*`."""
    return tuple(
        figure.removeprefix("council-spend.")
        for figure in place.figures
        if figure.startswith("council-spend.")
    )


def read_flow_seeds(place: Place) -> tuple[FlowSeed, ...]:
    """The seeds of the place's flows, its own `flows.csv` or England's.

    The seed of a `given` row is its weight (£m of the base year, or any measure within its line).
    That of a `catchment` row is weight x the trust's income x the share of its patients who live
    in the place; of an `outside-catchment` row, the share of those who do not.

    Raises InputError for an organisation, line or point of delivery that the place does not have,
    a flow listed twice, and a catchment that is not known.
    """
    if not has_flows(place):
        raise InputError(
            "a place that names its organisations needs its own file of who pays whom",
            file=place.folder,
            value=FILE,
        )
    lines = {line.id for line in read_spend_lines(place)} | {ELSEWHERE, *council_lines(place)}
    organisations = [o.id for o in place.organisations] + [OUTSIDE]
    points = {point.id for point in place.points_of_delivery}
    seeds: dict[tuple[str, str, str], FlowSeed] = {}
    for row in place.rows(FILE):
        if row["line"] not in lines:
            raise row.fault("line", "expected a spend line, elsewhere or a council line", [*lines])
        for column in ("payer", "payee"):
            if row[column] not in organisations:
                raise row.fault(column, "expected an organisation of the place", organisations)
        served = tuple(row["points"].split())
        if not points.issuperset(served):
            raise row.fault("points", "expected points of delivery, separated by blanks", [*points])
        if row["within"] and row["within"] not in lines:
            raise row.fault("within", "expected a line of the payer", [*lines])
        if row["status"] == "assumed" and not row["cause"]:
            raise row.fault("cause", "expected a cause: say why this is assumed")
        name = (row["line"], row["payer"], row["payee"])
        if name in seeds:
            raise row.fault("payee", "the flow is listed twice")
        weight = row["weight"]
        if row["basis"] != "given":
            inside = _catchment(place, row["payee"])
            weight *= trust_incomes(place).get(row["payee"], 0.0)
            weight *= inside if row["basis"] == "catchment" else 1 - inside
        seeds[name] = FlowSeed(
            *name, weight, served, row["within"], row["status"], row["source"], row["cause"]
        )
    return tuple(seeds.values())


def _catchment(place: Place, trust: str) -> float:
    """The part of a trust's patients who live in the place (0 to 1)."""
    share = place.value(f"catchment.{trust}")
    if not 0 <= share <= 100:
        raise InputError("expected a catchment of 0 to 100 per cent", value=share)
    return share / 100
