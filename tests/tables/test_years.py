"""Years as people write them: kept as 2016/17 and told, or refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.tables import (
    Column,
    InputError,
    financial_year,
    number,
    period_or_financial_year,
    read_table,
)

COLUMNS = (Column("year", financial_year), Column("value", number))


@pytest.mark.parametrize(
    "text", ["2015/16", "2015-16", "2015/2016", "2015-2016", "2015–16", "FY15/16", "FY 2015-16"]
)
def test_a_financial_year_is_read_as_people_write_it(text: str) -> None:
    assert financial_year(text) == "2015/16"
    assert period_or_financial_year(text) == "2015/16"


def test_the_turn_of_a_century_is_a_financial_year() -> None:
    assert financial_year("1999/2000") == "1999/00"


@pytest.mark.parametrize("text", ["FY16", "fy2016", "F/Y 16"])
def test_a_year_that_may_be_two_is_refused_with_both(text: str) -> None:
    for read in (financial_year, period_or_financial_year):
        with pytest.raises(ValueError, match="may be 2015/16 or 2016/17"):
            read(text)


@pytest.mark.parametrize("text", ["2015/17", "2016/15", "2016", "next year", "2015/1716", "0/01"])
def test_what_is_no_financial_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a financial year such as 2016/17"):
        financial_year(text)


@pytest.mark.parametrize("text", ["1066/67", "2900/01", "FY1066/67", "9999"])
def test_a_year_that_no_year_of_a_plan_can_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="between 1900 and 2200"):
        period_or_financial_year(text)


@pytest.mark.parametrize("text", ["2016-12", "2009/11", "2016-2020", "2016/17-M09", "any year"])
def test_another_period_stays_as_it_is(text: str) -> None:
    assert period_or_financial_year(text) == text


def test_a_month_that_may_be_a_year_is_refused_with_both() -> None:
    with pytest.raises(ValueError, match="expected 2011/12, or 1/12/2011 if you mean a month"):
        period_or_financial_year("2011-12")


def test_a_table_keeps_the_year_that_is_meant_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("year,value\n2015-16,1\n2016/17,2\nFY17/18,3\n", encoding="utf-8")
    table = read_table(file, COLUMNS)
    assert [row["year"] for row in table.rows] == ["2015/16", "2016/17", "2017/18"]
    told = 'in the column "year" 2 lines are read so: 2015-16 as 2015/16, FY17/18 as 2017/18.'
    assert [str(note) for note in table.notes] == [f"{file}: {told}"]


def test_a_table_refuses_a_year_that_may_be_two_by_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("year,value\nFY16,1\n", encoding="utf-8")
    (fault,) = read_table(file, COLUMNS).faults
    assert isinstance(fault, InputError)
    assert str(fault) == (
        f'{file}, line 2, column "year": "FY16": expected a financial year such as 2016/17; '
        "FY16 may be 2015/16 or 2016/17."
    )
