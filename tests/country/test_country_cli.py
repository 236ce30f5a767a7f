"""A country from the terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tripleaim.country import country_of, read_official, read_result
from tripleaim.place import Place

TRIPLEAIM = (sys.executable, "-c", "from tripleaim.cli import main; main()")


def project(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*TRIPLEAIM, "project", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small run from the terminal."""
    made = tmp_path_factory.mktemp("cli") / "run"
    small = ("england", "--people", "3000", "--years", "1", "--shards", "2", "--threads", "1")
    done = project(*small, "--out", made)
    assert done.returncode == 0, done.stderr
    assert "Projecting people: done" in done.stderr
    assert "England, by calendar year" in done.stdout
    assert "Synthetic people for 3,000 people registered with practices" in done.stdout
    assert "Official" not in done.stdout
    return made


def test_the_result_is_in_the_folder_and_is_printed_as_json(folder: Path) -> None:
    done = project("england", "--people", "3000", "--years", "1", "--out", folder, "--json")
    held = json.loads(done.stdout)
    tally, about = read_result(folder)
    assert held["tally_sha256"] == about["tally_sha256"]
    assert held["by_year"][0]["people"] == 3000
    assert held["by_year"][0]["deaths"] == int(tally.deaths.sum())
    assert [row["calendar_year"] for row in held["by_year"]] == [2016, 2017]


def test_another_seed_in_the_same_folder_leaves_with_two(folder: Path) -> None:
    done = project("england", "--people", "3000", "--years", "1", "--seed", "8", "--out", folder)
    assert done.returncode == 2
    assert "its seed is 7, not 8" in done.stderr


def test_too_little_memory_leaves_with_two_and_writes_nothing(tmp_path: Path) -> None:
    done = project("england", "--memory", "2", "--shards", "2", "--threads", "2", "--out", tmp_path)
    assert done.returncode == 2
    assert "shards or more would fit" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_place_without_a_population_of_its_own_is_refused(tmp_path: Path) -> None:
    done = project("somerset", "--out", tmp_path)
    assert done.returncode == 2
    assert "population.csv" in done.stderr
    assert "own folder" in done.stderr


def test_official_numbers_are_brought_to_calendar_years(england: Place) -> None:
    official = read_official(england)
    assert official[2019].people == (55_977_178 + 56_343_072) / 2
    assert official[2019].deaths == (484_663 + 509_540) / 2
    assert (official[2018].people, official[2018].births) == (None, None)
    assert country_of(england).whole
    assert not country_of(england, people=5).whole
