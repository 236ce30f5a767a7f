"""No number of a published plan moves without a cause that is written down.

A number that must move is published anew: `python -m tests.plan.renew_published "CAUSE"`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from compare_numbers import PUBLISHED, Moved, compare, read_document


def test_every_number_of_somersets_plan_is_as_published(somerset_run: Path) -> None:
    assert not moved("somerset", somerset_run)


@pytest.mark.slow
def test_every_number_of_northamptonshires_plan_is_as_published(northamptonshire_run: Path) -> None:
    assert not moved("northamptonshire", northamptonshire_run)


def test_a_number_that_moves_goes_or_comes_is_told() -> None:
    before = {"gap": {"2016/17": -1.0}, "solutions": [{"id": "a", "claim": 2.0}], "gone": 1}
    after = {"gap": {"2016/17": -1.5}, "solutions": [{"id": "a", "claim": 2.0}], "new": 1}
    assert compare(before, after) == [
        Moved("gap.2016/17", -1.0, -1.5),
        Moved("gone", 1.0, None),
        Moved("new", None, 1.0),
    ]
    assert compare(before, before) == []


def moved(place: str, run: Path) -> list[str]:
    """The numbers that differ from the published ones, as lines."""
    before = read_document(PUBLISHED / f"{place}.json.gz")
    return [str(number) for number in compare(before, read_document(run / "plan.json"))]
