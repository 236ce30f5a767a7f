"""The residents of a made place are those of the official projection, year by year."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.boards import MadePlace, OfficialTables, extent_of
from tripleaim.boards.organisations import board_called, boards
from tripleaim.boards.projection import residents_to_come
from tripleaim.core import RunContext
from tripleaim.people import read_residents_to_come, synthesise
from tripleaim.place import load
from tripleaim.projection import project

EVERY = 10
"""Every tenth person is led through the plan."""


def test_every_resident_of_the_projection_is_in_one_board(tables: OfficialTables) -> None:
    by_year: dict[int, float] = {}
    for board in boards(tables):
        for year, _, _, people, *_ in residents_to_come(extent_of(board, tables), tables).rows:
            by_year[int(str(year))] = by_year.get(int(str(year)), 0) + float(str(people))
    official = tables.records("SELECT year, sum(people) AS people FROM projection GROUP BY year")
    assert sorted(by_year) == list(range(2025, 2048))
    for row in official:
        if row["year"] in by_year:
            assert by_year[row["year"]] == pytest.approx(row["people"], rel=1e-6)


@pytest.mark.parametrize(
    ("board", "in_2025", "in_2031"),
    [("QSL", 590_927, 610_735), ("QKS", 1_932_162, 1_999_907), ("T6Y0W", 1_738_629, 1_800_398)],
)
def test_three_boards_have_their_official_residents(
    tables: OfficialTables, board: str, in_2025: int, in_2031: int
) -> None:
    rows = residents_to_come(extent_of(board_called(board, tables), tables), tables).rows
    for year, people in ((2025, in_2025), (2031, in_2031)):
        found = sum(float(str(row[3])) for row in rows if row[0] == year)
        assert found == pytest.approx(people, abs=1)


@pytest.mark.slow
def test_residents_are_within_one_per_cent_of_the_official_ones_in_every_year(
    made: MadePlace,
) -> None:
    place = load(made.folder)
    official = read_residents_to_come(place)
    assert official is not None
    everybody = synthesise(place, RunContext(7))
    people = everybody.take(np.arange(0, len(everybody), EVERY))
    times = everybody.resident.sum() / people.resident.sum()
    lives = project(place, people)
    there = [float((here & lives.people.resident).sum()) * times for here in lives.present]
    grown = []
    for year, found in zip(lives.years, there, strict=True):
        wanted = official.on_1_january(year)
        assert wanted is not None
        assert found == pytest.approx(wanted.sum(), rel=0.01), year
        grown.append(found / wanted.sum())
    # A year of a tenth of the people is 2,500 events: 3.5 standard errors of Somerset's.
    assert grown == pytest.approx([grown[0]] * len(grown), rel=0.003)
