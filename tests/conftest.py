"""What several rooms' tests start from."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from xdist.remote import Producer

import tripleaim
from dealing import Dealing, place_in_order
from tripleaim.core import RunContext
from tripleaim.people import People, synthesise
from tripleaim.place import File, FolderFiles, Place, PlaceFiles, load, new
from tripleaim.plan import Workspace, run_plan
from watching import Watched, watch

SHIPPED = Path(tripleaim.__file__).parent / "footprints"

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files in the order in which they are begun; the tests of each stay as they are."""
    here = Path(__file__).parent
    items.sort(key=lambda item: place_in_order(item.path.relative_to(here).as_posix()))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Dealing | None:
    """Deal a file to one process where `--dist loadfile` asks for that."""
    return Dealing(config, log) if config.getoption("dist") == "loadfile" else None


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder called `name`, filled by whichever worker asks first while the others wait."""
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent  # each worker has a folder of its own below one that all share
    folder, done = root / "shared" / name, root / f"{name}.done"
    with FileLock(root / f"{name}.lock"):
        if not done.exists():
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def somerset() -> Place:
    """The shipped footprint of Somerset."""
    return load("somerset")


@pytest.fixture(scope="session")
def altered() -> Callable[[Place, str, str, str], Place]:
    """What gives a place in which one text of one of its files is replaced by another."""

    def alter(place: Place, name: str, old: str, new: str) -> Place:
        text = place.text(name)
        assert old in text
        file = File.of(place.folder / name, text.replace(old, new, 1).encode())
        own = FolderFiles(place.folder, {**place.own.files, name: file})
        return replace(place, files=PlaceFiles((own, *place.files.folders[1:])))

    return alter


@pytest.fixture(scope="session")
def somerset_people(somerset: Place) -> People:
    """Everybody registered in Somerset, synthesised once for the whole session."""
    return synthesise(somerset, RunContext(7))


@pytest.fixture(scope="session")
def somerset_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of Somerset's whole main job, seed 7, done once for all workers.

    Nobody writes into it: a test that must, copies it.
    """
    return made_once(tmp_path_factory, "somerset", _run_somerset)


def _run_somerset(folder: Path) -> None:
    with watch(SHIPPED) as watched:
        run_plan(load("somerset"), RunContext(7), folder)
    seen = json.dumps({"opened": watched.opened, "asked": watched.asked})
    folder.with_name("somerset-watched.json").write_text(seen, encoding="utf-8")


@pytest.fixture(scope="session")
def somerset_watched(somerset_run: Path) -> Watched:
    """What was opened and asked for while Somerset's main job ran, from `load` on."""
    seen = json.loads(somerset_run.with_name("somerset-watched.json").read_text(encoding="utf-8"))
    return Watched(Counter(seen["opened"]), Counter(seen["asked"]))


@pytest.fixture(scope="session")
def somerset_workspace(somerset_run: Path) -> Workspace:
    """Somerset's run, opened."""
    return Workspace.open(somerset_run, "somerset")


@pytest.fixture(scope="session")
def northamptonshire_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of Northamptonshire's whole main job, seed 7, done once for all workers."""

    def run(folder: Path) -> object:
        return run_plan(load("northamptonshire"), RunContext(7), folder)

    return made_once(tmp_path_factory, "northamptonshire", run)


@pytest.fixture(scope="session")
def hamlet_run(hamlet: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the hamlet's main job, seed 7, done once for all workers."""

    def run(folder: Path) -> object:
        return run_plan(load(hamlet), RunContext(7), folder / "hamlet")

    return made_once(tmp_path_factory, "hamlets", run) / "hamlet"


@pytest.fixture(scope="session")
def hamlet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a place of about 2,000 people, scaffolded from a population alone.

    Nobody writes into it: a test that must, copies it.
    """
    return made_once(tmp_path_factory, "places", _found_hamlet) / "hamlet"


def _found_hamlet(folder: Path) -> None:
    folder.mkdir(parents=True)
    lines = ["age,sex,population"]
    lines += [f"{age},{sex},{14 - age // 10}" for age in range(91) for sex in ("male", "female")]
    (folder / "population.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    new(folder / "hamlet", folder / "population.csv", name="Hamlet")
