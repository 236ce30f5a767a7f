"""Rates of activity by locality, deprivation and number of conditions."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.activity import (
    AGE_BANDS,
    Activity,
    CellGrid,
    Origin,
    PeopleByCell,
    Question,
    people_rows,
)
from tripleaim.measures import activity_rates, rate, rates_table
from tripleaim.place import InputError

GRID = CellGrid(("east", "west"))
POINTS = ("ae", "gp")
YEAR = "2020/21"
PROJECTED = Origin(False, "do_nothing", "0")
RECORDED = Origin(True, "recorded", "feed")

HEADS = np.random.default_rng(4).integers(5, 50, len(GRID))
"""People in each cell."""

of_age = np.unravel_index(np.arange(len(GRID)), GRID.sizes)[1]
locality = np.unravel_index(np.arange(len(GRID)), GRID.sizes)[0]


def people(heads: np.ndarray = HEADS) -> PeopleByCell:
    return PeopleByCell.counted(GRID, (YEAR,), heads[None, :])


def activity(a_head: np.ndarray, origin: Origin = PROJECTED, heads: np.ndarray = HEADS) -> Activity:
    """Contacts at a rate of each cell; general practice sees everybody ten times as often."""
    ae = heads * a_head
    quantity = np.stack([ae, 10 * ae], axis=1)
    return Activity(people_rows(GRID, POINTS, YEAR, quantity, origin, bed_days=0 * quantity))


BY_AGE = 0.1 + 0.1 * of_age
"""A rate that depends on age band alone."""


def test_the_crude_rate_is_contacts_over_people() -> None:
    for r in activity_rates(activity(BY_AGE), people(), "locality", year=YEAR):
        here = locality == GRID.localities.index(r.group)
        contacts = (HEADS * BY_AGE)[here].sum() * (10 if r.point_of_delivery == "gp" else 1)
        assert r.people == HEADS[here].sum()
        assert r.quantity == pytest.approx(contacts)
        assert r.crude.value == pytest.approx(rate(contacts, int(HEADS[here].sum())).value)
        assert r.crude.low < r.crude.value < r.crude.high


def test_standardising_removes_differences_of_age_alone() -> None:
    older = HEADS * np.where((locality == 1) & (of_age == len(AGE_BANDS) - 1), 9, 1)
    east, west = activity_rates(
        activity(BY_AGE, heads=older).where(point_of_delivery="ae"),
        people(older),
        "locality",
        year=YEAR,
    )
    assert west.crude.value > 1.2 * east.crude.value
    assert west.standardised.value == pytest.approx(east.standardised.value)


def test_a_rate_that_is_higher_at_every_age_stays_higher() -> None:
    twice = np.where(locality == 1, 2 * BY_AGE, BY_AGE)
    east, west = activity_rates(
        activity(twice).where(point_of_delivery="ae"), people(), "locality", year=YEAR
    )
    assert west.standardised.value == pytest.approx(2 * east.standardised.value)
    assert east.standardised.high < west.standardised.low


@pytest.mark.parametrize("group", ["locality", "quintile", "segment"])
def test_measures_follow_a_recorded_table_handed_in_instead(group: str) -> None:
    """A feed's rows stand where projected ones stood; nothing else changes."""
    projected = activity_rates(activity(BY_AGE), people(), group, year=YEAR)
    recorded = activity_rates(activity(1.1 * BY_AGE, RECORDED), people(), group, year=YEAR)
    for before, after in zip(projected, recorded, strict=True):
        assert (before.group, before.people) == (after.group, after.people)
        assert after.crude.value == pytest.approx(1.1 * before.crude.value)
        assert after.standardised.value == pytest.approx(1.1 * before.standardised.value)


def test_without_people_of_some_age_there_is_no_standardised_rate() -> None:
    gone = HEADS * ~((locality == 1) & (of_age == 0))
    east, west = activity_rates(
        activity(BY_AGE, heads=gone).where(point_of_delivery="ae"),
        people(gone),
        "locality",
        year=YEAR,
    )
    assert east.standardised is not None
    assert west.standardised is None
    assert west.crude.value > 0


def test_people_and_contacts_are_kept_to_the_same_values() -> None:
    women = activity_rates(
        activity(BY_AGE), people(), "quintile", year=YEAR, where={"sex": ("female",)}
    )
    everybody = activity_rates(activity(BY_AGE), people(), "quintile", year=YEAR)
    assert [r.group for r in women] == ["1", "2", "3", "4", "5"] * 2
    assert all(a.people < b.people for a, b in zip(women, everybody, strict=True))
    assert women[0].crude.value == pytest.approx(everybody[0].crude.value, rel=0.2)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (Question(("age_band",), "do_nothing", (YEAR,)), "expected the dimension of the rates"),
        (Question(("locality", "sex"), "do_nothing", (YEAR,)), "expected one of locality"),
        (Question(("locality",), "do_nothing"), "expected one year"),
        (
            Question(("locality",), "do_nothing", (YEAR,), measure="cost"),
            "expected quantity: rates count quantities only",
        ),
        (Question(("locality",), "do_nothing", (YEAR,), compare="x"), "one scenario for rates"),
    ],
)
def test_a_question_that_rates_do_not_answer_is_refused(question: Question, message: str) -> None:
    with pytest.raises(InputError, match=message):
        rates_table(activity(BY_AGE), people(), question)


def test_counts_of_people_are_kept_and_read_again(tmp_path) -> None:
    people().write(tmp_path / "people.parquet")
    assert PeopleByCell.read(tmp_path / "people.parquet").table.equals(people().table)
    activity(BY_AGE).write(tmp_path / "activity.parquet")
    with pytest.raises(InputError, match="does not contain people by cell"):
        PeopleByCell.read(tmp_path / "activity.parquet")
    with pytest.raises(InputError, match='Did you mean "quintile"'):
        people().by("quintiles")
