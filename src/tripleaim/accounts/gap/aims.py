"""The two aims beside the money: measures of health and quality, as the plan gives them."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.place import Place, Row


@dataclass(frozen=True, slots=True)
class Aim:
    """One measure of the triple aim: its value, what is aimed for if anything, and a sentence.

    `figure` and `target_figure` are the figures that say where value and target come from.
    """

    aim: str
    name: str
    value: float
    target: float | None
    unit: str
    year: str
    sentence: str
    figure: str
    target_figure: str


def aims(place: Place) -> tuple[Aim, ...]:
    """The measures of `aims.csv`; none if the place has no such file.

    Raises InputError for an unknown figure, for a value or target that is not the figure's, and
    for a target without one.
    """
    if not place.has("aims.csv"):
        return ()
    measures = []
    for row in place.rows("aims.csv"):
        _check(place, row, "value", "figure")
        if row["target"] is not None or row["target_figure"]:
            _check(place, row, "target", "target_figure")
        measures.append(Aim(**row.values))
    return tuple(measures)


def _check(place: Place, row: Row, number: str, figure: str) -> None:
    if row[figure] not in place.figures:
        raise row.fault(figure, "expected the id of a figure", list(place.figures))
    if row[number] != place.value(row[figure]):
        raise row.fault(number, f"the figure {row[figure]} is {place.value(row[figure]):g}")
