"""Who needs more care than others: people weighted by need beside people on the lists."""

from __future__ import annotations

from django.http import HttpResponse

from tripleaim import wording as words
from tripleaim.measures import NeedOfPlace, NeedRow, need_of
from tripleaim.place import Place
from tripleaim.web.ui.frame import PlacePage
from tripleaim.web.ui.missing_data import missing_data
from tripleaim.web.ui.tables import PageColumn, PageTable


def need(page: PlacePage) -> HttpResponse:
    """Need by neighbourhood and practice, and the allocation shared by it."""
    found = _need(page)
    if found is None:
        return missing_data(page, "not known for this place: its practices have no weights of need")
    return page.show(
        "people/need.jinja",
        title="Need",
        answer=answer(found, page.place),
        money=money_sentence(found),
        localities=localities(page),
        practices=practices(page),
    )


def answer(found: NeedOfPlace, place: Place) -> str:
    """Where need per person is highest and lowest, and what it is in the whole place."""
    known = [one for one in found.localities if one.name]
    parts = (
        f"{place.name} has {_against(found.whole)} of England's mean need of hospital, community"
    )
    ends = (
        f" The most is in {known[0].name} ({_against(known[0])} of the mean), the least in "
        f"{known[-1].name} ({_against(known[-1])})."
        if len(known) > 1
        else ""
    )
    return f"{parts} and mental health care for each person.{ends}"


def money_sentence(found: NeedOfPlace) -> str:
    """How much of the allocation would move if it were shared by need, not by people."""
    if found.allocation is None:
        return "The allocation of this place is not known, so we cannot share it by need."
    moved = sum(max(0.0, (one.by_need or 0.0) - (one.by_people or 0.0)) for one in found.localities)
    return (
        f"The allocation of core services is {words.money(found.allocation / 1e6)}. Shared by "
        f"need, {words.money(moved / 1e6)} of it is in another neighbourhood than if each "
        "person had the same. Nobody is paid in this way: it shows where need is."
    )


def localities(page: PlacePage) -> PageTable | None:
    """Need by neighbourhood; None where it is not known."""
    found = _need(page)
    if found is None:
        return None
    return PageTable(
        "need",
        "People on the lists and need by neighbourhood",
        _columns("Neighbourhood"),
        [_row(one) for one in (*found.localities, found.whole)],
    )


def practices(page: PlacePage) -> PageTable | None:
    """Need by practice; None where it is not known."""
    found = _need(page)
    if found is None:
        return None
    return PageTable(
        "need-practices",
        "People on the lists and need by practice",
        [PageColumn("id", "Code"), *_columns("Practice")],
        [_row(one) | {"id": one.id} for one in found.practices],
    )


def _need(page: PlacePage) -> NeedOfPlace | None:
    return page.once("need of practices", lambda: need_of(page.place))


def _columns(what: str) -> list[PageColumn]:
    return [
        PageColumn("name", what),
        PageColumn("people", "People", "count"),
        PageColumn("core", "Weighted by need", "count"),
        PageColumn("ratio", "Need for each 100 people", "count"),
        PageColumn("general_and_acute", "Hospital care", "count"),
        PageColumn("community", "Community care", "count"),
        PageColumn("mental_health", "Mental health care", "count"),
        PageColumn("primary_medical", "General practice", "count"),
        PageColumn("by_need", "Allocation by need, £m", "tenths"),
        PageColumn("by_people", "Allocation by people, £m", "tenths"),
    ]


def _row(one: NeedRow) -> dict[str, object]:
    return {
        "name": one.name or "Practices that have closed since",
        "people": one.people,
        "core": one.core,
        "ratio": None if one.ratio is None else 100 * one.ratio,
        "general_and_acute": one.general_and_acute,
        "community": one.community,
        "mental_health": one.mental_health,
        "primary_medical": one.primary_medical,
        "by_need": None if one.by_need is None else one.by_need / 1e6,
        "by_people": None if one.by_people is None else one.by_people / 1e6,
    }


def _against(one: NeedRow) -> str:
    return words.percent(100 * (one.ratio or 0.0), 0)
