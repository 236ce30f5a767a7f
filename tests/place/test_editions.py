"""England's defaults say of what year they are; a place of today names those that are old."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from command_line import tripleaim
from tripleaim.people.disease_files import read_disease_files
from tripleaim.place import (
    FolderFiles,
    Place,
    check,
    edition_of,
    editions_of,
    load,
    new_place,
    old_defaults_of,
    read_inputs,
    write_inputs,
)


@pytest.fixture
def of_today(tmp_path: Path, population: Path) -> Path:
    """A made-up place whose base year is 2025/26."""
    return new_place(tmp_path / "arden", population, base_year="2025/26").folder


def told(folder: Path) -> list[str]:
    return [str(fault).replace(f"{folder}/", "") for fault in check(folder).faults]


def folders(place: Place) -> list[str]:
    return [folder.path.name for folder in place.files.folders]


@pytest.mark.parametrize("name", ["england", "england-2026"])
def test_the_editions_cover_every_file_of_the_defaults_and_nothing_else(name: str) -> None:
    own = load("england").own if name == "england" else editions_folder()
    assert [file for file in own.files if edition_of(own, file) is None] == []
    used = {edition_of(own, file) for file in own.files}
    assert set(editions_of(own)) == used


def editions_folder() -> FolderFiles:
    return FolderFiles.read(load("england").folder.parent / "england-2026")


@pytest.mark.parametrize("name", ["england", "england-2026"])
def test_each_edition_has_a_source_that_is_known_and_a_year_or_a_reason(name: str) -> None:
    england = load("england")
    own = england.own if name == "england" else editions_folder()
    known = {*england.sources, *(row["id"] for row in own.rows("sources.csv"))}
    for one in editions_of(own):
        assert one.source in known, one.file
        assert (one.year is None) == bool(one.lasting), one.file
        assert bool(one.edition) == bool(one.replaced_by) == (one.year is not None), one.file


def test_a_place_of_2016_builds_on_the_first_edition_alone(somerset: Place) -> None:
    assert folders(somerset) == ["somerset", "england"]
    assert old_defaults_of(somerset.files, somerset.base_year) == ()


@pytest.mark.parametrize(
    ("base_year", "editions"),
    [
        ("2013/14", ["england"]),
        ("2020/21", ["england"]),
        ("2021/22", ["england-2026", "england"]),
        ("2030/31", ["england-2026", "england"]),
    ],
)
def test_a_place_builds_on_the_edition_nearest_to_its_base_year(
    tmp_path: Path, population: Path, base_year: str, editions: list[str]
) -> None:
    folder = new_place(tmp_path / "arden", population, base_year=base_year).folder
    assert folders(load(folder)) == ["arden", *editions]
    assert told(folder) == []


def test_a_place_of_today_has_what_is_later_and_the_rest_of_the_first_edition(
    of_today: Path,
) -> None:
    place = load(of_today)
    assert place.path("peers.csv").parent.name == "england-2026"
    assert place.path("risk_factors/smoking.csv").parents[1].name == "england-2026"
    assert place.path("risk_factors/smoking~copd.csv").parents[1].name == "england"
    assert place.path("contact_rates.csv").parent.name == "england"


def test_a_kept_place_builds_on_the_same_editions_in_the_same_order(
    of_today: Path, tmp_path: Path
) -> None:
    place = load(of_today)
    write_inputs(place, tmp_path / "kept.zip")
    kept = read_inputs(tmp_path / "kept.zip", of_today)
    assert folders(kept) == folders(place)
    assert kept.sha256 == place.sha256


def test_a_place_of_2016_names_no_old_default(arden: Path) -> None:
    assert not (arden / "old_defaults.csv").exists()


def test_an_old_default_that_is_not_named_is_refused_with_file_edition_and_base(
    of_today: Path,
) -> None:
    file = of_today / "old_defaults.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("staff.csv")), "utf-8")
    assert told(of_today) == [
        'old_defaults.csv, column "file": "staff.csv": England\'s staff.csv (staff minutes per '
        "contact: about 2016) is more than 3 years older than the base year 2025/26; put a file of "
        "the place here (the trusts' rotas and job plans), or name it in old_defaults.csv "
        "(tripleaim place defaults --accept does)."
    ]


def test_a_file_of_the_place_needs_no_line_and_its_line_can_go(of_today: Path) -> None:
    england = load("england")
    (of_today / "trends.csv").write_text(england.text("trends.csv"), encoding="utf-8")
    result = check(of_today)
    assert result.faults == ()
    assert [note for note in result.notes if "not an old default" in note]


def test_a_line_of_another_edition_or_of_no_default_is_refused(of_today: Path) -> None:
    file = of_today / "old_defaults.csv"
    text = file.read_text("utf-8").replace("staff.csv,about 2016", "staff.csv,about 2012")
    file.write_text(f"{text}stuff.csv,2016,typed,\n", encoding="utf-8")
    faults = told(of_today)
    assert len(faults) == 2
    assert '"about 2012": expected about 2016, which is the edition that is used now' in faults[0]
    assert '"stuff.csv": expected a file of England\'s editions.csv' in faults[1]


def test_the_verb_lists_defaults_marks_old_ones_and_names_them(of_today: Path) -> None:
    (of_today / "old_defaults.csv").unlink()
    assert len(told(of_today)) > 20
    listed = tripleaim("place", "defaults", str(of_today), "--accept")
    assert "old staff.csv: staff minutes per contact, about 2016" in listed.stdout
    assert "\n    quintile_shares.csv: people by fifth of deprivation, indices of 2025" in (
        listed.stdout
    )
    assert re.search(r"old_defaults\.csv: \d+ lines added", listed.stdout)
    assert told(of_today) == []


def test_trends_of_the_place_stand_before_those_of_the_edition(of_today: Path) -> None:
    before = {disease.id: disease.trend for disease in read_disease_files(load(of_today))}
    (of_today / "condition_trends.csv").write_text(
        "condition,pct_a_year,england_register_pct,place_register_pct,ageing_pct,status,source,"
        "cause\ndiabetes,3,,,,assumed,tripleaim,ours\n",
        encoding="utf-8",
    )
    after = {disease.id: disease.trend for disease in read_disease_files(load(of_today))}
    assert before["diabetes"] == 0.0085
    assert after == before | {"diabetes": 0.03}


def test_smoking_of_2026_is_lower_at_every_age_and_adds_up(of_today: Path) -> None:
    now = load(of_today).rows("risk_factors/smoking.csv")
    then = load("england").rows("risk_factors/smoking.csv")
    assert [(row["sex"], row["age_from"], row["level"]) for row in now] == [
        (row["sex"], row["age_from"], row["level"]) for row in then
    ]
    for later, earlier in zip(now, then, strict=True):
        if later["level"] == "current" and earlier["pct"]:
            assert 0.78 < later["pct"] / earlier["pct"] < 0.86
