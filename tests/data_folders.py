"""Data folders of tests, put together from runs that nobody writes into."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

from tripleaim.data_folder import MANIFEST_FILE, RUN_FILE, result_folder


def linked(run: Path, folder: Path) -> Path:
    """The same run in another folder, without a byte copied: for tests that only read."""
    return Path(shutil.copytree(run, folder, copy_function=os.link))


def restated(folder: Path, **about: object) -> None:
    """Have a run, whose folder is the test's own, say other things of itself, all of it alike."""
    result = result_folder(folder)
    manifest = json.loads((result / MANIFEST_FILE).read_text("utf-8"))
    manifest["about"].update(about)
    text = json.dumps(manifest).encode()
    name = hashlib.sha256(text).hexdigest()[:16]
    (result / MANIFEST_FILE).unlink()
    (result / MANIFEST_FILE).write_bytes(text)
    result.rename(result.with_name(name))
    (folder / RUN_FILE).unlink()
    (folder / RUN_FILE).write_text(json.dumps({**manifest["about"], "result": name}), "utf-8")
