"""Tables: one set of rows for the page and for CSV."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st
from sample_plan import SampleWorkspace

from tripleaim.plan.overlap.scenario import choose
from tripleaim.plan.publish.document import PlanDocument
from tripleaim.web.pages.compare.tables import total_savings
from tripleaim.web.pages.money.tables import lines
from tripleaim.web.pages.plan.tables import gap
from tripleaim.web.ui.tables import PageColumn, PageTable

SPREADSHEET_RUNS = ("=", "+", "-", "@", "\t", "\r")


def _plan() -> PlanDocument:
    workspace = SampleWorkspace()
    return workspace.document(choose(workspace.place))


@given(st.text(min_size=1))
def test_no_text_in_csv_starts_as_a_formula_would(text: str) -> None:
    table = PageTable("t", "T", [PageColumn("a", "A")], [{"a": text}])
    [[header], [cell]] = list(csv.reader(io.StringIO(table.csv(), newline="")))
    assert header == "a"
    assert not cell.startswith(SPREADSHEET_RUNS)
    assert cell in (text, "'" + text)


def test_numbers_stay_numbers_in_csv_even_when_negative() -> None:
    table = PageTable("t", "T", [PageColumn("a", "A", "account")], [{"a": -20.9}, {"a": None}])
    assert table.csv() == "a\r\n-20.9\r\n\r\n" or table.csv() == 'a\r\n-20.9\r\n""\r\n'


def test_the_gap_table_shows_deficits_in_brackets() -> None:
    table = gap(_plan())
    row = next(r for r in table.rows if r["name"] == "Do nothing")
    column = next(c for c in table.columns if c.key == "2020/21")
    assert column.text_of(row["2020/21"]) == "(174.6)"


def test_savings_are_what_a_reading_leaves_of_the_gap() -> None:
    plan = _plan()
    saved = total_savings(plan)
    assert round(saved["as_claimed"]["2020/21"], 1) == 153.8
    assert list(saved) == ["as_claimed", "after_overlap", "on_evidence"]


def test_the_accounts_of_a_side_end_in_the_sum_of_their_lines() -> None:
    table = lines(_plan(), "commissioner")
    *rows, total = table.rows
    assert table.total
    assert total["calibrated_last"] == sum(row["calibrated_last"] for row in rows)
    assert total["change"] == sum(row["change"] for row in rows)


def test_a_long_number_in_words_may_wrap_and_a_short_one_may_not() -> None:
    long = "saves: £1.28 less NHS cost for each £1 within twenty years"
    rows = [{"a": "£684 a life year"}, {"a": long}]
    table = PageTable("t", "T", [PageColumn("a", "A", "worded")], rows)
    short, wrapped = (cells[0].style for _, cells in table.written())
    assert short == "nhsuk-table__cell--numeric"
    assert wrapped == "nhsuk-table__cell--numeric ta-table__wraps"
