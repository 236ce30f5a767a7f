"""What a board spends by line: published allocations, and core services shared between the rest.

General practice, pharmacy, eye and dental care, the running cost and specialised services are
their published allocations. Core services are shared between the other lines in proportion to
their cost: hospital, community and mental health care from what trusts' care cost in 2024/25,
the others from England's spend a person of 2015/16 at today's prices. Nobody publishes spend by
line, so these are scaled to the core allocation, and both values are kept.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim.boards.allocations import (
    CORE,
    PHARMACY,
    PRIMARY,
    RUNNING,
    SPECIALISED,
    Allocation,
    allocated_to_england,
)
from tripleaim.boards.official import OfficialTables
from tripleaim.boards.trusts import ACUTE as ACUTE_TRUST
from tripleaim.boards.trusts import OwnTrust, ProviderShare
from tripleaim.boards.years import BASE_YEAR
from tripleaim.place import Place, price_rises

ACUTE, COMMUNITY = "acute", "community-and-mental-health"
OF_2016 = ("continuing-health-care", "prescribing", "other-programme")
"""Lines of which nothing newer than England's spend of 2015/16 is in the tables."""
STATED: Mapping[str, str] = {
    "primary-care": PRIMARY,
    "pharmacy-eye-dental": PHARMACY,
    "running-cost": RUNNING,
    "specialised": SPECIALISED,
}
"""The stream whose published allocation a line is."""
_LEAST_COVERED = 0.5
"""What part of those who wait must do so at providers with a published cost."""
RUNNING_COST_OF_2016 = 22.0
"""£ a person within England's spend-per-head.other-programme, by its cause: now its own line."""
_CARE = """
SELECT trust, admitted_m, outpatient_m, emergency_m FROM trust_finance
WHERE admitted_m IS NOT NULL AND outpatient_m IS NOT NULL
"""
_ENGLAND = """
SELECT sum(cost_m) FILTER (point = 'acute-elective') AS planned,
       sum(cost_m) FILTER (point IN ('acute-elective', 'acute-non-elective')) AS admitted,
       sum(cost_m) FILTER (point = 'acute-ae') AS emergency,
       sum(cost_m) FILTER (line = 'acute' AND point IS NULL
                           AND department <> 'Outpatient Procedures') AS other,
       sum(cost_m) FILTER (line = 'community-and-mental-health') AS community,
       (SELECT sum(outpatient_m) FROM trust_finance) AS outpatients
FROM hospital_costs
"""


@dataclass(frozen=True, slots=True)
class CareCosts:
    """What England's trusts' care cost in 2024/25, £m.

    `planned` is the part of `admitted` that is planned; `other` is all other hospital care and
    ambulances.
    """

    planned: float
    admitted: float
    emergency: float
    outpatients: float
    other: float
    community: float

    @property
    def hospital(self) -> float:
        """Admitted care, A&E and outpatients, £m."""
        return self.admitted + self.emergency + self.outpatients

    @property
    def hospital_and_other(self) -> float:
        """All hospital care and ambulances, £m."""
        return self.hospital + self.other


@dataclass(frozen=True, slots=True)
class LineSpend:
    """What a board spends on a line, £ of the base year.

    `modelled` is the value before scaling to the core allocation, None for a published allocation;
    `of_trusts` says whether it is what the trusts that treat the board's people spent.
    """

    line: str
    pounds: float
    modelled: float | None
    of_trusts: bool = False


def spend_of(
    england: Place,
    tables: OfficialTables,
    *,
    allocations: Sequence[Allocation],
    shares: Sequence[ProviderShare],
    own: Sequence[OwnTrust],
    people: int,
) -> dict[str, LineSpend]:
    """Spend by line, which adds up to the allocation of all streams.

    `own` are the board's trusts, `people` those registered.
    """
    by_stream: dict[str, float] = {}
    for one in allocations:
        by_stream[one.stream] = by_stream.get(one.stream, 0.0) + one.pounds
    costs = care_costs(tables)
    a_year_on = 1e6 * (1 + price_rises(england)[BASE_YEAR])
    part = by_stream[CORE] / allocated_to_england(CORE, tables)
    hospital = hospital_cost(costs, shares, tables) if every_trust_lists(own) else None
    modelled = {
        ACUTE: a_year_on * hospital - by_stream[SPECIALISED]
        if hospital is not None
        else part
        * (a_year_on * costs.hospital_and_other - allocated_to_england(SPECIALISED, tables)),
        COMMUNITY: a_year_on * costs.community * part,
        **{line: people * per_head_of_2016(england, line) for line in OF_2016},
    }
    scale = by_stream[CORE] / sum(modelled.values())
    return {
        **{
            line: LineSpend(line, value * scale, value, line == ACUTE and hospital is not None)
            for line, value in modelled.items()
        },
        **{line: LineSpend(line, by_stream[stream], None) for line, stream in STATED.items()},
    }


def care_costs(tables: OfficialTables) -> CareCosts:
    """England's costs of 2024/25 by kind of care."""
    (row,) = tables.records(_ENGLAND)
    return CareCosts(**row)


def every_trust_lists(own: Sequence[OwnTrust]) -> bool:
    """Whether the waiting list tells whose patients all the board's acute trusts treat.

    A trust that sends no list, such as Sheffield's in January 2026, would be left out.
    """
    return all(one.share is not None for one in own if one.kind == ACUTE_TRUST)


def hospital_cost(
    england: CareCosts, shares: Sequence[ProviderShare], tables: OfficialTables
) -> float | None:
    """What hospital care of the board's people cost in 2024/25, £m, specialised services with it.

    Each trust's cost by the part of its waiting list who are the board's people. Planned care that
    waits at providers without a published cost is taken to cost as much for each who waits. An A&E
    without a published cost, and other hospital care and ambulances: as much for each pound of the
    rest as in England. None where most people wait at providers without a published cost.
    """
    published = {row["trust"]: row for row in tables.records(_CARE)}
    planned = england.planned / england.admitted
    known = [(one, published[one.code]) for one in shares if one.code in published]
    covered = sum(one.of_board for one, _ in known)
    if covered < _LEAST_COVERED:
        return None
    usual = england.emergency / england.admitted
    emergency = sum(
        one.of_provider
        * (
            (cost["admitted_m"] * usual if cost["emergency_m"] is None else cost["emergency_m"])
            + cost["admitted_m"] * (1 - planned)
        )
        for one, cost in known
    )
    elective = sum(
        one.of_provider * (cost["outpatient_m"] + cost["admitted_m"] * planned)
        for one, cost in known
    )
    cost_m: float = (emergency + elective / covered) * england.hospital_and_other
    return cost_m / england.hospital


def per_head_of_2016(england: Place, line: str) -> float:
    """England's spend a person of 2015/16 on a line, £ at the prices of the base year."""
    figure = england.figure(f"spend-per-head.{line}")
    rises = price_rises(england)
    since = [rise for year, rise in rises.items() if figure.year < year <= BASE_YEAR]
    value: float = figure.value - (RUNNING_COST_OF_2016 if line == "other-programme" else 0.0)
    return float(value * math.prod(1 + rise for rise in since))
