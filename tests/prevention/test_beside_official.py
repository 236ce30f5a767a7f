"""The model's first year beside official numbers: each with its year, its area and its source."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.place import load
from tripleaim.place.estimate import CENTRAL
from tripleaim.prevention.assemble_health import beside
from tripleaim.prevention.assemble_money import Results
from tripleaim.prevention.document import OfficialRow
from tripleaim.prevention.money import Prices
from tripleaim.prevention.scenarios import health_names

YEARS = ("2016/17", "2017/18")


def rows_of_somerset(health: float = 81.0) -> dict[tuple[str, str, str, str], OfficialRow]:
    """Somerset where every number of years ahead is `health` and 3,000 men, 3,100 women died."""
    died = np.zeros((1, 2, 2, 2))
    died[0, 0, 0] = 3000, 3100
    died[0, :, 1] = died[0, 1] = 9
    nothing = np.zeros((0, 0))
    results = Results(
        place=load("somerset"),
        programmes=(),
        years=YEARS,
        arrays={"health": np.full((1, 2, len(health_names()), 2), health), "died": died},
        draws=(CENTRAL,),
        prices=Prices("2016/17", (), np.zeros(0), nothing, (), nothing, nothing),
    )
    return {(r.measure, r.sex, r.area, r.status): r for r in beside(results)}


@pytest.mark.parametrize(("sex", "modelled", "official"), [("male", 3000, 2874),
                                                            ("female", 3100, 3151)])  # fmt: skip
def test_deaths_of_the_first_year_are_shown_with_registered_deaths(
    sex: str, modelled: float, official: float
) -> None:
    row = rows_of_somerset()["deaths", sex, "Somerset", "public"]

    assert (row.computed, row.published, row.published_year) == (modelled, official, "2014/15")
    assert row.figure == f"deaths.{sex}"
    assert row.source == "deaths-districts-2014-2015"
    assert "residents" in row.basis


def test_the_place_and_england_have_a_row_each_and_the_printed_one_stays() -> None:
    rows = rows_of_somerset()

    assert rows["life-0", "male", "Somerset", "published"].figure == "life-expectancy.male"
    assert rows["life-0", "male", "Somerset", "public"].published == 80.4
    assert rows["life-0", "male", "England", "public"].published == 79.5
    assert rows["healthy-0", "female", "Somerset", "public"].published == 65.9
    assert rows["healthy_slope-0", "female", "England", "public"].published == 18.8
    slope = rows["slope-0", "male", "England", "public"]
    assert (slope.published, slope.published_year) == (9.4, "2015/17")
    assert slope.source == "ons-hsle-imd-2018-20"
    assert all(row.computed == 81.0 for row in rows.values() if row.measure != "deaths")


def test_where_the_model_gives_no_number_there_is_no_row() -> None:
    assert {row.measure for row in rows_of_somerset(np.nan).values()} == {"deaths"}


def test_every_row_has_a_source_that_the_place_knows_and_its_years() -> None:
    sources = load("somerset").sources
    for row in rows_of_somerset().values():
        assert row.source in sources
        assert row.computed_year == "2016/17"
        assert row.published_year
        assert row.basis
