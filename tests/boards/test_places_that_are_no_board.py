"""A council, a list of practices and a list of small areas give a place as a board does."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from command_line import tripleaim
from tripleaim.boards import MadePlace, OfficialTables, make_place
from tripleaim.boards.code_lists import areas_in, practices_in
from tripleaim.boards.councils import council_called
from tripleaim.core import RunContext
from tripleaim.people import check_people, synthesise
from tripleaim.place import InputError, check, load

SHARED = (
    *("waiting_list.csv", "provider_shares.csv", "allocations.csv"),
    *("ae_months.csv", "delays.csv"),
)


def rows(place: MadePlace, name: str) -> list[dict[str, str]]:
    text = (place.folder / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in text if not line.startswith("#")))


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> MadePlace:
    """The council whose area is a whole board, by the code that it had until 2023."""
    folder = tmp_path_factory.mktemp("council") / "somerset-council"
    return make_place(folder, council="E10000027")


@pytest.fixture(scope="module")
def practices(tmp_path_factory: pytest.TempPathFactory, tables: OfficialTables) -> MadePlace:
    """The practices of two neighbourhoods, one that closed, and one that comes twice."""
    folder = tmp_path_factory.mktemp("practices")
    codes = [
        row["practice"]
        for row in tables.records(
            "SELECT practice FROM practices JOIN practice_homes USING (practice) "
            "WHERE network IN ('U91215', 'U00000') AND icb26 = 'T6Y0W' ORDER BY practice"
        )
    ]
    listed = folder / "list.csv"
    listed.write_text("\n".join(["Practice code", *codes, "L85005", codes[0]]), encoding="utf-8")
    return make_place(folder / "two-neighbourhoods", practices=listed)


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory, tables: OfficialTables) -> MadePlace:
    """A city by its small areas of 2011."""
    folder = tmp_path_factory.mktemp("areas")
    codes = [
        row["code"]
        for row in tables.records(
            "SELECT DISTINCT coalesce(s.code, a.lsoa) AS code FROM areas AS a "
            "LEFT JOIN successors AS s ON s.kind = 'area' AND s.successor = a.lsoa "
            "JOIN districts AS d USING (district) WHERE d.name = 'Gloucester' ORDER BY code"
        )
    ]
    listed = folder / "areas.csv"
    listed.write_text("\n".join(["LSOA11CD", *codes]), encoding="utf-8")
    return make_place(folder / "the-city", areas=listed)


@pytest.fixture(params=["council", "practices", "areas"])
def part(request: pytest.FixtureRequest) -> MadePlace:
    """Each of the three."""
    place: MadePlace = request.getfixturevalue(request.param)
    return place


def test_each_kind_passes_its_check(part: MadePlace) -> None:
    assert check(part.folder).faults == ()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["practices", "areas"])
def test_the_people_of_a_list_meet_their_counts(kind: str, request: pytest.FixtureRequest) -> None:
    place = load(request.getfixturevalue(kind).folder)
    checks = check_people(synthesise(place, RunContext(7)), place)
    assert [one.name for one in checks if not one.passes] == []


def test_what_is_published_by_board_is_shared_and_never_measured(part: MadePlace) -> None:
    for name in SHARED:
        own = [
            row
            for row in rows(part, name)
            if row.get("organisation", part.extent.code) == part.extent.code
        ]
        assert {row["status"] for row in own} <= {"assumed"}, name
    standing = {row["file"]: row["standing"] for row in rows(part, "completeness.csv")}
    for name in (*SHARED[:3], "ae_months.csv", "residents_to_come.csv"):
        assert standing[name] == "modelled", name
    assert standing["registered.csv"] == "measured"


def test_a_list_of_practices_models_where_its_people_live(practices: MadePlace) -> None:
    standing = {row["file"]: row["standing"] for row in rows(practices, "completeness.csv")}
    assert standing["lsoas.csv"] == "modelled"
    living = sum(int(row["population"]) for row in rows(practices, "lsoas.csv"))
    assert 1.0 < practices.registered / living < 1.12
    notes = " ".join(practices.notes)
    assert "L85005 closed on 2020-06-30; it has no people on 1 July 2026" in notes
    assert "counted once" in notes


def test_a_council_that_is_a_whole_board_has_the_people_of_the_board(
    council: MadePlace, one_county: MadePlace
) -> None:
    assert (council.registered, council.residents, council.practices) == (
        *(one_county.registered, one_county.residents, one_county.practices),
    )
    for name in ("registered.csv", "lsoas.csv", "residents.csv", "practice_registers.csv"):
        assert rows(council, name) == rows(one_county, name), name
    one, other = (
        {row["stream"]: float(row["pounds"]) for row in rows(place, "allocations.csv")}
        for place in (council, one_county)
    )
    assert one == pytest.approx(other, rel=0.001)
    assert council.completeness.score < one_county.completeness.score
    assert "E10000027 became Somerset (E06000066) on 2023-04-01" in council.notes


def test_all_councils_of_england_have_all_who_are_registered(tables: OfficialTables) -> None:
    by_council = tables.records(
        "SELECT council, sum(patients) AS people, count(DISTINCT practice) AS practices "
        "FROM lists JOIN practice_homes USING (practice) JOIN areas USING (lsoa) "
        "JOIN districts AS d ON d.district = areas.district GROUP BY council"
    )
    assert sum(row["people"] for row in by_council) == 63_436_508
    assert sum(row["practices"] for row in by_council) == 6_139
    assert {row["council"] for row in by_council} >= {"E06000066", "E10000016"}


def test_a_board_in_two_councils_is_divided_without_remainder(tables: OfficialTables) -> None:
    parts = [council_called(name, tables) for name in ("Kent", "E06000035")]
    districts = {code for one in parts for code in one.districts}
    inside, own = tables.records(
        "SELECT sum(patients) FILTER (a.district IN (SELECT unnest($districts))) AS inside, "
        "sum(patients) FILTER (h.icb26 = 'QKS') AS own FROM lists "
        "JOIN practice_homes AS h USING (practice) JOIN areas AS a USING (lsoa)",
        districts=sorted(districts),
    )[0].values()
    assert inside == own == 2_039_483


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("E1000016", "Kent"),
        ("Kent County Council", "Kent"),
        ("E07000106", "Canterbury"),
        ("e09000021", "Kingston upon Thames"),
    ],
)
def test_a_council_is_found_by_code_and_name(
    asked: str, expected: str, tables: OfficialTables
) -> None:
    assert council_called(asked, tables).name == expected


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("E10000006", "was split on 2023-04-01 between Cumberland .* and|Cumberland"),
        ("E99", "expected a council or a district of England"),
        ("Yorkshire", "these are alike"),
    ],
)
def test_what_is_no_council_of_today_is_refused(
    asked: str, told: str, tables: OfficialTables
) -> None:
    with pytest.raises(InputError, match=told):
        council_called(asked, tables)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("practice\nL8501\n", 'line 2, column "practice": "L8501": .*use L08501|five digits'),
        ("practice\nL99999\n", "line 2.*in none of them"),
        ("practice\nL85005\n", "expected a practice with people on 1 July 2026"),
        ("name\nA surgery\n", "practice"),
        ("practice\n", "at least one row"),
    ],
)
def test_a_list_with_no_practice_is_refused_by_line(
    text: str, told: str, tmp_path: Path, tables: OfficialTables
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        practices_in(file, tables)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lsoa\nE0100001\n", "zeros were lost, as a spreadsheet does: use E01000001"),
        ("lsoa\nW01000001\n", "this one is in Wales"),
        ("lsoa\nE02000001\n", "E01 and six digits"),
    ],
)
def test_an_area_that_is_none_is_refused_by_line(
    text: str, told: str, tmp_path: Path, tables: OfficialTables
) -> None:
    file = tmp_path / "areas.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=f"line 2, .*{told}"):
        areas_in(file, tables)


def test_areas_of_2011_are_carried_to_those_of_2021(
    areas: MadePlace, tmp_path: Path, tables: OfficialTables
) -> None:
    by_district = {row["district"] for row in rows(areas, "lsoas.csv")}
    assert by_district == {"Gloucester"}
    wanted = tables.value(
        "SELECT count(*) FROM areas JOIN districts AS d USING (district) "
        "WHERE d.name = 'Gloucester'"
    )
    assert len(rows(areas, "lsoas.csv")) == wanted
    file = tmp_path / "merged.csv"
    file.write_text("lsoa\nE01000048\n", encoding="utf-8")
    listed = areas_in(file, tables)
    assert listed.codes == ("E01034479",)
    assert "was merged with others: all of E01034479 is taken" in listed.notes[0]
    assert areas_in(file, tables).notes[0].startswith("merged.csv, line 2: E01000048")


def test_exactly_one_kind_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="exactly one of --board, --council"):
        make_place(tmp_path / "one")
    with pytest.raises(InputError, match="--board and --council"):
        make_place(tmp_path / "one", "QSL", council="Somerset")
    assert list(tmp_path.iterdir()) == []


def test_the_command_makes_a_council_and_says_how_it_was_cut(tmp_path: Path) -> None:
    folder = tmp_path / "small-county"
    done = tripleaim("place", "make", folder, "--council", "E06000017")
    assert done.returncode == 0
    assert "people are registered with its practices and" in done.stdout
    assert tripleaim("place", "check", folder).returncode == 0
    assert tripleaim("people", folder, "--out", tmp_path / "people.parquet").returncode == 0
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "the practices that stand in it and the people who live in it" in readme
