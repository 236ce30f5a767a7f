"""Waiting times beside the targets of the planning round, in words and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from tripleaim import wording as words
from tripleaim.measures import AccessTarget, MeasuredShare, access_targets
from tripleaim.place import Place
from tripleaim.web.ui.tables import PageColumn, PageTable

NOT_SET = "not found"
"""What a year without a target says."""


def answer(place: Place) -> str:
    """What is measured, and the next target that is not met, in a few sentences."""
    targets = access_targets(place)
    parts = [_now(target, target.now, place) for target in targets if target.now is not None]
    unknown = [target for target in targets if target.now is None]
    if unknown:
        named = words.listed([f"“{words.inside(target.what)}”" for target in unknown])
        parts.append(
            f"Not known here: {named}. Who would know: "
            f"{words.listed(list(dict.fromkeys(t.who_would_know for t in unknown)))}."
        )
    return " ".join(parts)


def _now(target: AccessTarget, now: MeasuredShare, place: Place) -> str:
    counted = f"{words.count(now.people)} people"
    said = (
        f"{target.what}: {words.percent(now.percent)} "
        f"({f'{now.period}, {counted}' if now.period else counted})."
    )
    short = [
        (year, points)
        for year in target.by_year
        if year in place.years and (points := target.short_of(year)) is not None and points > 0
    ]
    if not short:
        return said
    year, points = short[0]
    return (
        f"{said} The target for {year} is {words.percent(target.by_year[year].value, 0)}, "
        f"{points:.1f} points more."
    )


def years_of(place: Place) -> Sequence[str]:
    """The years that a target may be set for: the year before the plan, and the plan's."""
    return (place.base_year, *place.years)


def table(place: Place) -> PageTable:
    """Each target: what is measured now, and what is set by year; also waiting-times.csv."""
    shown = [
        year
        for year in years_of(place)
        if year == place.base_year or year <= max(_years_set(place), default=place.base_year)
    ]
    rows = [
        {
            "what": target.what,
            "now": target.now.percent if target.now else "not known",
            "people": target.now.people if target.now else None,
            "period": target.now.period if target.now else "",
            **{
                year: words.percent(target.by_year[year].value, 0)
                if year in target.by_year
                else NOT_SET
                for year in shown
            },
            "measured_by": _title(place, target.now.source)
            if target.now
            else f"who would know: {target.who_would_know}",
            "status": "public" if target.now else "",
        }
        for target in access_targets(place)
    ]
    return PageTable(
        "waiting-times",
        "Waiting times: measured now, and the targets of the planning round by year",
        [
            PageColumn("what", "What is measured"),
            PageColumn("now", "Now", "percent"),
            PageColumn("people", "Of people", "count"),
            PageColumn("period", "When"),
            *(PageColumn(year, year, "worded") for year in shown),
            PageColumn("status", "Status", "status"),
            PageColumn("measured_by", "Measured by"),
        ],
        rows,
    )


def where_set(place: Place) -> Sequence[str]:
    """Where each target is set, year by year, in sentences."""
    return [
        f"{target.what}, {words.percent(one.value, 0)} by {one.due}: {one.where}."
        for target in access_targets(place)
        for one in target.by_year.values()
    ]


def _years_set(place: Place) -> Sequence[str]:
    return [year for target in access_targets(place) for year in target.by_year]


def _title(place: Place, source: str) -> str:
    return place.sources[source].title if source in place.sources else source
