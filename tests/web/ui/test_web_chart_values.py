"""What the server says at each mark of a picture."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed_county import printed_county
from sample_plan import SampleWorkspace

from tripleaim.plan import choose
from tripleaim.uncertainty import FanPart
from tripleaim.web.pages.activity.pictures import small_multiples
from tripleaim.web.pages.plan.pictures.gap import gap_by_year
from tripleaim.web.ui.charts import Picture
from tripleaim.web.ui.charts.fan import Panel, fan_panels
from tripleaim.web.ui.charts.ranges import RangeRow, ranges
from tripleaim.web.ui.charts.readings import reading, with_between


def _groups(svg: str) -> dict[str, list[str]]:
    """What the marks of each group say, by the group's name."""
    groups: dict[str, list[str]] = {}
    for name, values in re.findall(r'(?: data-name="([^"]*)")? data-values="([^"]*)"', svg):
        groups[html.unescape(name)] = html.unescape(values).split("|")
    return groups


@pytest.fixture(scope="module")
def gap() -> Picture:
    workspace = SampleWorkspace()
    return gap_by_year(workspace.document(choose(workspace.place)), "d", {})


def test_every_line_says_its_name_and_each_year_in_both_widths(gap: Picture) -> None:
    assert _groups(gap.wide) == _groups(gap.narrow)
    said = _groups(gap.wide)
    assert said["Do nothing"][-1] == "2020/21: £174.6m short"
    assert [text.partition(":")[0] for text in said["Do nothing"]] == [
        f"20{year}/{year + 1}" for year in range(16, 21)
    ]
    assert said["Printed, do nothing"] == ["2020/21: £174.6m short"]


def test_a_line_has_as_many_corners_as_it_says_values() -> None:
    """The script reads a value of a line at its corner."""
    workspace = printed_county()
    svg = small_multiples(workspace.document(choose(workspace.place)), "d").wide
    lines = re.findall(r'calibrated" data-values="([^"]*)"><path[^>]* d="([^"]*)"', svg)
    found = [(len(values.split("|")), len(re.findall("[ML]", d))) for values, d in lines]
    assert len(found) > 20
    assert all(values == corners for values, corners in found)


def test_panels_keep_their_values_apart() -> None:
    fan = FanPart(central=[1.0, -2.0], p10=[0.5, -3.0], p50=[1.0, -2.0], p90=[1.5, -1.0])
    panels = [Panel("One & all", ("1",), fan), Panel("Other", ("2",), fan)]
    said = _groups(fan_panels("T", "d", panels, ("2016/17", "2017/18"), 2, unit="£m").wide)
    assert list(said) == ["One & all", "Other"]
    assert said["Other"] == [
        "2016/17: £1.0m (£0.5m to £1.5m)",
        "2017/18: −£2.0m (−£3.0m to −£1.0m)",
    ]


def test_a_ring_says_what_it_is_and_a_dot_its_band() -> None:
    rows = [RangeRow("Falls", 1.25, 1.0, 1.5, "more", 2.0), RangeRow("Other", 3.0, None, None, "x")]
    said = _groups(ranges("T", "d", rows, 1.0, ring="alone").wide)
    assert said == {
        "Alone": ["Falls: 2"],
        "": ["Falls: 1.25 (band 1 to 1.5)", "Other: 3"],
    }


def test_no_mark_bears_a_name_of_the_drawing_programme(gap: Picture) -> None:
    assert "role-mark" not in gap.wide
    assert "aria-label=" not in gap.wide


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (174.62, "£m", "£174.6m"),
        (-0.36, "£m", "−£0.4m"),
        (12.345, "%", "12.3%"),
        (1295.4, "people", "1,295 people"),
        (0.034567, "years", "0.035 years"),
        (-1.2345, "", "−1.23"),
        (0, "", "0"),
        (None, "£m", "not known"),
        (float("nan"), "", "not known"),
    ],
)
def test_a_value_is_read_with_its_unit(value: float | None, unit: str, said: str) -> None:
    assert reading(value, unit) == said


@given(st.floats(-1e6, 1e6), st.sampled_from(["£m", "%", "", "people"]))
def test_a_value_alone_has_no_interval(value: float, unit: str) -> None:
    assert with_between(value, value, value, unit) == reading(value, unit)
    assert with_between(value, None, None, unit) == reading(value, unit)
