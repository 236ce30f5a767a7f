"""A&E and emergency admissions of a made place start from what its hospitals counted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tripleaim.activity import measured_contacts
from tripleaim.boards import MadePlace, OfficialTables
from tripleaim.boards.extents import extent_of
from tripleaim.boards.measured_contacts import CountedPart, counted_parts
from tripleaim.boards.organisations import board_called, boards
from tripleaim.place import InputError, load

SINCE = "month BETWEEN DATE '2024-08-01' AND DATE '2025-07-01'"


def test_what_somerset_counted_in_twelve_months_is_its_level(one_county: MadePlace) -> None:
    found = measured_contacts(load(one_county.folder))
    assert {point: count.contacts for point, count in found.items()} == {
        "acute-ae": 265_863,
        "acute-non-elective": 60_468,
    }
    assert {(c.year, c.first_month, c.last_month, c.status) for c in found.values()} == {
        ("2025/26", "2024-08", "2025-07", "public")
    }


@pytest.fixture(scope="module")
def of_england(tables: OfficialTables) -> list[CountedPart]:
    """The counts of every board."""
    return [p for b in boards(tables) for p in counted_parts(extent_of(b, tables), tables)]


@pytest.mark.parametrize(
    ("point", "column"),
    [("acute-ae", "attendances"), ("acute-non-elective", "emergency_admissions")],
)
def test_boards_add_up_to_england(
    tables: OfficialTables, of_england: list[CountedPart], point: str, column: str
) -> None:
    parts = [part for part in of_england if part.point_of_delivery == point]
    latest = [part for part in parts if part.last_month == "2025-07"]
    published = tables.value(f"SELECT sum({column}) FROM ae_by_board WHERE {SINCE}")  # noqa: S608
    assert sum(part.contacts for part in latest) == pytest.approx(float(published), rel=1e-6)
    # Where the last months are not in the source, the growth of all other boards carries them.
    earlier = [part for part in parts if part not in latest]
    assert len(earlier) == 6
    (growth,) = {part.carried_by for part in earlier}
    before = tables.value(
        f"SELECT sum({column}) FROM ae_by_board WHERE icb24 IN "  # noqa: S608
        f"(SELECT icb24 FROM ae_by_board WHERE {SINCE}) "
        "AND month BETWEEN DATE '2023-04-01' AND DATE '2024-03-01'"
    )
    assert growth == pytest.approx(float(published) / float(before), abs=5e-5)


def test_a_split_board_is_shared_and_no_more_than_shared(of_england: list[CountedPart]) -> None:
    shares: dict[str, float] = {}
    for part in of_england:
        if part.point_of_delivery == "acute-ae":
            shares[part.from_board] = shares.get(part.from_board, 0) + part.share
    assert len(shares) == 42
    assert all(share == pytest.approx(1, abs=1e-4) for share in shares.values())


def test_a_merged_board_has_a_row_for_each_board_before(
    merged: MadePlace, tables: OfficialTables
) -> None:
    place = load(merged.folder)
    rows = [r for r in place.rows("measured_contacts.csv") if r["point_of_delivery"] == "acute-ae"]
    assert [(r["from_board"], r["last_month"], r["status"]) for r in rows] == [
        ("QJG", "2025-07", "assumed"),
        ("QMM", "2024-03", "assumed"),
    ]
    board = board_called("T6Y0W", tables)
    assert measured_contacts(place)["acute-ae"].contacts == pytest.approx(
        sum(
            p.contacts
            for p in counted_parts(extent_of(board, tables), tables)
            if p.point_of_delivery == "acute-ae"
        ),
        abs=0.2,
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (",2025/26,", ",2024/25,", "expected the base year, 2025/26"),
        ("265863,1,1,265863", "265863,1,1,300000", "counted x carried_by x share, 265,863.0"),
        ("265863,1,1,265863", "0,1,1,0", "leave out what is not known"),
        ("acute-ae,", "acute-e,", "expected a point of delivery"),
    ],
)
def test_a_count_that_cannot_be_is_refused(
    tmp_path: Path, one_county: MadePlace, old: str, new: str, expected: str
) -> None:
    folder = tmp_path / "somerset-2026"
    shutil.copytree(one_county.folder, folder)
    table = folder / "measured_contacts.csv"
    table.write_text(table.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(InputError, match=expected) as refused:
        measured_contacts(load(folder))
    assert refused.value.file == str(table)
    assert refused.value.line == 7
