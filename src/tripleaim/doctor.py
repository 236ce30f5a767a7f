"""Every fault of a data folder, and what mends it: what `tripleaim doctor` tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tripleaim import __version__
from tripleaim.backtest import Backtest
from tripleaim.core import is_left_over
from tripleaim.data_folder import (
    FOOTPRINTS,
    MANIFEST_FILE,
    RESULTS,
    RUN_FILE,
    RUNS,
    UPLOADS,
    DamagedFileError,
    again,
    checked,
    file_state,
    has_run,
    read_manifest,
    read_pointer,
    result_folder,
    run_files,
    sha256_of,
)
from tripleaim.jobs import AGAIN, Job
from tripleaim.place import InputError, load
from tripleaim.plan import (
    COPIED,
    FUTURES_FILE,
    FuturesDocument,
    Workspace,
    read_plan,
    read_practices_document,
    run_about,
)
from tripleaim.prevention import read_document as read_prevention
from tripleaim.uncertainty import DRAWS_SUFFIX, read_result, refuse_damaged_batch

CLEARED = "the next start of serve or demo clears it"

OpenRun = Callable[[Path], Workspace]


@dataclass(frozen=True, slots=True)
class FolderFault:
    """One thing that is wrong, or worth a word: in which file below the data folder, what to do."""

    file: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}; {self.mend}"


@dataclass
class FolderCheck:
    """What is to be said of a data folder; `remarks` are no faults."""

    folder: Path
    places: list[str] = field(default_factory=list)
    faults: list[FolderFault] = field(default_factory=list)
    remarks: list[FolderFault] = field(default_factory=list)

    def fault(self, path: Path, what: str, mend: str) -> None:
        """Note a fault of a file, the first one of it alone."""
        name = self._name(path)
        if all(fault.file != name for fault in self.faults):
            self.faults.append(FolderFault(name, what, mend))

    def remark(self, path: Path, what: str, mend: str) -> None:
        """Note what is no fault."""
        self.remarks.append(FolderFault(self._name(path), what, mend))

    @contextmanager
    def telling(self, path: Path, mend: str) -> Iterator[None]:
        """Note what is wrong with a file while it is looked at."""
        try:
            yield
        except DamagedFileError as fault:
            self.fault(Path(fault.file or path), f"this file {fault.what}", fault.mend)
        except InputError as fault:
            self.fault(path, fault.expected.partition("; run ")[0], mend)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix() if path != self.folder else "."


def check_data_folder(data: Path, open_run: OpenRun = Workspace.open) -> FolderCheck:
    """Look at every file of a data folder. Raises InputError where the folder cannot be read."""
    try:
        entries = sorted(data.iterdir())
    except OSError as refusal:
        reason = refusal.strerror or type(refusal).__name__
        raise InputError(f"expected a data folder that can be read ({reason})", file=data) from None
    check = FolderCheck(data)
    _links(check)
    for entry in entries:
        if entry.is_symlink() or not entry.is_dir():
            continue
        if entry.name == UPLOADS:
            _uploads(check, entry)
        elif entry.name == FOOTPRINTS:
            for footprint in _folders(entry):
                with check.telling(footprint, "correct it, or remove the folder"):
                    load(footprint)
        elif entry.name.startswith("."):
            check.remark(entry, "is left by a plan that was killed", CLEARED)
        else:
            _place(check, entry, open_run)
    return check


def _links(check: FolderCheck) -> None:
    for path in sorted(check.folder.rglob("*")):
        if path.is_symlink():
            what = "this is a link, which nothing is read or written through"
            check.fault(path, what, "put what it leads to in its place, or remove it")
        elif path.name.endswith(".lock") and path.is_dir():
            check.fault(path, "this is not the file that is locked", "remove it")
        elif is_left_over(path):
            check.remark(path, "is left half-written by a process that was killed", CLEARED)


def _uploads(check: FolderCheck, folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        with check.telling(path, "remove it"):
            if not path.name.startswith(".") and sha256_of(path, "remove it") != path.name:
                check.fault(path, "this file has been changed since it was sent", "remove it")


def _place(check: FolderCheck, folder: Path, open_run: OpenRun) -> None:
    if file_state(folder / RUN_FILE):
        check.places.append(folder.name)
        _run(check, folder, open_run)
    elif has_run(folder):
        check.places.append(folder.name)
        check.fault(folder / RUN_FILE, "this file is not there", again(folder))
    for path in _files(folder, f"*{DRAWS_SUFFIX}"):
        with check.telling(path, "remove it"):
            refuse_damaged_batch(path)
    for job in _folders(folder / RUNS):
        _job(check, job)
        if has_run(job / "plan"):  # that the job made for itself, of another seed say
            _run(check, job / "plan", open_run)


def _run(check: FolderCheck, folder: Path, open_run: OpenRun) -> None:
    """The files of a run: each against its hash, and if all are as they were, what they say."""
    mend, before = again(folder), len(check.faults)
    with check.telling(folder / RUN_FILE, mend):
        run_about(folder)
    with check.telling(folder / MANIFEST_FILE, mend):
        for path in run_files(folder, mend):
            with check.telling(path, mend):
                checked(path, mend)
        if not read_pointer(folder, mend).result:
            check.remark(folder, "is laid out as earlier versions did", mend)
        _copies(check, folder)
    if len(check.faults) > before:
        return
    workspace = None
    with check.telling(folder, mend):
        result = result_folder(folder, mend)
        read_plan(result / "plan.json")
        read_practices_document(result)
        workspace = open_run(folder)
        workspace.refuse_damage()
    if workspace is not None:
        if workspace.changed_since:
            what = f"the files of the place have changed since this run ({workspace.changed_since})"
            check.remark(folder, what, mend)
        _futures(check, folder, workspace)


def _copies(check: FolderCheck, folder: Path) -> None:
    """The copies for people, which are of the result or, after a kill, of the one before it."""
    known: dict[str, set[str]] = {}
    for result in _folders(folder / RESULTS):
        manifest = read_manifest(result, again(folder))
        for name, sha256 in manifest.files.items() if manifest else ():
            known.setdefault(name, set()).add(sha256)
    for name in COPIED:
        path = folder / name
        if known and file_state(path) and not path.is_symlink():
            with check.telling(path, again(folder)):
                if sha256_of(path, again(folder)) not in known.get(name, ()):
                    what = "this copy has been changed; the pages read the result, not the copy"
                    check.fault(path, what, again(folder))
        elif known and not path.is_symlink():
            check.remark(path, "this copy is not there", again(folder))


def _futures(check: FolderCheck, folder: Path, workspace: Workspace) -> None:
    path, mend = folder / FUTURES_FILE, "draw them again: tripleaim futures"
    if not file_state(path):
        if file_state(path.with_name(path.name + ".sha256")):
            check.fault(path, "this file is not there", mend)
        return
    with check.telling(path, mend):
        read_result(path, FuturesDocument, mend)
        if workspace.futures is None:
            check.remark(path, "is of other inputs, another seed or another version", mend)


def _job(check: FolderCheck, folder: Path) -> None:
    with check.telling(folder, AGAIN):
        job = Job.read(folder)
        if not file_state(folder / "report.json"):
            check.fault(folder / "report.json", "this file is not there", AGAIN)
        job.refuse_damage()
        if job.report.state == "done":
            _read_result(job)


def _read_result(job: Job) -> None:
    kind = job.order.kind
    if kind == "plan":
        if job.order.version == __version__:
            read_plan(job.result)
    elif kind == "prevention":
        read_prevention(job.result)
    else:
        read_result(job.result, Backtest if kind == "backtest" else FuturesDocument, AGAIN)


def _folders(folder: Path) -> list[Path]:
    """The visible folders in a folder, no links; none where it is not one."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    inside = sorted(folder.iterdir())
    return [p for p in inside if p.is_dir() and not p.is_symlink() and p.name[0] != "."]


def _files(folder: Path, pattern: str) -> list[Path]:
    return [path for path in sorted(folder.rglob(pattern)) if not path.name.startswith(".")]
