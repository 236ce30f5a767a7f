"""Data folders of tests, put together from runs that nobody writes into."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from tripleaim.data_folder import MANIFEST_FILE, RUN_FILE


def linked(run: Path, folder: Path) -> Path:
    """The same run in another folder, without a byte copied: for tests that only read."""
    return Path(shutil.copytree(run, folder, copy_function=os.link))


def restated(folder: Path, **about: object) -> None:
    """Have a run, whose folder is the test's own, say other things of itself, all of it alike."""
    for name in (RUN_FILE, MANIFEST_FILE):
        path = folder / name
        content = json.loads(path.read_text("utf-8"))
        (content if name == RUN_FILE else content["about"]).update(about)
        path.unlink()
        path.write_text(json.dumps(content), "utf-8")
