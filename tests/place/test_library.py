"""Solutions of the library: each in any place's form, its sources known, chosen by nobody yet."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tripleaim.boards import MadePlace, make_place
from tripleaim.place import InputError, Place, add_solution, check, library_solutions, load
from tripleaim.place.library import LIBRARY

IDS = [one.id for one in library_solutions()]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadePlace:
    return make_place(tmp_path_factory.mktemp("made") / "somerset-2026", "QSL")


@pytest.fixture(scope="module")
def place(made: MadePlace) -> Place:
    return load(made.folder)


def test_there_are_ten_and_more_for_all_three_shifts() -> None:
    assert len(IDS) >= 10
    assert {one.shift for one in library_solutions()} == {
        "Hospital to community",
        "Analogue to digital",
        "Sickness to prevention",
    }


def test_a_made_place_has_all_of_them_ready_to_choose(place: Place) -> None:
    assert [s.id for s in place.solutions if not s.chosen] == IDS
    assert not [s.id for s in place.solutions if s.chosen]


@pytest.mark.parametrize("solution_id", IDS)
def test_each_has_partners_a_cost_and_sources_that_exist(place: Place, solution_id: str) -> None:
    solution = place.solution(solution_id)
    assert solution.organisations
    assert solution.start == place.years[0]
    assert not solution.amount_known
    cost = solution.cost_per_person
    assert cost is not None
    assert cost.source in place.sources
    assert len(cost.cause) > 20
    for effect in solution.effects:
        assert effect.evidence.source in place.sources
        assert effect.evidence.where
        assert effect.evidence.measured or effect.evidence.value == 0


def test_every_source_of_the_library_is_used() -> None:
    lines = (LIBRARY / "sources.csv").read_text(encoding="utf-8").splitlines()[1:]
    text = "".join(one.file.read_text(encoding="utf-8") for one in library_solutions())
    assert [row["id"] for row in csv.DictReader(lines) if row["id"] not in text] == []


def test_one_that_is_ready_is_chosen_by_name(made: MadePlace, tmp_path: Path) -> None:
    folder = tmp_path / "somerset-2026"
    _copy(made.folder, folder)
    add_solution(folder, "care-home-support")
    assert [s.id for s in load(folder).solutions if s.chosen] == ["care-home-support"]
    with pytest.raises(InputError, match="already has this solution"):
        add_solution(folder, "care-home-support")
    with pytest.raises(InputError, match="falls-prevention"):
        add_solution(folder, "fall-prevention")


def test_another_place_says_to_which_priority_it_belongs(hamlet: Path, tmp_path: Path) -> None:
    folder = tmp_path / hamlet.name
    _copy(hamlet, folder)
    with pytest.raises(InputError, match="--priority"):
        add_solution(folder, "hospital-at-home")
    number = min(load(folder).priorities)
    add_solution(folder, "hospital-at-home", priority=number)
    add_solution(folder, "care-home-support", priority=number)
    assert {s.id for s in load(folder).solutions} >= {"hospital-at-home", "care-home-support"}
    assert check(folder).faults == ()


def _copy(before: Path, folder: Path) -> None:
    for file in sorted(before.rglob("*")):
        if file.is_file():
            target = folder / file.relative_to(before)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
