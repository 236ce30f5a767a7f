"""Cells of a return are read as people write them, where there is no doubt what they mean."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.accounts.monthly.return_cells import period_of, pounds_of
from tripleaim.accounts.monthly.returns import COLUMNS, read_return
from tripleaim.place import File, Place

ROWS = [
    ["RBA", "2016/17-M07", "contract", "11X", "100.00", "110.00", "1200.00"],
    ["RBA", "2016/17-M07", "pay", "outside", "-60.00", "-65.00", "-720.00"],
]


def read(somerset: Place, rows: Sequence[Sequence[str]], header: Sequence[str] = COLUMNS):
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return read_return(File.of(Path("july.csv"), text.getvalue().encode()), somerset)


def with_cell(column: str, text: str) -> list[list[str]]:
    rows = [list(row) for row in ROWS]
    rows[0][COLUMNS.index(column)] = text
    return rows


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2016/17-M07", "2016/17-M07"),
        ("2016-17-M07", "2016/17-M07"),
        ("2016/2017 m7", "2016/17-M07"),
        ("M07 2016/17", "2016/17-M07"),
        ("Month 7, 2016/17", "2016/17-M07"),
        ("Oct-16", "2016/17-M07"),
        ("October 2016", "2016/17-M07"),
        ("2016-10-01", "2016/17-M07"),
        ("2009-10-01", "2009/10-M07"),
        ("2017-03-31 00:00:00", "2016/17-M12"),
        ("April 2016", "2016/17-M01"),
        ("1999/00-M01", "1999/00-M01"),
        ("2016/17", "2016/17"),
        ("2016/18-M07", "2016/18-M07"),
        ("2016/17-M13", "2016/17-M13"),
        ("2016-02-31", "2016-02-31"),
        ("M07", "M07"),
        ("01/10/2016", "01/10/2016"),
        ("FY17 M07", "FY17 M07"),
    ],
)
def test_a_month_is_read_if_only_one_is_possible(text: str, month: str) -> None:
    assert period_of(text) == month


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("1234.5", "1234.5"),
        ("£1,234.50", "1234.50"),
        ("-£1,234", "-1234"),
        ("£-5", "-5"),
        ("(1,234.50)", "-1234.50"),
        ("( £12 )", "-12"),
        ("–7", "-7"),
        ("\u22127", "-7"),
        ("1 234 567", "1234567"),
        ("\u00a012\u00a0", "12"),
    ],
)
def test_pounds_are_read_as_accounts_print_them(text: str, pounds: str) -> None:
    assert pounds_of(text) == Decimal(pounds)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1.234,50", "commas may stand between thousands only: type 12.5 for 12,5"),
        ("12%", "a percentage"),
        ("12k", "type the zeros"),
        ("£3m", "a sum of money: type the number alone"),
        ("-", "type 0 for nothing"),
        ("–", "type 0 for nothing"),
        ("nil", "type 0"),
        ("*", "suppressed or not available, which is not zero"),
        ("#N/A", "suppressed or not available"),
        ("#REF!", "a spreadsheet formula failed"),
        ("1.5E+06", "expected pounds such as -1234.50"),
        ("(-5)", "brackets mean a negative number"),
        ("12-", "expected pounds such as -1234.50"),
        ("12 CR", "expected pounds such as -1234.50"),
        ("((5))", "brackets mean"),
        ("10000000000000", "expected pounds"),
    ],
)
def test_an_amount_with_two_readings_is_refused_with_what_to_type(text: str, told: str) -> None:
    if text == "10000000000000":
        text += "0"
    with pytest.raises(ValueError, match="expected") as refusal:
        pounds_of(text)
    assert told in str(refusal.value)


@given(st.text(max_size=30))
def test_any_text_is_pounds_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert pounds_of(text).is_finite()
    assert period_of(period_of(text)) == period_of(text)


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False))
def test_an_amount_in_brackets_with_thousands_is_the_same_below_zero(amount: Decimal) -> None:
    assert pounds_of(f"{amount:,}") == amount
    assert pounds_of(f"(£{abs(amount):,})") == -abs(amount)


@pytest.mark.parametrize("text", ["rba", "Taunton & Somerset", "TAUNTON & SOMERSET", "RBA"])
def test_an_organisation_is_read_in_any_capitals_and_by_its_names(
    somerset: Place, text: str
) -> None:
    read_so = read(somerset, with_cell("organisation", text))
    assert read_so.refused == ()
    assert {line.organisation for line in read_so.lines} == {"RBA"}
    told = f'in the column "organisation" 1 line is read so: {text} as RBA'
    assert read_so.flags == (() if text == "RBA" else (told,))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("IIX", 'Did you mean "11X"?'),
        ("R8A", 'Did you mean "RBA"?'),
        ("QSL", "this place has those that QSL took over from: 11X on 1 July 2022."),
        ("RVJ", "RVJ became part of RA7 on 1 July 2026, which is not in this place."),
    ],
)
def test_a_similar_or_changed_code_is_reported(somerset: Place, text: str, told: str) -> None:
    (refused,) = read(somerset, with_cell("counterparty", text)).refused
    assert told in str(refused.fault)


def test_a_total_that_equals_the_sum_is_left_out_and_another_is_refused(somerset: Place) -> None:
    total = ["", "", "Total", "", "40.00", "45.00", "480.00"]
    whole = read(somerset, [*ROWS, total])
    assert whole.refused == ()
    assert len(whole.lines) == 2
    assert whole.flags == ("line 4 is a total that equals the sum and is left out",)
    total[5] = "46.00"
    (refused,) = read(somerset, [*ROWS, total]).refused
    assert 'column "actual": "46.00": expected 45.00, the sum of the lines' in str(refused.fault)


def test_names_of_columns_as_ledgers_print_them_and_a_note_below_are_read(
    somerset: Place,
) -> None:
    header = ["Org", "Month", "Line", "Counter-party", "Budget", "Actuals", "Forecast outturn"]
    note = ["Source: the ledger of 14 November", "", "", "", "", "", ""]
    read_so = read(somerset, [*ROWS, note], header)
    assert len(read_so.lines) == 2
    assert read_so.refused == ()
    assert any("is below the table and is not read" in flag for flag in read_so.flags)
