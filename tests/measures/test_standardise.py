"""Rates with like ages: the official method's values, and its identities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.measures import (
    byars,
    directly_standardised_rate,
    indirectly_standardised_ratio,
    rate,
)

# Weights of the European Standard Population 2013 by 19 age groups.
EUROPE = [5, 5.5, 5.5, 5.5, 6, 6, 6.5, 7, 7, 7, 7, 6.5, 6, 5.5, 5, 4, 2.5, 1.5, 1]
# Events and people of a test of another implementation of the official method.
EVENTS = [50, 55, 55, 55, 60, 60, 65, 70, 70, 70, 70, 65, 60, 55, 50, 40, 25, 15, 10]
PEOPLE = [9 + 10 * count for count in EVENTS]


def test_the_rate_and_dobsons_lower_limit_are_those_of_another_implementation() -> None:
    # Its upper limit has a slip in Byar's formula, so only a whole number of it is compared.
    found = directly_standardised_rate(EVENTS, PEOPLE, EUROPE, per=100_000)
    assert found.value == pytest.approx(9832.763039564, abs=1e-6)
    assert found.low == pytest.approx(9232.668299548, abs=1e-6)
    assert round(found.high) == round(10461.617599552)


def test_one_age_group_gives_the_crude_rate_with_byars_limits() -> None:
    found = directly_standardised_rate([40], [8000], [1])
    plain = rate(40, 8000)
    assert found.low == pytest.approx(plain.low)
    assert found.high == pytest.approx(plain.high)


def test_a_place_standardised_to_its_own_ages_has_its_crude_rate() -> None:
    found = directly_standardised_rate([10, 90], [4000, 1000], [4000, 1000])
    assert found.value == pytest.approx(1000 * 100 / 5000)


def test_a_hand_worked_case() -> None:
    # 5 and 50 per 1,000; the standard is half and half, so 27.5.
    found = directly_standardised_rate([20, 50], [4000, 1000], [1, 1])
    assert found.value == pytest.approx(27.5)


def test_no_events_at_all_give_0_with_an_upper_limit() -> None:
    found = directly_standardised_rate([0, 0], [100, 50], [1, 1])
    assert (found.value, found.low) == (0, 0)
    assert found.high > 0


@given(
    st.lists(
        st.tuples(st.integers(1, 500), st.integers(500, 10**5), st.integers(1, 1000)),
        min_size=1,
        max_size=8,
    ),
    st.integers(2, 50),
)
def test_the_size_of_the_standard_population_does_not_matter(
    groups: list[tuple[int, int, int]], factor: int
) -> None:
    events, people, standard = zip(*groups, strict=True)
    one = directly_standardised_rate(events, people, standard)
    other = directly_standardised_rate(events, people, [factor * s for s in standard])
    assert one.value == pytest.approx(other.value)
    assert one.low <= one.value <= one.high


def test_the_indirect_ratio_is_observed_over_expected_with_byars_limits() -> None:
    found = indirectly_standardised_ratio(120, 100)
    assert found.value == pytest.approx(1.2)
    assert found.low == pytest.approx(byars(120).low / 100)


def test_groups_that_do_not_match_and_empty_groups_are_refused() -> None:
    with pytest.raises(ValueError, match="by the same groups"):
        directly_standardised_rate([1], [1, 2], [1, 2])
    with pytest.raises(ValueError, match="people in every group"):
        directly_standardised_rate([1, 1], [1, 0], [1, 2])
    with pytest.raises(ValueError, match="more than 0 events to be expected"):
        indirectly_standardised_ratio(1, 0)
