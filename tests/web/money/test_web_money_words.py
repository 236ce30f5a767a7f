"""What pages of money and staff say and draw, from the county as its plan prints it."""

import re

import pytest
from printed_county import printed_county

from tripleaim.accounts.monthly.open_book import OpenBook, open_book
from tripleaim.capacity import staff_inputs, workforce
from tripleaim.place import Place
from tripleaim.plan.by_organisation.organisation_books import OrganisationBooks, organisation_books
from tripleaim.plan.incentive.incentives import incentives
from tripleaim.web.pages.money.presenters import incentives as of_incentives
from tripleaim.web.pages.money.presenters import open_book as of_months
from tripleaim.web.pages.money.presenters import organisations as of_books
from tripleaim.web.pages.staff.presenters import staff as of_staff
from tripleaim.web.ui.charts.ranges import RangeRow, ranges
from tripleaim.web.ui.charts.series import ChartLine, series_picture
from tripleaim.web.ui.charts.signed import BETTER, WORSE, Bar, BarLabel, signed_bars

COUNTY = printed_county()


@pytest.fixture(scope="module")
def place() -> Place:
    return COUNTY.place


@pytest.fixture(scope="module")
def books(place: Place) -> OrganisationBooks:
    return organisation_books(place, COUNTY.money.calibrated, residents=COUNTY.nothing.residents)


@pytest.fixture(scope="module")
def months(place: Place) -> OpenBook:
    return open_book(place)


def test_each_step_of_a_bridge_starts_where_the_one_before_ended(books: OrganisationBooks) -> None:
    for account in books.organisations:
        drawn, said = of_books.waterfall(account)
        assert len(drawn) == len(said) == len({s.name for s in said})
        at = 0.0
        for bar in drawn:
            if bar.name.startswith("Position of"):
                assert bar.start == 0
                assert at in (0.0, pytest.approx(bar.end, abs=0.011e-6))
            else:
                assert bar.start == at
                assert bar.colour == (BETTER if bar.end > bar.start else WORSE)
            at = bar.end


def test_who_pays_whom_adds_up_both_ways(books: OrganisationBooks, place: Place) -> None:
    flows = books.flows[place.years[0]]
    for line in ("", *flows.lines):
        table = of_books.matrix(flows, place, line)
        *rows, total = table.rows
        for row in rows:
            across = sum(row[p] or 0 for p in flows.payers if p in row)
            assert row["all"] == pytest.approx(across)
        assert total["all"] == pytest.approx(sum(row["all"] for row in rows))


def test_income_and_cost_of_an_organisation_end_in_its_position(books: OrganisationBooks) -> None:
    for account in books.organisations:
        *rows, last = of_books.lines(account).rows
        if account.whole:
            for year in account.years:
                assert last[year] == pytest.approx(sum(row[year] for row in rows), abs=1e-6)


def test_what_organisations_gain_and_lose_is_what_the_system_does() -> None:
    table = incentives(COUNTY, "capitated")
    drawn, said = of_incentives.bars(table)
    assert [s.text.split()[0] for s in said] == [
        "neither" if abs(b.end) < 0.05 else "gains" if b.end > 0 else "loses" for b in drawn
    ]
    whole = sum(float(v) for v in table.system.values()) / 1e6
    assert sum(b.end for b in drawn) == pytest.approx(whole, abs=1e-6)


def test_months_are_added_up_to_the_last_reported(months: OpenBook) -> None:
    assert months.system
    plan, actual, rate, held = of_months.lines(months.system)
    assert list(plan.points) == list(actual.points) == list(of_months.MONTHS[:6])
    assert actual.points["Sep"] == pytest.approx(float(months.system.actual_to_date) / 1e6)
    assert list(rate.points) == ["Sep", "Mar"]
    assert list(held.points) == ["Mar"]
    band = of_months.band(months.system)
    assert band["Sep"] == (actual.points["Sep"], actual.points["Sep"])
    assert band["Mar"][0] < rate.points["Mar"] < band["Mar"][1]


def test_returns_that_differ_are_shown_by_name_and_not_by_code(
    months: OpenBook, place: Place
) -> None:
    [said] = of_months.missing_or_differing(months, place)
    assert said == (
        "2016/17-M06: Somerset CCG records £16,661,000 paid to Taunton & Somerset on contract, "
        "which records £16,911,000: a difference of £250,000."
    )


def test_staff_by_organisation_add_up_to_staff_by_group(place: Place) -> None:
    staff = workforce(staff_inputs(place), COUNTY.nothing.activity)
    last = place.last_year
    rows = of_staff.by_organisation(staff, place).rows
    for what, key in (("needed", f"needed-{last}"), ("supplied", f"supplied-{last}")):
        groups = sum(getattr(g, what) for g in staff.groups if g.year == last)
        assert sum(row[key] for row in rows) == pytest.approx(groups, rel=1e-6)


def test_the_largest_shortage_of_staff_comes_first(place: Place) -> None:
    rows = of_staff.cover(workforce(staff_inputs(place), COUNTY.nothing.activity))
    assert [r.value for r in rows] == sorted(r.value for r in rows)
    assert all(r.low is not None and r.high is not None and r.low <= r.value for r in rows)


@pytest.mark.parametrize("which", ["signed", "ranges", "series"])
def test_a_picture_says_what_it_shows_and_carries_no_style(which: str) -> None:
    if which == "signed":
        drawn = signed_bars(
            "T & t", "What it shows.", [Bar("a", 0, -2, WORSE)], [BarLabel("a", "2 short")]
        )
    elif which == "ranges":
        drawn = ranges("T & t", "What it shows.", [RangeRow("a", 1.1, 0.9, 1.2, "10% more")], 1.0)
    else:
        lines = [
            ChartLine(("a", "3 short"), BETTER, {"Apr": -1, "May": -3}),
            ChartLine(("b",), WORSE, {"Apr": 2}),
        ]
        drawn = series_picture("T & t", "What it shows.", lines, ("Apr", "May"), {"May": (-4, -2)})
    for svg in (drawn.wide, drawn.narrow):
        assert re.search(r"<title[^>]*>T &amp; t</title>", svg)
        assert re.search(r"<desc[^>]*>What it shows\.</desc>", svg)
        assert "style=" not in svg
        assert re.search(r">a</t(ext|span)>", svg)
