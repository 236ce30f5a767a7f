"""Every file of a data folder, damaged in every way: one bad thing harms itself alone.

Each is served right, or told in a 503 that names it; nothing else notices, and `doctor` names it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from tripleaim.core import RunContext, silent
from tripleaim.data_folder import file_state, result_folder
from tripleaim.doctor import check_data_folder
from tripleaim.jobs import order, work_here
from tripleaim.place import load
from tripleaim.plan import COPIED, Workspace, run_plan
from tripleaim.web import plans

HERE = "/places/hamlet/"
OTHERS = {"/": 200, "/places/other/people/": 200, "/nowhere/": 404}


@pytest.fixture(scope="module")
def data(hamlet: Path, hamlet_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a place, its draws and a job of it, beside a place of another seed."""
    data = tmp_path_factory.mktemp("damaged") / "data"
    shutil.copytree(hamlet_run, data / "hamlet")
    place = load(hamlet)
    run_plan(place, RunContext(8), data / "other")
    work_here(data, order(place, "futures", 7, {"draws": 16}), place, silent)
    return data


class Folder:
    """The data folder, of which one file at a time is damaged and put right again."""

    def __init__(self, data: Path, aside: Path) -> None:
        self.data, self.aside = data, aside
        self.opened: dict[object, Workspace] = {}

    def open(self, run: Path) -> Workspace:
        """A run, opened once for each state of its files: nothing else reads them meanwhile."""
        state = (run, *map(file_state, sorted(run.rglob("*.*"))))
        if state not in self.opened:
            self.opened[state] = Workspace.open(run)
        return self.opened[state]

    def files(self) -> list[Path]:
        """Every file of the place."""
        return sorted(path for path in (self.data / "hamlet").rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def folder(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return Folder(data, tmp_path_factory.mktemp("aside"))


def _cut(path: Path, raw: bytes, _folder: Folder) -> None:
    path.write_bytes(raw[: len(raw) // 2])


def _flip(path: Path, raw: bytes, _folder: Folder) -> None:
    middle = len(raw) // 2
    flipped = bytes(byte ^ 0x01 for byte in raw[middle : middle + 1])
    path.write_bytes(raw[:middle] + flipped + raw[middle + 1 :])


def _of_another_run(path: Path, raw: bytes, folder: Folder) -> None:
    other = folder.data / "other" / path.relative_to(folder.data / "hamlet")
    if "results" in path.parts:
        other = result_folder(folder.data / "other") / path.name
    path.write_bytes(other.read_bytes() if other.is_file() else raw)


def _link(path: Path, _raw: bytes, folder: Folder) -> None:
    (folder.aside / "elsewhere").write_bytes(_raw)
    path.symlink_to(folder.aside / "elsewhere")


DAMAGES: dict[str, Callable[[Path, bytes, Folder], object]] = {
    "missing": lambda _path, _raw, _folder: None,
    "empty": lambda path, _raw, _folder: path.touch(),
    "cut at half": _cut,
    "a folder": lambda path, _raw, _folder: path.mkdir(),
    "of another type": lambda path, _raw, _folder: path.write_bytes(b"[3]\n"),
    "flipped byte": _flip,
    "of another run": _of_another_run,
    "a link": _link,
}

UNSEEN = {
    ("missing", ".draws"): "they are drawn again",
    ("missing", ".sha256"): "without it the document is held to its schema alone",
    ("missing", ".lock"): "whoever works next makes it again",
    ("of another type", ".lock"): "nobody reads what is in it",
}
"""What harms nothing, so that nobody need be told."""


def cells(folder: Folder) -> Iterator[tuple[str, Path, bytes]]:
    for path in folder.files():
        raw = path.read_bytes()
        for damage in DAMAGES:
            yield damage, path, raw


def test_each_damage_of_each_file_harms_itself_alone_and_is_named(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    plans.use(plans.PlanFolder(folder.data, folder.open))
    whole = check_data_folder(folder.data, folder.open)
    assert (whole.faults, whole.places) == ([], ["hamlet", "other"])
    job = next((folder.data / "hamlet" / "runs").iterdir()).name
    pages = ("people/", "activity/", "futures/")
    addresses = [f"{HERE}{page}" for page in (*pages, f"runs/{job}/")]
    wrong: list[str] = []
    tried = told = 0
    for damage, path, raw in cells(folder):
        name = path.relative_to(folder.data).as_posix()
        path.unlink()
        try:
            DAMAGES[damage](path, raw, folder)
            same = path.is_file() and not path.is_symlink() and path.read_bytes() == raw
            if same:
                continue
            tried += 1
            for address, status in OTHERS.items():
                if client.get(address).status_code != status:
                    wrong.append(f"{name}, {damage}: {address} too")
            copy = path.parent.name == "hamlet" and path.name in COPIED
            for address in addresses[: 1 if copy else None]:
                answer = client.get(address)
                body = answer.content.decode()
                if answer.status_code == 503:
                    told += 1
                    if not any(word in body for word in _names(path)):
                        wrong.append(f"{name}, {damage}: {address} does not name it")
                elif answer.status_code != 200 and job not in address:
                    wrong.append(f"{name}, {damage}: {address} is {answer.status_code}")
                elif answer.status_code == 500:
                    wrong.append(f"{name}, {damage}: {address} is 500")
            named = {Path(f.file).name for f in check_data_folder(folder.data, folder.open).faults}
            unseen = {(damage, path.suffix), (damage, path.name)} & UNSEEN.keys()
            if not named & {*_names(path)} and not unseen and not (copy and damage == "missing"):
                wrong.append(f"{name}, {damage}: doctor names {named or 'nothing'}")
        finally:
            _put_back(path, raw)
    print(f"{tried} damages, {told} answers of 503")
    assert wrong == []
    assert check_data_folder(folder.data, folder.open).faults == []
    assert tried > 200
    with capsys.disabled():
        print(f" {tried} damages of {len(folder.files())} files, {told} answers of 503", end="")


def _names(path: Path) -> tuple[str, ...]:
    """The file, and those that it speaks of, which are told in its place."""
    return (path.name, path.name.removesuffix(".sha256"))


def _put_back(path: Path, raw: bytes) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    path.unlink(missing_ok=True)
    path.write_bytes(raw)
