"""What a run says of itself (`run.json`), and the manifest that names its files and hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from tripleaim.core import Part, write_whole
from tripleaim.data_folder.faults import DamagedFileError
from tripleaim.data_folder.formats import read_document
from tripleaim.data_folder.reading import (
    MANIFEST_FILE,
    FileState,
    file_state,
    refuse_link,
    sha256_of,
)

RUN_FILE = "run.json"
"""What makes a folder that of a run; it comes last."""

RESULTS = "results"
"""The folder of a place's results, each in one of its own, named by the hash of its manifest."""

RUNS = "runs"
"""The folder of a place's long jobs, each in one of its own."""

UNFINISHED = ".unfinished-"
"""What the name of a result begins with that is being written."""

FOOTPRINTS = "footprints"
"""The folder of places that pages make, in the data folder. No place can have this id, so that no
run is in its way."""

UPLOADS = ".uploads"
"""The folder of files that were sent to pages, in the data folder."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def again(folder: Path) -> str:
    """What mends a file in the folder of a run: that is made again."""
    place = folder.parent.parent if folder.parent.name == RESULTS else folder
    if place.parent.parent.name == RUNS:  # a job made the plan for itself
        return "start the work again"
    return f"run tripleaim plan {place.name} again"


class RunAbout(Part):
    """What a run was made from, and what made it.

    footprint_folder   where the footprint was; empty for one that is shipped
    inputs_sha256      of the files that change the plan
    """

    footprint: str = Field(max_length=255)
    footprint_folder: str = Field(max_length=4096)
    inputs_sha256: Sha256
    seed: int = Field(ge=0)
    version: str = Field(max_length=255)


class RunPointer(RunAbout):
    """What makes a result the place's: its name in `results`; empty in runs of earlier versions,
    whose files are next to it."""

    result: str = Field("", pattern=r"^([0-9a-f]{16})?$")


class Manifest(Part):
    """The files of a run, and what it says of itself; hashes by the name of the file."""

    form: Literal["tripleaim result 1"] = "tripleaim result 1"
    about: RunAbout
    files: Mapping[str, Sha256]


def write_manifest(folder: Path, about: RunAbout) -> Manifest:
    """Write down what files are in a folder, each with its hash."""
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in (RUN_FILE, MANIFEST_FILE)
    }
    manifest = Manifest(about=about, files=files)
    write_whole(folder / MANIFEST_FILE, manifest.model_dump_json(indent=1) + "\n")
    return manifest


def read_manifest(folder: Path, mend: str) -> Manifest | None:
    """The manifest of a folder; None where there is none, as in those of earlier versions.

    Raises DamagedFileError for one that is damaged.
    """
    path = folder / MANIFEST_FILE
    state = file_state(path)
    return _manifest(path, state, mend) if state else None


@lru_cache(maxsize=512)
def _manifest(path: Path, _state: FileState, mend: str) -> Manifest:
    manifest = read_document(path, Manifest, mend)
    if any(Path(name).name != name for name in manifest.files):
        raise DamagedFileError("names files outside its folder", file=path, mend=mend)
    return manifest


def hash_name(sha256: str) -> str:
    """The name of the result whose manifest has this hash."""
    return sha256[:16]


def result_folder(folder: Path, mend: str = "") -> Path:
    """Where the files of the run of a place are; the folder itself in runs of earlier versions.

    Raises DamagedFileError where they are not as they were written down.
    """
    mend = mend or again(folder)
    name = read_pointer(folder, mend).result
    if not name:
        return folder
    result = folder / RESULTS / name
    for path in (folder / RESULTS, result):
        refuse_link(path, mend)
    if not result.is_dir():
        what = f"names the result {name}, which is missing"
        raise DamagedFileError(what, file=folder / RUN_FILE, mend=mend)
    if hash_name(sha256_of(result / MANIFEST_FILE, mend)) != name:
        what = "has been changed since it was written"
        raise DamagedFileError(what, file=result / MANIFEST_FILE, mend=mend)
    return result


def read_pointer(folder: Path, mend: str) -> RunPointer:
    """What `run.json` says. Raises DamagedFileError for anything else."""
    path = folder / RUN_FILE
    return _pointer(path, file_state(path), mend)


@lru_cache(maxsize=512)
def _pointer(path: Path, _state: FileState, mend: str) -> RunPointer:
    return read_document(path, RunPointer, mend)


def has_run(folder: Path) -> bool:
    """Whether a folder is that of a run, if a damaged one.

    A first run that is at work, or was stopped, has left an unfinished result and nothing else.
    """
    if any(file_state(folder / name) for name in (RUN_FILE, MANIFEST_FILE)):
        return True
    results = folder / RESULTS
    if results.is_symlink():
        return True
    try:
        return any(not one.name.startswith(UNFINISHED) for one in results.iterdir())
    except OSError:
        return False


def run_files(folder: Path, mend: str) -> tuple[Path, ...]:
    """The files that belong to a run, its manifest first; of an earlier version, its plan alone.

    Raises DamagedFileError for a manifest that is damaged.
    """
    result = result_folder(folder, mend)
    manifest = read_manifest(result, mend)
    if manifest is None:
        return (result / "plan.json",)
    return (result / MANIFEST_FILE, *(result / name for name in manifest.files))


def read_about(folder: Path, mend: str) -> RunAbout:
    """What the run in a folder says of itself, which is what its manifest says.

    Raises DamagedFileError where either is damaged or they differ.
    """
    about = RunAbout(**read_pointer(folder, mend).model_dump(exclude={"result"}))
    manifest = read_manifest(result_folder(folder, mend), mend)
    if manifest is not None and manifest.about != about:
        theirs, ours = about.model_dump(), manifest.about.model_dump()
        name = next(name for name in ours if ours[name] != theirs[name])
        raise DamagedFileError(
            f"is of another run: its {name.replace('_', ' ')} is {json.dumps(theirs[name])}, that "
            f"of the files beside it {json.dumps(ours[name])}",
            file=folder / RUN_FILE,
            mend=mend,
        )
    return about
