"""The official tables that come along: England adds up, and every table says where it is from."""

from __future__ import annotations

import csv
import importlib
import sys
from pathlib import Path

import pytest

from tripleaim.boards import OfficialTables, boards, extent_of
from tripleaim.boards.allocations import STREAMS, share_of
from tripleaim.boards.official import FOLDER
from tripleaim.boards.people import people_registered, residents

ROOT = Path(__file__).parents[2]
STATEMENTS = ROOT / "footprint_data" / "tables"


def sources() -> list[dict[str, str]]:
    with (FOLDER / "sources.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_practice_is_counted_once(tables: OfficialTables) -> None:
    people, practices = tables.records(
        "SELECT sum(patients) AS people, count(DISTINCT practice) AS practices FROM lists"
    )[0].values()
    assert (people, practices) == (63_436_508, 6_139)
    by_board = tables.records(
        "SELECT icb26, sum(patients) AS people FROM lists "
        "JOIN practice_homes USING (practice) GROUP BY icb26"
    )
    assert sum(row["people"] for row in by_board) == people
    assert {row["icb26"] for row in by_board} == {board.code for board in boards(tables)}


def test_every_small_area_is_in_a_board_and_residents_add_up(tables: OfficialTables) -> None:
    assert tables.value("SELECT count(*) FROM areas") == 33_755
    assert tables.value("SELECT count(DISTINCT lsoa) FROM areas WHERE icb26 <> ''") == 33_755
    assert tables.value("SELECT sum(people) FROM residents") == 58_620_101
    assert tables.value(
        "SELECT sum(people) FROM residents WHERE district IN (SELECT district FROM districts)"
    ) == pytest.approx(58_620_101)


@pytest.mark.parametrize(
    ("stream", "billions"),
    [
        ("core", 116.741),
        ("primary_medical_care", 13.059),
        ("pharmacy_ophthalmic_dental", 6.083),
        ("running_cost", 0.874),
        ("specialised", 20.724),
    ],
)
def test_allocations_are_those_of_england(
    tables: OfficialTables, stream: str, billions: float
) -> None:
    measure = STREAMS[stream][0]
    value = tables.value(
        "SELECT sum(value) FROM allocations WHERE stream = $stream AND measure = $measure",
        stream=stream,
        measure=measure,
    )
    assert value / 1e9 == pytest.approx(billions, abs=0.0005)


def test_the_whole_core_allocation_has_one_off_money_too(tables: OfficialTables) -> None:
    value = tables.value(
        "SELECT sum(value) FROM allocations WHERE stream = 'core' "
        "AND measure = '2025_26_total_allocation'"
    )
    assert value / 1e9 == pytest.approx(124.346, abs=0.0005)


def test_the_waiting_list_is_that_of_england(tables: OfficialTables) -> None:
    assert tables.value("SELECT sum(waiting) FROM waiting") == 7_187_677
    by_week = tables.value("SELECT sum(waiting) FROM waiting_weeks")
    assert by_week == pytest.approx(7_187_677, rel=0.001)


def test_a_split_board_is_shared_by_need_in_parts_that_add_up(tables: OfficialTables) -> None:
    by_code = {board.code: board for board in boards(tables)}
    part = share_of(extent_of(by_code["T6Y0W"], tables), "QJG", "core", tables)
    assert part == pytest.approx(0.63, abs=0.005)
    split = tables.records("SELECT icb24, list(icb26) AS after FROM boards GROUP BY icb24")
    for row in split:
        parts = [
            share_of(extent_of(by_code[code], tables), row["icb24"], "core", tables)
            for code in row["after"]
        ]
        assert sum(parts) == pytest.approx(1)


def test_a_location_that_was_split_went_to_its_boards_by_need(tables: OfficialTables) -> None:
    rows = tables.records(
        "SELECT sub_icb24, count(*) AS boards, sum(part) AS whole FROM location_parts GROUP BY 1"
    )
    assert len(rows) == 106
    assert all(row["whole"] == pytest.approx(1, abs=0.0002) for row in rows)
    assert [row["sub_icb24"] for row in rows if row["boards"] > 1] == ["D4U1Y"]
    berkshire = tables.value(
        "SELECT part FROM location_parts WHERE sub_icb24 = 'D4U1Y' AND icb26 = 'S0E4D'"
    )
    assert berkshire == pytest.approx(0.582, abs=0.001)


def test_boards_have_more_people_registered_than_resident(tables: OfficialTables) -> None:
    living = {
        board.code: sum(
            int(row[-1] or 0) for row in residents(extent_of(board, tables), tables).rows
        )
        for board in boards(tables)
    }
    assert sum(living.values()) == pytest.approx(58_620_101, abs=500)
    ratios = [
        people_registered(extent_of(board, tables), tables) / living[board.code]
        for board in boards(tables)
    ]
    assert min(ratios) == pytest.approx(1.016, abs=0.001)
    assert max(ratios) == pytest.approx(1.298, abs=0.001)


def test_every_statement_has_its_table_and_every_table_a_source() -> None:
    made = {file.stem for file in FOLDER.iterdir() if file.suffix in (".csv", ".parquet")}
    statements = {file.stem for file in STATEMENTS.glob("*.sql")}
    assert made - statements == {"sources", "parts"}
    tables = [source["tables"] for source in sources() if source["tables"]]  # some have words alone
    named = {table for several in tables for table in several.split(";")}
    assert named == statements


def test_the_page_of_sources_is_made_from_the_tables() -> None:
    sys.path.insert(0, str(ROOT))  # `footprint_data` is beside the package, as `website` is
    page = importlib.import_module("footprint_data.__main__").sources_page(FOLDER)
    assert (FOLDER / "SOURCES.md").read_text(encoding="utf-8") == page


def test_a_source_names_publisher_table_edition_and_licence() -> None:
    for source in sources():
        assert all(source[name] for name in ("title", "publisher", "table", "edition", "licence"))


def test_the_tables_are_small_enough_to_come_along() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 5_000_000
