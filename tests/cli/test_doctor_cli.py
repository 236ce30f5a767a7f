"""`tripleaim doctor`: what is wrong with a data folder, and what mends it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tripleaim.cli.app import app
from tripleaim.data_folder import result_folder
from tripleaim.jobs import Job, order
from tripleaim.jobs.folder import Report
from tripleaim.place import InputError, load


@pytest.fixture
def data(hamlet_run: Path, tmp_path: Path) -> Path:
    shutil.copytree(hamlet_run, tmp_path / "data" / "hamlet")
    return tmp_path / "data"


def test_a_sound_folder_has_no_faults_and_ends_with_0(data: Path) -> None:
    result = CliRunner().invoke(app, ["doctor", str(data)])
    assert result.exit_code == 0
    assert result.output == "No faults in 1 place.\n"


def test_each_fault_is_a_line_with_what_mends_it_and_the_end_is_1(data: Path) -> None:
    run = result_folder(data / "hamlet")
    (run / "people.json").unlink()
    (run / "groups.npz").write_bytes(b"PK")
    inside = f"hamlet/results/{run.name}"
    result = CliRunner().invoke(app, ["doctor", str(data)])
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f"{inside}/groups.npz: this file has been changed since it was written; "
        "run tripleaim plan hamlet again",
        f"{inside}/people.json: this file is missing; run tripleaim plan hamlet again",
        "2 faults in 1 place.",
    ]


def test_as_json_it_says_the_same(data: Path) -> None:
    (result_folder(data / "hamlet") / "people.json").unlink()
    result = CliRunner().invoke(app, ["doctor", str(data), "--json"])
    assert result.exit_code == 1
    told = json.loads(result.output)
    assert told["places"] == ["hamlet"]
    assert [Path(fault["file"]).name for fault in told["faults"]] == ["people.json"]
    assert told["faults"][0]["mend"] == "run tripleaim plan hamlet again"


def test_a_folder_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["doctor", str(tmp_path / "none")])
    assert isinstance(result.exception, InputError)
    assert "expected a data folder that can be read" in str(result.exception)


def test_the_plan_that_a_job_made_for_itself_is_looked_at_too(
    hamlet: Path, data: Path, hamlet_run: Path
) -> None:
    job = Job.of(data, order(load(hamlet), "futures", 8, {"draws": 16}))
    job.place_order()
    job.write(Report("stopped", "drawing futures", 0.5, 1.0, 2.0, 0))
    shutil.copytree(hamlet_run, job.folder / "plan")
    assert CliRunner().invoke(app, ["doctor", str(data)]).exit_code == 0
    damaged = result_folder(job.folder / "plan") / "groups.npz"
    damaged.write_bytes(b"PK")
    result = CliRunner().invoke(app, ["doctor", str(data)])
    assert result.exit_code == 1
    assert result.output.splitlines()[0] == (
        f"{damaged.relative_to(data)}: this file has been changed since it was written; "
        "start the work again"
    )
