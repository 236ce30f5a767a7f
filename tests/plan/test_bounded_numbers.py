"""BoundedNumber arithmetic holds every result that numbers within the printed rounding can give."""

from __future__ import annotations

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.plan.printed.bounded_numbers import BoundedNumber

NUMBERS = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False).map(lambda x: round(x, 3))
STEPS = st.sampled_from([0.001, 0.1, 1.0, 1000.0])
WITHIN = st.floats(min_value=-0.5, max_value=0.5)
PRINTED = st.tuples(NUMBERS, STEPS, WITHIN)
OPERATIONS = st.sampled_from([operator.add, operator.sub, operator.mul, operator.truediv])


@given(PRINTED, PRINTED, OPERATIONS)
def test_bounds_hold_the_result_for_any_numbers_that_round_to_the_printed(one, other, operation):
    (a, step_a, in_a), (b, step_b, in_b) = one, other
    true_a, true_b = a + in_a * step_a, b + in_b * step_b
    if operation is operator.truediv and (b == 0 or true_b == 0):
        return
    result = operation(BoundedNumber.rounded(a, step_a), BoundedNumber.rounded(b, step_b))
    slack = 1e-9 * max(1.0, abs(operation(true_a, true_b)))
    assert result.low - slack <= operation(true_a, true_b) <= result.high + slack
    assert result.low <= result.value <= result.high
    assert result.value == operation(a, b)


@given(st.lists(st.floats(min_value=-1e4, max_value=1e4), min_size=1, max_size=12))
def test_a_difference_of_a_printed_total_from_its_parts_is_always_rounding(parts):
    printed = [BoundedNumber.rounded(round(part), 1.0) for part in parts]
    total = BoundedNumber.rounded(round(sum(parts)), 1.0)
    computed = sum(printed[1:], start=printed[0])
    assert total.meets(computed, 1e-6)


@given(NUMBERS, STEPS, NUMBERS)
def test_plain_numbers_are_exact_on_either_side(a, step, b):
    interval = BoundedNumber.rounded(a, step)
    assert (b + interval) == (interval + b)
    assert (b - interval) == -(interval - b)
    assert (b * interval) == (interval * b)
    assert (interval + b).high - (interval + b).low == pytest.approx(step, abs=1e-6)


def test_a_divisor_that_may_be_zero_leaves_no_bound():
    result = BoundedNumber.exactly(6) / BoundedNumber.rounded(0.4, 1.0)
    assert result.value == 15
    assert (result.low, result.high) == (float("-inf"), float("inf"))
    assert 6 / BoundedNumber.exactly(2) == BoundedNumber.exactly(3)


def test_a_divisor_that_is_zero_is_an_error():
    with pytest.raises(ZeroDivisionError):
        BoundedNumber.exactly(6) / BoundedNumber.rounded(0, 1.0)


def test_combined_effects_counts_the_ends():
    assert BoundedNumber(1, 0, 2).meets(BoundedNumber(3, 2, 4))
    assert not BoundedNumber(1, 0, 2).meets(BoundedNumber(3, 2.1, 4))
    assert BoundedNumber(1, 0, 2).meets(BoundedNumber(3, 2.1, 4), slack=0.2)
