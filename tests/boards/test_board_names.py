"""A board is found by code or name; what is no board says what to use instead."""

from __future__ import annotations

import pytest

from tripleaim.boards import OfficialTables, board_called, boards
from tripleaim.place import InputError


@pytest.mark.parametrize(
    "text",
    [
        *("QKS", "qks", " QKS ", "E54000032", "NHS Kent and Medway", "kent & medway icb"),
        *("NHS Kent and Medway Integrated Care Board", "Medway"),
    ],
)
def test_a_board_has_codes_a_long_name_and_a_short_one(text: str, tables: OfficialTables) -> None:
    assert board_called(text, tables).code == "QKS"


def test_every_board_is_found_by_each_of_its_names(tables: OfficialTables) -> None:
    for board in boards(tables):
        for text in (board.code, board.ons, board.name, board.short_name):
            assert board_called(text, tables) == board


def test_boards_of_2024_went_to_boards_of_2026(tables: OfficialTables) -> None:
    now = boards(tables)
    assert len(now) == 36
    assert len({code for board in now for code in board.before}) == 42
    merged = board_called("T6Y0W", tables)
    assert merged.before == ("QJG", "QMM")
    assert merged.whole == ("QMM",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("QMM", "became part of NHS Norfolk and Suffolk (T6Y0W) on 1 April 2026: use T6Y0W"),
        ("NHS Norfolk and Waveney", "became part of NHS Norfolk and Suffolk (T6Y0W)"),
        ("QJG", "was split on 1 April 2026 between NHS Essex (D7T5G), NHS Norfolk and Suffolk"),
        ("E54000034", "Frimley Integrated Care Board was split on 1 April 2026 between"),
        ("E54000042", "took a new code on 1 April 2026: use QRL"),
        ("E5400032", "zeros were lost, as a spreadsheet does; use E54000032"),
        ("5432", "zeros were lost, as a spreadsheet does; use E54000032"),
        ("London", "4 boards have this in their name: NHS South East London (QKK)"),
        ("00Q", "00Q is a location of one: use QE1"),
        ("0Q", "00Q is a location of one: use QE1"),
        ("Frimly", 'Did you mean "Frimley"?'),
        ("QZZ", "`tripleaim place boards` lists all"),
        ("", "nothing (an empty cell): expected an integrated care board"),
        ("NHS", "expected an integrated care board"),
    ],
)
def test_what_is_no_board_says_what_to_use(
    text: str, expected: str, tables: OfficialTables
) -> None:
    with pytest.raises(InputError) as refused:
        board_called(text, tables)
    assert expected in str(refused.value)
