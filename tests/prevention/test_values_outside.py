"""A value outside its own interval is counted, and neither is moved to meet the other."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.prevention.document_numbers import fan, interval, outside
from tripleaim.uncertainty import FanPart, IntervalPart
from tripleaim.wording import values_outside


def test_percentiles_are_those_of_the_draws_wherever_the_central_value_lies() -> None:
    drawn = np.arange(1.0, 100.0)
    for central in (0.5, 50.0, 99.5, 200.0):
        part = interval(np.concatenate([[central], drawn]))
        assert part.central == central
        # Type 8 of Hyndman and Fan: the value at (n + 1/3) p + 1/3.
        assert (part.p10, part.p50, part.p90) == pytest.approx((10.2667, 50.0, 89.7333), abs=1e-4)


def test_without_draws_the_percentiles_are_the_value_and_nothing_is_outside() -> None:
    alone = interval(np.array([3.0]))
    assert (alone.p10, alone.p90) == (3.0, 3.0)
    assert outside(alone) == (0, 0)


def test_values_outside_are_counted_in_every_part_of_a_document() -> None:
    inside_ = IntervalPart(central=1.0, p10=0.0, p50=1.0, p90=2.0)
    above = IntervalPart(central=2.5, p10=0.0, p50=1.0, p90=2.0)
    unknown = IntervalPart(central=None, p10=0.0, p50=1.0, p90=2.0)
    years = FanPart(
        central=[0.0, 1.0, None], p10=[0.5, 0.5, 0.5], p50=[1.0, 1.0, 1.0], p90=[2.0, 2.0, 2.0]
    )
    assert outside({"a": [inside_, above], "b": (unknown, years), "c": "text"}) == (2, 4)
    assert outside(fan(np.array([[5.0], [1.0], [2.0], [3.0]]))) == (1, 1)


def test_a_note_says_how_many_and_none_says_nothing() -> None:
    assert values_outside(0, 900) == []
    [note] = values_outside(12, 3_400)
    assert note.startswith("12 of 3,400 values lie outside their own 10% to 90%")
