"""The strip below a page's header: what a changed scenario does to the gap, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tripleaim import wording as words
from tripleaim.place import InputError
from tripleaim.plan import PlanDocument, Scenario, choose, from_token
from tripleaim.web.plans import open_plans

if TYPE_CHECKING:
    from tripleaim.web.ui.frame import PlacePage

WAS = "was"
"""The part of a query that says which scenario stood before the last change."""

SHOWN = 3
"""Solutions that are named among what moved."""


@dataclass(frozen=True)
class Strip:
    """What the strip says: the gap and what it was, what moved, and where the way back leads."""

    gap: str
    moved: str
    undo: str
    undo_text: str
    is_last_change: bool


def strip(page: PlacePage) -> Strip | None:
    """The strip of a page; None where its scenario is the plan as printed and was so before."""
    before = _before(page)
    return None if before is None else beside(page, before, WAS in page.request.GET)


def beside(page: PlacePage, before: Scenario, is_last_change: bool = True) -> Strip:
    """What a page's scenario does, beside another that was there before the last change."""
    here, there = page.document, open_plans().document(page.built, before)
    return Strip(
        gap=here.why_no_gap
        or (
            _gap(here, there, "" if is_last_change else f" {page.place.as_stated}")
            if there.gap_known
            else _now_known(here)
        ),
        moved=_moved(here, there) if here.gap_known and there.gap_known else "",
        undo=page.address_under(before),
        undo_text=("Undo the last change" if is_last_change else f"Back to {page.place.as_stated}"),
        is_last_change=is_last_change,
    )


def _before(page: PlacePage) -> Scenario | None:
    """The scenario before the last change, where the address says one; else the plan as printed."""
    place = page.built.place
    printed = choose(place, seed=page.seed)
    before = printed
    if page.request.GET.get(WAS):
        try:
            before = from_token(place, page.request.GET[WAS])
        except InputError:
            before = printed
    if before.seed != page.seed or before == page.scenario:
        before = printed
    return None if before == page.scenario else before


def position(document: PlanDocument) -> float:
    """The NHS position of the last year as chosen, £m."""
    return document.gap_gbp_m["as_chosen"][document.years[-1]]


def gap_alone(document: PlanDocument) -> str:
    """The gap of the last year, beside nothing."""
    return document.why_no_gap or _now_known(document)


def _now_known(document: PlanDocument) -> str:
    return f"Gap in {document.years[-1]}: {words.position(position(document))}."


def _gap(here: PlanDocument, there: PlanDocument, which: str) -> str:
    last = here.years[-1]
    return (
        f"Gap in {last}: {words.position(position(here))}, was "
        f"{words.position(position(there))}{which}."
    )


def _moved(here: PlanDocument, there: PlanDocument) -> str:
    """What moved the position of the last year; the parts add up to its change."""
    last = here.years[-1]
    start = here.gap_gbp_m["do_nothing"][last] - there.gap_gbp_m["do_nothing"][last]
    saved = (position(here) - position(there)) - start
    parts = []
    if abs(start) >= words.NOTHING:
        parts.append(f"if nothing is done the gap is {_larger(start)}")
    if abs(saved) >= words.NOTHING:
        way = "more" if saved > 0 else "less"
        named = _solutions(here, there, last)
        parts.append(f"solutions save {words.money(abs(saved))} {way}{named}")
    return f"What changed: {words.listed(parts)}." if parts else "Nothing changed by £0.1m or more."


def _larger(million: float) -> str:
    return f"{words.money(abs(million))} {'smaller' if million > 0 else 'larger'}"


def _solutions(here: PlanDocument, there: PlanDocument, last: str) -> str:
    """The solutions whose saving differs most, after removing double counting."""
    was = {s.id: s.after_overlap_gbp_m.get(last, 0.0) for s in there.solutions}
    moved = [
        (abs(s.after_overlap_gbp_m.get(last, 0.0) - was.get(s.id, 0.0)), s.name)
        for s in here.solutions
    ]
    largest = sorted((one for one in moved if one[0] >= words.NOTHING), reverse=True)[:SHOWN]
    return f" (most: {words.listed([name for _, name in largest])})" if largest else ""
