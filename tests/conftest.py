"""What several rooms' tests start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.core import RunContext
from tripleaim.people import People, synthesise
from tripleaim.place import Place, load, new
from tripleaim.plan import Workspace, run_plan


@pytest.fixture(scope="session")
def somerset() -> Place:
    """The shipped footprint of Somerset."""
    return load("somerset")


@pytest.fixture(scope="session")
def somerset_people(somerset: Place) -> People:
    """Everybody registered in Somerset, synthesised once for the whole session."""
    return synthesise(somerset, RunContext(7))


@pytest.fixture(scope="session")
def somerset_run(somerset: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of Somerset's whole main job, seed 7, done once for the whole session."""
    folder = tmp_path_factory.mktemp("runs") / "somerset"
    run_plan(somerset, RunContext(7), folder)
    return folder


@pytest.fixture(scope="session")
def somerset_workspace(somerset_run: Path) -> Workspace:
    """Somerset's run, opened."""
    return Workspace.open(somerset_run, "somerset")


@pytest.fixture(scope="session")
def hamlet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a place of about 2,000 people, scaffolded from a population alone."""
    folder = tmp_path_factory.mktemp("places")
    lines = ["age,sex,population"]
    lines += [f"{age},{sex},{14 - age // 10}" for age in range(91) for sex in ("male", "female")]
    (folder / "population.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return new(folder / "hamlet", folder / "population.csv", name="Hamlet")
