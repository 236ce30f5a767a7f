"""A damaged file of one place's run is told on that place's pages; all else is served."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.test import Client

from tripleaim.data_folder import result_folder
from tripleaim.place import InputError
from tripleaim.web import plans
from tripleaim.web.plans.folder import PlanFolder


@pytest.fixture
def folder(hamlet_run: Path, tmp_path: Path) -> Path:
    """A folder with two runs, of which a test may damage the first."""
    for name in ("first", "second"):
        shutil.copytree(hamlet_run, tmp_path / "runs" / name)
    return tmp_path / "runs"


@pytest.mark.parametrize("text", ["", "nonsense", "[]", "{}", "[" * 100_000, '{"name": "Ham'])
def test_a_damaged_plan_is_refused_with_what_to_do_and_others_are_listed(
    folder: Path, text: str
) -> None:
    (result_folder(folder / "first") / "plan.json").write_text(text, encoding="utf-8")
    plans = PlanFolder(folder)
    assert dict(plans.places()) == {"first": "first", "second": "Hamlet"}
    with pytest.raises(InputError, match=r"plan\.json: this file .* plan first again"):
        plans.workspace("first")
    assert plans.workspace("second") is not None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("people.json", b"{"),
        ("people.json", None),
        ("run.json", b"[]"),
        ("groups.npz", b"PK nonsense"),
        ("do_nothing.json", b"{}"),
        ("calibration.json", b"3"),
        ("activity.parquet", b"PAR1"),
    ],
)
def test_any_damaged_file_of_a_run_is_one_refusal_with_what_to_do(
    folder: Path, name: str, content: bytes | None
) -> None:
    run = folder / "first"
    damaged = run / name if name == "run.json" else result_folder(run) / name
    damaged.unlink()
    if content is not None:
        damaged.write_bytes(content)
    plans = PlanFolder(folder)
    with pytest.raises(InputError) as refusal:
        plans.workspace("first")
    assert "again" in str(refusal.value)
    assert set(plans.places()) == {"first", "second"}


def test_a_paper_of_a_place_with_a_damaged_file_is_refused_and_not_shortened(
    client: Client, folder: Path
) -> None:
    pack = "/places/second/download/board-pack.pptx"
    plans.use(PlanFolder(folder))
    assert client.get(pack).status_code == 200
    (result_folder(folder / "second") / "reach_cells.npz").unlink()
    plans.use(PlanFolder(folder))
    answer = client.get(pack)
    assert answer.status_code == 503
    assert "reach_cells.npz: this file is missing" in answer.content.decode()
