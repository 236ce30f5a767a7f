"""The two aims beside the money: measures of health and quality, as the plan gives them."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.place import Place


@dataclass(frozen=True, slots=True)
class Aim:
    """One measure of the triple aim: its value, what is aimed for if anything, and a sentence."""

    aim: str
    name: str
    value: float
    target: float | None
    unit: str
    year: str
    sentence: str
    figure: str


def aims(place: Place) -> tuple[Aim, ...]:
    """The measures of `aims.csv`; none if the place has no such file.

    Raises InputError for an unknown figure, and for a value that is not the figure's.
    """
    if not place.has("aims.csv"):
        return ()
    measures = []
    for row in place.rows("aims.csv"):
        if row["figure"] not in place.figures:
            raise row.fault("figure", "expected the id of a figure", list(place.figures))
        if row["value"] != place.value(row["figure"]):
            raise row.fault(
                "value", f"the figure {row['figure']} is {place.value(row['figure']):g}"
            )
        measures.append(Aim(**row.values))
    return tuple(measures)
