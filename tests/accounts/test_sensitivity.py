"""Which stated figures matter, and how far the uncalibrated gap could be off by them."""

import pytest

from tripleaim.accounts import account, account_inputs, interval, swings


@pytest.fixture(scope="module")
def found(somerset, activity, population):
    return swings(somerset, activity, population)


def test_an_opening_moves_the_first_year_by_its_own_range(found):
    opening = next(swing for swing in found if swing.figure == "opening.commissioner")
    assert opening.at_low["2016/17"] == pytest.approx(-46.7 + 35.0)
    assert opening.at_high["2016/17"] == pytest.approx(-17.8 + 35.0)


def test_figures_that_move_nothing_are_left_out_and_the_heaviest_comes_first(found):
    names = [swing.figure for swing in found]
    assert "unit-cost.social-care" not in names
    assert "unit-cost.gp" not in names
    sizes = [swing.size("2020/21") for swing in found]
    assert sizes == sorted(sizes, reverse=True)
    assert names[0] == "opening.commissioner"


@pytest.mark.parametrize("year", ["2017/18", "2018/19", "2019/20", "2020/21"])
def test_the_efficiency_of_every_year_without_a_price_list_has_a_range_that_moves_the_gap(
    somerset, found, year
):
    figure = somerset.figure(f"efficiency.tariff.{year.replace('/', '_')}")
    assert figure.low < figure.value < figure.high
    assert figure.source == "nhsi-economic-assumptions-2016"
    swing = next(s for s in found if s.figure == figure.id)
    assert swing.at_low["2020/21"] * swing.at_high["2020/21"] < 0


def test_the_printed_gap_lies_within_the_interval_of_the_uncalibrated_one(
    somerset, activity, population, found
):
    stated = account(account_inputs(somerset), activity, population)
    spread = interval(stated, found)
    for year, position in stated.gap().items():
        low, high = spread[year]
        assert low < position < high
    assert spread["2020/21"][0] < somerset.value("gap.2020_21.nhs") < spread["2020/21"][1]
    assert spread["cumulative"][0] < -somerset.value("gap.cumulative") < spread["cumulative"][1]


def test_without_ranges_the_interval_is_the_position_itself(somerset, activity, population):
    stated = account(account_inputs(somerset), activity, population)
    assert interval(stated, ())["2018/19"] == (stated.nhs["2018/19"],) * 2
