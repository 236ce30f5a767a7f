"""A board's place is made whole, passes the check, and says what is measured and what is not."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from command_line import tripleaim
from tripleaim.accounts import account, flow_inputs, flow_matrix
from tripleaim.activity import Activity
from tripleaim.boards import MadePlace, OfficialTables, board_called, extent_of, make_place
from tripleaim.boards.neighbourhoods import practices_of
from tripleaim.boards.organisations import boards
from tripleaim.boards.trusts import provider_shares
from tripleaim.core import RunContext
from tripleaim.measures import benchmark_inputs, peers
from tripleaim.people import check_people, synthesise
from tripleaim.place import InputError, asked_for, check, load, old_defaults_of

WORDS_OF_2016 = re.compile(
    r"\bCCGs?\b|\bSTFs?\b|\bQIPP\b|as printed|2013/14|clinical commissioning|control total"
)
PLACES = ("somerset", "kent", "norfolk", "northampton")


def rows(made: MadePlace, name: str) -> list[dict[str, str]]:
    text = (made.folder / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in text if not line.startswith("#")))


def test_a_made_place_has_no_fault(made: MadePlace) -> None:
    result = check(made.folder)
    assert result.faults == ()
    assert not [note for note in result.notes if "does not read" in note]


def test_its_files_use_no_words_of_2016_and_name_no_other_place(made: MadePlace) -> None:
    own = made.board.name.lower()
    others = [name for name in PLACES if name not in own]
    for file in filter(Path.is_file, made.folder.rglob("*")):
        text = file.read_text(encoding="utf-8")
        assert not WORDS_OF_2016.search(text), file.name
        if file.name not in ("provider_shares.csv", "sources.csv", "waiting_list.csv"):
            assert [name for name in others if name in text.lower()] == [], file.name


def test_everybody_on_the_lists_is_there(made: MadePlace, tables: OfficialTables) -> None:
    listed = tables.value(
        "SELECT sum(patients) FROM lists JOIN practice_homes USING (practice) WHERE icb26 = $board",
        board=made.board.code,
    )
    assert sum(int(row["patients"]) for row in rows(made, "registered.csv")) == listed
    assert made.registered == listed == load(made.folder).value("people.registered")


def test_three_boards_have_the_people_of_their_official_counts(
    one_county: MadePlace, many_trusts: MadePlace, merged: MadePlace
) -> None:
    counts = [
        (one.registered, one.residents, one.practices, one.neighbourhoods)
        for one in (one_county, many_trusts, merged)
    ]
    assert counts == [
        (604_843, 588_328, 58, 14),
        (2_039_483, 1_931_684, 175, 46),
        (1_793_783, 1_726_590, 161, 35),
    ]


def test_every_practice_of_england_is_in_a_network_and_on_the_map(tables: OfficialTables) -> None:
    found = [
        one for board in boards(tables) for one in practices_of(extent_of(board, tables), tables)
    ]
    assert len(found) == len({one.code for one in found}) == 6_139
    assert all(one.network and 49 < one.lat < 56 and -7 < one.lon < 2 for one in found)
    assert len([one for one in found if "left the practice map" in one.said]) == 10


def test_the_allocation_is_the_published_one_shared_by_need(
    one_county: MadePlace, merged: MadePlace
) -> None:
    core = {row["stream"]: row for row in rows(one_county, "allocations.csv")}["core services"]
    assert (core["pounds"], core["share"], core["status"]) == ("1192266000", "1", "public")
    by_board = {
        row["from_board"]: row
        for row in rows(merged, "allocations.csv")
        if row["stream"] == "core services"
    }
    assert by_board["QMM"]["share"] == "1"
    assert float(by_board["QJG"]["share"]) == pytest.approx(0.63, abs=0.005)
    assert by_board["QJG"]["status"] == "assumed"


def test_the_opening_of_the_board_is_not_known_and_asked_for(made: MadePlace) -> None:
    opening = {row["organisation"]: row for row in rows(made, "openings.csv")}[made.board.code]
    assert opening["position"] == ""
    assert "not known; who would know" in opening["cause"]
    assert {row["deficit_support"] for row in rows(made, "openings.csv")} == {"not said"}
    place = load(made.folder)
    assert list(asked_for(place)) == ["opening.commissioner", "growth.allocation"]
    assert "opening.commissioner" not in place.figures
    streams = list(rows(made, "allocations.csv"))
    special = [row for row in streams if row["stream"] == "specialised services"]
    pounds = sum(float(row["pounds"]) for row in streams if row not in special)
    assert place.value("allocation.commissioner") == pytest.approx(pounds / 1e6, abs=0.001)


def test_a_trust_of_a_split_board_is_in_both_if_its_patients_are(
    merged: MadePlace, many_trusts: MadePlace
) -> None:
    own = {
        row["provider"]: row for row in rows(merged, "provider_shares.csv") if row["own"] == "yes"
    }
    assert set(own) == {"RCX", "RDE", "RGP", "RGR", "RM1"}
    assert float(own["RDE"]["of_provider"]) == pytest.approx(0.464, abs=0.001)
    trusts = [row["id"] for row in rows(many_trusts, "organisations.csv") if "trust" in row["kind"]]
    assert trusts == ["RN7", "RPA", "RVV", "RWF", "RXY", "RYY"]


def test_completeness_counts_what_is_measured_and_names_what_replaces_the_rest(
    one_county: MadePlace, merged: MadePlace
) -> None:
    assert one_county.completeness.parts == {
        "measured": 20,
        "modelled": 7,
        "borrowed": 15,
        "not known": 3,
    }
    assert one_county.completeness.score == pytest.approx(23.5 / 45)
    assert merged.completeness.score < one_county.completeness.score
    for row in rows(merged, "completeness.csv"):
        assert row["replaced_by"]
        assert row["instead"] or row["standing"] == "measured", row["what"]


@pytest.mark.slow
def test_the_people_of_a_made_place_meet_its_counts_and_registers(one_county: MadePlace) -> None:
    place = load(one_county.folder)
    checks = check_people(synthesise(place, RunContext(7)), place)
    assert [one.name for one in checks if not one.passes] == []
    assert sum(one.source == "qof-2024-25" for one in checks) == 17


def test_a_shipped_place_keeps_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="call it somerset-2026"):
        make_place(tmp_path / "somerset", "QSL")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_has_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="expected a new or an empty folder"):
        make_place(tmp_path / "mine", "QSL")
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_the_same_board_gives_the_same_bytes(one_county: MadePlace, tmp_path: Path) -> None:
    again = make_place(tmp_path / one_county.folder.name, "NHS Somerset")
    files = [file for file in one_county.folder.rglob("*") if file.is_file()]
    assert len(files) > 40
    for file in files:
        inside = file.relative_to(one_county.folder)
        assert (again.folder / inside).read_bytes() == file.read_bytes(), inside


def test_the_command_makes_a_place_and_says_what_it_has(tmp_path: Path) -> None:
    done = tripleaim("place", "make", tmp_path / "medway", "--board", "QKS")
    assert done.returncode == 0
    assert "2,039,483 people on the lists of 175 practices in 46 neighbourhoods" in done.stdout
    assert "Completeness 50%" in done.stdout
    assert tripleaim("place", "check", tmp_path / "medway").returncode == 0


def test_the_command_refuses_a_board_that_is_no_more(tmp_path: Path) -> None:
    done = tripleaim("place", "make", tmp_path / "norfolk", "--board", "QMM")
    assert done.returncode == 2
    assert "use T6Y0W" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_command_lists_the_boards() -> None:
    lines = tripleaim("place", "boards").stdout.splitlines()
    assert len(lines) == 36
    assert "QSL    E54000038  NHS Somerset (shares staff with QOX and QVV)" in lines
    assert "QKS    E54000032  NHS Kent and Medway" in lines


def test_flows_of_a_made_place_meet_what_is_spent_and_earned(made: MadePlace) -> None:
    place = load(made.folder)
    years = (place.base_year, *place.years)
    grown = {year: 1e6 * 1.02**at for at, year in enumerate(years)}
    activity = Activity.of_totals({point.id: grown for point in place.points_of_delivery})
    inputs = flow_inputs(place)
    accounts = account(inputs.account, activity, dict.fromkeys(years, float(made.registered)))
    for year in years:
        flows = flow_matrix(inputs, accounts, year)
        earned = flows.total(payee=inputs.trusts[0])
        assert earned > 0
        assert float(flows.total(payer=made.board.code)) > 0
    base = flow_matrix(inputs, accounts, place.base_year)
    for trust, income in inputs.trust_incomes.items():
        assert float(base.total(payee=trust)) / 1e6 == pytest.approx(income, abs=0.01)


@pytest.mark.parametrize("code", ["D7T5G", "QRL", "QT6", "QUY", "S9B9J"])
def test_boards_that_were_split_enlarged_or_have_few_trusts_are_made_too(
    code: str, tmp_path: Path
) -> None:
    made = make_place(tmp_path / f"board-{code.lower()}", code)
    assert check(made.folder).faults == ()
    assert made.trusts


def test_a_trust_that_merged_stands_under_its_code_of_2026(tables: OfficialTables) -> None:
    own = {
        one.code: one
        for one in provider_shares(extent_of(board_called("QUY", tables), tables), tables)
    }
    assert "RVJ" not in own
    assert own["RA7"].of_board > 0.75


def test_a_board_is_compared_with_boards_of_today(merged: MadePlace) -> None:
    place = load(merged.folder)
    near = peers(benchmark_inputs(place))
    boards_of_today = {row["area"] for row in place.rows("peers.csv")}
    assert len(boards_of_today) == 36
    assert len(near) == 10
    assert {peer.id for peer in near} < boards_of_today - {"T6Y0W"}
    assert {"Devon", "Lincolnshire"} < {peer.name for peer in near}


def test_every_old_default_of_a_made_place_is_named(made: MadePlace) -> None:
    place = load(made.folder)
    named = [row["file"] for row in place.own.rows("old_defaults.csv")]
    assert named == [one.file for one in old_defaults_of(place.files, place.base_year)]
    assert {"contact_rates.csv", "mortality.csv", "staff.csv"} < set(named)
    assert not {"peers.csv", "quintile_shares.csv", "registers.csv"} & set(named)
