"""Boards compared: one method, intervals, ranks with their range, and a run that can be stopped."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from two_boards import BOARDS, SMALL, Compared, compare

from tripleaim.board_comparison import COLUMNS, MEASURES, ComparisonDocument, compare_boards
from tripleaim.core import RunContext
from tripleaim.place import InputError


def known(number: float | None) -> float:
    assert number is not None
    return number


def test_a_stop_keeps_the_boards_that_are_finished(compared: Compared) -> None:
    assert compared.when_stopped == {"comparison-run.json", "boards/QOC.json"}


def test_going_on_gives_the_same_bytes_and_a_damaged_board_is_made_again(
    compared: Compared, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    shutil.copytree(compared.folder, again)
    (again / "boards" / "QOC.json").write_bytes(b'{"run": ')
    for name in ("comparison.json", "comparison.csv", "README.md"):
        (again / name).unlink()
    compare(again, RunContext(SMALL.seed))
    files = sorted(file.relative_to(again) for file in again.rglob("*.*"))
    assert len(files) == 6
    for name in files:
        assert (again / name).read_bytes() == (compared.folder / name).read_bytes(), name


def test_every_board_has_every_measure_by_one_method(compared: Compared) -> None:
    document = compared.document
    assert [board.code for board in document.boards] == ["QOC", "QSL"]
    for board in document.boards:
        assert list(board.values) == [measure.id for measure in MEASURES]
        assert 1_900 < board.sampled <= SMALL.people < board.people


def test_intervals_hold_their_number_and_ranks_are_within_their_range(compared: Compared) -> None:
    document = compared.document
    for measure in MEASURES:
        values = [board.values[measure.id] for board in document.boards]
        for one in values:
            assert (one.rank is not None) == measure.ranked
            if one.rank is not None:
                low, value, high = map(known, (one.low, one.value, one.high))
                assert low <= value <= high
                first, last = known(one.rank_low), known(one.rank_high)
                assert 1 <= first <= one.rank <= last <= len(values)
            if measure.kind == "drawn":
                assert known(one.sample_error) > 0
        if measure.ranked:
            ordered = sorted(values, key=lambda one: one.rank or 0)
            assert [one.value for one in ordered] == sorted(
                (one.value for one in values), key=lambda value: -(value or 0)
            )


def test_the_gap_is_not_known_and_says_what_it_waits_for(compared: Compared) -> None:
    for board in compared.document.boards:
        gap = board.values["gap_gbp_m"]
        assert (gap.value, gap.low, gap.rank) == (None, None, None)
        assert gap.asks_for == ["opening.commissioner", "growth.allocation"]


def test_money_follows_the_percentage(compared: Compared) -> None:
    """What care costs more, in £m, is its growth times a spend of England's usual size."""
    for board in compared.document.boards:
        more = board.values["care_growth_gbp_m"].value or 0.0
        growth = board.values["care_growth_pct"].value or 0.0
        assert more == pytest.approx(growth * board.people * 2_700 / 1e8, rel=0.25)


def test_the_table_has_a_row_for_each_board_and_measure(compared: Compared) -> None:
    with (compared.folder / "comparison.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(BOARDS) * len(MEASURES)
    by_key = {(row["board"], row["measure"]): row for row in rows}
    need = by_key["QSL", "need_index"]
    assert (need["value"], need["status"], need["source"]) == ("104.54", "public", "need-2025-26")
    assert by_key["QSL", "gap_gbp_m"]["value"] == ""
    stored = ComparisonDocument.model_validate_json(
        (compared.folder / "comparison.json").read_bytes()
    )
    assert stored == compared.document


def test_the_folder_of_another_comparison_is_refused_with_what_differs(compared: Compared) -> None:
    with pytest.raises(InputError, match="its draws is 4, not 8"):
        compare_boards(
            compared.folder,
            RunContext(SMALL.seed),
            settings=replace(SMALL, draws=8),
            only=BOARDS,
        )


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(InputError, match="expected a new folder"):
        compare(tmp_path, RunContext(SMALL.seed))
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_the_folder_says_in_words_what_is_in_it(compared: Compared) -> None:
    text = (compared.folder / "README.md").read_text("utf-8")
    assert "We follow at most 2,000 people of a board" in text
    assert "means of 4 draws" in text
