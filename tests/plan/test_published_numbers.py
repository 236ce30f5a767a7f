"""No number of a published plan moves without a cause that is written down."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare_numbers import (
    PUBLISHED,
    UNKNOWN,
    Moved,
    by_cause,
    compare,
    known_causes,
    read_document,
)

from tripleaim.core import RunContext
from tripleaim.place import load
from tripleaim.plan import run_plan


def test_every_number_of_somersets_plan_is_as_published_or_has_a_cause(somerset_run: Path) -> None:
    assert not unexplained("somerset", somerset_run)


@pytest.mark.slow
def test_every_number_of_northamptonshires_plan_is_as_published_or_has_a_cause(
    tmp_path: Path,
) -> None:
    run_plan(load("northamptonshire"), RunContext(7), tmp_path / "northamptonshire")
    assert not unexplained("northamptonshire", tmp_path / "northamptonshire")


def test_a_number_that_moves_goes_or_comes_is_told() -> None:
    before = {"gap": {"2016/17": -1.0}, "solutions": [{"id": "a", "claim": 2.0}], "gone": 1}
    after = {"gap": {"2016/17": -1.5}, "solutions": [{"id": "a", "claim": 2.0}], "new": 1}
    assert compare(before, after) == [
        Moved("gap.2016/17", -1.0, -1.5),
        Moved("gone", 1.0, None),
        Moved("new", None, 1.0),
    ]
    assert compare(before, before) == []


def test_differences_are_listed_by_cause() -> None:
    moved = [Moved("solutions[a].claim", 1, 2), Moved("gap.2016/17", 1, 2)]
    assert by_cause(moved, {"solutions[*].claim": "claims were checked"}) == {
        "claims were checked": moved[:1],
        UNKNOWN: moved[1:],
    }


def unexplained(place: str, run: Path) -> list[str]:
    """The numbers that moved without a cause, as lines."""
    before = read_document(PUBLISHED / f"{place}-0.2.0.json.gz")
    after = read_document(run / "plan.json")
    found = by_cause(compare(before, after), known_causes())
    return [str(number) for number in found.get(UNKNOWN, [])]
