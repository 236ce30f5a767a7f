"""Monthly returns: what is refused by cell, what is flagged, what is imported whole."""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tripleaim.accounts import check_return, import_return, read_returns, write_template
from tripleaim.accounts.monthly.return_checks import mismatches
from tripleaim.accounts.monthly.returns import COLUMNS, read_return
from tripleaim.place import InputError, Place, load

TRUST, CCG = "RNQ", "04G"
JUNE = [
    [TRUST, "2016/17-M03", "contract", CCG, 10000.00, 10500.00, 120000.00],
    [TRUST, "2016/17-M03", "pay", "outside", -7000.00, -7100.50, -84000.00],
    [TRUST, "2016/17-M03", "drugs", "outside", -2000.00, -2100.00, ""],
]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of Northamptonshire's folder, without returns."""
    return Path(shutil.copytree(load("northamptonshire").folder, tmp_path / "northamptonshire"))


@pytest.fixture
def place(county: Path) -> Place:
    return load(county)


def in_csv(path: Path, rows: list[list[Any]], header: tuple[str, ...] = COLUMNS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return path


def in_excel(path: Path, rows: list[list[Any]], sheet: str = "Return") -> Path:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    for at, row in enumerate([list(COLUMNS), *rows]):
        page.write_row(at, 0, row)
    book.close()
    return path


def changed(row: int, column: str, value: Any) -> list[list[Any]]:
    rows = [list(r) for r in JUNE]
    rows[row][COLUMNS.index(column)] = value
    return rows


def month(period: str, factor: float = 1) -> list[list[Any]]:
    return [[r[0], period, *r[2:4], r[4] * factor, r[5] * factor, ""] for r in JUNE]


@pytest.mark.parametrize("write", [in_csv, in_excel])
def test_a_return_is_read_the_same_from_csv_and_excel(
    write: Any, place: Place, tmp_path: Path
) -> None:
    suffix = "csv" if write is in_csv else "xlsx"
    reading = read_return(write(tmp_path / f"june.{suffix}", JUNE), place)
    assert reading.refused == reading.flags == ()
    assert [line.key for line in reading.lines] == [tuple(r[:4]) for r in JUNE]
    assert reading.lines[1].amounts == (
        Decimal("-7000.00"),
        Decimal("-7100.50"),
        Decimal("-84000.00"),
    )
    assert reading.lines[2].forecast is None


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("organisation", "RNX", ("expected an organisation of the place", "RNQ")),
        ("counterparty", "04H", ("expected an organisation of the place", "04G")),
        ("counterparty", TRUST, ("expected another organisation", None)),
        ("period", "2016/17-M13", ("expected a month such as", None)),
        ("period", "June", ("expected a month such as", None)),
        ("period", "2009/10-M03", ("expected a month of the place's years", "2015/16")),
        ("actual", "n/a", ("suppressed or not available", None)),
        ("actual", "7,10", ("commas may stand between thousands only", None)),
        ("actual", "", ("expected a value (type 0 for nothing)", None)),
        ("line", "contract", ("", None)),
    ],
)
def test_a_wrong_cell_is_refused_by_sheet_and_cell_and_the_rest_is_read(
    place: Place, tmp_path: Path, column: str, value: str, told: tuple[str, str | None]
) -> None:
    said, near = told
    rows = changed(1, column, value)
    if column == "line":  # the same line twice
        rows[1][3] = CCG
        said = "this line is already at Return!A2"
    reading = read_return(in_excel(tmp_path / "june.xlsx", rows), place)
    (refused,) = reading.refused
    assert len(reading.lines) == 2
    assert refused.fault.column == f"Return!{'ABCDEFG'[COLUMNS.index(column)]}3"
    assert said in refused.fault.expected
    assert refused.fault.nearest == near


def test_a_csv_names_file_line_and_column(place: Place, tmp_path: Path) -> None:
    reading = read_return(in_csv(tmp_path / "june.csv", changed(1, "actual", "x")), place)
    fault = reading.refused[0].fault
    assert (fault.line, fault.column) == (3, "actual")


def test_fractions_of_a_penny_are_rounded_and_flagged(place: Place, tmp_path: Path) -> None:
    reading = read_return(in_csv(tmp_path / "j.csv", changed(1, "actual", "-7100.5049")), place)
    assert reading.lines[1].actual == Decimal("-7100.50")
    assert reading.flags == ("line 3, actual: -7100.5049 is rounded to the penny",)


@pytest.mark.parametrize("factor", [0.001, 1000])
def test_amounts_in_another_unit_are_refused(place: Place, tmp_path: Path, factor: float) -> None:
    rows = [[*r[:5], r[5] * factor, r[6]] for r in JUNE]
    checked = check_return(in_excel(tmp_path / "june.xlsx", rows), place)
    assert len(checked.refused) == 3
    assert checked.lines == ()
    assert checked.refused[0].fault.column == "Return!A2, actual"
    assert "thousand" in checked.refused[0].fault.expected


def test_a_return_all_in_thousands_is_found_by_earlier_months(county: Path, tmp_path: Path) -> None:
    import_return(in_csv(tmp_path / "a.csv", month("2016/17-M01")), county)
    checked = check_return(in_csv(tmp_path / "b.csv", month("2016/17-M02", 0.001)), load(county))
    assert len(checked.refused) == 3
    assert "(thousands?)" in checked.refused[0].fault.expected


@pytest.mark.parametrize(
    ("factor", "like"),
    [(1e-6, "millionth"), (0.01, "hundredth"), (100, "hundred"), (1e6, "million")],
)
def test_a_return_off_by_another_power_of_ten_is_refused(
    place: Place, tmp_path: Path, factor: float, like: str
) -> None:
    rows = [[*r[:5], round(r[5] * factor, 6), r[6]] for r in JUNE]
    checked = check_return(in_csv(tmp_path / "june.csv", rows), place)
    assert checked.lines == ()
    assert all(f"a {like} " in row.fault.expected for row in checked.refused)


def test_forecasts_in_another_unit_are_refused_though_the_month_is_in_pounds(
    place: Place, tmp_path: Path
) -> None:
    rows = [[*r[:6], r[4] * 12 / 1e6] for r in JUNE]
    checked = check_return(in_csv(tmp_path / "june.csv", rows), place)
    assert len(checked.refused) == 3
    assert "the forecasts are about a millionth" in checked.refused[0].fault.expected


def test_the_year_to_date_where_a_month_is_asked_is_refused(place: Place, tmp_path: Path) -> None:
    rows = [[*r[:5], r[4] * 3.05, r[6]] for r in JUNE]
    checked = check_return(in_csv(tmp_path / "june.csv", rows), place)
    assert len(checked.refused) == 3
    assert "they are about 3 times those known of one" in checked.refused[0].fault.expected
    once = [[*r[:5], r[4] * (3.05 if r[2] == "pay" else 1), r[6]] for r in JUNE]
    assert check_return(in_csv(tmp_path / "once.csv", once), place).refused == ()


def test_every_line_of_cost_turned_is_refused(place: Place, tmp_path: Path) -> None:
    rows = [[*r[:5], abs(r[5]), r[6]] for r in JUNE]
    checked = check_return(in_csv(tmp_path / "june.csv", rows), place)
    assert len(checked.refused) == 3
    assert "the sign of every line of cost is reversed" in checked.refused[0].fault.expected


def test_lines_of_the_month_before_that_are_missing_are_reported(
    county: Path, tmp_path: Path
) -> None:
    import_return(in_csv(tmp_path / "june.csv", JUNE), county)
    july = month("2016/17-M04")[:1]
    checked = check_return(in_csv(tmp_path / "july.csv", july), load(county))
    assert checked.refused == ()
    assert (
        f"{TRUST}: 2 of the 3 lines of 2016/17-M03 are missing: pay (outside), drugs (outside); "
        "we do not count them as zero"
    ) in checked.flags


def test_all_faults_of_a_row_are_reported_at_once(place: Place, tmp_path: Path) -> None:
    rows = [["RNX", "June", "pay", "outside", "", "x", ""]]
    (refused,) = read_return(in_csv(tmp_path / "j.csv", rows), place).refused
    columns = [fault.column for fault in refused.fault.all_faults]
    assert columns == ["plan", "organisation", "period", "actual"]


def test_one_line_in_thousands_is_flagged(place: Place, tmp_path: Path) -> None:
    checked = check_return(in_csv(tmp_path / "j.csv", changed(1, "actual", "-7.1")), place)
    assert checked.refused == ()
    assert [f for f in checked.flags if "thousands?" in f] == [
        "line 3, actual: -7.10 is far from -7000.00, known of this line; in thousands?"
    ]


def test_every_sign_turned_is_refused_and_one_is_flagged(place: Place, tmp_path: Path) -> None:
    turned = [[*r[:5], -r[5], r[6]] for r in JUNE]
    checked = check_return(in_csv(tmp_path / "t.csv", turned), place)
    assert [r.fault.expected for r in checked.refused] == [
        "expected income positive and cost negative; every sign is reversed"
    ] * 3
    one = check_return(in_csv(tmp_path / "o.csv", changed(1, "actual", 7100.50)), place)
    assert one.refused == ()
    assert any("has the opposite sign" in flag for flag in one.flags)


def test_a_missing_month_is_reported_and_not_counted_as_zero(place: Place, tmp_path: Path) -> None:
    checked = check_return(in_csv(tmp_path / "june.csv", JUNE), place)
    assert [f for f in checked.flags if "no return" in f] == [
        f"{TRUST}: no return for 2016/17-M01; we do not count it as zero",
        f"{TRUST}: no return for 2016/17-M02; we do not count it as zero",
    ]


def test_a_second_return_for_a_month_is_refused_unless_it_is_the_same_or_replaces(
    county: Path, tmp_path: Path
) -> None:
    june = in_csv(tmp_path / "june.csv", JUNE)
    assert len(import_return(june, county).checked.lines) == 3
    again = import_return(june, county)
    assert (len(again.checked.unchanged), again.written) == (3, ())
    other = in_csv(tmp_path / "other.csv", changed(1, "actual", -7200))
    checked = import_return(other, county).checked
    assert len(checked.unchanged) == 2
    assert "already another return for 2016/17-M03" in checked.refused[0].fault.expected
    assert [r.actual for r in read_returns(load(county))][1] == Decimal("-7100.50")
    import_return(other, county, replacing=True)
    assert [r.actual for r in read_returns(load(county))][1] == Decimal("-7200.00")


def test_an_organisation_that_left_is_named_as_such(county: Path, tmp_path: Path) -> None:
    import_return(in_csv(tmp_path / "june.csv", JUNE), county)
    organisations = county / "organisations.csv"
    kept = [line for line in organisations.read_text("utf-8").split("\n") if line[:3] != TRUST]
    organisations.write_text("\n".join(kept), encoding="utf-8")
    for table in ("beds.csv", "sites.csv"):
        (county / table).unlink()
    shutil.rmtree(county / "solutions")
    reading = read_return(in_csv(tmp_path / "j.csv", month("2016/17-M04")), load(county))
    assert "has left it" in reading.refused[0].fault.expected


def test_refused_rows_can_be_corrected_and_tried_again(county: Path, tmp_path: Path) -> None:
    done = import_return(in_excel(tmp_path / "june.xlsx", changed(1, "actual", "n/a")), county)
    assert done.written == (county / "returns" / f"{TRUST}.csv",)
    assert done.refused_file == tmp_path / "june.refused.csv"
    text = done.refused_file.read_text("utf-8")
    assert "Return!F3" in text
    done.refused_file.write_text(text.replace(",n/a,", ",-7100.50,"), encoding="utf-8")
    again = import_return(done.refused_file, county)
    assert again.refused_file is None
    assert {r.line: r.actual for r in read_returns(load(county))} == {
        "contract": Decimal("10500.00"),
        "drugs": Decimal("-2100.00"),
        "pay": Decimal("-7100.50"),
    }


def test_counterparties_returns_are_compared_to_the_penny(county: Path, tmp_path: Path) -> None:
    import_return(in_csv(tmp_path / "june.csv", JUNE), county)
    theirs = [[CCG, "2016/17-M03", "contract", TRUST, -10000, -10250.25, ""]]
    (found,) = check_return(in_csv(tmp_path / "ccg.csv", theirs), load(county)).mismatches
    assert (found.payer, found.payee, found.line) == (CCG, TRUST, "contract")
    assert found.difference == Decimal("249.75")


def test_a_month_that_the_counterparty_has_not_reported_is_no_mismatch(
    county: Path, tmp_path: Path
) -> None:
    import_return(in_csv(tmp_path / "june.csv", JUNE), county)
    theirs = [[CCG, "2016/17-M04", "contract", TRUST, -10000, -10250.25, ""]]
    checked = check_return(in_csv(tmp_path / "ccg.csv", theirs), load(county))
    assert checked.mismatches == ()
    assert f"{TRUST} has not reported 2016/17-M04: its side is not compared" in checked.flags


def test_a_template_filled_in_can_be_imported(county: Path, tmp_path: Path) -> None:
    import_return(in_csv(tmp_path / "june.csv", JUNE), county)
    made = write_template(load(county), TRUST, tmp_path / "july.xlsx")
    book = openpyxl.load_workbook(made)
    sheet = book["Return"]
    assert [c.value for c in sheet[3]] == list(COLUMNS)
    assert [c.value for c in sheet[4]][:5] == [TRUST, "2016/17-M04", "contract", CCG, 10000]
    lists = [v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert len(lists) == 3
    empty = check_return(made, load(county))
    assert [r.fault.column for r in empty.refused] == ["Return!F4", "Return!F5", "Return!F6"]
    for row, actual in zip((4, 5, 6), (10000, -7000, -2000), strict=True):
        sheet.cell(row, 6).value = actual
    book.save(made)
    assert len(import_return(made, county).checked.lines) == 3
    assert sorted({r.period for r in read_returns(load(county))}) == ["2016/17-M03", "2016/17-M04"]


@pytest.mark.parametrize(
    ("organisation", "period", "near"),
    [("RNX", None, "RNQ"), (TRUST, "2016/17-M13", "2016/17-M12"), (TRUST, "2030/31-M01", None)],
)
def test_a_template_for_nobody_or_no_month_is_refused(
    place: Place, tmp_path: Path, organisation: str, period: str | None, near: str | None
) -> None:
    with pytest.raises(InputError) as fault:
        write_template(place, organisation, tmp_path / "t.xlsx", period)
    assert fault.value.value == (organisation if near == "RNQ" else period)
    assert not (tmp_path / "t.xlsx").exists()


def test_a_shipped_place_is_not_written_to(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a footprint folder of your own"):
        import_return(in_csv(tmp_path / "june.csv", JUNE), "northamptonshire")


def test_a_return_in_the_wrong_file_is_refused(county: Path) -> None:
    (county / "returns").mkdir()
    in_csv(county / "returns" / "RNS.csv", JUNE)
    with pytest.raises(InputError, match="the name of the file"):
        read_returns(load(county))


def test_an_analysts_extra_sheet_is_reported_and_not_read(place: Place, tmp_path: Path) -> None:
    file = in_excel(tmp_path / "june.xlsx", JUNE)
    book = openpyxl.load_workbook(file)
    book.create_sheet("Adjustments").append(["late", 5])
    book.save(file)
    reading = read_return(file, place)
    assert len(reading.lines) == 3
    assert reading.flags == (f"{file}: read from the sheet Return, not from Adjustments.",)


def test_two_sheets_of_returns_are_asked_for_one(place: Place, tmp_path: Path) -> None:
    file = in_excel(tmp_path / "june.xlsx", JUNE)
    book = openpyxl.load_workbook(file)
    book.copy_worksheet(book["Return"]).title = "Return 2"
    book.save(file)
    with pytest.raises(InputError, match="Return, Return 2 all look like it: keep one"):
        read_return(file, place)


def test_what_excel_saves_as_csv_is_read_the_same(place: Place, tmp_path: Path) -> None:
    file = in_csv(tmp_path / "june.csv", [*JUNE, [""] * 7])
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    reading = read_return(file, place)
    assert reading.refused == ()
    assert reading.lines[0].actual == Decimal("10500.00")
    assert len(reading.flags) == 2


def test_somersets_demonstration_is_marked_as_one_and_agrees_except_for_one_bill(
    somerset: Place,
) -> None:
    returns = read_returns(somerset)
    for file in sorted((somerset.folder / "returns").glob("*.csv")):
        assert file.read_text("utf-8").startswith("# DEMONSTRATION, assumed (source tripleaim)")
    (bill,) = mismatches(returns)
    assert (bill.period, bill.payer, bill.payee) == ("2016/17-M06", "11X", "RBA")
    assert bill.difference == Decimal("250000.00")
    year = {
        o: 2 * sum(r.plan for r in returns if r.organisation == o)
        for o in ("11X", "RBA", "RA4", "RH5", "E10000027")
    }
    printed = {"11X": 6.5, "RBA": -1.1, "RA4": -15.3, "RH5": 2.9, "E10000027": -7.1}
    assert {o: round(float(v) / 1e6, 3) for o, v in year.items()} == printed


_CELL = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**12), 10**12),
    st.booleans(),
    st.sampled_from([TRUST, CCG, "2016/17-M03", "pay", "=1+1", "#REF!", "1,000", "-0"]),
)


@given(st.lists(st.lists(_CELL, min_size=7, max_size=8), max_size=4))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
def test_any_cells_are_read_or_refused_and_every_row_is_accounted_for(
    place: Place, tmp_path: Path, rows: list[list[Any]]
) -> None:
    file = tmp_path / "fuzz.xlsx"
    book = xlsxwriter.Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet("Return")
    page.write_row(0, 0, COLUMNS)
    for at, row in enumerate(rows, start=1):
        page.write_row(at, 0, row)
    book.close()
    try:
        checked = check_return(file, place)
    except InputError:
        return
    typed = [row for row in rows if any(c not in (None, "") for c in row)]
    count = len(checked.lines) + len(checked.unchanged) + len(checked.refused)
    assert count <= len(typed)
    assert count >= sum(not str(row[0] or "").startswith("#") for row in typed)
