"""How numbers are said."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim import wording as words


@pytest.mark.parametrize(
    ("million", "said"),
    [
        (-20.9, "£20.9m short"),
        (16.1, "£16.1m in surplus"),
        (0.04, "in balance"),
        (-1234.4, "£1,234m short"),
    ],
)
def test_a_position_says_its_direction_in_words(million: float, said: str) -> None:
    assert words.position(million) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-88.0, -41.0, "£41.0m to £88.0m short"),
        (2.0, 5.0, "£2.0m to £5.0m in surplus"),
        (-3.0, 4.0, "from £3.0m short to £4.0m in surplus"),
        (-41.0, -88.0, "£41.0m to £88.0m short"),
    ],
)
def test_an_interval_of_positions_starts_with_the_smaller_amount(
    low: float, high: float, said: str
) -> None:
    assert words.between(low, high) == said


def test_accounts_put_negative_amounts_in_brackets() -> None:
    assert [words.account(v) for v in (12.34, -20.9, -0.04, None)] == [
        "12.3",
        "(20.9)",
        "0.0",
        "–",
    ]


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (562_446, "people", "562,446 people"),
        (10.5, "%", "10.5%"),
        (10.46, "%", "10.46%"),
        (174.6, "£m", "£174.6m"),
        (-174.6, "£m", "−£174.6m"),
        (662, "£", "£662"),
        (-0.03, "change", "−0.03 change"),
    ],
)
def test_a_quantity_has_its_unit_and_no_more_digits_than_it_should(
    value: float, unit: str, said: str
) -> None:
    assert words.quantity(value, unit) == said


def test_a_list_reads_as_a_sentence_would_have_it() -> None:
    assert [words.listed(list(t)) for t in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_no_number_breaks_the_words(value: float) -> None:
    said = [
        words.money(value),
        words.account(value),
        words.count(value),
        words.percent(value),
    ]
    assert all("nan" not in s and "inf" not in s for s in said)


@given(st.floats(-1e6, 1e6))
def test_nothing_is_shown_as_minus_zero(value: float) -> None:
    for said in (
        words.tenths(value),
        words.percent(value),
        words.count(value),
        words.account(value),
    ):
        assert said.strip("−()%").strip("0.") != "" or not said.startswith(("−", "("))


@pytest.mark.parametrize(
    ("million", "said"),
    [
        (1_203.6, "£1,204m"),
        (999.97, "£1,000m"),
        (174.64, "£174.6m"),
        (0.0951, "£0.1m"),
        (0.0949, "£95,000"),
        (0.032, "£32,000"),
        (0.00003, "under £1,000"),
        (0.0, "£0"),
        (None, "not known"),
    ],
)
def test_money_is_in_millions_to_a_tenth_and_below_that_in_thousands(
    million: float | None, said: str
) -> None:
    assert words.money(million) == said


@given(st.floats(-5e9, 5e9))
def test_money_never_has_more_digits_than_the_rule(million: float) -> None:
    for said in (words.signed(million), words.to_digit(million, "£m", 0.001)):
        assert re.fullmatch(
            rf"{words.MINUS}?£[\d,]+(\.\d)?m|{words.MINUS}?£\d{{1,2}},000|under £1,000|£0", said
        ), said


@pytest.mark.parametrize(
    ("value", "unit", "last", "said"),
    [
        (0.0219, "years", 0.0001, "0.02 years"),
        (2_614.3, "", 10.0, "2,610"),
        (-0.004, "years", 0.001, "0.00 years"),
        (0.3, "£m", 1.0, "£0"),
        (0.029, "£m", 0.001, "£29,000"),
        (-3.21, "£m", 0.1, "−£3.2m"),
        (12.34, "%", 1.0, "12%"),
        (None, "£m", 1.0, "not known"),
    ],
)
def test_a_number_has_the_digits_that_it_should_and_no_more(
    value: float | None, unit: str, last: float, said: str
) -> None:
    assert words.to_digit(value, unit, last) == said


def test_two_books_are_compared_in_whole_thousands() -> None:
    assert [words.booked(Decimal(p)) for p in ("16660512.40", "-249999.99", "12", "0")] == [
        "£16,661,000",
        "£250,000",
        "under £1,000",
        "£0",
    ]


@given(st.floats(-1e7, 1e7))
def test_a_price_has_three_digits(value: float) -> None:
    digits = re.sub(r"\D", "", words.price(value))
    assert len(digits.lstrip("0").rstrip("0")) <= 3
