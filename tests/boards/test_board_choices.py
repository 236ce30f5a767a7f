"""Which boards somebody may mean who types a name, a postcode, a practice or a council."""

from __future__ import annotations

import pytest

from tripleaim.boards import OfficialTables, board_called, board_choices, board_size, boards


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("QSL", ["QSL"]),
        ("E54000038", ["QSL"]),
        ("somerset", ["QSL"]),
        (" Kent  and medway ", ["QKS"]),
        ("TA6", ["QSL"]),
        ("ta6 5aa", ["QSL"]),
        ("Norwich", ["T6Y0W"]),
        ("L85001", ["QSL"]),
        ("l85066", ["QSL"]),
        ("", []),
        ("   ", []),
        ("ZZ9", []),
        ("'; DROP TABLE boards; --", []),
        ("NHS", []),
    ],
)
def test_a_text_leads_to_the_boards_it_may_mean(
    tables: OfficialTables, text: str, codes: list[str]
) -> None:
    found = [choice.board.code for choice in board_choices(text, tables)]
    assert found[: len(codes)] == codes
    assert bool(found) == bool(codes)


def test_a_board_that_was_split_leads_to_each_of_its_parts(tables: OfficialTables) -> None:
    choices = board_choices("QNQ", tables)
    assert len(choices) == 3
    assert {choice.why for choice in choices} == {
        "it has all or a part of NHS Frimley Integrated Care Board"
    }


def test_a_name_of_a_board_comes_before_a_practice_of_that_name(tables: OfficialTables) -> None:
    first, *rest = board_choices("surrey", tables)
    assert (first.board.short_name, first.why) == ("NHS Surrey and Sussex", "this is in its name")
    assert rest[-1].why == "it has the practice Surrey Lodge Practice (P84023)"


def test_every_board_is_found_by_its_own_name_and_codes(tables: OfficialTables) -> None:
    for board in boards(tables):
        for text in (board.code, board.ons, board.name, board.short_name):
            assert board_choices(text, tables)[0].board == board


def test_the_people_of_all_boards_are_those_of_all_lists(tables: OfficialTables) -> None:
    sizes = [board_size(board, tables) for board in boards(tables)]
    whole = tables.value("SELECT sum(patients)::BIGINT FROM lists")
    assert sum(size.registered for size in sizes) == whole
    assert sum(size.practices for size in sizes) == tables.value(
        "SELECT count(DISTINCT practice) FROM lists"
    )
    assert board_size(board_called("QSL", tables), tables).practices == 58
