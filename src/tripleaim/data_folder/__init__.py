"""The one door to what the product keeps on disk: every file is checked, and fails as one fault.

A file is read once, whole, never through a link out of its folder, and held to the hash that was
written beside it. Whatever is wrong with it is a `DamagedFileError`, which names the file and says
what mends it.
"""

from tripleaim.data_folder.clearing import WORKER_LOCK, clear_data_folder
from tripleaim.data_folder.faults import DamagedFileError, taking_apart
from tripleaim.data_folder.formats import read_arrays, read_document, read_json
from tripleaim.data_folder.lock import Locked, is_locked, locked
from tripleaim.data_folder.manifest import (
    FOOTPRINTS,
    RESULTS,
    RUN_FILE,
    RUNS,
    UPLOADS,
    Manifest,
    RunAbout,
    again,
    has_run,
    read_about,
    read_manifest,
    read_pointer,
    result_folder,
    run_files,
    write_manifest,
)
from tripleaim.data_folder.reading import (
    MANIFEST_FILE,
    FileState,
    checked,
    file_state,
    read_bytes,
    refuse_link,
    sha256_of,
    state_of,
    write_hashed,
)
from tripleaim.data_folder.results import new_result

__all__ = [
    "FOOTPRINTS",
    "MANIFEST_FILE",
    "RESULTS",
    "RUNS",
    "RUN_FILE",
    "UPLOADS",
    "WORKER_LOCK",
    "DamagedFileError",
    "FileState",
    "Locked",
    "Manifest",
    "RunAbout",
    "again",
    "checked",
    "clear_data_folder",
    "file_state",
    "has_run",
    "is_locked",
    "locked",
    "new_result",
    "read_about",
    "read_arrays",
    "read_bytes",
    "read_document",
    "read_json",
    "read_manifest",
    "read_pointer",
    "refuse_link",
    "result_folder",
    "run_files",
    "sha256_of",
    "state_of",
    "taking_apart",
    "write_hashed",
    "write_manifest",
]
