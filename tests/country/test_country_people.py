"""Who stands behind each number of a country."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.country.drawing import PeopleDistribution, draw, tables_from
from tripleaim.country.model import Country, country_of, sample_of, shard_numbers
from tripleaim.country.people_fit import PeopleFit, fit_people
from tripleaim.country.plain import draw_plainly
from tripleaim.people import People, read_illness
from tripleaim.place import InputError, Place, load

COLUMNS = ("person", "birth", "sex", "lsoa", "resident", "conditions", "frailty", "ranks")


@pytest.fixture(scope="module")
def whole(england: Place) -> Country:
    return country_of(england)


@pytest.fixture(scope="module")
def fit(whole: Country) -> PeopleFit:
    return fit_people(whole, sample_of(whole, 40_000), seed=7)


@pytest.fixture(scope="module")
def distribution(whole: Country, fit: PeopleFit) -> PeopleDistribution:
    return tables_from(whole, fit)


def same(first: People, second: People) -> bool:
    return all(
        getattr(first, name).tobytes() == getattr(second, name).tobytes() for name in COLUMNS
    )


def test_england_has_its_registered_people_or_its_residents(england: Place) -> None:
    registered = country_of(england)
    assert registered.people == 57_546_336
    residents = country_of(england, counted="residents")
    assert residents.people == 54_786_327
    by_sex_and_age = residents.cells.sum(axis=2)
    assert by_sex_and_age[0, 0] == pytest.approx(340_229, abs=3)
    assert by_sex_and_age[1, 90:].sum() == pytest.approx(334_623, abs=50)
    men_of_45_to_54 = registered.cells[0, 45:55].sum() / registered.people
    assert men_of_45_to_54 == pytest.approx(4_121_655 / 56_786_913, abs=1e-6)


def test_a_place_of_its_own_population_has_its_residents() -> None:
    county = country_of(load("northamptonshire"))
    assert (county.counted, county.people) == ("residents", 723_000)


def test_quintiles_have_their_shares_at_every_age(england: Place) -> None:
    cells = country_of(england).cells
    shares = cells / cells.sum(axis=2, keepdims=True)
    assert shares[:, :90, 0] == pytest.approx(0.20158 / 0.99999 * np.ones((2, 90)), abs=2e-4)


def test_a_smaller_country_has_the_same_make_up(england: Place, small_england: Country) -> None:
    assert small_england.people == 20_000
    whole = country_of(england)
    share = whole.cells / whole.people
    assert np.abs(small_england.cells - share * 20_000).max() < 1


def test_shards_are_everybody_once(small_england: Country) -> None:
    numbers = np.concatenate([shard_numbers(small_england.people, s, 7) for s in range(7)])
    assert np.array_equal(np.sort(numbers), np.arange(20_000))


def test_a_sample_depends_on_the_country_alone(small_england: Country) -> None:
    assert len(sample_of(small_england, 300_000)) == 20_000
    assert sample_of(small_england, 100).tolist() == list(range(100, 20_000, 200))


def test_drawn_people_are_as_many_of_each_kind_as_there_are(
    small_england: Country, distribution: PeopleDistribution
) -> None:
    people = draw(
        replace(distribution, ends=small_england.ends), np.arange(20_000, dtype=np.uint32)
    )
    age = np.clip(people.age_in("2015/16"), 0, 105)
    found = np.zeros_like(small_england.cells)
    np.add.at(found, (people.sex, age, people.quintile - 1), 1)
    assert np.array_equal(found, small_england.cells)


def test_the_compiled_drawing_equals_the_plain_one_to_the_byte(
    whole: Country, fit: PeopleFit, distribution: PeopleDistribution
) -> None:
    numbers = np.arange(11, whole.people, 3001, dtype=np.uint32)
    assert same(draw(distribution, numbers), draw_plainly(whole, fit, numbers))


def test_levels_of_risk_factors_have_their_shares(whole: Country, fit: PeopleFit) -> None:
    people = draw(tables_from(whole, fit), np.arange(5, whole.people, 191, dtype=np.uint32))
    men_of_50 = (people.sex == 0) & (people.age_in("2015/16") == 50)
    for r, factor in enumerate(fit.illness.risks):
        bars = factor.thresholds(fit.year)[0, 50].astype(np.int64)
        above = (people.ranks[r, men_of_50][:, None] >= bars).mean(axis=0)
        chance = np.sqrt(np.maximum(above * (1 - above), 1e-4) / men_of_50.sum())
        # a fitted band of men has about 3,400 people, so that its quintiles differ a little
        assert np.all(np.abs(above - (1 - bars / 65536)) < 4 * chance + 0.004), factor.id


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 57_546_335), min_size=1, max_size=50))
def test_a_person_is_the_same_in_any_shard(
    whole: Country, fit: PeopleFit, distribution: PeopleDistribution, numbers: list[int]
) -> None:
    together = draw(distribution, np.array(numbers, dtype=np.uint32))
    alone = draw(distribution, np.array(numbers[:1], dtype=np.uint32))
    assert same(together.take(np.array([0])), alone)
    assert same(together, draw_plainly(whole, fit, np.array(numbers, dtype=np.uint32)))


def test_a_number_that_belongs_to_nobody_is_refused(
    whole: Country, distribution: PeopleDistribution
) -> None:
    with pytest.raises(ValueError, match="below 57546336"):
        draw(distribution, np.array([3, whole.people], dtype=np.uint32))


def test_conditions_are_as_common_as_the_registers_say(
    england: Place, distribution: PeopleDistribution
) -> None:
    people = draw(distribution, np.arange(5, distribution.ends[-1], 191, dtype=np.uint32))
    illness = read_illness(england)
    age = people.age_in("2015/16")
    for k, name in enumerate(illness.ids):
        if name in illness.registers:
            counted = age >= illness.minimum_age(k)
            found = 100 * (people.conditions[counted] >> np.uint32(k) & np.uint32(1)).mean()
            wanted = illness.registers[name].pct
            chance = 100 * np.sqrt(wanted / 100 * (1 - wanted / 100) / counted.sum())
            solved = 0.02 * wanted
            assert found == pytest.approx(wanted, abs=3.5 * chance + solved), name


def test_an_impossible_count_or_size_is_refused(england: Place) -> None:
    with pytest.raises(InputError, match='Did you mean "residents"'):
        country_of(england, counted="resident")  # type: ignore[arg-type] # as somebody may write it
    with pytest.raises(InputError, match=r"registered_bands\.csv.*own folder"):
        country_of(load("northamptonshire"), counted="registered")
    with pytest.raises(InputError, match="between 1 and"):
        country_of(england, people=0)
