"""A&E and beds: what is learnt before the base, and what is made of it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tripleaim.backtest.activity import KINDS, activity_forecasts, fit_rule, growth_with_people
from tripleaim.backtest.forecast import Sampler
from tripleaim.backtest.observations import Observation, Observations, period

BASE = period("2013/14")
BEDS = KINDS[1]
NO_AGEING = dict.fromkeys(range(2009, 2018), 0.0)


def record(values: dict[str, list[float]], first: int = 2010) -> Observations:
    return Observations(
        tuple(
            Observation(
                "beds.csv",
                body,
                "available",
                period(f"{first + i}/{(first + i + 1) % 100:02d}"),
                value,
            )
            for body, series in values.items()
            for i, value in enumerate(series)
        )
    )


def forecast(
    known: Observations, body: str, ageing: dict[int, float], year: int
) -> tuple[float, ...]:
    rule = fit_rule(
        BEDS, known, ageing=NO_AGEING, base=BASE, country="England", trend_kept=0.5, steps=3
    )
    (made,) = activity_forecasts(
        group="beds",
        kind=BEDS,
        bodies={body: ageing},
        base=BASE,
        periods=(period(f"{year}/{(year + 1) % 100:02d}"),),
        known=known,
        rule=rule,
        history_ageing=NO_AGEING,
        country="England",
        sampler=Sampler(7, 4000),
    )
    return made.interval.central, made.interval.p10, made.interval.p90, made.last_value


STEADY = {f"T{i}": [100.0 * (i + 1)] * 4 for i in range(9)}


def test_steady_bodies_stay_and_their_intervals_have_no_width() -> None:
    ours, low, high, last = forecast(record(STEADY), "T3", NO_AGEING, 2016)
    assert (ours, low, high, last) == (400.0, 400.0, 400.0, 400.0)


def test_people_alone_move_a_steady_body() -> None:
    ageing = {**NO_AGEING, 2015: 0.02}
    ours, *_ = forecast(record(STEADY), "T3", ageing, 2015)
    assert ours == pytest.approx(400 * math.exp(0.02))


def test_half_of_a_common_trend_is_carried_on() -> None:
    falling = {f"T{i}": [1000.0 * 0.98**t for t in range(4)] for i in range(9)}
    ours, *_ = forecast(record(falling), "T3", NO_AGEING, 2015)
    assert ours == pytest.approx(1000 * 0.98**3 * 0.98 ** (2 * 0.5))


def test_a_trend_of_ones_own_is_kept_as_far_as_others_kept_theirs() -> None:
    lasting = {f"T{i}": [1000.0 * (1 + 0.01 * (i - 4)) ** t for t in range(4)] for i in range(9)}
    lasting_rule = fit_rule(
        BEDS,
        record(lasting),
        ageing=NO_AGEING,
        base=BASE,
        country="England",
        trend_kept=0.5,
        steps=3,
    )
    assert lasting_rule.own_trend_kept == pytest.approx(1.0)
    swinging = {
        f"T{i}": [1000.0, 1000 * math.exp(s), 1000.0, 1000 * math.exp(s)]
        for i, s in enumerate(0.01 * (k - 4) for k in range(9))
    }
    rule = fit_rule(
        BEDS,
        record(swinging),
        ageing=NO_AGEING,
        base=BASE,
        country="England",
        trend_kept=0.5,
        steps=3,
    )
    assert rule.own_trend_kept == 0.0


def test_intervals_are_as_wide_as_errors_were_and_never_narrow_with_time() -> None:
    rng = np.random.default_rng(1)
    walks = {f"T{i}": list(1000 * np.exp(np.cumsum(rng.normal(0, 0.05, 4)))) for i in range(300)}
    rule = fit_rule(
        BEDS, record(walks), ageing=NO_AGEING, base=BASE, country="England", trend_kept=0.5, steps=5
    )
    assert rule.half.shape == (3, 5)
    assert np.all(np.diff(rule.half, axis=1) >= 0)
    assert rule.half[:, 0].mean() == pytest.approx(1.2816 * 0.05, rel=0.1)


def test_a_country_of_one_history_has_its_own_interval() -> None:
    known = record({**STEADY, "England": [1000.0, 990.0, 1005.0, 1000.0]})
    ours, low, high, _ = forecast(known, "England", NO_AGEING, 2014)
    assert low < ours < high
    assert ours == pytest.approx(1000.0)


def test_growth_is_zero_at_the_base_and_counts_contacts_not_heads() -> None:
    rates = np.array([[1.0, 3.0]])
    before = {2012: np.array([[10.0, 10.0]]), 2013: np.array([[10.0, 12.0]])}
    after = np.array([[[5.0, 6.0]], [[5.0, 12.0]]])
    growth = growth_with_people(rates, before, after, 2013)
    assert growth[2013] == 0.0
    assert growth[2012] == pytest.approx(math.log(40 / 46))
    assert growth[2014] == pytest.approx(math.log(41 / 23))
