"""The comparison that comes along: every board, what it says of itself, its size."""

from __future__ import annotations

from pathlib import Path

from tripleaim.board_comparison import MEASURES, SHIPPED, official_measures, shipped_comparison
from tripleaim.boards import OfficialTables, boards


def test_every_board_of_england_is_compared_from_the_stated_sample() -> None:
    document = shipped_comparison()
    assert document is not None
    with OfficialTables() as tables:
        every = [board.code for board in boards(tables)]
        official = official_measures(tables)
    assert [board.code for board in document.boards] == every
    assert [measure.id for measure in document.measures] == [measure.id for measure in MEASURES]
    assert all(25_000 < board.sampled <= document.most_people for board in document.boards)
    for measure, known in official.items():
        for board in document.boards:
            assert board.values[measure].value == known[board.code].value, measure


def test_needs_mean_over_england_is_a_hundred() -> None:
    with OfficialTables() as tables:
        need = official_measures(tables)["need_index"]
        rows = tables.records(
            "SELECT icb26, sum(people::DOUBLE) AS people FROM need JOIN practice_homes "
            "USING (practice) GROUP BY icb26"
        )
    people = {row["icb26"]: row["people"] for row in rows}
    mean = sum(need[code].value * people[code] for code in people) / sum(people.values())
    assert abs(mean - 100) < 0.1


def test_a_fifth_of_england_lives_in_its_most_deprived_fifth() -> None:
    with OfficialTables() as tables:
        share = official_measures(tables)["most_deprived_pct"]
        rows = tables.records("SELECT icb26, sum(people_2022) AS people FROM areas GROUP BY icb26")
    people = {row["icb26"]: row["people"] for row in rows}
    mean = sum(share[code].value * people[code] for code in people) / sum(people.values())
    assert 19.5 < mean < 20.5


def test_it_is_small_and_one_that_is_missing_is_none(tmp_path: Path) -> None:
    assert SHIPPED.stat().st_size < 100_000
    assert shipped_comparison(tmp_path / "nothing.json") is None
