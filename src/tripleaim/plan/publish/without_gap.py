"""A plan whose gap is not known, since figures that only the place has are not entered yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from tripleaim.accounts import Accounts
from tripleaim.place import Place, asked_for
from tripleaim.plan.publish.document import AskedForPart, PlanDocument

NO_POSITION: Mapping[str, object] = {
    "gap_gbp_m": {},
    "gap_interval_gbp_m": {},
    "sides": {},
    "lines": [],
    "evidence": None,
    "cash": {},
}
"""The parts of a document that say a position, or build on one: none of them is known."""


def without_gap(document: PlanDocument, place: Place, accounts: Accounts) -> PlanDocument:
    """The document without any position, where the place has figures to enter first.

    It says which these are, and what care would cost at the prices of the first year. A place that
    has entered all keeps its document as it is.
    """
    asked = asked_for(place)
    if not asked:
        return document
    parts = [AskedForPart.model_validate(asdict(one)) for one in asked.values()]
    return document.model_copy(
        update={**NO_POSITION, "asked_for": parts, "care_gbp_m": care_at_first_prices(accounts)}
    )


def care_at_first_prices(accounts: Accounts) -> dict[str, float]:
    """What the commissioner's care costs by year, £m at the prices of the first year."""
    return {
        year: -sum(
            line.base * line.drivers["activity"][year]
            for line in accounts.lines
            if line.side == "commissioner" and line.kind == "cost"
        )
        for year in accounts.years
    }
