"""A&E attendances before the plan are compared with what the plan prints and the model "
"forecasts."""

from __future__ import annotations

import pytest

from tripleaim import wording
from tripleaim.backtest import RecordedGrowth, recorded_growth
from tripleaim.place import Place, load


def test_the_trusts_of_the_place_and_the_country_are_recorded_before_the_plan(
    somerset: Place,
) -> None:
    own, country = recorded_growth(somerset)
    assert (own.who, country.who) == ("", "England")
    assert (own.first_year, own.last_year) == ("2011/12", "2015/16")
    assert own.first == 43_846 + 53_976
    assert own.last == 46_537 + 62_035
    assert own.pct_a_year == pytest.approx(2.64, abs=0.005)
    assert country.pct_a_year == pytest.approx(1.50, abs=0.005)
    assert own.source in somerset.sources


def test_another_place_has_its_own_trusts() -> None:
    own, country = recorded_growth(load("northamptonshire"))
    assert own.who == ""
    assert own.first > 85_731
    assert country == recorded_growth(load("somerset"))[1]


def test_a_printed_growth_above_every_recorded_year_is_reported() -> None:
    grown = RecordedGrowth("acute-ae", "", "2011/12", "2015/16", 100.0, 110.0)
    said = wording.recorded_growth_sentence(
        "A&E", (grown,), calibrated=3.5, uncalibrated=1.4, printed=True
    )
    assert said == (
        "A&E, 2011/12 to 2015/16: 2.4% a year at the trusts here, recorded. The plan prints 3.5% "
        "a year, and the calibrated forecast matches it. Before calibration it is 1.4%. The plan "
        "prints more growth than was recorded over these years."
    )
    unprinted = wording.recorded_growth_sentence(
        "A&E", (grown,), calibrated=1.4, uncalibrated=1.4, printed=False
    )
    assert unprinted.endswith("recorded. The forecast has 1.4% a year.")
