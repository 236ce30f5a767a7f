"""On which side of the Sustainability and Transformation Fund each printed position stands."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.place import Place, year_in_id


@dataclass(frozen=True, slots=True)
class Stf:
    """The fund's money for one year, £m.

    `inside` says that the printed position already holds it; if not, it comes on top, and only
    if the conditions set for it are met (`conditional`).
    """

    year: str
    amount: float
    inside: bool
    conditional: bool
    figure: str


def stf(place: Place) -> dict[str, Stf]:
    """The fund by year, for the years in which the place's figures name it."""
    funds: dict[str, Stf] = {}
    for year in place.years:
        figure_id, inside_id = f"stf.{year_in_id(year)}", f"stf.inside.{year_in_id(year)}"
        if figure_id not in place.figures:
            continue
        amount = place.value(figure_id)
        inside = inside_id in place.figures and place.value(inside_id) == 1
        funds[year] = Stf(year, amount, inside, not inside, figure_id)
    return funds
