"""Level, damped trend, season and interval, in small cases and on made-up boards."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tripleaim.board_backtest.intervals import spread_of_errors
from tripleaim.board_backtest.method import Method, combined, forecast, methods, season
from tripleaim.board_backtest.periods import FIRST_OF_MONTH, MONTH, QUARTER


def test_months_and_quarters_have_labels_that_can_be_read_again() -> None:
    assert MONTH.label(MONTH.at(date(2024, 4, 17))) == "2024-04"
    assert QUARTER.label(QUARTER.at(date(2024, 4, 17))) == "2024-25 Q1"
    assert QUARTER.label(QUARTER.at(date(2025, 3, 31))) == "2024-25 Q4"
    for cadence in (MONTH, QUARTER):
        for period in range(cadence.at(date(2015, 1, 1)), cadence.at(date(2027, 1, 1))):
            assert cadence.labelled(cadence.label(period)) == period


@pytest.mark.parametrize("label", ["2024-13", "April 2024", "2024-25 Q5", "2024", ""])
def test_a_label_of_no_period_is_refused(label: str) -> None:
    for cadence in (MONTH, QUARTER):
        with pytest.raises(ValueError, match="expected a period such as"):
            cadence.labelled(label)


def test_a_month_is_known_when_it_is_over_and_a_first_of_month_on_its_day() -> None:
    march = MONTH.at(date(2024, 3, 1))
    assert MONTH.last_by(date(2024, 3, 31)) == march
    assert MONTH.last_by(date(2024, 3, 30)) == march - 1
    assert FIRST_OF_MONTH.last_by(date(2024, 3, 1)) == march
    assert FIRST_OF_MONTH.last_by(date(2024, 2, 29)) == march - 1
    assert QUARTER.label(QUARTER.last_by(date(2024, 3, 31))) == "2023-24 Q4"
    assert QUARTER.label(QUARTER.last_by(date(2024, 3, 30))) == "2023-24 Q3"


def test_without_a_trend_the_forecast_is_the_mean_of_the_last_periods() -> None:
    values = np.array([[1.0, 2.0, 3.0, 7.0]])
    assert forecast(values, Method(1), 2).tolist() == [[7.0, 7.0]]
    assert forecast(values, Method(2), 2).tolist() == [[5.0, 5.0]]


def test_a_straight_line_goes_on_and_slows_down() -> None:
    line = np.array([[1.0, 2.0, 3.0, 4.0]])
    ahead = forecast(line, Method(1, window=4, damping=0.5), 3)
    assert ahead.tolist() == [[4.5, 4.75, 4.875]]
    from_the_middle = forecast(line, Method(3, window=4, damping=0.5), 3)
    assert from_the_middle.tolist() == [[4.5, 4.75, 4.875]]


def test_a_shared_trend_is_the_middle_one_of_all_boards() -> None:
    lines = np.array([[0.0, 0.0, 0.0], [0.0, 1.0, 2.0], [0.0, 9.0, 18.0]])
    ahead = forecast(lines, Method(1, window=3, damping=0.5, shared=True), 1)
    assert ahead.tolist() == [[0.5], [2.5], [18.5]]


def test_a_board_whose_last_value_is_unknown_has_no_forecast() -> None:
    values = np.array([[1.0, 2.0, np.nan], [1.0, np.nan, 3.0]])
    ahead = forecast(values, Method(2), 1)
    assert np.isnan(ahead[0, 0])
    assert ahead[1, 0] == 3.0


def test_half_of_the_trend_of_fifteen_methods_is_kept() -> None:
    assert len(methods(12)) == len(methods(4)) == len(set(methods(12))) == 15
    line = np.arange(24.0)[None]
    without = [forecast(line, one, 1)[0, 0] for one in methods(12) if not one.window]
    assert without == pytest.approx([23, 22, 17.5])
    trended = [forecast(line, one, 1)[0, 0] for one in methods(12) if one.window]
    assert trended == pytest.approx([23.9] * 12)
    assert combined(line, 12, 1)[0, 0] == pytest.approx((np.mean(without) + 23.9) / 2)
    flat = np.full((2, 30), 4.2)
    assert combined(flat, 12, 5) == pytest.approx(np.full((2, 5), 4.2))


def test_a_season_that_comes_every_year_is_found() -> None:
    pattern = np.array([0.3, 0.1, -0.1, -0.3])
    logs = 5 + np.tile(pattern, (3, 6))
    assert season(logs, first=8, a_year=4) == pytest.approx(np.tile(pattern, (3, 1)))
    shifted = season(logs, first=9, a_year=4)
    assert shifted[0] == pytest.approx(np.roll(pattern, 1))


def test_less_than_two_years_have_no_season() -> None:
    assert season(np.random.default_rng(1).normal(size=(3, 15)), 0, 12).tolist() == [[0.0] * 12] * 3


def test_what_never_changed_has_an_interval_of_no_width() -> None:
    flat = np.full((5, 30), 3.0)
    spread = spread_of_errors(flat, ~np.isnan(flat), 0, 12, 12, seasonal=True)
    assert spread.half_width(np.array([1, 12])) == pytest.approx([0, 0], abs=1e-12)


def test_four_fifths_of_what_follows_is_inside() -> None:
    luck = np.random.default_rng(11)
    walks = np.cumsum(luck.normal(0, 0.02, size=(400, 72)), axis=1)
    past, later = walks[:, :60], walks[:, 60:]
    spread = spread_of_errors(past, ~np.isnan(past), 0, 12, 12, seasonal=False)
    wrong = np.abs(later - combined(past, 12, 12))
    inside = (wrong <= spread.half_width(np.arange(1, 13))).mean()
    assert inside == pytest.approx(0.8, abs=0.04)
    assert spread.growth == pytest.approx(0.5, abs=0.15)


def test_no_earlier_start_is_said() -> None:
    short = np.full((5, 3), 3.0)
    with pytest.raises(ValueError, match="no earlier start"):
        spread_of_errors(short, ~np.isnan(short), 0, 12, 12, seasonal=True)
