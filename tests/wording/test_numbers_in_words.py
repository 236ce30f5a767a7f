"""How numbers are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim import wording as words


@pytest.mark.parametrize(
    ("million", "said"),
    [
        (-20.9, "£20.9m short"),
        (16.1, "£16.1m to spare"),
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
        (2.0, 5.0, "£2.0m to £5.0m to spare"),
        (-3.0, 4.0, "from £3.0m short to £4.0m to spare"),
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
def test_a_quantity_is_said_with_its_unit_and_no_more_digits_than_it_has(
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
def test_nothing_is_said_to_be_minus_zero(value: float) -> None:
    for said in (
        words.tenths(value),
        words.percent(value),
        words.count(value),
        words.account(value),
    ):
        assert said.strip("−()%").strip("0.") != "" or not said.startswith(("−", "("))
