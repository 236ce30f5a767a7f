"""Every output says which version made it: JSON on the terminal, and Parquet files."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from command_line import tripleaim
from tripleaim import __version__
from tripleaim.activity import SCHEMA
from tripleaim.core import VERSION_KEY, with_version


@pytest.mark.parametrize(
    "words",
    [
        ("audit", "somerset"),
        ("benchmarks", "somerset"),
        ("control-totals", "somerset"),
        ("openbook", "somerset"),
        ("primary-care", "somerset"),
    ],
)
def test_json_on_the_terminal_has_the_version(words: tuple[str, ...]) -> None:
    done = tripleaim(*words, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["version"] == __version__


def test_people_and_their_checks_have_the_version(hamlet: Path, tmp_path: Path) -> None:
    file = tmp_path / "people.parquet"
    done = tripleaim("people", hamlet, "--out", file, "--json")
    document = json.loads(done.stdout)
    assert document["version"] == __version__
    assert {"checks", "version"} == set(document)
    assert pq.read_schema(file).metadata[VERSION_KEY] == __version__.encode()


def test_every_parquet_file_of_a_run_has_the_version(hamlet_run: Path) -> None:
    files = sorted(hamlet_run.glob("*.parquet"))
    assert len(files) == 3
    for file in files:
        assert pq.read_schema(file).metadata[VERSION_KEY] == __version__.encode(), file.name
    assert json.loads((hamlet_run / "plan.json").read_text("utf-8"))["version"] == __version__
    assert json.loads((hamlet_run / "audit.json").read_text("utf-8"))["version"] == __version__


def test_earlier_metadata_stays() -> None:
    described = with_version(SCHEMA.with_metadata({b"by": b"us"}))
    assert described.metadata == {b"by": b"us", VERSION_KEY: __version__.encode()}
