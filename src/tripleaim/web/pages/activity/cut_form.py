"""The form that cuts activity: what was typed in, a question out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from tripleaim import wording as words
from tripleaim.activity import ALL, MEASURES, Activity, Question
from tripleaim.place import Place
from tripleaim.projection import DO_NOTHING

FILTERS = (
    "locality",
    "age_band",
    "sex",
    "quintile",
    "segment",
    "point_of_delivery",
    "commissioner",
    "provider",
)
"""Dimensions of which one value can be chosen."""

BY = ("year", *FILTERS, "scenario")
"""Dimensions that can be shown apart."""

SORTS = {"": "In the usual order", "most": "Largest first", "least": "Smallest first"}

MOST_BY = 3
LONGEST = 80
"""Letters of a field that are read; no name is longer."""

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class CutForm:
    """What the form holds, as typed. `by` has three places, of which the last two may be empty."""

    by: tuple[str, ...]
    years: tuple[str, ...]
    scenario: str
    compare: str
    measure: str
    sort: str
    where: Mapping[str, str]

    def question(self) -> Question:
        """What the form asks for."""
        return Question(
            by=tuple(name for name in self.by if name),
            scenario=self.scenario,
            years=self.years,
            where={name: (value,) for name, value in self.where.items() if value},
            measure=self.measure,
            compare=self.compare,
        )


def typed(query: QueryDict, place: Place) -> CutForm:
    """The form as it was sent; without anything sent, one kind of contact by locality."""
    if not query:
        return CutForm(
            by=("locality", "", ""),
            years=(place.last_year,),
            scenario=DO_NOTHING,
            compare="",
            measure="quantity",
            sort="",
            where={"point_of_delivery": place.points_of_delivery[0].id},
        )

    def one(name: str, otherwise: str = "") -> str:
        text: str = query.get(name, otherwise)
        return text[:LONGEST]

    by = [text[:LONGEST] for text in query.getlist("by")[:MOST_BY]]
    return CutForm(
        by=(*by, *[""] * (MOST_BY - len(by))),
        years=tuple(dict.fromkeys(text[:LONGEST] for text in query.getlist("year") if text)),
        scenario=one("scenario", DO_NOTHING),
        compare=one("compare"),
        measure=one("measure", "quantity"),
        sort=one("sort"),
        where={name: one(name) for name in FILTERS if query.get(name)},
    )


def options(place: Place, activity: Activity) -> dict[str, Options]:
    """What each field can be, with its name in words."""
    return {
        "by": [(name, words.column_name(name)) for name in BY],
        "scenario": [(name, words.position_name(name)) for name in activity.scenarios],
        "measure": [(name, words.MEASURE_NAMES[name]) for name in MEASURES],
        "sort": list(SORTS.items()),
        **{
            name: [
                (value, words.label(place, name, value))
                for value in activity.values(name)
                if value != ALL
            ]
            for name in FILTERS
        },
    }
