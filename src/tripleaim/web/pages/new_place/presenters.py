"""A new place in words and rows: its people beside England's, how far its plan is."""

from __future__ import annotations

from tripleaim.place import SEXES, england_people
from tripleaim.web.pages.new_place.understanding import People
from tripleaim.web.ui.tables import PageColumn, PageTable

BANDS = ((0, 17), (18, 64), (65, 74), (75, 84), (85, None))
"""First and last ages; the last band is open."""


def people_table(people: People) -> PageTable:
    """People by age band and sex, and the share of each band here and in England."""
    england = england_people()
    rows = []
    for first, last in BANDS:
        inside = {sex: _within(people, first, last, sex) for sex in SEXES}
        rows.append(
            {
                "band": f"{first} to {last}" if last else f"{first} and over",
                **inside,
                "pct": 100 * sum(inside.values()) / sum(people.values()),
                "england_pct": 100
                * sum(_within(england, first, last, sex) for sex in SEXES)
                / sum(england.values()),
            }
        )
    return PageTable(
        "people",
        "Your people as we understood them",
        [
            PageColumn("band", "Age"),
            *(PageColumn(sex, sex.capitalize(), "count") for sex in SEXES),
            PageColumn("pct", "Share", "percent"),
            PageColumn("england_pct", "England", "percent"),
        ],
        rows,
    )


def _within(people: People, first: int, last: int | None, sex: str) -> float:
    return sum(
        number
        for (age, of), number in people.items()
        if of == sex and first <= age and (last is None or age <= last)
    )
