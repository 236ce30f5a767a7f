"""The tidy layout: periods, what was known when, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tripleaim.backtest import Observation, Observations, period, read_later
from tripleaim.backtest.observations import check_scale, financial_years
from tripleaim.place import InputError


def write(folder: Path, *lines: str, name: str = "ae.csv") -> Path:
    (folder / name).write_text("\n".join(("body,series,period,value", *lines)) + "\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("label", "over"),
    [
        ("2013", date(2013, 6, 30)),
        ("2013/14", date(2014, 3, 31)),
        ("2013/14 Apr-Dec", date(2013, 12, 31)),
        ("1999/00", date(2000, 3, 31)),
    ],
)
def test_a_period_is_over_on_its_last_day(label: str, over: date) -> None:
    assert period(label).over == over


@pytest.mark.parametrize("label", ["2013/15", "13/14", "2013-14", "2013/14 Jan-Mar", ""])
def test_a_label_that_is_no_period_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="expected a period"):
        period(label)


def test_what_was_not_over_at_the_base_is_not_known_there() -> None:
    rows = [
        Observation("ae.csv", "X", "attendances", period(label), 1.0)
        for label in ("2013", "2013/14", "2014", "2014/15", "2013/14 Apr-Dec", "2014/15 Apr-Dec")
    ]
    known = Observations(tuple(rows)).until(period("2013/14").over)
    assert {o.period.label for o in known.observations} == {"2013", "2013/14", "2013/14 Apr-Dec"}


def test_a_year_that_is_not_over_is_its_nine_months() -> None:
    found = financial_years(period("2013/14"), period("2016/17 Apr-Dec"), or_part=True)
    assert [p.label for p in found] == ["2014/15", "2015/16", "2016/17 Apr-Dec"]


def test_later_figures_are_read_by_table_body_and_series(tmp_path: Path) -> None:
    record = read_later(write(tmp_path, "RBA,attendances,2016/17,64000.5"))
    assert record.at("ae.csv", "RBA", "attendances", "2016/17") == 64000.5
    assert record.at("ae.csv", "RBA", "attendances", "2017/18") is None


@pytest.mark.parametrize(
    ("lines", "line", "column"),
    [
        (("RBA,attendances,2016/17,many",), 2, "value"),
        (("RBA,attendances,2016/17,-1",), 2, "value"),
        (("RBA,attendances,2016/17,1", "RBA,attendances,2016/18,1"), 3, "period"),
        (("RBA,attendances,2016/17,1", "RBA,attendances,2016/17,2"), 3, "period"),
        ((",attendances,2016/17,1",), 2, "body"),
    ],
)
def test_a_row_at_fault_is_named_by_file_line_and_column(
    tmp_path: Path, lines: tuple[str, ...], line: int, column: str
) -> None:
    with pytest.raises(InputError) as fault:
        read_later(write(tmp_path, *lines))
    assert (Path(str(fault.value.file)), fault.value.line, fault.value.column) == (
        tmp_path / "ae.csv",
        line,
        column,
    )


def test_a_table_that_is_none_of_the_layout_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"bed\.csv") as fault:
        read_later(write(tmp_path, "RBA,available,2016/17,500", name="bed.csv"))
    assert "beds.csv" in str(fault.value)


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="at least one table"):
        read_later(tmp_path)
    with pytest.raises(InputError, match="expected a folder"):
        read_later(tmp_path / "nowhere")


def test_figures_of_another_unit_than_those_known_are_refused_each_by_its_line(
    tmp_path: Path,
) -> None:
    (tmp_path / "ae.csv").write_bytes(
        b"\xef\xbb\xbfBody,Series,Period,Value\nRBA,attendances,2016/17,51.2\n"
        b"RBA,attendances,2017/18,52000\nRA4,attendances,2016/17,49000000\n"
    )
    later = read_later(tmp_path)
    assert len(later.notes) == 2
    known = Observations(
        tuple(
            Observation("ae.csv", body, "attendances", period("2015/16"), 50_000.0)
            for body in ("RBA", "RA4")
        )
    )
    with pytest.raises(InputError) as refusal:
        check_scale(later, known)
    assert [str(fault) for fault in refusal.value.all_faults] == [
        'ae.csv, line 2, column "value": "51.2": expected a value near the last known one, 50,000 '
        "in 2015/16; this is one in 977 (in thousands or millions?).",
        'ae.csv, line 4, column "value": "49000000": expected a value near the last known one, '
        "50,000 in 2015/16; this is 980 times as many (in another unit?).",
    ]
