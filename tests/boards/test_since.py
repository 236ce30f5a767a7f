"""A place of today beside its place of ten years ago, counted from the same kinds of files."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import tripleaim
from tripleaim.boards import MadePlace
from tripleaim.measures import Since, is_same_place, since
from tripleaim.place import load


@pytest.fixture(scope="module")
def beside(one_county: MadePlace) -> Since:
    return since(load("somerset"), load(one_county.folder))


def test_bands_of_people_add_up_to_everybody_then_and_now(beside: Since) -> None:
    people = {row.what: row for row in beside.rows if row.part == "People"}
    whole = people.pop("People registered")
    assert (whole.before, whole.now) == (562_446, 604_843)
    bands = [row for name, row in people.items() if name.startswith("Registered, aged")]
    assert sum(row.before or 0 for row in bands) == whole.before
    assert sum(row.now or 0 for row in bands) == whole.now
    assert whole.change == pytest.approx(100 * (604_843 / 562_446 - 1))


def test_what_the_plan_expected_stands_between_then_and_now(beside: Since) -> None:
    care = {row.what: row for row in beside.rows if row.part == "Care"}
    attendances = care["A&E attendances"]
    assert (attendances.before, attendances.expected) == (226_564, 259_558)
    assert (attendances.before_period, attendances.expected_period) == ("2016/17", "2020/21")
    assert attendances.now_period == "2024-08 to 2025-07"
    assert attendances.now == 265_863
    assert care["Emergency admissions"].now == 60_468


def test_a_register_that_starts_at_another_age_says_so(beside: Since) -> None:
    notes = {row.what: row.note for row in beside.rows if row.part == "Registers"}
    assert notes["Asthma, on a register"] == "counted from age 0 then and 6 now"
    assert notes["Diabetes, on a register"] == "England: 6.5% and 7.9%"


def test_only_a_place_of_the_same_commissioners_is_the_same(
    one_county: MadePlace, many_trusts: MadePlace
) -> None:
    today = load(one_county.folder)
    assert is_same_place(load("somerset"), today)
    assert not is_same_place(load("northamptonshire"), today)
    assert not is_same_place(load("somerset"), load(many_trusts.folder))


def test_the_verb_writes_the_rows_that_it_shows(
    one_county: MadePlace, beside: Since, tmp_path: Path
) -> None:
    ended = tripleaim(
        "place", "since", "somerset", one_county.folder, "--out", tmp_path / "since.csv"
    )
    assert ended.returncode == 0
    assert "604,843 people are registered, +7.5% since 2015/16." in ended.stdout
    lines = (tmp_path / "since.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + len(beside.rows)
    assert (
        lines[1] == "People,People registered,people,562446,2015/16,,,604843,2025/26,7.537968089,"
    )
