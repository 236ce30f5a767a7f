"""Columns for expressions: those that are asked for, and they are the same as among all."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.people import People
from tripleaim.place import person_columns


def test_only_the_columns_asked_for_are_made_and_they_are_those_of_all(
    somerset_people: People,
) -> None:
    some = somerset_people.take(np.arange(0, len(somerset_people), 500))
    every = some.columns("2016/17")
    assert set(every) == set(person_columns(some.condition_ids))
    for name, values in every.items():
        found = some.columns("2016/17", only={name})
        assert list(found) == [name]
        assert np.array_equal(found[name], values)


@pytest.mark.parametrize("year", ["2015/16", "2020/21"])
def test_levels_stand_among_the_columns_where_they_are_given(
    somerset_people: People, year: str
) -> None:
    some = somerset_people.take(np.arange(0, len(somerset_people), 5000))
    levels = {"smoking": np.array(["never"] * len(some))}
    assert list(some.columns(year, levels=levels, only={"smoking", "age"})) == ["age", "smoking"]
