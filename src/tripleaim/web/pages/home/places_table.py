"""The places side by side: their gap, what evidence leaves open, their people and their health."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tripleaim import wording as words
from tripleaim.plan import PlanDocument
from tripleaim.web.ui.frame import place_address
from tripleaim.web.ui.tables import PageColumn, PageTable

UNKNOWN = "unknown"
LIFE = {"life_men": "life-expectancy.male", "life_women": "life-expectancy.female"}
"""The figures that a place's plan gives life expectancy by."""

NO_LIFE = "its plan gives no life expectancy (aims.csv)"
NO_SOLUTIONS = "it has no solutions yet"


def places_table(
    plans: Mapping[str, PlanDocument | None],
    names: Mapping[str, str],
    faults: Mapping[str, str] | None = None,
) -> PageTable:
    """A row for each place, by id; also the file places.csv.

    Positions are of the last year of each plan, in £m, below 0 where money is missing. What a
    place lacks is "unknown", and the last column says why. `faults` are of places whose files are
    damaged, by id.
    """
    return PageTable(
        "places",
        "Places side by side",
        [
            PageColumn("name", "Place"),
            PageColumn("people", "People", "count"),
            PageColumn("aged_75_pct", "75 and over", "percent"),
            PageColumn("year", "Gap in"),
            PageColumn("do_nothing", "If nothing changes", "money"),
            PageColumn("after_overlap", "With the plan", "money"),
            PageColumn("evidence_low", "Evidence, at worst", "money"),
            PageColumn("evidence_high", "Evidence, at best", "money"),
            PageColumn("life_men", "Years of life, men", "tenths"),
            PageColumn("life_women", "Years of life, women", "tenths"),
            PageColumn("why", "What is unknown, and why"),
        ],
        [
            _row(place_id, names[place_id], document, (faults or {}).get(place_id, ""))
            for place_id, document in plans.items()
        ],
    )


def _row(place_id: str, name: str, document: PlanDocument | None, fault: str) -> dict[str, Any]:
    row: dict[str, Any] = {"name": name, "href": place_address(place_id)}
    if document is None:
        keys = ("people", "aged_75_pct", "year", "do_nothing", *_OF_SOLUTIONS, *LIFE)
        why = f"everything: {fault.removesuffix('.') or 'build its plan again'}"
        return row | dict.fromkeys(keys, UNKNOWN) | {"why": why}
    last, base = document.years[-1], document.base_year
    row |= {
        "people": document.population[base],
        "aged_75_pct": document.aged_75_and_over_pct[base],
        "year": last,
        "do_nothing": document.gap_gbp_m["do_nothing"][last] if document.gap_known else UNKNOWN,
    }
    with_plan, why_not = _with_plan(document, last)
    life = {key: _life(document, figure) for key, figure in LIFE.items()}
    reasons = [why_not, f"life expectancy: {NO_LIFE}" if UNKNOWN in life.values() else ""]
    return row | with_plan | life | {"why": "; ".join(filter(None, reasons))}


_OF_SOLUTIONS = ("after_overlap", "evidence_low", "evidence_high")


def _with_plan(document: PlanDocument, last: str) -> tuple[dict[str, Any], str]:
    if not document.gap_known:
        wanted = words.listed([words.inside(one.what) for one in document.asked_for])
        return dict.fromkeys(_OF_SOLUTIONS, UNKNOWN), f"the gap: {wanted} to be entered"
    if not document.solutions:
        return dict.fromkeys(_OF_SOLUTIONS, UNKNOWN), f"the gap with the plan: {NO_SOLUTIONS}"
    low, high = document.evidence.range_gbp_m if document.evidence else (UNKNOWN, UNKNOWN)
    values = (document.gap_gbp_m["after_overlap"][last], low, high)
    why = "" if document.evidence else "evidence: no solution has been studied"
    return dict(zip(_OF_SOLUTIONS, values, strict=True)), why


def _life(document: PlanDocument, figure: str) -> float | str:
    return next((aim.value for aim in document.aims if aim.figure == figure), UNKNOWN)


def on_page(table: PageTable) -> tuple[PageTable, list[tuple[str, str]]]:
    """The table without its last column, and what that says: place and what is unknown."""
    *columns, why = table.columns
    reasons = [(row["name"], row[why.key]) for row in table.rows if row[why.key]]
    return PageTable(table.name, table.caption, columns, table.rows), reasons


def fullest(plans: Mapping[str, PlanDocument | None]) -> str:
    """The id of the place that has the most solutions, the first of equals; "" without a plan."""
    known = [(i, d) for i, d in plans.items() if d is not None]
    return max(known, key=lambda pair: len(pair[1].solutions))[0] if known else ""
