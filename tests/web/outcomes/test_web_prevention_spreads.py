"""Numbers with intervals: digits, directions, files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.prevention.document import BreakEven
from tripleaim.uncertainty import IntervalPart
from tripleaim.web.pages.outcomes.presenters import spreads
from tripleaim.web.ui.tables import PageColumn, PageTable
from tripleaim.wording import MINUS


def _spread(central: float, low: float, high: float) -> IntervalPart:
    return IntervalPart(central=central, p10=low, p50=central, p90=high)


@pytest.mark.parametrize(
    ("spread", "unit", "said"),
    [
        (_spread(1234.56, 1020.0, 1480.0), "", "1,200 (1,000 to 1,500)"),
        (_spread(12.34, 9.9, 14.2), "£m", "£12m (£10m to £14m)"),
        (_spread(0.0432, 0.021, 0.062), "years", "0.04 years (0.02 to 0.06 years)"),
        (_spread(-3.21, -4.4, -2.3), "£m", f"{MINUS}£3.2m ({MINUS}£4.4m to {MINUS}£2.3m)"),
        (_spread(5678.9, 5678.9, 5678.9), "", "5,680"),
        (_spread(0.0, 0.0, 0.0), "£m", "£0"),
        (IntervalPart(central=None, p10=None, p50=None, p90=None), "years", "not known"),
    ],
)  # fmt: skip
def test_a_number_has_the_digits_that_its_interval_leaves_it(
    spread: IntervalPart, unit: str, said: str
) -> None:
    assert spreads.with_interval(spread, unit) == said


@given(
    st.floats(-1e9, 1e9).filter(lambda v: abs(v) > 1e-6),
    st.floats(1e-3, 10.0),
)
def test_a_shown_number_is_off_by_an_eighth_of_the_interval_or_a_hundredth_at_most(
    central: float, width: float
) -> None:
    reach = abs(central) * width
    spread = _spread(central, central - reach, central + reach)
    said = spreads.in_words(spread).replace(",", "").replace(MINUS, "-")
    assert abs(float(said) - central) <= max(2 * reach / 8 * (1 + 1e-6), 0.005) + 1e-9


@pytest.mark.parametrize(
    ("pct", "said"),
    [
        (0.0, "in 0% of draws"),
        (100.0, "in every draw"),
        (3.0, "in fewer than one draw of twenty"),
        (9.4, "in about one draw of ten"),
        (90.6, "in about nine draws of ten"),
        (96.9, "in more than nineteen draws of twenty"),
    ],
)
def test_a_share_of_draws_is_said_in_tenths(pct: float, said: str) -> None:
    assert spreads.draws_of_ten(pct) == said


def test_never_is_later_than_any_year() -> None:
    held = BreakEven(central="2031/32", p10="2026/27", p50="2031/32", p90=None, ever_pct=70.0)
    assert spreads.breaks_even(held) == "2031/32 (2026/27 to later)"
    never = BreakEven(central=None, p10=None, p50=None, p90=None, ever_pct=0.0)
    assert spreads.breaks_even(never) == "not within these years"


def test_less_of_it_is_more_of_its_opposite_with_its_ends_exchanged() -> None:
    assert spreads.negative(_spread(-3.0, -5.0, -2.0)) == _spread(3.0, 2.0, 5.0)


def test_a_direction_is_clear_where_nine_draws_in_ten_share_it() -> None:
    assert spreads.clear(_spread(3.0, 0.1, 5.0)) == 1
    assert spreads.clear(_spread(-3.0, -5.0, -0.1)) == -1
    assert spreads.clear(_spread(3.0, -0.1, 5.0)) == 0


def test_a_file_has_raw_numbers_and_every_interval_even_those_the_page_leaves_out() -> None:
    rows = [
        {"name": "a", **spreads.cells("cost", _spread(1.2345, 1.0, 1.5), "£m"), "said_all": "x, y"}
    ]
    table = PageTable(
        "t", "T", [PageColumn("name", "Name"), PageColumn("cost", "Cost", "worded")], rows
    )
    assert table.columns[1].text_of(rows[0]["cost"]) == "£1.2m"
    assert spreads.for_file(table).csv() == ("name,cost,cost_p10,cost_p90\r\na,1.2345,1.0,1.5\r\n")
    shortened = PageTable(
        "t", "T", [PageColumn("said", "Said")], [{"said": "x and more", "said_all": "x, y"}]
    )
    assert spreads.for_file(shortened).csv() == 'said_all\r\n"x, y"\r\n'


def test_rows_are_sorted_by_what_is_asked_for_and_unknown_ones_come_last() -> None:
    rows = [{"name": "b", "n": 1.0}, {"name": "a", "n": None}, {"name": "c", "n": 3.0}]
    table = PageTable("t", "T", [PageColumn("name", "Name")], rows)
    by_number, ways = spreads.in_order(table, {"n": "Number", "name": "Name"}, "nonesuch")
    assert [row["name"] for row in by_number.rows] == ["c", "b", "a"]
    assert ways == [("Number", "n", True), ("Name", "name", False)]
    by_name, _ = spreads.in_order(table, {"n": "Number", "name": "Name"}, "name")
    assert [row["name"] for row in by_name.rows] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("central", "said"),
    [
        (2.0, "1.0 to 3.0"),
        (1.0, "1.0 to 3.0"),
        (0.9, "1.0 to 3.0; the value lies outside"),
        (3.1, "1.0 to 3.0; the value lies outside"),
    ],
)
def test_an_interval_that_does_not_hold_its_value_says_so(central: float, said: str) -> None:
    spread = IntervalPart(central=central, p10=1.0, p50=2.0, p90=3.0)
    assert spreads.interval(spread) == said
