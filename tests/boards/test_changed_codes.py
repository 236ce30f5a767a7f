"""One table says what became of boards, locations, trusts, councils, areas and practices."""

from __future__ import annotations

from tripleaim.boards import OfficialTables, code_changes, trusts_by_code
from tripleaim.place import Place, successors


def test_the_table_has_every_change_of_a_board_of_april_2026(tables: OfficialTables) -> None:
    told = tables.records(
        "SELECT code, successor FROM successors WHERE kind = 'commissioner' "
        "AND since = '2026-04-01' ORDER BY code, successor"
    )
    boards = tables.records(
        "SELECT icb24 AS code, icb26 AS successor FROM boards WHERE icb24 <> icb26 "
        "ORDER BY code, successor"
    )
    assert told == boards
    frimley = code_changes("commissioner", ["QNQ"], tables)["QNQ"]
    assert (frimley.successors, frimley.change) == (("QRL", "S0E4D", "S9B9J"), "split")


def test_the_table_is_the_one_that_places_read(somerset: Place, tables: OfficialTables) -> None:
    told = tables.records(
        "SELECT code, successor, since FROM successors "
        "WHERE kind IN ('commissioner', 'trust', 'council') ORDER BY ALL"
    )
    read = sorted((one.code, one.successor, one.since) for one in successors(somerset.files))
    assert [tuple(row.values()) for row in told] == read


def test_a_trust_is_followed_to_what_it_is_in_august_2026(tables: OfficialTables) -> None:
    now = trusts_by_code(tables)
    assert (now["RAP"], now["RVY"], now["RM4"], now["RH5"]) == ("RAL", "RBN", "R0A", "RH5")
    listed = {row["trust"] for row in tables.records("SELECT trust FROM trusts")}
    assert set(now.values()) == listed


def test_areas_of_2011_are_followed_by_areas_of_2021(tables: OfficialTables) -> None:
    areas = {row["lsoa"] for row in tables.records("SELECT lsoa FROM areas")}
    changes = tables.records("SELECT code, successor FROM successors WHERE kind = 'area'")
    assert len({row["code"] for row in changes}) == 1_034
    assert {row["successor"] for row in changes} <= areas
    assert not {row["code"] for row in changes} & areas


def test_a_code_that_did_not_change_is_not_in_the_table(tables: OfficialTables) -> None:
    assert code_changes("commissioner", ["QSL"], tables) == {}
    closed = code_changes("practice", ["L85005"], tables)["L85005"]
    assert (closed.successors, closed.since, closed.change) == ((), "2020-06-30", "closed")
