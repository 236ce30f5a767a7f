"""What the cells of a column are sorted by."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim import wording as words
from tripleaim.web.ui.sort_keys import amount_in, sort_keys
from tripleaim.web.ui.tables import PageColumn, PageTable


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("£1.2m", 1_200_000),
        ("−£0.4m", -400_000),
        ("£174.6m short", -174_600_000),
        ("£20.9m in surplus", 20_900_000),
        ("£1,204m", 1_204_000_000),
        ("£2 billion", 2e9),
        ("£300,000", 300_000),
        ("(20.9)", -20.9),
        ("£2.0m to £3.0m", 2_000_000),
        ("2.0% to 8.0% less", -2.0),
        ("8.0% less to 2.0% more", -8.0),
        ("£41.0m to £88.0m short", -41_000_000),
        ("3.0% less", -3.0),
        ("5% below", -5.0),
        ("5% above", 5.0),
        ("level", 0),
        ("10.5%", 10.5),
        ("2016/17", 2016),
        ("65 and over", 65),
        ("75–84", 75),
        ("about 12 a week", 12),
        ("in balance", 0),
        ("nothing", 0),
        ("12m", 12_000_000),
        ("12 months", 12),
        ("11X", None),
        ("£", None),
        ("Falls prevention", None),
        ("1.2.3", None),
    ],
)
def test_an_amount_is_read_as_a_reader_would(text: str, amount: float | None) -> None:
    assert amount_in(text) == amount


def test_what_is_under_an_amount_comes_before_it_and_what_is_over_it_after() -> None:
    under, exact, over = map(amount_in, ("under £50,000", "£50,000", "over £50,000"))
    assert under is not None
    assert exact == 50_000
    assert over is not None
    assert under < exact < over
    assert math.isclose(under, over, rel_tol=1e-5)


@given(st.floats(-1e5, 1e5).map(lambda v: round(v, 1)))
def test_amounts_that_pages_write_are_read_back(million: float) -> None:
    """To the digits that the page writes; a sign that words say is kept."""
    read = amount_in(words.signed(million))
    assert read is not None
    assert math.isclose(read / 1e6, million, abs_tol=0.5 if abs(million) >= 1000 else 0.051)
    bracketed = amount_in(words.account(million))
    assert bracketed == million
    said = amount_in(words.position(million))
    assert said is not None
    assert math.isclose(said, read, abs_tol=1)


@given(st.lists(st.floats(-1e6, 1e6) | st.none() | st.just(math.nan), min_size=1))
def test_a_column_of_amounts_is_in_order_of_its_keys_with_the_unknown_last(
    values: list[float | None],
) -> None:
    column = PageColumn("a", "A", "account")
    keys = sort_keys(values, [column.text_of(v) for v in values])
    unknown = [v is None or math.isnan(v) for v in values]
    assert [key == "" for key in keys] == unknown
    for value, key in zip(values, keys, strict=True):
        if key:
            assert math.isclose(float(key), value or 0.0, rel_tol=1e-8, abs_tol=1e-300)


def test_plain_numbers_and_names_need_no_key() -> None:
    assert sort_keys([1, 2.5, -3], ["1", "2.5", "−3"]) == [None, None, None]
    assert sort_keys(["Falls", "12 hubs"], ["Falls", "12 hubs"]) == [None, None]
    assert sort_keys(["Falls", None], ["Falls", "–"]) == [None, ""]


def test_numbers_in_words_and_texts_of_one_column_are_on_one_scale() -> None:
    texts = ["£1.2m", "under £50,000", "not known", "£300,000", "−£0.3m"]
    keys = sort_keys(texts, texts)
    order = sorted((float(key), text) for key, text in zip(keys, texts, strict=True) if key)
    assert [text for _, text in order] == ["−£0.3m", "under £50,000", "£300,000", "£1.2m"]
    assert keys[2] == ""


@pytest.mark.parametrize(
    "text", ["no verdict", "never", "not within these years", "gains no QALYs", "–"]
)
def test_what_has_no_amount_does_not_turn_amounts_into_words(text: str) -> None:
    assert sort_keys(["£1.2m", text], ["£1.2m", text]) == ["1200000", ""]


def test_a_table_says_its_keys_cell_by_cell() -> None:
    table = PageTable(
        "t",
        "T",
        [PageColumn("a", "A"), PageColumn("b", "B", "account")],
        [{"a": "x", "b": -1.25}, {"a": "y", "b": None}],
    )
    [(_, first), (_, second)] = table.written()
    assert [(cell.text, cell.sort) for cell in first] == [("x", None), ("(1.2)", "-1.25")]
    assert [(cell.text, cell.sort) for cell in second] == [("y", None), ("–", "")]
    assert PageTable("t", "T", [PageColumn("a", "A")], []).written() == []
