"""Files of a place that are edited while its pages are served: each page is of one state."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from tripleaim.core import RunContext
from tripleaim.data_folder import DamagedFileError, result_folder
from tripleaim.place import InputError, changed_files, load, read_inputs, write_inputs
from tripleaim.plan import Workspace, run_plan
from tripleaim.web import plans

HOME = "/places/hamlet/"
OURS = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
CHANGED = "have changed since this plan was made"


@pytest.fixture(scope="module")
def run_of_a_copy(hamlet: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of a place that tests write into, and the data folder with its run."""
    base = tmp_path_factory.mktemp("edited")
    footprint = Path(shutil.copytree(hamlet, base / "hamlet"))
    run_plan(load(footprint), RunContext(7), base / "data" / "hamlet")
    return footprint, base / "data"


@pytest.fixture
def edited(run_of_a_copy: tuple[Path, Path], tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """The same, put back afterwards."""
    footprint, data = run_of_a_copy
    before = Path(shutil.copytree(footprint, tmp_path / "before"))
    plans.use(plans.PlanFolder(data))
    yield footprint, data
    shutil.rmtree(footprint, ignore_errors=True)
    shutil.copytree(before, footprint)


def page(client: Client, address: str = "people/") -> str:
    answer = client.get(HOME + address)
    assert answer.status_code == 200
    return answer.content.decode()


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def without_notice(body: str) -> str:
    return "\n".join(line for line in body.splitlines() if CHANGED not in line)


def test_an_archive_of_inputs_gives_the_same_place_and_the_same_bytes(tmp_path: Path) -> None:
    place = load("northamptonshire")
    write_inputs(place, tmp_path / "one.zip")
    write_inputs(load("northamptonshire"), tmp_path / "other.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()
    kept = read_inputs(tmp_path / "one.zip", place.folder)
    assert (kept.sha256, kept.sha256_of("plan")) == (place.sha256, place.sha256_of("plan"))
    assert (kept.folder, kept.figures) == (place.folder, place.figures)
    assert changed_files(kept, place) == ()


def test_a_place_edited_after_its_run_is_shown_as_it_was_and_the_page_says_so(
    client: Client, edited: tuple[Path, Path]
) -> None:
    footprint, _ = edited
    before = {address: page(client, address) for address in ("people/", "activity/", "money/")}
    assert CHANGED not in before["people/"]
    population = (footprint / "population.csv").read_bytes()
    replace_in(footprint / "population.csv", ",14", ",13")
    for address, body in before.items():
        after = page(client, address)
        assert f"{CHANGED}</strong> (population.csv)" in after
        assert without_notice(after) == without_notice(body)
    (footprint / "population.csv").write_bytes(population)
    assert {address: page(client, address) for address in before} == before


def test_of_many_changed_files_the_page_names_some_and_counts_the_rest(
    client: Client, edited: tuple[Path, Path]
) -> None:
    footprint, _ = edited
    replace_in(footprint / "population.csv", ",14", ",13")
    for name in ("d", "c", "b", "a"):
        (footprint / f"note_{name}.txt").write_text("a", encoding="utf-8")
    assert "(note_a.txt, note_b.txt, note_c.txt, 2 more)" in page(client)


def test_a_file_replaced_with_the_same_time_and_size_is_noticed(
    client: Client, edited: tuple[Path, Path]
) -> None:
    path = edited[0] / "population.csv"
    assert CHANGED not in page(client)
    about = path.stat()
    replace_in(path, ",14", ",13")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (about.st_size, about.st_mtime_ns)
    assert CHANGED in page(client)


def test_a_place_that_cannot_be_read_any_more_is_shown_as_it_was(
    client: Client, edited: tuple[Path, Path]
) -> None:
    footprint, _ = edited
    (footprint / "figures.csv").write_text("id,value\n", encoding="utf-8")
    assert "figures.csv, line 1" in page(client)
    shutil.rmtree(footprint)
    assert f"{CHANGED}</strong> (their folder is missing)" in page(client)


def test_an_edit_that_the_plan_does_not_follow_is_on_the_next_page(
    client: Client, edited: tuple[Path, Path]
) -> None:
    footprint, data = edited
    beside = footprint / "sites.csv"
    opened = plans.open_plans().workspace("hamlet")
    assert opened is not None
    beside.write_text("id,name\n", encoding="utf-8")
    again = plans.open_plans().workspace("hamlet")
    assert again is not None
    assert again is not opened
    assert (again.place.has("sites.csv"), again.changed_since) == (True, "")
    assert CHANGED not in page(client)
    # Another process, which opens the run only now, shows the same.
    assert Workspace.open(data / "hamlet").place.sha256 == again.place.sha256


def test_no_long_job_starts_from_files_that_the_page_does_not_show(
    client: Client, edited: tuple[Path, Path]
) -> None:
    footprint, data = edited
    replace_in(footprint / "population.csv", ",14", ",13")
    with override_settings(TRIPLEAIM_RUNS="local"):
        answer = client.post(
            f"{HOME}runs/start/",
            "kind=futures",
            content_type="application/x-www-form-urlencoded",
            headers=OURS,
        )
    assert "Make the plan again first" in answer.content.decode()
    assert not (data / "hamlet" / "runs").exists()


def test_a_verb_that_names_the_edited_place_refuses_its_older_run(
    edited: tuple[Path, Path],
) -> None:
    footprint, data = edited
    replace_in(footprint / "population.csv", ",14", ",13")
    with pytest.raises(InputError, match="has changed since this run"):
        Workspace.open(data / "hamlet", str(footprint))
    assert Workspace.open(data / "hamlet").changed_since == "population.csv"


def test_damaged_kept_files_are_named_only_where_they_are_needed(
    client: Client, edited: tuple[Path, Path]
) -> None:
    footprint, data = edited
    archive = result_folder(data / "hamlet") / "inputs.zip"
    whole = archive.read_bytes()
    try:
        archive.write_bytes(whole[: len(whole) // 2])
        assert CHANGED not in page(client)
        replace_in(footprint / "population.csv", ",14", ",13")
        with pytest.raises(DamagedFileError, match="has been changed since it was written"):
            Workspace.open(data / "hamlet")
        answer = client.get(HOME)
        assert answer.status_code == 503
        assert "inputs.zip" in answer.content.decode()
    finally:
        archive.write_bytes(whole)


def test_files_are_looked_at_again_once_what_was_seen_is_old(edited: tuple[Path, Path]) -> None:
    footprint, data = edited
    patient = plans.PlanFolder(data, look_every=3600.0)
    eager = plans.PlanFolder(data)
    states = patient.state("hamlet"), eager.state("hamlet")
    replace_in(footprint / "population.csv", ",14", ",13")
    assert patient.state("hamlet") == states[0]
    assert eager.state("hamlet") != states[1]
