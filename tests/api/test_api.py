"""The API: every example in it runs, and verbs that bear a room's name can be called again."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pytest

import tripleaim as ta
from tripleaim import api
from tripleaim.place import new

VERBS = [name for name in ta.__all__ if name != "__version__"]


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A place of 1,820 people, of which no more is known."""
    folder = tmp_path_factory.mktemp("api")
    rows = [f"{age},{sex},10" for age in range(91) for sex in ("male", "female")]
    (folder / "population.csv").write_text(
        "age,sex,population\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    return str(new(folder / "village", folder / "population.csv", name="Village"))


def examples(of: Callable[..., Any], village: str) -> doctest.DocTest:
    held = {**vars(api), "Path": Path, "village": village}
    (found,) = doctest.DocTestFinder(recurse=False).find(of, of.__name__, globs=held)
    return found


@pytest.mark.parametrize("name", VERBS)
def test_the_examples_of_a_verb_run_as_they_stand(name: str, village: str) -> None:
    found = examples(getattr(api, name), village)
    assert found.examples
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(found)
    assert result.failed == 0


def test_the_first_lines_of_the_package_run_as_they_stand(village: str) -> None:
    test = doctest.DocTestParser().get_doctest(
        ta.__doc__ or "", {"village": village}, "tripleaim", None, None
    )
    assert len(test.examples) == 6
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize("name", VERBS)
def test_what_a_verb_gives_can_be_read_by_arrow(name: str) -> None:
    given = inspect.signature(getattr(api, name)).return_annotation
    kinds = {kind.__name__: kind for kind in _kinds()}
    assert inspect.signature(kinds[given].to_arrow).return_annotation in ("pa.Table", pa.Table)


def _kinds() -> list[type]:
    verbs = import_module("tripleaim.api.verbs")
    return [kind for _, kind in inspect.getmembers(verbs, inspect.isclass)]


def test_a_verb_with_a_rooms_name_is_called_before_and_after_the_room_is_imported() -> None:
    code = (
        "import tripleaim as ta\n"
        "first = ta.plan.__call__\n"
        "import tripleaim.plan\n"
        "from tripleaim.place import InputError\n"
        "import tripleaim.plan as room\n"
        "from tripleaim import plan\n"
        "from tripleaim.plan import Workspace\n"
        "assert ta.plan is room is plan is tripleaim.plan\n"
        "assert room.Workspace is Workspace\n"
        "for verb in (ta.plan, ta.activity, ta.backtest, ta.prevention):\n"
        "    assert callable(verb)\n"
        "try:\n"
        "    ta.plan('nowhere')\n"
        "except InputError as fault:\n"
        "    assert 'nowhere' in str(fault)\n"
        "else:\n"
        "    raise AssertionError('the verb was not reached')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr


def test_a_room_that_is_a_verb_says_what_it_takes() -> None:
    assert isinstance(ta.plan, ModuleType)
    assert inspect.signature(ta.plan) == inspect.signature(api.plan)


def test_importing_the_package_imports_no_room() -> None:
    code = "import sys, tripleaim; print(*sorted(m for m in sys.modules if 'tripleaim' in m))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.split() == ["tripleaim"]


def test_an_unknown_verb_is_refused() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'plans'"):
        ta.plans  # noqa: B018 - asking for it is the test


def test_every_verb_is_offered_by_name() -> None:
    assert set(VERBS) <= set(dir(ta))
    assert sorted([*ta.VERBS, "__version__"]) == sorted(ta.__all__)
