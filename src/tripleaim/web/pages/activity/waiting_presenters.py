"""Who waits for planned care, in words and as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

from tripleaim import wording as words
from tripleaim.measures import TrustWait, Waiting, WaitingList
from tripleaim.place import Place
from tripleaim.plan import PlanDocument
from tripleaim.web.ui.tables import PageColumn, PageTable

_WORK = {"acute-elective": "planned admissions", "acute-outpatient": "outpatient attendances"}
"""Kinds of contact that the list is compared with."""


def answer(found: WaitingList, name: str) -> str:
    """How many people wait, and how long."""
    whole = found.whole
    return (
        f"{words.count(whole.people)} people of {name} wait to start planned treatment. "
        f"{words.percent(whole.within_18_pct)} of them have waited for less than 18 weeks, and "
        f"{words.percent(whole.over_52_pct)} ({words.count(whole.over(52))}) for a year or more."
    )


def target_sentence(found: WaitingList, targets: Mapping[str, float]) -> str:
    """The targets of the years of the plan, and how many people are too many for each."""
    if not targets:
        return "We know no target for the years of this plan."
    parts = []
    for year, value in targets.items():
        most = found.whole.people * (1 - value / 100)
        extra = ceil(round(found.whole.over(18) - most, 6))
        reach = (
            f"{words.count(extra)} people fewer may wait for 18 weeks or more"
            if extra > 0
            else "the list meets it"
        )
        parts.append(f"{words.percent(value, 0)} by the end of {year} ({reach})")
    return f"The target for England is {words.listed(parts)}, if the list stays as long."


def work_sentence(found: WaitingList, document: PlanDocument) -> str:
    """How many weeks of the place's planned care the list is."""
    year = document.years[0]
    parts = [
        f"{weeks:.0f} weeks of the {name} that we expect"
        for point, name in _WORK.items()
        if (weeks := found.weeks_of(document.activity["do_nothing"].get(point, {}).get(year)))
    ]
    if not parts:
        return ""
    return (
        f"If each person needed one, the list would be {words.listed(parts)} in {year}. Many need "
        "only an outpatient visit and some need several, and no public table says how many."
    )


def specialties(found: WaitingList) -> PageTable:
    """People who wait, by specialty, and all together."""
    return PageTable(
        "waiting-list",
        "People of this place who wait to start planned treatment, by specialty",
        [
            PageColumn("specialty", "Specialty"),
            PageColumn("people", "Waiting", "count"),
            PageColumn("over_18", "18 weeks or more", "count"),
            PageColumn("within_18", "Less than 18 weeks", "percent"),
            PageColumn("over_52", "A year or more", "count"),
            PageColumn("over_52_pct", "A year or more, share", "percent"),
        ],
        [_row(one) for one in (*found.specialties, found.whole)],
    )


def trusts(found: Sequence[TrustWait], place: Place) -> PageTable:
    """How long people wait at the place's own trusts, wherever they come from."""
    names = {one.id: one.name for one in place.organisations}
    return PageTable(
        "waiting-trusts",
        "Everybody who waits at this place's trusts, wherever they live",
        [
            PageColumn("trust", "Trust"),
            PageColumn("people", "Waiting", "count"),
            PageColumn("median", "Half of them have waited, weeks at most", "count"),
            PageColumn("most", "92% have waited, weeks at most", "count"),
        ],
        [
            {
                "trust": names.get(one.organisation, one.organisation),
                "people": one.people,
                "median": one.median_week,
                "most": one.week_of_92_pct,
            }
            for one in found
        ],
    )


def _row(one: Waiting) -> dict[str, object]:
    return {
        "specialty": one.specialty,
        "people": one.people,
        "over_18": one.over(18),
        "within_18": one.within_18_pct,
        "over_52": one.over(52),
        "over_52_pct": one.over_52_pct,
    }
