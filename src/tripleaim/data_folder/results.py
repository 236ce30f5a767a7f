"""Writing a result: a folder named by its hash, and a pointer that makes it the place's, last."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tripleaim.core import onto_disk, patiently, whole_file, write_whole
from tripleaim.data_folder.clearing import WRITING_LOCK, clear_left_over
from tripleaim.data_folder.faults import DamagedFileError
from tripleaim.data_folder.lock import Locked, locked
from tripleaim.data_folder.manifest import (
    RESULTS,
    RUN_FILE,
    UNFINISHED,
    RunAbout,
    RunPointer,
    hash_name,
    read_manifest,
    result_folder,
    write_manifest,
)
from tripleaim.data_folder.reading import MANIFEST_FILE, checked, file_state
from tripleaim.tables import InputError


@contextmanager
def new_result(out: Path, about: RunAbout, copied: Sequence[str] = ()) -> Iterator[Path]:
    """A folder to write to, which becomes the result of the place whose folder is `out`.

    Until the block ends well the last result stays the place's, whatever ends it. A result that is
    there is never written into: this one gets a folder of its own, on the same disk. The files that
    are to be `copied` are next to `run.json` too, for people; nothing reads them.

    Raises InputError where another run writes there, or nothing can be written.
    """
    _refuse(out)
    was_there = out.exists()
    try:
        (out / RESULTS).mkdir(parents=True, exist_ok=True)
    except OSError as refusal:
        raise InputError(f"cannot write there ({refusal.strerror})", file=out) from None
    try:
        with locked(out / WRITING_LOCK):
            clear_left_over(out)
            part = Path(tempfile.mkdtemp(dir=out / RESULTS, prefix=UNFINISHED))
            try:
                yield part
                name = _finished(part, about)
                _put(part, out / RESULTS / name)
                _point(out, about, name)
            finally:
                shutil.rmtree(part, ignore_errors=True)
            _copy(out / RESULTS / name, out, copied)
    except Locked:
        raise InputError("another run is writing there; wait until it is done", file=out) from None
    except BaseException:
        if not was_there:
            _remove_if_empty(out)
        raise


def _remove_if_empty(out: Path) -> None:
    """Remove a folder that this run made, unless there is a result in it."""
    with suppress(OSError):
        (out / RESULTS).rmdir()
        (out / WRITING_LOCK).unlink()
        out.rmdir()


def _refuse(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise InputError("expected a folder to write to; this is a file", file=out)
    for path in (out / RESULTS, out / WRITING_LOCK):
        if path.is_symlink():
            raise InputError(
                "this is a link, and the program does not write through links", file=path
            )


def _finished(part: Path, about: RunAbout) -> str:
    """The name of a result whose files are all written, and on the disk."""
    write_manifest(part, about)
    for path in sorted(part.iterdir()):
        onto_disk(path)
    onto_disk(part)
    return hash_name(hashlib.sha256((part / MANIFEST_FILE).read_bytes()).hexdigest())


def _put(part: Path, target: Path) -> None:
    """Move a whole result to its name, unless the same result is there already and is whole."""
    if _is_whole(target):
        return
    if file_state(target):
        aside = Path(tempfile.mkdtemp(dir=target.parent, prefix=UNFINISHED)) / "before"
        patiently(lambda: target.rename(aside))
    patiently(lambda: part.rename(target))
    onto_disk(target.parent)


def _is_whole(result: Path) -> bool:
    try:
        manifest = read_manifest(result, "")
        for name in manifest.files if manifest else ():
            checked(result / name, "")
    except DamagedFileError:
        return False
    return manifest is not None


def _point(out: Path, about: RunAbout, name: str) -> None:
    """Make a result the place's, and remove all but it and the one before it."""
    try:
        before = result_folder(out, "")
    except DamagedFileError:
        before = out
    pointer = RunPointer(**about.model_dump(), result=name)
    with whole_file(out / RUN_FILE) as unfinished:
        unfinished.write_text(pointer.model_dump_json(indent=1) + "\n", "utf-8")
        onto_disk(unfinished)
    onto_disk(out)
    if before.name == name:
        return
    for old in (out / RESULTS).iterdir():
        if old.name not in (name, before.name) and not old.name.startswith(UNFINISHED):
            shutil.rmtree(old, ignore_errors=True)


def _copy(result: Path, out: Path, names: Sequence[str]) -> None:
    for name in names:
        try:
            write_whole(out / name, (result / name).read_bytes())
        except PermissionError:
            raise InputError(
                "cannot be replaced: it is write-protected, or open in another program: close it "
                f"there; the new file is {result / name}",
                file=out / name,
            ) from None
