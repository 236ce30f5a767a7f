"""A place is cut to the boards of another year; what it changes adds up, and own rows stay."""

from __future__ import annotations

import shutil
from dataclasses import astuple
from pathlib import Path

import pytest

from command_line import tripleaim
from tripleaim.boards import (
    Counted,
    MadePlace,
    OfficialTables,
    boards_of,
    boards_that_share,
    boundary_change,
    make_place,
    pieces_of_england,
)
from tripleaim.boards.official import FOLDER
from tripleaim.official_files import Recut, recut_place
from tripleaim.place import InputError, check, load

ENGLAND = FOLDER.parent / "england"


@pytest.fixture(scope="module", name="edited")
def edited_place(tmp_path_factory: pytest.TempPathFactory) -> MadePlace:
    """A board of 2026, to which people added an opening and a file of trends."""
    place = make_place(tmp_path_factory.mktemp("merged") / "norfolk-and-suffolk", "T6Y0W")
    figures = place.folder / "figures_money.csv"
    figures.write_text(
        figures.read_text(encoding="utf-8")
        + "opening.commissioner,-12.5,,,£m,2026/27,before savings,assumed,tripleaim,,our return\n",
        encoding="utf-8",
    )
    shutil.copy(ENGLAND / "trends.csv", place.folder)
    return place


@pytest.fixture(scope="module")
def recut(edited: MadePlace, tmp_path_factory: pytest.TempPathFactory) -> Recut:
    """The same at the boundary of one of its two boards of 2024."""
    return recut_place(edited.folder, 2024, tmp_path_factory.mktemp("recut") / "norfolk", "QMM")


def total(parts: tuple[tuple[object, Counted], ...]) -> Counted:
    return sum((one for _, one in parts), Counted())


def test_every_change_of_every_board_adds_up(tables: OfficialTables) -> None:
    pairs, pieces = 0, pieces_of_england(tables)
    england = sum((piece.counted for piece in pieces), Counted())
    assert (england.practices, england.registered, england.areas) == (6_139, 63_436_508, 33_755)
    assert england.pounds / 1e9 == pytest.approx(
        116.741 + 13.059 + 6.083 + 0.874 + 20.724, abs=0.01
    )
    for year, other in ((2024, 2026), (2026, 2024)):
        for before in boards_of(year, tables):
            for after in boards_that_share(before, other, pieces, tables):
                change = boundary_change(before, after, pieces, tables)
                left = change.kept + total(change.lost)
                right = change.kept + total(change.gained)
                assert astuple(left) == pytest.approx(astuple(change.had))
                assert astuple(right) == pytest.approx(astuple(change.has))
                pairs += 1
    assert pairs == 92


def test_a_board_that_was_split_three_ways_goes_whole_to_three(tables: OfficialTables) -> None:
    pieces = pieces_of_england(tables)
    (frimley,) = (one for one in boards_of(2024, tables) if one.code == "QNQ")
    after = boards_that_share(frimley, 2026, pieces, tables)
    assert [one.code for one in after] == ["QRL", "S0E4D", "S9B9J"]
    changes = [boundary_change(frimley, one, pieces, tables) for one in after]
    assert sum(one.kept.registered for one in changes) == changes[0].had.registered
    assert sum(one.kept.areas for one in changes) == changes[0].had.areas == 455
    assert sum(one.kept.pounds for one in changes) == pytest.approx(changes[0].had.pounds)


def test_a_merged_place_is_cut_to_one_of_its_boards_of_before(
    recut: Recut, edited: MadePlace
) -> None:
    change = recut.change
    assert change.had.registered == edited.registered
    assert recut.made.registered == change.has.registered == change.kept.registered
    assert [board.code for board, _ in change.lost] == ["QJG"]
    assert change.gained == ()
    place = load(recut.made.folder)
    assert check(recut.made.folder).faults == ()
    assert place.name == "NHS Norfolk and Waveney"


def test_what_was_written_by_hand_is_kept_and_said(recut: Recut) -> None:
    assert load(recut.made.folder).value("opening.commissioner") == -12.5
    own = (recut.made.folder / "trends.csv").read_bytes()
    assert own == (ENGLAND / "trends.csv").read_bytes()
    told = " ".join(recut.kept)
    assert "opening.commissioner: kept as written; it was entered for NHS Norfolk and Suf" in told
    assert "trends.csv: your own file, kept" in told
    readme = (recut.made.folder / "README.md").read_text(encoding="utf-8")
    assert "| to NHS Suffolk and North East Essex |" in readme


def test_back_at_the_boundary_of_2026_the_place_is_as_it_was(
    recut: Recut, edited: MadePlace, tmp_path: Path
) -> None:
    back = recut_place(recut.made.folder, 2026, tmp_path / edited.folder.name)
    for name in ("registered.csv", "lsoas.csv", "allocations.csv", "figures_money.csv"):
        assert (back.made.folder / name).read_bytes() == (edited.folder / name).read_bytes(), name
    assert [board.code for board, _ in back.change.gained] == ["QJG"]


def test_which_board_must_be_named_where_there_are_several(
    edited: MadePlace, tmp_path: Path
) -> None:
    done = tripleaim("place", "recut", edited.folder, "--to", "2024", "--out", tmp_path / "one")
    assert done.returncode == 2
    assert "QJG" in done.stderr
    assert "--board" in done.stderr
    with pytest.raises(InputError, match="expected a board of 2024 that has a part of it"):
        recut_place(edited.folder, 2024, tmp_path / "one", "QSL")
    with pytest.raises(InputError, match="it is cut to 2026"):
        recut_place(edited.folder, 2026, tmp_path / "one")
    assert list(tmp_path.iterdir()) == []


def test_a_place_whose_boundary_is_the_same_is_refused(tmp_path: Path) -> None:
    place = make_place(tmp_path / "county", "QSL").folder
    with pytest.raises(InputError, match="has the same boundary in 2024 and 2026"):
        recut_place(place, 2024, tmp_path / "one")
    council = make_place(tmp_path / "council", council="E06000017").folder
    with pytest.raises(InputError, match="its boundary is the same in every year"):
        recut_place(council, 2024, tmp_path / "one")


def test_own_rows_that_do_not_hold_in_the_new_place_leave_nothing(tmp_path: Path) -> None:
    copy = make_place(tmp_path / "east", "T6Y0W").folder
    shares = copy / "staff_shares.csv"
    text = shares.read_text(encoding="utf-8")
    rows = {row.split(",")[2]: row for row in text.splitlines() if row.startswith("acute-ae,")}
    for trust, part in (("RM1", "0.9"), ("RGR", "0"), ("RCX", "0"), ("RGP", "0"), ("RDE", "0.1")):
        text = text.replace(rows[trust], f"acute-ae,,{trust},{part},assumed,tripleaim")
    text = text.replace(rows[""], "acute-ae,,,0,assumed,tripleaim")
    shares.write_text(text, encoding="utf-8")
    assert check(copy).faults == ()
    with pytest.raises(InputError, match="rows of your own that hold in the new place too"):
        recut_place(copy, 2024, tmp_path / "norfolk", "QMM")
    assert not (tmp_path / "norfolk").exists()
