"""One year, held against a plain loop that knows nothing of arrays."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tripleaim.people import SEXES, People, read_diseases, uniform
from tripleaim.place import Place, read_csv
from tripleaim.place.tables import Column
from tripleaim.projection import State, Trajectory, read_vitals, step
from tripleaim.projection.rates import age_cells
from tripleaim.projection.step import chances_of, onset_chances

POOLED = 95


@pytest.fixture(scope="module")
def start(few: People, somerset: Place) -> State:
    return State(few, few.age_in(somerset.base_year) >= 0, few.conditions)


def loop_of_relative_deaths(place: Place, people: People) -> list[float]:
    effects = {d.id: d.death.value for d in read_diseases(place)}
    any_of = [Column(n, may_be_empty=True) for n in ("low", "high", "status", "source", "cause")]
    by_quintile = {
        int(row["quintile"]): float(row["ratio"])
        for row in read_csv(
            place.path("quintile_mortality.csv"), [Column("quintile"), Column("ratio"), *any_of[2:]]
        )
    }
    relative = []
    for i in range(len(people)):
        value = by_quintile[int(people.quintile[i])]
        for k, name in enumerate(people.condition_ids):
            if int(people.conditions[i]) >> k & 1:
                value *= effects[name]
        relative.append(value)
    return relative


def loop_of_deaths(place: Place, people: People, relative: list[float]) -> list[float]:
    """Probabilities of death: bisection for each age and sex, one person after the other."""
    official = read_vitals(place).death[0]
    ages = [min(max(int(a), 0), 105) for a in people.age_in(place.base_year)]
    groups: dict[tuple[int, int], list[int]] = {}
    for i, age in enumerate(ages):
        groups.setdefault((int(people.sex[i]), min(age, POOLED)), []).append(i)
    result = [0.0] * len(ages)
    for (sex, _), members in groups.items():
        wanted = sum(official[sex][ages[i]] for i in members)

        def chance(i: int, factor: float, sex: int = sex) -> float:
            hazard = -math.log(1 - official[sex][ages[i]])
            return 1 - math.exp(-hazard * factor * relative[i])

        low, high = 0.0, 50.0
        for _ in range(100):
            middle = (low + high) / 2
            if sum(chance(i, middle) for i in members) < wanted:
                low = middle
            else:
                high = middle
        for i in members:
            result[i] = chance(i, low)
    return result


def test_everybodys_chance_of_death_is_what_a_plain_loop_finds(
    somerset: Place, few: People, start: State, lives: Trajectory
) -> None:
    found = chances_of(start, age_cells(few, somerset.base_year), lives.rates[0]).death
    expected = loop_of_deaths(somerset, few, loop_of_relative_deaths(somerset, few))
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-12)


def test_expected_deaths_are_the_official_ones(
    somerset: Place, few: People, start: State, lives: Trajectory
) -> None:
    found = chances_of(start, age_cells(few, somerset.base_year), lives.rates[0]).death
    official = read_vitals(somerset).death[0].ravel()[age_cells(few, somerset.base_year)]
    assert found.sum() == pytest.approx(official.sum(), rel=1e-6)


def test_everybodys_chance_of_an_onset_is_what_a_plain_loop_finds(
    somerset: Place, few: People, start: State, lives: Trajectory
) -> None:
    rates = lives.rates[0]
    cell = age_cells(few, somerset.base_year)
    links, odds = rates.risks.illness.links, rates.risks.illness.deprivation
    frailty = rates.risks.illness.frailty
    power = rates.risks.clustering
    bits, ages = few.conditions, few.age_in(somerset.base_year).tolist()
    for k, name in enumerate(few.condition_ids):
        rows = np.flatnonzero((bits >> np.uint32(k)) & np.uint32(1) == 0)[::7]
        found = onset_chances(start, rows, cell, k, rates)
        for at, i in enumerate(rows.tolist()):
            log_odds = float(frailty.log_odds(few.frailty[i : i + 1])[0])
            log_odds += float(odds[k][few.quintile[i] - 1])
            log_odds += sum(o for c, o in links[k].items() if int(bits[i]) >> c & 1)
            age = min(max(ages[i], 0), 105)
            hazard = float(rates.onset_hazard[k][int(few.sex[i])][age])
            expected = 1 - math.exp(-hazard * math.exp(power * log_odds))
            assert found[at] == pytest.approx(expected, rel=1e-3, abs=1e-12), name


def test_who_dies_is_whose_luck_falls_short_of_their_chance(
    somerset: Place, few: People, start: State, lives: Trajectory
) -> None:
    chance = chances_of(start, age_cells(few, somerset.base_year), lives.rates[0]).death
    lot = uniform(few.seed, few.person, 2015, "death")
    after = step(start, somerset.base_year, 0, lives.rates[0])
    assert not after.present[: len(few)][lot < chance].any()
    assert after.events is not None
    newborn_deaths = (~after.present[len(few) :]).sum()
    assert after.events.deaths == (lot < chance).sum() + newborn_deaths


def test_deaths_and_onsets_drawn_are_within_four_standard_errors_of_those_expected(
    somerset: Place, few: People, start: State, lives: Trajectory
) -> None:
    rates, cell = lives.rates[0], age_cells(few, somerset.base_year)
    after = step(start, somerset.base_year, 0, rates)
    assert after.events is not None
    death = chances_of(start, cell, rates).death
    error = math.sqrt((death * (1 - death)).sum())
    drawn = after.events.deaths - int((~after.present[len(few) :]).sum())
    assert abs(drawn - death.sum()) < 4 * error
    for k in range(len(few.condition_ids)):
        rows = np.flatnonzero((few.conditions >> np.uint32(k)) & np.uint32(1) == 0)
        chance = (1 - death[rows]) * onset_chances(start, rows, cell, k, rates)
        error = math.sqrt((chance * (1 - chance)).sum())
        assert abs(after.events.onsets[k] - chance.sum()) <= 4 * error + 1e-9


def test_a_child_lives_where_its_mother_does(
    somerset: Place, few: People, start: State, lives: Trajectory
) -> None:
    after = step(start, somerset.base_year, 0, lives.rates[0])
    assert after.events is not None
    people = after.people
    children = np.arange(len(people) - after.events.births, len(people))
    row_of = {int(number): i for i, number in enumerate(few.person)}
    mothers = np.array([row_of[int(people.person[i]) & (2**24 - 1)] for i in children])
    assert (people.sex[mothers] == SEXES.index("female")).all()
    for name in ("lsoa", "practice", "resident"):
        np.testing.assert_array_equal(
            getattr(people, name)[children], getattr(people, name)[mothers]
        )
    assert (people.age_in("2015/16")[children] < 0).all()
    assert (people.age_in("2016/17")[children] == 0).all()


def test_who_arrives_is_like_somebody_already_there(
    somerset: Place, few: People, start: State, lives: Trajectory
) -> None:
    after = step(start, somerset.base_year, 0, lives.rates[0])
    assert after.events is not None
    arrivals = np.arange(len(few), len(few) + after.events.arrivals)
    row_of = {int(number): i for i, number in enumerate(few.person)}
    like = np.array([row_of[int(after.people.person[i]) & (2**24 - 1)] for i in arrivals])
    for name in ("birth", "sex", "lsoa", "practice", "frailty"):
        np.testing.assert_array_equal(
            getattr(after.people, name)[arrivals], getattr(few, name)[like]
        )
    np.testing.assert_array_equal(after.conditions[arrivals], after.conditions[like])
    assert after.present[arrivals].all()


def test_expected_onsets_are_those_that_take_each_age_to_the_share_it_shall_have(
    somerset: Place, few: People, start: State, lives: Trajectory
) -> None:
    """By plain loops: shares and survival by age, smoothed, then the onsets they need."""
    rates, cell = lives.rates[0], age_cells(few, somerset.base_year)
    k = few.condition_ids.index("hypertension")
    growth = 1 + float(rates.risks.trend[k])
    death = chances_of(start, cell, rates).death
    has = (few.conditions >> np.uint32(k)) & np.uint32(1) == 1
    kernel = [[math.exp(-(((a - b) / 2) ** 2) / 2) for b in range(106)] for a in range(106)]

    def smooth(sex: int, values: np.ndarray) -> list[float]:
        by_age = [float(values[cell == sex * 106 + b].sum()) for b in range(106)]
        return [sum(k_ * v for k_, v in zip(kernel[a], by_age, strict=True)) for a in range(106)]

    for sex in (0, 1):
        heads, ill = smooth(sex, np.ones(len(few))), smooth(sex, has.astype(float))
        deaths, ill_deaths = smooth(sex, death), smooth(sex, death * has)
        for age in range(40, 80):
            share, older = ill[age] / heads[age], ill[age + 1] / heads[age + 1] * growth
            with_it = share * (1 - ill_deaths[age] / ill[age])
            well_deaths, well = deaths[age] - ill_deaths[age], heads[age] - ill[age]
            without = (1 - share) * (1 - well_deaths / well)
            onset = max((older * (with_it + without) - with_it) / without, 0)
            rows = np.flatnonzero((cell == sex * 106 + age) & ~has)
            at_risk = 1 - death[rows]
            expected = (at_risk * onset_chances(start, rows, cell, k, rates)).sum()
            assert expected == pytest.approx(onset * at_risk.sum(), rel=1e-5, abs=1e-9)
