"""Every file of a data folder, damaged in every way: one bad thing harms itself alone.

Each is served right, or told in a 503 that names it; nothing else notices, and `doctor` names it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from tests.damages import DAMAGES, damaged, names_of, of_another_run

from tripleaim.core import RunContext, silent
from tripleaim.data_folder import file_state
from tripleaim.doctor import check_data_folder
from tripleaim.jobs import order, work_here
from tripleaim.place import load
from tripleaim.plan import COPIED, Workspace, assumptions_of, choose, run_plan
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


UNSEEN = {
    ("missing", ".draws"): "they are drawn again",
    ("missing", ".sha256"): "without it the document is held to its schema alone",
    ("missing", ".lock"): "whoever works next makes it again",
    ("of another type", ".lock"): "nobody reads what is in it",
}
"""What harms nothing, so that nobody need be told."""


def cells(folder: Folder) -> Iterator[tuple[str, Path]]:
    for path in folder.files():
        for damage in DAMAGES:
            yield damage, path


def another_scenario(data: Path) -> str:
    """The token of the place with one assumption changed."""
    place = Workspace.open(data / "hamlet").place
    one = assumptions_of(place)[0]
    return choose(place, seed=7, assumptions={one.id: one.value + 0.5}).token


def test_each_damage_of_each_file_harms_itself_alone_and_is_named(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    plans.use(plans.PlanFolder(folder.data, folder.open))
    whole = check_data_folder(folder.data, folder.open)
    assert (whole.faults, whole.places) == ([], ["hamlet", "other"])
    job = next((folder.data / "hamlet" / "runs").iterdir()).name
    compared = f"compare/?with={another_scenario(folder.data)}"
    pages = ("people/", "activity/", "futures/", "compare/", compared)
    addresses = [f"{HERE}{page}" for page in (*pages, f"runs/{job}/")]
    wrong: list[str] = []
    tried = told = 0
    for damage, path in cells(folder):
        name = path.relative_to(folder.data).as_posix()
        other = of_another_run(path, folder.data / "hamlet", folder.data / "other")
        with damaged(path, damage, other=other, aside=folder.aside) as another:
            if not another:
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
                    if not any(word in body for word in names_of(path)):
                        wrong.append(f"{name}, {damage}: {address} does not name it")
                elif answer.status_code != 200 and job not in address:
                    wrong.append(f"{name}, {damage}: {address} is {answer.status_code}")
                elif answer.status_code == 500:
                    wrong.append(f"{name}, {damage}: {address} is 500")
            named = {Path(f.file).name for f in check_data_folder(folder.data, folder.open).faults}
            unseen = {(damage, path.suffix), (damage, path.name)} & UNSEEN.keys()
            if not named & {*names_of(path)} and not unseen and not (copy and damage == "missing"):
                wrong.append(f"{name}, {damage}: doctor names {named or 'nothing'}")
    print(f"{tried} damages, {told} answers of 503")
    assert wrong == []
    assert check_data_folder(folder.data, folder.open).faults == []
    assert tried > 200
    with capsys.disabled():
        print(f" {tried} damages of {len(folder.files())} files, {told} answers of 503", end="")
