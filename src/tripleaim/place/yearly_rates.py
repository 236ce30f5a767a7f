"""Figures that a place may state for each year, or once for all."""

from __future__ import annotations

from tripleaim.place.figures import Figure, year_in_id
from tripleaim.place.figures_asked_for import asked_for, place_alone_answers
from tripleaim.place.model import Place


def of_year(place: Place, name: str, year: str) -> Figure:
    """The figure called `name` for one year ("name.2016_17"), else the one without a year.

    Of a figure that the place alone can answer for, a default of one year does not count.
    """
    of_one_year = place.figures.get(f"{name}.{year_in_id(year)}")
    if of_one_year is None or (place_alone_answers(place, name) and not place.is_own(of_one_year)):
        return place.figure(name)
    return of_one_year


def rate(place: Place, name: str) -> dict[str, float]:
    """A yearly rate as a fraction for every year of the plan, from figures in per cent.

    It is 0 in years of a rate that is asked for and not stated yet (`asked_for`), so that amounts
    stay at first-year prices. Whoever shows a position then says that it is not known.
    """
    if name not in asked_for(place):
        return {year: of_year(place, name, year).value / 100 for year in place.years}
    own = {year: place.figures.get(f"{name}.{year_in_id(year)}") for year in place.years}
    return {
        year: figure.value / 100 if figure is not None and place.is_own(figure) else 0.0
        for year, figure in own.items()
    }
