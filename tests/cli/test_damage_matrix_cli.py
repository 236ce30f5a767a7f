"""Every verb over every file of a run that it reads, damaged in every way.

It ends with 2 and says in a line which file it is and what to do, or it works.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.command_line import tripleaim
from tests.damages import DAMAGES, damaged, names_of, of_another_run
from tests.watching import watch

from tripleaim.core import RunContext
from tripleaim.place import load
from tripleaim.plan import run_plan

VERBS = ("accounts", "activity", "spend", "staff", "incentives", "futures", "paper", "board-pack")
ENDINGS = {"paper": ".docx", "board-pack": ".pptx"}
FEW = ("missing", "cut at half", "of another run")
"""What the verbs that make pages first are tried with: each file takes them a second."""


@pytest.fixture(scope="module")
def run(hamlet: Path, hamlet_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run beside one of another seed, both the tests' own; with draws kept."""
    data = tmp_path_factory.mktemp("damaged") / "data"
    run_plan(load(hamlet), RunContext(8), data / "other")
    shutil.copytree(hamlet_run, data / "hamlet")
    ended = tripleaim("futures", hamlet, "--data", data / "hamlet", "--draws", "2")
    assert ended.returncode == 0, ended.stderr
    return data / "hamlet"


def words(verb: str, hamlet: Path, run: Path) -> tuple[str | Path, ...]:
    """What is typed to have a verb work from the run in a folder."""
    if verb in ENDINGS:
        return (verb, run, "--out", run.parents[1] / f"out{ENDINGS[verb]}")
    more = ("--draws", "2") if verb == "futures" else ()
    return (verb, hamlet, "--data", run, *more)


def files_read(verb: str, hamlet: Path, run: Path, aside: Path) -> list[Path]:
    """What a verb opens of a run that this process has not seen."""
    unseen = Path(shutil.copytree(run, aside / "data" / "hamlet"))
    with watch(unseen) as watched:
        assert tripleaim(*words(verb, hamlet, unseen)).returncode == 0
    read = [run / name for name in sorted(watched.opened) if (run / name).is_file()]
    return [path for path in read if not path.name.startswith(".")]


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_names_the_file_that_is_damaged_and_what_to_do_or_works(
    run: Path, hamlet: Path, verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = words(verb, hamlet, run)
    read = files_read(verb, hamlet, run, tmp_path)
    assert {"run.json", "manifest.json", "groups.npz"} <= {path.name for path in read}
    wrong: list[str] = []
    told = tried = 0
    for path in read:
        other = of_another_run(path, run, run.parent / "other")
        for damage in DAMAGES if verb not in ENDINGS else FEW:
            with damaged(path, damage, other=other, aside=run.parents[1]) as another:
                if not another:
                    continue
                tried += 1
                ended = tripleaim(*typed)
                errors = [line for line in ended.stderr.splitlines() if line[:7] == "Error: "]
                told += ended.returncode == 2
                right = ended.returncode == 0 or (
                    (ended.returncode, len(errors)) == (2, 1)
                    and any(name in errors[0] for name in names_of(path))
                    and "again" in errors[0]
                )
                if not right:
                    wrong.append(f"{path.name}, {damage}: {ended.returncode} {ended.stderr}")
    with capsys.disabled():
        print(f" {tried} damages of {len(read)} files, {told} refused", end="")
    assert wrong == []
    assert told > 30
