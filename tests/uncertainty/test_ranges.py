from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.place.estimate import Z_95
from tripleaim.uncertainty import between


def test_a_value_reaches_the_ends_of_its_range_at_1_96_standard_deviations() -> None:
    assert between(-Z_95, 2.1, -1.0, 4.0) == pytest.approx(-1.0)
    assert between(0.0, 2.1, -1.0, 4.0) == 2.1
    assert between(Z_95, 2.1, -1.0, 4.0) == pytest.approx(4.0)


def test_a_side_without_an_end_does_not_move() -> None:
    assert between(1.5, 3.0, 1.0, None) == 3.0
    assert between(-1.5, 3.0, None, 5.0) == 3.0
    assert between(-1.5, 3.0, 3.0, 5.0) == 3.0


@given(st.floats(-4, 4), st.floats(-4, 4))
def test_a_larger_z_never_gives_a_smaller_value(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert between(low, 0.5, 0.4, 0.9) <= between(high, 0.5, 0.4, 0.9)
