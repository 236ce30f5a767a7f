"""Waiting times beside their targets: shares from the tables, years without a target left out."""

from __future__ import annotations

import csv

import pytest

from tripleaim.boards import MadePlace, make_place
from tripleaim.boards.official import FOLDER
from tripleaim.measures import access_targets, within_four_hours, within_weeks
from tripleaim.place import load

A_MONTH = {"organisation": "A", "month": "2026-05", "source": "ae"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadePlace:
    return make_place(tmp_path_factory.mktemp("made") / "somerset-2026", "QSL")


def test_the_last_month_with_both_counts_is_the_one_that_counts() -> None:
    months = [
        {**A_MONTH, "month": "2026-04", "attendances": 100.0, "over_4_hours": 10.0},
        {**A_MONTH, "attendances": 200.0, "over_4_hours": 50.0},
        {**A_MONTH, "month": "2026-06", "attendances": 300.0, "over_4_hours": None},
        {**A_MONTH, "organisation": "B", "attendances": 900.0, "over_4_hours": 900.0},
    ]
    share = within_four_hours(months, ["A"])
    assert share is not None
    assert (share.period, share.percent) == ("2026-05", 75.0)
    assert within_four_hours(months, ["C"]) is None


def test_those_in_bands_below_18_weeks_wait_less() -> None:
    waiting = [
        {"weeks_from": weeks, "waiting": n, "source": "rtt"}
        for weeks, n in [(0, 60), (18, 30), (52, 10)]
    ]
    share = within_weeks(waiting, 18)
    assert share is not None
    assert (share.within, share.people) == (60, 100)
    assert within_weeks([], 18) is None


def test_a_made_place_has_its_shares_and_the_targets_of_the_round(made: MadePlace) -> None:
    by_target = {one.target: one for one in access_targets(load(made.folder))}
    assert set(by_target) == {"four hours", "18 weeks", "62 days", "31 days"}
    four_hours, planned = by_target["four hours"], by_target["18 weeks"]
    assert four_hours.now is not None
    assert four_hours.now.period == "2026-06"
    assert four_hours.now.percent == pytest.approx(100 * (1 - 6460 / 21964))
    assert four_hours.short_of("2026/27") == pytest.approx(82 - four_hours.now.percent)
    assert planned.now is not None
    assert {year: one.value for year, one in planned.by_year.items()} == {
        "2025/26": 65,
        "2026/27": 70,
        "2028/29": 92,
    }
    assert "2027/28" not in four_hours.by_year
    assert planned.short_of("2027/28") is None
    assert by_target["62 days"].now is None
    assert by_target["62 days"].by_year["2028/29"].value == 85
    assert "cancer waiting times" in by_target["31 days"].who_would_know


def test_every_target_says_where_it_was_read() -> None:
    with (FOLDER / "access_targets.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8
    assert all(row["where"] and row["due"] for row in rows)
