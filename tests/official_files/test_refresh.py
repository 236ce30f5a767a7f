"""A place is renewed from official files; what its people wrote stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.official_files.published import (
    ae_months,
    book,
    extract,
    grown,
    own_lists,
    practice_map,
    quinary,
    registers,
    rows_of,
    single_years,
    write,
)

from command_line import tripleaim
from tripleaim.boards import make_place
from tripleaim.official_files import refresh_place
from tripleaim.place import OWN_NUMBERS, InputError, check, load, set_own_number, undo_own_number


def spend_a_head(place: Path) -> float:
    """What is spent on a registered person, all lines together: set to the allocation."""
    rows = rows_of(place / "figures_money.csv")
    return sum(float(row["value"]) for row in rows if row["id"].startswith("spend-per-head."))


def bytes_of(place: Path) -> dict[str, bytes]:
    """Every file of a place."""
    return {path.name: path.read_bytes() for path in place.iterdir() if path.is_file()}


def test_new_lists_are_put_in_and_their_sum_is_told(place: Path, tmp_path: Path) -> None:
    lists = grown(place)
    write(tmp_path / "data", "lists.csv", quinary(lists))
    before = sum(map(sum, (bands.values() for bands in own_lists(place).values())))
    spend = spend_a_head(place)
    result = refresh_place(place, tmp_path / "data")
    assert own_lists(place) == lists
    after = sum(map(sum, (bands.values() for bands in lists.values())))
    assert spend_a_head(place) * after == pytest.approx(spend * before, rel=1e-6)
    (change,) = [one for one in result.sums if one.file == "registered.csv"]
    assert (change.before, change.after) == (before, after)
    assert {row["id"]: row["value"] for row in rows_of(place / "figures.csv")}[
        "people.registered"
    ] == str(after)
    text = (place / "registered.csv").read_text(encoding="utf-8")
    assert "1 August 2026 (source gp-lists-2026-08)" in text
    sources = {row["id"] for row in rows_of(place / "sources.csv")}
    assert "gp-lists-2026-08" in sources
    assert not check(place).faults


def test_the_same_files_again_change_no_byte(place: Path, tmp_path: Path) -> None:
    write(tmp_path / "data", "lists.csv", quinary(grown(place)))
    write(tmp_path / "data", "ae.csv", ae_months([AE], "JULY-2026", 170))
    refresh_place(place, tmp_path / "data")
    before = bytes_of(place)
    result = refresh_place(place, tmp_path / "data")
    assert (result.written, result.changes) == ((), ())
    assert bytes_of(place) == before


def test_a_dry_run_writes_nothing(place: Path, tmp_path: Path) -> None:
    rows = quinary(grown(place))
    rows.append([*rows[-1][:3], "Y73", *rows[-1][4:]])
    write(tmp_path / "data", "lists.csv", rows)
    before = bytes_of(place)
    result = refresh_place(place, tmp_path / "data", dry_run=True)
    assert "registered.csv" in result.written
    assert bytes_of(place) == before
    assert not (tmp_path / "somerset-2026-refused-rows.csv").exists()


def test_single_years_of_both_sexes_are_one_edition(place: Path, tmp_path: Path) -> None:
    lists = grown(place)
    for sex in ("male", "female"):
        write(tmp_path / "data", f"{sex}.csv", single_years(lists, sex, "01AUG2026"))
    refresh_place(place, tmp_path / "data")
    assert own_lists(place) == lists


def test_an_older_edition_is_told_and_not_used(place: Path, tmp_path: Path) -> None:
    write(tmp_path / "data", "lists.csv", quinary(grown(place), "2026-06-01"))
    result = refresh_place(place, tmp_path / "data")
    assert not result.written
    assert "older than the place's (July 2026)" in " ".join(result.files[0].lines)


def test_lists_that_the_place_entered_are_kept(place: Path, tmp_path: Path) -> None:
    path = place / "registered.csv"
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("L85001,male,0-4"))
    path.write_text(text.replace(line, "L85001,male,0-4,9"), encoding="utf-8")
    lists = grown(place)
    write(tmp_path / "one", "lists.csv", quinary(lists))
    write(tmp_path / "two", "lists.csv", quinary(lists, "2026-09-01"))
    for data in ("one", "two"):
        result = refresh_place(place, tmp_path / data)
        assert own_lists(place)["L85001"]["male", "0-4"] == 9
        assert "registered.csv: L85001: entered by the place" in result.kept[0]


def test_rows_with_a_source_of_the_place_are_kept(place: Path, tmp_path: Path) -> None:
    path = place / "ae_months.csv"
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write("RH5,2026-07,5,4,3,2,1,public,our-own-count\n")
    write(tmp_path / "data", "ae.csv", ae_months([AE], "JULY-2026", 170))
    result = refresh_place(place, tmp_path / "data")
    assert not result.written
    assert result.kept == ("ae_months.csv: 1 rows with a source of the place's own (ae.csv)",)


def test_a_practice_that_left_the_lists_is_taken_out_and_named(place: Path, tmp_path: Path) -> None:
    lists = grown(place)
    gone = max(lists)
    people = sum(own_lists(place)[gone].values())
    del lists[gone]
    write(tmp_path / "data", "lists.csv", quinary(lists))
    result = refresh_place(place, tmp_path / "data")
    assert gone not in own_lists(place)
    assert f"taken out: {gone} ({people:,} people)" in " ".join(result.files[0].lines)


def test_a_new_practice_stands_in_its_network(place: Path, tmp_path: Path) -> None:
    lists = grown(place)
    lists["L85999"] = lists["L85001"]
    known = rows_of(place / "practices.csv")
    rows = [
        *((r["practice"], r["name"], r["postcode"], "U1", r["locality"], "QSL") for r in known),
        ("L85999", "NEW SURGERY", "TA1 1AA", "U1", known[0]["locality"].upper(), "QSL"),
        ("L85998", "OF ANOTHER BOARD", "EX1 1AA", "U2", "EXETER PCN", "QJK"),
    ]
    lists["L85998"] = lists["L85001"]
    write(tmp_path / "data", "lists.csv", quinary(lists))
    write(tmp_path / "data", "map.csv", practice_map(rows, "01Sep2026"))
    refresh_place(place, tmp_path / "data")
    now = {row["practice"]: row for row in rows_of(place / "practices.csv")}
    assert now["L85999"]["locality"] == known[0]["locality"]
    assert (now["L85999"]["name"], now["L85999"]["location_status"]) == ("New Surgery", "assumed")
    assert "L85998" not in now
    assert "L85998" not in own_lists(place)
    assert not check(place).faults


def test_a_practice_that_joined_another_network_brings_it(place: Path, tmp_path: Path) -> None:
    own = rows_of(place / "practices.csv")
    rows = [
        (r["practice"], r["name"].upper(), r["postcode"], "U1", r["locality"].upper(), "QSL")
        for r in own
    ]
    rows[0] = (*rows[0][:4], "NEW HILLS PCN", "QSL")
    rows[1] = (*rows[1][:3], "U", "Unallocated", "QSL")
    write(tmp_path / "data", "map.csv", practice_map(rows, "01Sep2026"))
    result = refresh_place(place, tmp_path / "data")
    now = rows_of(place / "practices.csv")
    assert now[0]["locality"] == "New Hills PCN"
    assert now[1]["locality"] == "No network"
    assert now[2:] == own[2:]
    localities = {row["locality"]: row["source"] for row in rows_of(place / "localities.csv")}
    assert localities["New Hills PCN"] == "gp-map-2026-09"
    assert "New Hills PCN is a neighbourhood that the place had not" in result.files[0].lines
    assert not check(place).faults


def test_some_practices_alone_leave_the_others_as_they_were(place: Path, tmp_path: Path) -> None:
    old, lists = own_lists(place), grown(place)
    some = dict(list(lists.items())[:5])
    write(tmp_path / "data", "lists.csv", quinary(some))
    refresh_place(place, tmp_path / "data")
    assert own_lists(place) == old | some
    text = (place / "registered.csv").read_text(encoding="utf-8")
    assert "# 5 practices are of 1 August 2026 (source gp-lists-2026-08), 53 as they were." in text


def test_registers_are_put_in_and_added_up(place: Path, tmp_path: Path) -> None:
    own = rows_of(place / "practice_registers.csv")
    ages = {r["minimum_age"]: f"{int(r['minimum_age']):02d}OV" for r in own} | {"0": "TOTAL"}
    lines = [
        (
            *(r["practice"], r["register"], f"{int(r['register_count']) // 2}.0"),
            *(ages[r["minimum_age"]], r["list_size"]),
        )
        for r in own
    ]
    write(tmp_path / "data", "PREVALENCE_2526.csv", registers(lines, "REGISTER_SIZE"))
    before = {row["register"]: row for row in rows_of(place / "registers.csv")}
    refresh_place(place, tmp_path / "data")
    now = {row["register"]: row for row in rows_of(place / "registers.csv")}
    halves = sum(int(r["register_count"]) // 2 for r in own if r["register"] == "AF")
    assert now["AF"]["register_count"] == str(halves)
    assert now["AF"]["source"] == "qof-2025-26"
    assert now["AF"]["england_pct"] == before["AF"]["england_pct"]
    assert not check(place).faults


def test_a_part_of_an_extract_leaves_other_providers(place: Path, tmp_path: Path) -> None:
    before = rows_of(place / "waiting_list.csv")
    lines = [("RH5", "11X", "Part_2", "C_320", {0: 10, 17: 1, 18: 5, 104: 2})]
    write(tmp_path / "data", "rtt.csv", extract(lines, "February-2026"))
    refresh_place(place, tmp_path / "data")
    now = rows_of(place / "waiting_list.csv")
    assert [row for row in now if row["provider"] != "RH5"] == [
        row for row in before if row["provider"] != "RH5"
    ]
    assert [
        (row["weeks_from"], row["waiting"], row["source"])
        for row in now
        if row["provider"] == "RH5"
    ] == [("0", "11", "rtt-2026-02"), ("18", "5", "rtt-2026-02"), ("104", "2", "rtt-2026-02")]


def test_a_whole_extract_renews_what_rests_on_the_waiting_list(place: Path, tmp_path: Path) -> None:
    elsewhere = [(f"{n:02}L", "RH5") for n in range(20)]
    lines = [("RH5", "11X", "Part_2", "C_320", {0: 60_000, 20: 12_000})]
    lines += [("RA7", "11X", "Part_2", "C_320", {0: 24_000}), ("ZZ9", "11X", "Part_2", "C_320", {})]
    lines += [(own, code, "Part_2", "C_320", {0: 400}) for code, own in elsewhere]
    write(tmp_path / "data", "rtt.csv", extract(lines, "February-2026"))
    flows = {row["line"]: row for row in rows_of(place / "flows.csv") if row["payee"] == "RH5"}
    refresh_place(place, tmp_path / "data")
    shares = {row["provider"]: row for row in rows_of(place / "provider_shares.csv")}
    assert set(shares) == {"RH5", "RA7"}
    assert (shares["RH5"]["of_provider"], shares["RH5"]["of_board"]) == ("0.9", "0.75")
    assert (shares["RH5"]["own"], shares["RA7"]["own"]) == ("yes", "no")
    assert {row["source"] for row in shares.values()} == {"rtt-2026-02"}
    now = {row["line"]: row for row in rows_of(place / "flows.csv") if row["payee"] == "RH5"}
    assert now["acute"]["weight"] == "75"
    assert float(now["elsewhere"]["weight"]) == float(flows["elsewhere"]["weight"])
    assert now["specialised"] == flows["specialised"]
    staff = {
        row["organisation"]: row["share"]
        for row in rows_of(place / "staff_shares.csv")
        if row["point_of_delivery"] == "acute-ae"
    }
    assert staff == {"RH5": "0.75", "": "0.25"}
    figures = {row["id"]: row for row in rows_of(place / "figures_money.csv")}
    assert figures["own-trusts-share.acute"]["value"] == "75.0"
    assert not check(place).faults


def test_commissioners_that_lost_their_zeros_are_the_board_s(tmp_path: Path) -> None:
    place = make_place(tmp_path / "north-east", "QHM").folder
    lines = [("RTF", "L", "Part_2", "C_320", {0: 10}), ("RTF", "0P", "Part_2", "C_300", {0: 7})]
    write(tmp_path / "data", "rtt.csv", extract(lines, "February-2026"))
    result = refresh_place(place, tmp_path / "data")
    assert "commissioners that lost zeros are read with them: 0P, L" in result.files[0].lines
    now = rows_of(place / "waiting_list.csv")
    assert sum(int(row["waiting"]) for row in now if row["source"] == "rtt-2026-02") == 17


AE = ("RH5", 100, 20, 50, 7, 0, 3, 40, 1, 0, 30, 2, 0, 8)


def test_a_month_of_ae_is_added_in_its_place(place: Path, tmp_path: Path) -> None:
    write(tmp_path / "data", "ae.csv", ae_months([AE], "JULY-2026", 170))
    refresh_place(place, tmp_path / "data")
    months = [row for row in rows_of(place / "ae_months.csv") if row["organisation"] == "RH5"]
    assert list(months[-1].values())[1:] == [
        *("2026-07", "170", "100", "41", "32", "40", "public", "ae-monthly-2026-07")
    ]
    assert not check(place).faults


def test_a_month_of_the_board_as_a_whole_is_put_in_too(place: Path, tmp_path: Path) -> None:
    whole = ("QSL", *AE[1:])
    write(tmp_path / "data", "ae.csv", ae_months([AE, whole], "JULY-2026", 340))
    refresh_place(place, tmp_path / "data")
    rows = [row for row in rows_of(place / "ae_months.csv") if row["month"] == "2026-07"]
    assert [(row["organisation"], row["attendances"]) for row in rows] == [
        ("RH5", "170"),
        ("QSL", "170"),
    ]


def test_refused_lines_are_in_a_file_beside_the_place(place: Path, tmp_path: Path) -> None:
    rows = quinary(grown(place))
    rows.append([*rows[-1][:3], "Y73", *rows[-1][4:]])
    write(tmp_path / "data", "lists.csv", rows)
    result = refresh_place(place, tmp_path / "data")
    assert result.refused_file == tmp_path / "somerset-2026-refused-rows.csv"
    (row,) = rows_of(result.refused_file)
    assert (row["file"], row["line"], row["value"]) == ("lists.csv", str(len(rows)), "Y73")


def test_a_place_that_would_fail_its_check_is_not_changed(place: Path, tmp_path: Path) -> None:
    lists = {code: dict.fromkeys(bands, 1) for code, bands in own_lists(place).items()}
    lists = {code: bands | {("male", "0-4"): 9_000_000} for code, bands in lists.items()}
    write(tmp_path / "data", "lists.csv", quinary(lists))
    before = bytes_of(place)
    with pytest.raises(InputError, match="nothing was changed"):
        refresh_place(place, tmp_path / "data")
    assert bytes_of(place) == before


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda folder: write(folder, "x.csv", [["a", "b"], [1, 2]]), "x.csv: not one of"),
        (lambda folder: folder.mkdir(), "it is empty"),
    ],
)
def test_a_folder_without_a_publication_is_refused(
    make: Callable[[Path], object], told: str, place: Path, tmp_path: Path
) -> None:
    make(tmp_path / "data")
    with pytest.raises(InputError, match=told):
        refresh_place(place, tmp_path / "data")


def test_a_place_that_comes_with_the_product_is_not_changed(tmp_path: Path) -> None:
    write(tmp_path / "data", "ae.csv", ae_months([AE], "JULY-2026", 170))
    with pytest.raises(InputError, match="this one comes with the product"):
        refresh_place("somerset", tmp_path / "data")


def test_the_command_says_what_each_file_is(place: Path, tmp_path: Path) -> None:
    write(tmp_path / "data", "ae.csv", ae_months([AE], "JULY-2026", 170))
    write(tmp_path / "data", "letter.csv", [["Dear", "all"], ["see", "below"]])
    done = tripleaim("place", "refresh", place, "--data", tmp_path / "data", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "ae.csv: A&E attendances and emergency admissions, monthly, July 2026" in done.stdout
    assert "letter.csv: not read: not one of the known publications" in done.stdout
    assert "ae_months.csv, RH5 2026-07, attendances: nothing -> 170" in done.stdout
    assert "Nothing was (--dry-run)." in done.stdout


def test_registers_with_the_same_numbers_name_their_new_year(place: Path, tmp_path: Path) -> None:
    own = rows_of(place / "practice_registers.csv")
    lines = [
        (r["practice"], r["register"], r["register_count"], f"{r['minimum_age']}OV", r["list_size"])
        for r in own
    ]
    write(tmp_path / "data", "PREVALENCE_2526.csv", registers(lines))
    result = refresh_place(place, tmp_path / "data")
    assert {row["source"] for row in rows_of(place / "practice_registers.csv")} == {"qof-2025-26"}
    assert {change.file for change in result.changes} == {"completeness.csv", "sources.csv"}
    assert not refresh_place(place, tmp_path / "data").written


def test_an_allocation_of_a_later_year_is_added(place: Path, tmp_path: Path) -> None:
    money = ["2025/26 Recurrent allocation (£k)", "2026/27 Recurrent allocation (£k)"]
    header = ["R23", "Region", "ICB26", "Integrated Care Board (ICB)", *money]
    line = ["Y58", "South West", "QSL", "NHS Somerset ICB", 1_192_266, 1_250_000]
    rows: list[list[object]] = [["Allocations (ICB core services)"], list(header), list(line)]
    book(tmp_path / "data" / "allocations.xlsx", {"Core": rows})
    result = refresh_place(place, tmp_path / "data")
    core = [r for r in rows_of(place / "allocations.csv") if r["stream"] == "core services"]
    assert [(row["year"], row["pounds"], row["source"]) for row in core] == [
        ("2025/26", "1192266000", "allocations-2025-26"),
        ("2026/27", "1250000000", "allocations-2026-27"),
    ]
    assert "allocations.csv: new rows: 1, changed rows: 0" in result.files[0].lines
    assert not check(place).faults


def test_a_quarter_of_beds_is_added(place: Path, tmp_path: Path) -> None:
    groups = ["General & Acute", "Maternity"]
    rows: list[list[object]] = [
        ["Beds open overnight"],
        ["", "", "", "", "Available", "", "Occupied"],
        ["Year", "Period End", "Org Code", "Org Name", *groups, *groups],
        ["2025-26", "September", "RH5", "x", 1200.5, 52, 1100.25, 30],
    ]
    book(tmp_path / "data" / "beds.xlsx", {"NHS Trust by Sector": rows})
    refresh_place(place, tmp_path / "data")
    added = [r for r in rows_of(place / "beds.csv") if r["year"] == "2025/26"]
    assert [(r["quarter"], r["group"], r["available"], r["occupied"]) for r in added] == [
        ("Q2", "general and acute", "1200.5", "1100.25"),
        ("Q2", "maternity", "52", "30"),
    ]
    assert {row["source"] for row in added} == {"kh03-2025-26-q2"}
    assert not check(place).faults


@pytest.mark.parametrize(("day", "rows"), [("30/06/2025", 1), ("30/06/2024", 0)])
def test_staff_of_a_month_later_than_the_place_s_are_added(
    day: str, rows: int, place: Path, tmp_path: Path
) -> None:
    header = ["DATE", "ORG_CODE", "FTE_DAYS_LOST", "FTE_DAYS_AVAILABLE"]
    write(tmp_path / "data", "s.csv", [header, [day, "RH5", "1500.5", "360000"]])
    refresh_place(place, tmp_path / "data")
    added = [r["fte"] for r in rows_of(place / "staff_in_post.csv") if r["period"] == "2025-06"]
    assert added == ["12000"] * rows
    assert not check(place).faults


def test_a_projection_replaces_the_residents_to_come(place: Path, tmp_path: Path) -> None:
    own = rows_of(place / "residents_to_come.csv")
    years = sorted({row["year"] for row in own})
    sheets: dict[str, list[list[object]]] = {}
    for sex in ("male", "female"):
        rows: list[list[object]] = [
            ["2024-based subnational population projections"],
            [f"{sex.title()}s by 5 year age groups"],
            ["CODE", "AREA", "AGE GROUP", *map(int, years)],
        ]
        for band in dict.fromkeys(row["age_band"] for row in own):
            mine = [r for r in own if (r["sex"], r["age_band"]) == (sex, band)]
            people = [round(float(row["residents"]) + 1, 1) for row in mine]
            rows.append(["E38000150", "NHS Somerset ICB - 11X", band, *people])
        sheets[f"{sex.title()}s"] = rows
    book(tmp_path / "data" / "snpp.xlsx", sheets)
    refresh_place(place, tmp_path / "data")
    now = rows_of(place / "residents_to_come.csv")
    assert [float(row["residents"]) for row in now] == [
        round(float(row["residents"]) + 1, 1) for row in own
    ]
    assert {row["source"] for row in now} == {"ons-snpp-2024"}
    text = (place / "residents_to_come.csv").read_text(encoding="utf-8")
    assert "(2024-based" in text
    assert not check(place).faults


def test_own_numbers_stay_and_official_values_under_them_that_changed_are_told(
    place: Path, tmp_path: Path
) -> None:
    said = {"source": "the practice's list", "who": "A. Analyst", "why": "a later count"}
    practice, (sex, band), people = next(
        (code, key, n) for code, bands in own_lists(place).items() for key, n in bands.items() if n
    )
    row = f"practice={practice}; sex={sex}; age_band={band}"
    set_own_number(place, "registered.csv", row, "patients", str(people + 50), **said)
    before = (place / OWN_NUMBERS).read_bytes()
    later = grown(place)
    write(tmp_path / "data", "lists.csv", quinary(later))
    told = tripleaim("place", "refresh", place, "--data", tmp_path / "data").stdout
    assert "these official values under them changed" in told
    assert (
        f"registered.csv, {row}, patients: the official value is now {people + 1}; yours, "
        f"{people + 50}, was written against {people}"
    ) in told
    assert (place / OWN_NUMBERS).read_bytes() == before
    lists = {(r["practice"], r["sex"], r["age_band"]): r["patients"]
             for r in load(place).rows("registered.csv")}  # fmt: skip
    assert lists[practice, sex, band] == people + 50
    undo_own_number(place, 1)
    assert own_lists(place) == later
