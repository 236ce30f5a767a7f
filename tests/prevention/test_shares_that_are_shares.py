"""A share of an effect is from zero to all of it; what is not a share is not shown as one."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from tripleaim.prevention.document_numbers import shares_pct


def test_a_measure_that_moves_against_the_effect_has_no_share() -> None:
    assert shares_pct([0.25, -0.768, 1.518, 0.0, 1.0]) == [25.0, None, None, 0.0, 100.0]


def test_what_rounding_leaves_beyond_an_end_is_the_end() -> None:
    assert shares_pct([-1e-12, 1 + 1e-12]) == [0.0, 100.0]


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True, width=32), max_size=20))
def test_every_share_is_one_or_is_not_given(values: list[float]) -> None:
    for value, share in zip(values, shares_pct(values), strict=True):
        assert share is None or 0 <= share <= 100
        if math.isnan(value):
            assert share is None
