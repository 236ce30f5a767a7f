"""Every verb of the API over every file of a run that it reads, damaged in every way.

It raises InputError, which names the file and says what to do, or it gives what it gave before.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.damages import DAMAGES, damaged, names_of, of_another_run
from tests.watching import watch

import tripleaim as ta
from tripleaim.core import RunContext
from tripleaim.place import InputError, load
from tripleaim.plan import run_plan


@pytest.fixture(scope="module")
def run(hamlet: Path, hamlet_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run with draws, beside one of another seed, both the tests' own."""
    data = tmp_path_factory.mktemp("damaged") / "data"
    run_plan(load(hamlet), RunContext(8), data / "other")
    shutil.copytree(hamlet_run, data / "hamlet")
    ta.futures(hamlet, draws=2, folder=data / "hamlet")
    return data / "hamlet"


def activity(_hamlet: Path, run: Path) -> object:
    return ta.activity(run).total(scenario="do_nothing")


def activity_of_a_file(_hamlet: Path, run: Path) -> object:
    return ta.activity(run / "activity.parquet").total(scenario="do_nothing")


def futures(hamlet: Path, run: Path) -> object:
    return ta.futures(hamlet, draws=2, folder=run).model_dump_json()


def backtest(hamlet: Path, run: Path) -> object:
    """What is said once the run was read: that this place ships no history."""
    with pytest.raises(InputError) as fault:
        ta.backtest(hamlet, draws=100, run=run)
    if "backtest.toml" not in str(fault.value):
        raise fault.value
    return str(fault.value)


DAMAGES_OF_A_FILE = tuple(damage for damage in DAMAGES if damage != "of another run")


@dataclass(frozen=True)
class Tried:
    """A verb, what it is tried with, and how often at least it must refuse."""

    verb: Callable[[Path, Path], object]
    refused: int
    damages: tuple[str, ...] = DAMAGES


TRIED = {
    "activity": Tried(activity, 25),
    # A file alone says nothing of the run that it is from.
    "activity of a file": Tried(activity_of_a_file, 4, DAMAGES_OF_A_FILE),
    "backtest": Tried(backtest, 30),
    # It makes a run that is damaged anew, which takes seconds.
    "futures": Tried(futures, 0, ("missing",)),
}


@pytest.mark.parametrize("name", TRIED)
def test_a_verb_names_the_file_that_is_damaged_and_what_to_do_or_works(
    run: Path, hamlet: Path, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verb, least = TRIED[name].verb, TRIED[name].refused
    unseen = Path(shutil.copytree(run, tmp_path / "data" / "hamlet"))
    with watch(unseen) as watched:
        whole = verb(hamlet, unseen)
    read = [run / name for name in sorted(watched.opened) if (run / name).is_file()]
    read = [path for path in read if not path.name.startswith(".")]
    wrong: list[str] = []
    told = tried = 0
    for path in read:
        other = of_another_run(path, run, run.parent / "other")
        for damage in TRIED[name].damages:
            # What mends itself makes a run anew, of which nothing may stay for the next damage.
            again = tmp_path / "again" / run.name
            shutil.copytree(run, again)
            with damaged(
                again / path.relative_to(run), damage, other=other, aside=tmp_path
            ) as another:
                if another:
                    tried += 1
                    try:
                        if verb(hamlet, again) != whole:
                            wrong.append(f"{path.name}, {damage}: gives something else")
                    except InputError as fault:
                        told += 1
                        said = str(fault)
                        named = any(name in said for name in names_of(path))
                        if not named or not ("again" in said or "remove" in said):
                            wrong.append(f"{path.name}, {damage}: {said}")
                    except Exception as fault:
                        wrong.append(f"{path.name}, {damage}: {type(fault).__name__} {fault}")
            shutil.rmtree(again.parent)
    with capsys.disabled():
        print(f" {name}: {tried} damages of {len(read)} files, {told} refused", end="")
    assert wrong == []
    assert tried >= told >= least
