"""What a contact costs today: trusts' costs of 2024/25 over their contacts of that year.

Own trusts for A&E and outpatients, England for admissions, community and mental health care. No
newer cost of the other kinds of contact was found: England's of 2016/17 are carried on.
"""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim.boards.official import OfficialTables
from tripleaim.boards.own_tables import Cell
from tripleaim.boards.trusts import OwnTrust
from tripleaim.place import Place

COST_YEAR = "2024/25"
AE, OUTPATIENT = "acute-ae", "acute-outpatient"
_ENGLAND = """
SELECT point, 1e6 * sum(cost_m) / sum(activity) FILTER (counted) AS pounds FROM hospital_costs
WHERE point IS NOT NULL GROUP BY point ORDER BY point
"""
_AE_OF_OWN = """
WITH seen AS (
    SELECT provider AS trust, sum(type1 + type2 + other) AS attendances FROM ae
    WHERE month BETWEEN DATE '2024-04-01' AND DATE '2025-03-01'
    GROUP BY provider HAVING count(*) = 12
)
SELECT 1e6 * sum(emergency_m) / sum(attendances) AS pounds
FROM trust_finance JOIN seen USING (trust)
WHERE emergency_m > 0 AND attendances > 0 AND trust IN (SELECT unnest($trusts))
"""
_OUTPATIENTS = """
SELECT 1e6 * sum(outpatient_m) / sum(outpatients) AS pounds FROM trust_finance
WHERE outpatient_m > 0 AND outpatients > 0 AND {which}
"""


def unit_cost_figures(
    england: Place, own: Sequence[OwnTrust], tables: OfficialTables
) -> list[tuple[Cell, ...]]:
    """£ a contact at the prices of 2024/25, as figures; own trusts' where they publish both."""
    trusts = [one.code for one in own]
    of_england = {row["point"]: row["pounds"] for row in tables.records(_ENGLAND)}
    of_england[OUTPATIENT] = tables.value(_OUTPATIENTS.format(which="true"))
    of_own = {
        AE: tables.value(_AE_OF_OWN, trusts=trusts),
        OUTPATIENT: tables.value(
            _OUTPATIENTS.format(which="trust IN (SELECT unnest($trusts))"), trusts=trusts
        ),
    }
    return [
        _figure(england, point, of_own.get(point), pounds) for point, pounds in of_england.items()
    ]


def _figure(england: Place, point: str, own: float | None, national: float) -> tuple[Cell, ...]:
    figure_id = f"unit-cost.{point}"
    before = england.figure(figure_id)
    value = national if own is None else own
    low, high = (
        None if side is None else round(value * side / before.value, 2)
        for side in (before.low, before.high)
    )
    whose = "England's trusts" if own is None else f"own trusts; England's trusts {national:.2f}"
    source, where = _COLLECTED if own is None and point == AE else _FROM.get(point, _COLLECTED)
    return (
        *(figure_id, round(value, 2), low, high, "£/contact", COST_YEAR, whose, "public"),
        *(source, where, "cost over contacts; the range is as wide as that of 2016/17, ours"),
    )


_COLLECTED = ("national-cost-collection-2024-25", "cost and activity of its departments")
_FROM = {
    AE: (
        "trust-finance-2024-26",
        "emergency care, over attendances of the year (ae-monthly-2026)",
    ),
    OUTPATIENT: ("trust-finance-2024-26", "outpatient care, over outpatients attended"),
}
