"""The verbs in the terminal: what they print and the code they leave with."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from command_line import tripleaim
from tripleaim.place import load


def refused(*words: str | Path) -> str:
    done = tripleaim(*words)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of Somerset's folder that a test may break."""
    return Path(shutil.copytree(load("somerset").folder, tmp_path / "somerset"))


def replace(path: Path, old: str, new: str) -> int:
    """Replace the first `old` in the file; the line where it stood."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_shipped_places_are_listed() -> None:
    assert tripleaim("place", "list").stdout.split() == ["northamptonshire", "somerset"]


@pytest.mark.parametrize("place", ["somerset", "northamptonshire"])
def test_shipped_places_have_no_faults(place: str) -> None:
    done = tripleaim("place", "check", place)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No faults." in done.stdout


def test_the_audit_as_json_has_its_promised_parts() -> None:
    document = json.loads(tripleaim("audit", "somerset", "--json").stdout)
    assert len(document["identities"]) >= 150
    promised = {
        "id", "where", "printed", "computed", "difference", "unit", "holds", "verdict", "severity",
    }  # fmt: skip
    assert all(promised <= set(identity) for identity in document["identities"])


def test_the_audit_in_words_counts_its_verdicts() -> None:
    assert "identities" in tripleaim("audit", "somerset").stdout


def test_the_schema_is_printed_as_json() -> None:
    assert json.loads(tripleaim("schema").stdout)["title"] == "PlanDocument"


def test_a_new_place_is_scaffolded_checked_and_planned(hamlet: Path, tmp_path: Path) -> None:
    done = tripleaim("plan", hamlet, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out" / "plan.json").read_text("utf-8"))["footprint"] == "hamlet"
    assert tripleaim("place", "check", hamlet).returncode == 0


def test_an_unknown_place_is_refused_with_the_nearest_name() -> None:
    assert 'Did you mean "somerset"?' in refused("plan", "sommerset", "--out", "nowhere")


def test_a_missing_file_is_named(broken: Path, tmp_path: Path) -> None:
    (broken / "registered.csv").unlink()
    said = refused("plan", broken, "--out", tmp_path / "out")
    assert "registered.csv" in said
    assert not (tmp_path / "out").exists()


def test_an_unknown_column_is_named_with_its_line(broken: Path, tmp_path: Path) -> None:
    line = replace(broken / "figures_printed.csv", "id,value,", "id,valeu,")
    said = refused("plan", broken, "--out", tmp_path / "out")
    assert f"figures_printed.csv, line {line}" in said
    assert 'Did you mean "value"?' in said


def test_a_negative_population_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "population.csv"
    file.write_text("age,sex,population\n0,male,10\n0,female,-3\n", "utf-8")
    said = refused("place", "new", tmp_path / "made", "--population", file)
    assert "line 3" in said
    assert "-3" in said
    assert not (tmp_path / "made").exists()


def test_a_typo_in_a_solution_is_reported_with_line_and_nearest_name(
    broken: Path, tmp_path: Path
) -> None:
    file = sorted((broken / "solutions").glob("*.toml"))[0]
    line = replace(file, "age ", "agee ")
    said = refused("plan", broken, "--out", tmp_path / "out")
    assert f"{file.name}, line {line}" in said
    assert 'Did you mean "age"?' in said


@pytest.fixture
def for_nobody(hamlet: Path, tmp_path: Path) -> Path:
    """The file of a solution for people of 200, in a small place of its own."""
    solutions = Path(shutil.copytree(hamlet, tmp_path / "hamlet")) / "solutions"
    file = (solutions / "hospital-at-home.toml.example").rename(solutions / "hospital-at-home.toml")
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"^who = .*$", 'who = "age >= 200"', text, flags=re.M), "utf-8")
    return file


def test_a_solution_that_reaches_nobody_is_refused(for_nobody: Path, tmp_path: Path) -> None:
    lines = for_nobody.read_text("utf-8").splitlines()
    at = next(n for n, text in enumerate(lines, 1) if text.startswith("who"))
    said = refused("plan", for_nobody.parents[1], "--out", tmp_path / "out")
    assert f"hospital-at-home.toml, line {at}" in said
    assert "this reaches no people: widen it, or move the file out of solutions" in said
    assert not (tmp_path / "out").exists()


def test_a_check_refuses_what_reaches_nobody_in_the_words_of_the_plan(
    for_nobody: Path, tmp_path: Path
) -> None:
    done = tripleaim("place", "check", for_nobody.parents[1])
    assert done.returncode == 2
    [fault] = [line for line in done.stdout.splitlines() if "no people" in line]
    assert fault in refused("plan", for_nobody.parents[1], "--out", tmp_path / "out")


def test_a_year_outside_the_plan_is_refused(broken: Path) -> None:
    file = broken / "solutions" / "falls-prevention.toml"
    line = replace(file, '"2020/21"', '"2025/26"')
    said = refused("plan", broken, "--out", "nowhere")
    assert f"falls-prevention.toml, line {line}" in said


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"", "empty"), (b"\xff\xfea\0", "UTF-16"), (b"a,b\nS\x81o,1\n", "UTF-8")],
)
def test_a_file_in_another_shape_is_refused(
    broken: Path, tmp_path: Path, content: bytes, expected: str
) -> None:
    (broken / "practices.csv").write_bytes(content)
    said = refused("plan", broken, "--out", tmp_path / "out")
    assert "practices.csv" in said
    assert expected in said


def test_people_of_another_place_are_noticed(broken: Path) -> None:
    replace(broken / "place.toml", 'id = "somerset"', 'id = "dorset"')
    done = tripleaim("place", "check", broken)
    assert done.returncode == 2
    assert "dorset" in done.stdout + done.stderr


def test_wrong_usage_is_explained_without_a_traceback() -> None:
    done = tripleaim("plan", "somerset")
    assert done.returncode == 2
    assert "--out" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("out", ["Alpha", "Mendip Hills", "glossary", "hamlet/out"])
def test_a_plan_is_refused_a_folder_that_pages_cannot_show_before_any_work(
    tmp_path: Path, hamlet: Path, out: str
) -> None:
    folder = Path(shutil.copytree(hamlet, tmp_path / "hamlet"))
    ended = tripleaim("plan", folder, "--out", tmp_path / out)
    assert ended.returncode == 2
    assert ended.stderr.startswith("Error: ")
    assert "Building the people" not in ended.stderr
    assert not (tmp_path / out).exists()
