"""Deaths by risk factor: what studies publish, what conditions carry, and what is solved."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tripleaim import wording as words
from tripleaim.people import OLDEST
from tripleaim.place import Place
from tripleaim.prevention import AllCausePart, PreventionDocument
from tripleaim.web.ui.tables import PageColumn, PageTable

ROWS = 25
"""Ratios on one page of the list."""

SORTS = {
    "order": "As listed",
    "far": "Furthest from published",
    "published": "Published",
    "achieved": "Ours",
    "direct": "Solved value",
    "name": "Risk factor",
}


def answer(document: PreventionDocument) -> str:
    """How many of the ratios meet what is published, and which is furthest off."""
    rows = document.all_cause
    if not rows:
        return "This run has no deaths by risk factor: run it again."
    inside = [_within(row) for row in rows if _within(row) is not None]
    known = [row for row in rows if row.achieved is not None]
    worst = max(known, key=lambda row: _far(row) or 0.0, default=None)
    sentence = (
        f"{words.count(sum(map(bool, inside)))} of the {words.count(len(inside))} ratios that have "
        "a published 95% interval lie within it"
        if inside
        else "no published ratio has an interval"
    )
    furthest = (
        f" The ratios furthest from the published ones are for {_people_of(worst)}: "
        f"{_ratio(worst.achieved)} times the deaths, {_ratio(worst.published)} published."
        if worst
        else ""
    )
    led = any(row.base_year is not None for row in rows)
    alike = "Age, sex, deprivation and other risk factors" if led else "Age, sex and deprivation"
    return f"{alike} alike, {sentence}.{furthest}"


def deaths(document: PreventionDocument, place: Place | None = None) -> PageTable:
    """Each published ratio of all deaths beside ours, with the parts that make ours up."""
    return PageTable(
        "outcomes-risks",
        "Deaths from any cause compared with people at the lowest level of the risk factor: ratios",
        [
            PageColumn("name", "Risk factor"),
            PageColumn("level", "Level"),
            PageColumn("sex", "Sex"),
            PageColumn("ages", "Ages"),
            PageColumn("people", "People at this level", "count"),
            PageColumn("published", "Published", "plain"),
            PageColumn("interval", "95% interval"),
            PageColumn("achieved", "Ours, all else equal", "plain"),
            PageColumn("within", "Within the interval"),
            PageColumn("off", "Difference of ours, %", "plain"),
            PageColumn("base_year", "Ours, today's people", "plain"),
            PageColumn("unadjusted", "Among people as they are today", "plain"),
            PageColumn("through", "Through conditions", "plain"),
            PageColumn("direct", "Other causes, solved", "plain"),
            PageColumn("uncalibrated_direct", "Other causes, as set by hand", "plain"),
            PageColumn("uncalibrated", "All deaths with the value set by hand", "plain"),
            PageColumn("status", "Status", "status"),
            PageColumn("source", "Source"),
        ],
        [_row(-k, row, place) for k, row in enumerate(document.all_cause)],
    )


def by_factor(document: PreventionDocument) -> PageTable:
    """Each risk factor once: how many of its ratios lie within what is published."""
    rows = []
    for name in dict.fromkeys(row.name for row in document.all_cause):
        own = [row for row in document.all_cause if row.name == name]
        known = [inside for row in own if (inside := _within(row)) is not None]
        far = max((abs(off) for row in own if (off := _off_pct(row)) is not None), default=None)
        rows.append(
            {
                "name": name,
                "ratios": len(own),
                "known": len(known),
                "within": sum(known),
                "off": far,
            }
        )
    return PageTable(
        "outcomes-risks-by-factor",
        "Ratios of deaths by risk factor",
        [
            PageColumn("name", "Risk factor"),
            PageColumn("ratios", "Ratios", "count"),
            PageColumn("known", "With a published 95% interval", "count"),
            PageColumn("within", "Of these within it", "count"),
            PageColumn("off", "Largest difference, %", "plain"),
        ],
        rows,
    )


def of_factor(table: PageTable, factor: str) -> PageTable:
    """The rows of one risk factor; all where the table has none of that name."""
    kept = [row for row in table.rows if row["name"] == factor]
    return replace(table, rows=kept or table.rows)


def on_page(table: PageTable, rows: Sequence[Mapping[str, object]]) -> PageTable:
    """Some rows without their source, which a page lists below the table."""
    columns = [column for column in table.columns if column.key != "source"]
    return replace(table, columns=columns, rows=rows)


def sources(rows: Sequence[Mapping[str, object]]) -> list[tuple[str, str]]:
    """The sources of some rows, each once: (risk factor, source)."""
    return list(dict.fromkeys((str(row["name"]), str(row["source"])) for row in rows))


def _row(order: int, row: AllCausePart, place: Place | None) -> dict[str, object]:
    ends = (row.low, row.high)
    return {
        "order": order,
        "name": row.name,
        "level": row.level_name,
        "sex": words.capital(row.sex),
        "ages": _ages(row),
        "people": row.people,
        "published": row.published,
        "interval": "not known" if None in ends else f"{_ratio(row.low)} to {_ratio(row.high)}",
        "achieved": row.achieved,
        "within": {True: "yes", False: "no", None: "none known"}[_within(row)],
        "far": _far(row),
        "off": _off_pct(row),
        "base_year": row.base_year,
        "unadjusted": row.unadjusted,
        "through": row.through_conditions,
        "direct": row.direct,
        "uncalibrated_direct": row.uncalibrated_direct,
        "uncalibrated": row.uncalibrated,
        "status": row.status,
        "source": _source(row, place),
    }


def _within(row: AllCausePart) -> bool | None:
    """Whether ours lies within the published interval; None where either is not known."""
    if row.low is None or row.high is None or row.achieved is None:
        return None
    return row.low <= row.achieved <= row.high


def _far(row: AllCausePart) -> float | None:
    """How far ours lies from what is published, either way, as a logarithm."""
    return None if row.achieved is None else abs(math.log(row.achieved / row.published))


def _off_pct(row: AllCausePart) -> float | None:
    return None if row.achieved is None else round(100 * (row.achieved / row.published - 1), 1)


def _people_of(row: AllCausePart) -> str:
    people = {"male": "men", "female": "women"}.get(row.sex, "people")
    return f"{people} of {_ages(row)} ({words.inside(row.name)}: {words.inside(row.level_name)})"


def _ages(row: AllCausePart) -> str:
    return f"{row.age_from} and over" if row.age_to >= OLDEST else f"{row.age_from} to {row.age_to}"


def _ratio(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _source(row: AllCausePart, place: Place | None) -> str:
    known = place.sources.get(row.source) if place else None
    title = f"{known.title}, {known.publisher}" if known else row.source
    return f"{title}: {row.where}" if row.where else title
