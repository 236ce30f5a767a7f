"""`doctor` names what is damaged of long jobs and of files that were sent to pages."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from sample_prevention import sample_document
from sample_runs import backtest
from tests.damages import DAMAGES, damaged

from tripleaim.doctor import check_data_folder
from tripleaim.jobs import Job, order
from tripleaim.jobs.folder import Report
from tripleaim.place import load
from tripleaim.uncertainty import DrawOrigin, draws
from tripleaim.uncertainty.store import write_batch


@pytest.mark.parametrize("kind", ["prevention", "backtest"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damage_of_a_long_job_is_named(
    hamlet: Path, tmp_path: Path, kind: str, damage: str
) -> None:
    data = tmp_path / "data"
    document = sample_document() if kind == "prevention" else backtest()
    job = Job.of(data, order(load(hamlet), kind, 7, {}))
    job.place_order()
    job.result.write_text(document.model_dump_json(), encoding="utf-8")
    job.write(Report("done", "counting", 1.0, 1.0, 2.0, 0))
    drawn = draws((), 2, 7, correlation=0.0)
    origin = DrawOrigin(kind, "0" * 64, 7, "1.0")
    (job.folder / "draws").mkdir()
    write_batch(
        job.folder / "draws" / "0000001-0000002.draws", origin, drawn, {"a": np.ones(len(drawn))}
    )
    assert check_data_folder(data).faults == []
    for path in sorted(job.folder.rglob("*.*")):
        with damaged(path, damage, other=b"{}", aside=tmp_path):
            faults = [str(fault) for fault in check_data_folder(data).faults]
            unseen = damage == "missing" and path.suffix == ".draws"
            assert unseen or any(path.name in fault for fault in faults), path


def test_an_upload_that_was_changed_is_named(tmp_path: Path) -> None:
    data = tmp_path / "data"
    upload = data / ".uploads" / sha256(b"people").hexdigest()
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"people")
    assert check_data_folder(data).faults == []
    for damage in DAMAGES[1:]:
        with damaged(upload, damage, other=b"others", aside=tmp_path):
            [fault] = check_data_folder(data).faults
            assert (fault.file, fault.mend[-9:]) == (f".uploads/{upload.name}", "remove it")
