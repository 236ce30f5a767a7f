"""Intervals as published, and what must hold for any count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.measures import byars, rate, wilson
from tripleaim.measures.intervals import normal_deviate


# Newcombe, Stat Med 1998;17:857, table I, method 3 (score without continuity correction).
@pytest.mark.parametrize(
    ("count", "people", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_limits_are_newcombes_published_ones(
    count: int, people: int, low: float, high: float
) -> None:
    found = wilson(count, people)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_byars_limits_of_100_events_by_hand_and_beside_the_exact_ones() -> None:
    # The lower limit is also that of another implementation's tests, 81.36210549. Its upper one
    # has 9 x 100 + 1 where the formula has 9 x (100 + 1), so it is worked by hand here.
    # Exact (Garwood) limits are 81.364 and 121.627.
    found = byars(100)
    assert found.low == pytest.approx(81.36210549, abs=1e-8)
    assert found.high == pytest.approx(101 * (1 - 1 / 909 + 1.959963985 / (3 * 101**0.5)) ** 3)
    assert found.low == pytest.approx(81.364, abs=0.003)
    assert found.high == pytest.approx(121.627, abs=0.003)


def test_byars_limits_lie_by_the_exact_poisson_limits() -> None:
    # Exact (Garwood) 95% limits of 10 events are 4.795 and 18.390.
    found = byars(10)
    assert found.low == pytest.approx(4.795, abs=0.03)
    assert found.high == pytest.approx(18.390, abs=0.03)


def test_no_events_leave_a_lower_limit_of_0_and_an_upper_one_above() -> None:
    assert byars(0).low == 0
    assert 3 < byars(0).high < 4


def test_a_rate_is_events_over_people_with_its_limits_scaled_alike() -> None:
    found = rate(100, 50_000, per=1000)
    assert found.value == pytest.approx(2)
    assert found.low == pytest.approx(byars(100).low / 50)


def test_the_normal_deviate_of_95_per_cent_is_1_96() -> None:
    assert normal_deviate(0.95) == pytest.approx(1.959964, abs=1e-6)


@given(st.integers(0, 10**7), st.sampled_from([0.9, 0.95, 0.998]))
def test_byars_limits_hold_the_count_and_widen_with_confidence(
    count: int, confidence: float
) -> None:
    found, wider = byars(count, confidence), byars(count, 0.999)
    assert 0 <= wider.low <= found.low <= count < found.high < wider.high


@given(st.integers(1, 10**6), st.data())
def test_wilson_limits_hold_the_share_and_stay_within_0_and_1(
    people: int, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, people))
    found = wilson(count, people)
    assert 0 <= found.low <= found.value <= found.high <= 1
    other = wilson(people - count, people)
    assert found.low == pytest.approx(1 - other.high, abs=1e-9)


@pytest.mark.parametrize(("count", "people"), [(-1, 10), (11, 10), (0, 0)])
def test_a_share_of_more_than_everybody_is_refused(count: int, people: int) -> None:
    with pytest.raises(ValueError, match="expected a count from 0 to its people"):
        wilson(count, people)


def test_negative_counts_and_confidences_beyond_1_are_refused() -> None:
    with pytest.raises(ValueError, match="expected a count of 0 or more, found -1"):
        byars(-1)
    with pytest.raises(ValueError, match="expected a confidence between 0 and 1, found 95"):
        byars(1, 95)
    with pytest.raises(ValueError, match="expected people above 0"):
        rate(1, 0)
