"""Pictures: what is drawn can be read without seeing it, and breaks no policy."""

import json
import re
import time
from itertools import pairwise
from threading import Thread

import pytest
import vl_convert
from chart_schema import fault_of
from hypothesis import given
from hypothesis import strategies as st
from sample_plan import SampleWorkspace

from tripleaim.plan.overlap.scenario import choose
from tripleaim.web.pages.activity.pictures import indexed, small_multiples
from tripleaim.web.pages.plan.pictures.gap import gap_by_year
from tripleaim.web.pages.solutions.pictures import bars
from tripleaim.web.ui.charts import Picture
from tripleaim.web.ui.charts.picture import COLOURS, FONT, INK, layered, marks, spread
from tripleaim.web.ui.charts.ranges import RangeRow, ranges
from tripleaim.web.ui.charts.vega_lite import Axis, channel

WORKSPACE = SampleWorkspace()
PLAN = WORKSPACE.document(choose(WORKSPACE.place))


@pytest.fixture(scope="module")
def drawn() -> Picture:
    return gap_by_year(
        PLAN,
        "A sentence that says what is shown & more.",
        PLAN.gap_interval_gbp_m["not_known_drawn"],
    )


def test_a_picture_has_a_title_and_a_sentence(drawn: Picture) -> None:
    for svg in (drawn.wide, drawn.narrow):
        assert svg.startswith("<svg")
        assert 'role="img"' in svg
        assert ">NHS gap, £m a year</title>" in svg
        assert ">A sentence that says what is shown &amp; more.</desc>" in svg


def test_a_picture_holds_nothing_that_a_strict_policy_forbids(drawn: Picture) -> None:
    for svg in (drawn.wide, drawn.narrow):
        assert not re.search(r"\sstyle=|<style|<script|\son[a-z]+=|href=\"http", svg)


def _texts(number: int, font: str) -> str:
    rows = [{"text": "Unknown saves nothing"}] * number
    layer = marks(rows).mark_text(font=font, fontSize=15).encode(text="text:N")
    return json.dumps({"layer": [layer], "width": 10})


def test_texts_are_measured_with_the_font_that_comes_along_on_every_system() -> None:
    sizes = [
        re.findall(r'width="([\d.]+)"', vl_convert.vegalite_to_svg(_texts(1, font)))[0]
        for font in (FONT, "Liberation Sans")
    ]
    assert sizes[0] == sizes[1]
    assert 160 < float(sizes[0]) < 180


def test_a_chart_that_is_drawn_holds_up_nobody_else() -> None:
    vl_convert.vegalite_to_svg(_texts(1, FONT))
    drawing = Thread(target=vl_convert.vegalite_to_svg, args=(_texts(4000, FONT),))
    drawing.start()
    turns = 0
    while drawing.is_alive():
        turns += 1
        time.sleep(0)
    assert turns > 200


def test_ids_of_two_pictures_never_meet(drawn: Picture) -> None:
    ids = re.findall(r'\sid="([^"]+)"', drawn.wide + drawn.narrow)
    assert len(ids) == len(set(ids))


def test_lines_bear_their_names_and_last_values(drawn: Picture) -> None:
    ends = ("Untested at zero", "Untested at claim")
    for text in ("Do nothing", "As claimed", "After overlap", "£174.6m short", *ends):
        assert f">{text}<" in drawn.wide


def test_every_point_of_delivery_has_its_panel_and_printed_points() -> None:
    svg = small_multiples(PLAN, "d").wide
    for point in PLAN.points_of_delivery:
        assert f">{point.name.replace('&', '&amp;')}<" in svg


def test_panels_share_a_scale_on_which_the_first_printed_figure_is_100() -> None:
    point = PLAN.points_of_delivery[0]
    series = indexed(PLAN, point)
    assert series["printed"]["2016/17"] == 100
    assert series["printed"]["2020/21"] == pytest.approx(100 * 259_558 / 226_564)


def test_bars_of_a_solution_start_at_zero_and_say_their_values() -> None:
    svg = bars(PLAN.solutions[:2], "2020/21", "d", "split assumed").wide
    assert "32.3 · 26.5 · 1.6" in svg
    assert "Saving in 2020/21, £m a year (split assumed)" in svg


def _contrast(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


@pytest.mark.parametrize(("mark", "text"), COLOURS.values())
def test_marks_have_3_to_1_and_words_4_5_to_1_on_white(mark: str, text: str) -> None:
    assert _contrast(mark) >= 3
    assert _contrast(text) >= 4.5


def test_a_misspelt_part_of_a_chart_is_found_by_the_schema() -> None:
    layer = marks([{"at": 1}]).mark_bar(color=INK).encode(x=channel("at:Q", axis=Axis(grid=False)))
    assert layer == {
        "data": {"values": [{"at": 1}]},
        "mark": {"type": "bar", "color": INK},
        "encoding": {"x": {"field": "at", "type": "quantitative", "axis": {"grid": False}}},
    }
    assert fault_of(layered([layer], width=100)) is None
    for wrong in (
        marks([]).mark_bar(colour=INK).encode(x="at:Q"),
        marks([]).mark_bar().encode(x=channel("at:Q", axis={"grids": False})),
        marks([]).mark_bar().encode(across="at:Q"),
    ):
        assert fault_of(layered([wrong], width=100)) is not None


def test_the_second_end_of_a_bar_has_no_type_or_scale_of_its_own() -> None:
    layer = marks([]).mark_bar().encode(x="from:Q", x2="to:Q")
    assert layer["encoding"]["x2"] == {"field": "to"}


@pytest.mark.parametrize(("low", "left"), [(1.0, 8), (-20.0, 1)])
def test_names_on_a_narrow_page_do_not_hide_an_axis_at_the_left(low: float, left: int) -> None:
    rows = [RangeRow("One name", 20.0, low, 30.0, "20"), RangeRow("Other", 1.0, None, None, "1")]
    narrow = ranges("Title", "d", rows, 0.0).narrow
    for name in ("One name", "Other"):
        drawn = re.findall(rf"translate\((\d+),[^>]*>{name}<", narrow)
        assert drawn == [str(left)] * 2, name


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=7), st.floats(0.1, 100))
def test_labels_keep_their_distance_and_their_order(values: list[float], apart: float) -> None:
    placed = spread(values, apart, -2000, 2000)
    in_order = [placed[i] for i in sorted(range(len(values)), key=lambda i: values[i])]
    assert all(b - a >= apart - 1e-6 for a, b in pairwise(in_order))
