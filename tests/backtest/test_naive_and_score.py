"""The naive forecasts and the scores, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.backtest.document import ForecastPart
from tripleaim.backtest.forecast import Sampler, interval_of, last_value, straight_line
from tripleaim.backtest.observations import period
from tripleaim.backtest.score import findings, scores
from tripleaim.uncertainty import KnownIntervalPart
from tripleaim.wording import backtest_verdict


def part(
    ours: float,
    actual: float | None,
    last: float,
    line: float | None,
    *,
    group: str = "g",
    series: str = "s",
    bounds: tuple[float, float] = (0, 1e9),
) -> ForecastPart:
    inside = None if actual is None else bounds[0] <= actual <= bounds[1]
    return ForecastPart(
        group=group,
        body="b",
        series=series,
        base="2013/14",
        period="2015",
        steps=1,
        interval=KnownIntervalPart(central=ours, p10=bounds[0], p50=ours, p90=bounds[1]),
        last_value=last,
        straight_line=line,
        actual=actual,
        inside=inside,
    )


def test_a_straight_line_through_points_on_a_line_carries_it_on() -> None:
    known = {period(str(year)): 100.0 + 3 * (year - 2009) for year in range(2009, 2014)}
    assert straight_line(known, period("2016")) == pytest.approx(121.0)
    assert last_value(known, period("2016")) == 112.0


def test_the_line_goes_through_the_last_five_values_alone() -> None:
    known = {period(str(year)): 7.0 for year in range(2009, 2014)}
    known = {period("2002"): 9000.0, **known}
    assert straight_line(known, period("2015")) == pytest.approx(7.0)


def test_one_value_makes_no_line_and_a_falling_line_stops_at_zero() -> None:
    assert straight_line({period("2013"): 5.0}, period("2015")) is None
    falling = {period("2012"): 10.0, period("2013"): 1.0}
    assert straight_line(falling, period("2016")) == 0.0


def test_nine_months_are_not_compared_with_whole_years() -> None:
    known = {period("2012/13 Apr-Dec"): 70.0, period("2013/14"): 100.0}
    assert last_value(known, period("2016/17 Apr-Dec")) == 70.0


@given(st.lists(st.floats(1, 1e6), min_size=2, max_size=8), st.integers(1, 5))
def test_a_line_does_not_depend_on_the_unit(values: list[float], ahead: int) -> None:
    known = {period(str(2000 + i)): v for i, v in enumerate(values)}
    scaled = {p: 1000 * v for p, v in known.items()}
    when = period(str(2000 + len(values) - 1 + ahead))
    one, other = straight_line(known, when), straight_line(scaled, when)
    assert one is not None
    assert other == pytest.approx(1000 * one, rel=1e-9, abs=1e-3)


def test_scores_are_worked_by_hand() -> None:
    found = scores(
        [
            part(110, 100, 120, 105, series="a", bounds=(90, 120)),
            part(95, 100, 80, 90, series="b", bounds=(96, 120)),
            part(50, None, 1, 2, series="c"),
        ]
    )
    (only,) = found
    assert (only.series, only.forecasts, only.straight_lines) == (2, 2, 2)
    assert only.error_pct == pytest.approx(7.5)
    assert only.bias_pct == pytest.approx(2.5)
    assert only.last_value_error_pct == pytest.approx(20)
    assert only.straight_line_error_pct == pytest.approx(7.5)
    assert only.coverage_pct == 100
    assert (only.smaller_than_last_value, only.smaller_than_both) == (2, 1)


def test_a_series_counts_once_over_all_periods() -> None:
    (only,) = scores([part(100, 100, 90, None), part(150, 100, 90, None)])
    assert (only.series, only.forecasts) == (1, 2)
    assert only.smaller_than_last_value == 0
    assert (only.straight_lines, only.smaller_than_both) == (0, 0)


def test_what_falls_outside_is_counted_and_missed_aims_are_said() -> None:
    parts = scores(
        [
            part(10, 100, 100, 101, group="first", bounds=(5, 15)),
            part(100, 100, 90, 80, group="second", bounds=(95, 105)),
        ]
    )
    assert [p.coverage_pct for p in parts] == [0, 100, 50]
    said = " ".join(backtest_verdict("Here", findings(parts)))
    assert "contain 50% of 2 values. That is outside the aim" in said
    assert "Here, first: coverage 0% misses the aim; intervals are too narrow." in said
    assert (
        "first: the error is not smaller than that of the naive forecasts on most series (0 of 1)"
        in said
    )
    assert "second: the error is not smaller" not in said


def test_draws_depend_on_seed_and_name_alone() -> None:
    one, again, other = (Sampler(7, 50), Sampler(7, 50), Sampler(8, 50))
    assert np.array_equal(one.standard("a"), again.standard("a"))
    assert not np.array_equal(one.standard("a"), one.standard("b"))
    assert not np.array_equal(one.standard("a"), other.standard("a"))


def test_the_interval_holds_eight_in_ten_draws() -> None:
    draws = Sampler(1, 20_001).standard("x")
    interval = interval_of(0.1, draws)
    inside = (draws >= interval.p10) & (draws <= interval.p90)
    assert np.mean(inside) == pytest.approx(0.8, abs=1e-3)
    assert (interval.p10, interval.p90) == pytest.approx((-1.2816, 1.2816), abs=0.05)
    assert (interval.central, interval.p50) == pytest.approx((0.1, 0.0), abs=0.05)
