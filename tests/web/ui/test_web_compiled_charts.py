"""A chart filled into what was compiled of its shape is the chart that Vega-Lite itself draws."""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
import vl_convert

from tripleaim.plan import PlanDocument
from tripleaim.web.pages.activity.pictures import small_multiples
from tripleaim.web.pages.plan.pictures.gap import gap_by_year
from tripleaim.web.ui.charts.compiled import vega_of
from tripleaim.web.ui.charts.picture import DRAWN, layered, marks
from tripleaim.web.ui.charts.vega_lite import Scale, channel, in_order

_drawn: deque[str] = deque(maxlen=4)
sys.addaudithook(lambda event, of: _drawn.append(of[0]) if event == DRAWN else None)

YEARS = ("2016/17", "2017/18", "2018/19")


def _chart(values: Sequence[float], domain: Sequence[float], zero: Sequence[float]) -> Any:
    years = in_order("year:O", YEARS, scale=Scale(type="point"))
    rows = [{"year": year, "value": v} for year, v in zip(YEARS, values, strict=False)]
    y = channel("value:Q", scale=Scale(domain=list(domain), nice=False))
    return layered(
        [
            marks([{"value": v} for v in zero]).mark_rule().encode(y=y),
            marks(rows).mark_line(point=True).encode(x=years, y=y),
            marks(rows).mark_bar(size=4).encode(x=years, y=y),
            marks(rows[:1]).mark_text().encode(x=years, y=y, text="value:Q"),
        ],
        width=300,
        title="A chart",
    )


CHARTS = [
    _chart([1.0, 2.5, 3.0], [0.0, 4.0], [0]),
    _chart([10.123456789012345, 20.0, 1e-7], [0.0, 1234.5678901234567], [7]),
    _chart([-1.0, -3.0], [-5.25, -0.5], [0]),
    _chart([-1.0, 3.0, 2.0], [-1.5, 3.5], [0]),
    _chart([3.0, 2.0, 1.0], [4.0, 1.0], [0]),
    _chart([], [0.0, 1.0], []),
    _chart([1.0, 1.0], [1.0, 1.0], [1, 1]),
]


@pytest.mark.parametrize("spec", CHARTS, ids=range(len(CHARTS)))
def test_charts_of_any_rows_and_ends_are_drawn_as_vega_lite_draws_them(spec: Any) -> None:
    for _ in range(2):
        filled = vl_convert.vega_to_svg(vega_of(spec))
        assert filled == vl_convert.vegalite_to_svg(json.dumps(spec))


def test_two_charts_of_one_shape_are_each_drawn_with_their_own_rows() -> None:
    drawn = [vl_convert.vega_to_svg(vega_of(spec)) for spec in CHARTS[:2]]
    assert drawn[0] != drawn[1]


def test_every_kind_of_picture_is_drawn_as_vega_lite_draws_it(printed: PlanDocument) -> None:
    gap_by_year(printed, "A picture that no other test draws.", {})
    small_multiples(printed, "Nor does another draw this one.")
    assert len(_drawn) == 4
    for spec in _drawn:
        filled = vl_convert.vega_to_svg(vega_of(json.loads(spec)))
        assert filled == vl_convert.vegalite_to_svg(spec)


def test_names_in_order_are_all_there_whether_they_have_a_row_or_not() -> None:
    names = ["third", "first", "second"]
    rows = [{"name": "first", "value": 1}, {"name": "third", "value": 2}]
    bars = marks(rows).mark_bar().encode(x="value:Q", y=in_order("name:N", names))
    drawn = vl_convert.vega_to_svg(vega_of(layered([bars], width=100)))
    at = [drawn.index(f">{name}<") for name in names]
    assert all(before < after for before, after in pairwise(at))
