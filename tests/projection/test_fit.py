"""Laws fitted so that official totals are met, and incidence, prevalence and survival agree."""

from __future__ import annotations

import csv
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tripleaim.people import SEXES, People, read_diseases
from tripleaim.people.ranks import relative_by_quintile
from tripleaim.place import InputError, Place
from tripleaim.place.estimate import CENTRAL, Draw
from tripleaim.projection import (
    Laws,
    Redraw,
    fit_laws,
    laws_under,
    parameters,
    read_vitals,
)
from tripleaim.projection.condition_shares import share_by_age
from tripleaim.projection.fit import (
    HIGHEST,
    drift_of,
    relative_of,
    required_flows,
)
from tripleaim.projection.fitting import nearest, solve
from tripleaim.projection.probabilities import frailty_factor
from tripleaim.projection.relative import ConditionFactors
from tripleaim.projection.relatives import Relatives, read_sources, relatives_under
from tripleaim.projection.vitals import AGES, POOLED_FROM

shares = arrays(np.float64, (2, AGES), elements=st.floats(0.001, 0.6))
survivals = arrays(np.float64, (2, AGES), elements=st.floats(0.6, 1.0))


@pytest.fixture(scope="module")
def laws(somerset: Place, few: People) -> Laws:
    return fit_laws(somerset, few, steps=8)


def tables_of(place: Place, people: People) -> Relatives:
    return relatives_under(read_sources(place, people.condition_ids, people.risk_ids), CENTRAL)


def relative(people: People, laws: Laws) -> tuple[np.ndarray, np.ndarray]:
    age = np.clip(people.age_in(laws.years[0]), 0, AGES - 1).astype(np.int64)
    factor = frailty_factor(people.frailty, laws.frailty_power)
    return relative_of(people, age, factor, laws, 0).astype(np.float64), age


@given(shares, shares, survivals, survivals)
def test_onsets_and_leaving_bring_each_age_to_its_target_share(
    now: np.ndarray, then: np.ndarray, with_it: np.ndarray, without: np.ndarray
) -> None:
    onset, leaving = required_flows(now, then, with_it, without)
    assert not (onset * leaving).any()
    sick = now * with_it * (1 - leaving) + (1 - now) * without * onset
    alive = now * with_it + (1 - now) * without
    reached = (sick / alive)[:, :-1]
    free = ((onset < HIGHEST) & (leaving < HIGHEST))[:, :-1]
    np.testing.assert_allclose(reached[free], then[:, 1:][free], rtol=1e-9)


def test_a_condition_that_nobody_dies_of_and_that_stays_as_common_has_no_onsets() -> None:
    flat, all_live = np.full((2, AGES), 0.1), np.ones((2, AGES))
    onset, leaving = required_flows(flat, flat, all_live, all_live)
    assert not onset.any()
    assert not leaving.any()


log_odds = arrays(np.float64, (2, AGES), elements=st.floats(-6, 1))
numbers = arrays(np.float64, (2, AGES), elements=st.integers(1, 9000).map(float))


@given(log_odds, numbers, st.floats(-2, 1))
def test_people_who_follow_the_shape_of_the_file_have_exactly_its_shares(
    shape: np.ndarray, heads: np.ndarray, raised: float
) -> None:
    share = 1 / (1 + np.exp(-shape - raised))
    np.testing.assert_allclose(share_by_age(heads * share, heads, shape), share, rtol=1e-6)


@given(log_odds, numbers, st.integers(0, 2**32 - 1))
def test_as_many_of_a_sex_expect_a_condition_as_have_it(
    shape: np.ndarray, heads: np.ndarray, seed: int
) -> None:
    luck = np.random.default_rng(seed)
    having = luck.binomial(heads.astype(int), 0.3 / (1 + np.exp(-shape))).astype(float)
    share = share_by_age(having, heads, shape)
    free = (share < HIGHEST).all(axis=1)
    expected = (heads * share).sum(axis=1)
    np.testing.assert_allclose(expected[free], having.sum(axis=1)[free], rtol=1e-9, atol=1e-9)


def test_a_condition_that_nobody_has_has_no_share() -> None:
    heads, shape = np.full((2, AGES), 10.0), np.zeros((2, AGES))
    assert not share_by_age(np.zeros((2, AGES)), heads, shape).any()
    only_women = np.zeros((2, AGES))
    only_women[1, 60] = 3.0
    share = share_by_age(only_women, heads, shape)
    assert not share[0].any()
    assert share[1].sum() * 10 == pytest.approx(3.0)


@settings(deadline=None)  # the first call compiles
@given(st.integers(0, 2**32 - 1), st.floats(0.0001, 2.0))
def test_people_of_an_age_expect_the_official_number_of_events(seed: int, size: float) -> None:
    draw = np.random.default_rng(seed)
    wanted = np.full(2 * AGES, size)
    cell = np.sort(draw.integers(0, 3, 600))
    edges = np.searchsorted(cell, np.arange(2 * AGES + 1)).astype(np.int64)
    relatives = np.exp(draw.normal(size=600)).astype(np.float32)
    weight, factor = draw.uniform(0.2, 1, 600), np.empty(2 * AGES)
    solve(wanted, relatives, weight, edges, factor)
    happens = -np.expm1(-wanted[cell] * factor[cell] * relatives)
    for one in range(3):
        here = cell == one
        expected = weight[here].sum() * -np.expm1(-size)
        assert np.isclose((weight * happens)[here].sum(), expected, rtol=1e-6)


def test_an_age_without_people_takes_the_factor_of_the_nearest_age() -> None:
    factor = np.full(2 * AGES, np.nan)
    factor[40], factor[60] = 0.5, 0.2
    nearest(factor)
    assert factor[0] == factor[40] == factor[49] == 0.5
    assert factor[51] == factor[60] == factor[AGES - 1] == 0.2
    assert (factor[AGES:] == 1).all()


factors = st.lists(st.lists(st.floats(0.1, 10), min_size=2, max_size=2), min_size=1, max_size=25)


@given(factors, st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=20))
def test_a_looked_up_product_is_the_product(table: list[list[float]], bits: list[int]) -> None:
    known = [word % 2 ** len(table) for word in bits]
    found = ConditionFactors.of_each(np.array(table)).of(np.array(known, dtype=np.uint32))
    for row, word in zip(found, known, strict=True):
        expected = np.ones(2)
        for bit, factor in enumerate(table):
            if word >> bit & 1:
                expected *= factor
        np.testing.assert_allclose(row, expected, rtol=1e-5)


def test_everybodys_relative_risk_is_the_product_by_a_plain_loop(
    somerset: Place, few: People, laws: Laws
) -> None:
    some = few.take(np.arange(0, len(few), 97))
    found, ages = relative(some, laws)
    diseases, power = read_diseases(somerset), somerset.value("onset.clustering")
    tables = tables_of(somerset, few)
    ids = [d.id for d in diseases]
    for i in range(len(some)):
        sex, age, quintile = int(some.sex[i]), int(ages[i]), int(some.quintile[i]) - 1
        has = {c for k, c in enumerate(ids) if int(some.conditions[i]) >> k & 1}
        for k, disease in enumerate(diseases):
            value = float(np.exp(tables.frailty_power * some.frailty[i]))
            value *= disease.deprivation[quintile] ** power
            for link in disease.raised_by:
                value *= link.odds_ratio.value**power if link.condition in has else 1.0
            for r, factor in enumerate(tables.factors):
                bars = factor.thresholds(2016)[sex, age]
                level = int((some.ranks[r, i] >= bars).sum())
                effect = factor.effects.get(disease.id)
                value *= effect.relative[level, sex, age] if effect else 1.0
            assert found[k, i] == pytest.approx(value, rel=1e-4), (disease.id, i)


def test_expected_deaths_are_the_official_ones(somerset: Place, few: People, laws: Laws) -> None:
    found, age = relative(few, laws)
    sex = few.sex.astype(int)
    hazard = laws.hazard[0, sex, age, laws.lanes.death].astype(np.float64)
    expected = -np.expm1(-hazard * found[laws.lanes.death])
    official = read_vitals(somerset).death[0, sex, age]
    assert expected.sum() == pytest.approx(official.sum(), rel=1e-5)
    cell, pooled = sex * AGES + age, age < POOLED_FROM
    found_by, wanted_by = (
        np.bincount(cell[pooled], weights=of[pooled], minlength=2 * AGES)
        for of in (expected, official)
    )
    np.testing.assert_allclose(found_by, wanted_by, rtol=1e-5)


def test_incidence_after_the_plan_drifts_as_risk_factors_do(somerset: Place, few: People) -> None:
    """COPD depends on smoking alone: by hand from its shares, as long before as the effect lags."""
    tables = tables_of(somerset, few)
    smoking = next(f for f in tables.factors if f.id == "smoking")
    effect, k = smoking.effects["copd"], few.condition_ids.index("copd")
    assert [f.id for f in tables.factors if "copd" in f.effects] == ["smoking"]
    means = []
    for year in (2020, 2035):
        shares = smoking.shares(year - effect.lag_years)[0, 60]
        means.append(sum(s * effect.relative[level, 0, 60] for level, s in enumerate(shares)))
    assert means[1] < means[0]
    drift = drift_of(tables, k, "2019/20", "2034/35", CENTRAL)
    assert drift[0, 60] == pytest.approx(means[1] / means[0], rel=1e-12)


def test_a_draw_that_moves_nothing_gives_the_very_laws(
    somerset: Place, few: People, laws: Laws
) -> None:
    assert laws_under(somerset, few, laws, CENTRAL) is laws


@pytest.mark.parametrize("kind", ["death/", "link/", "risk/"])
def test_relative_risks_of_a_draw_keep_expected_totals(
    somerset: Place, few: People, laws: Laws, kind: str
) -> None:
    drawn = np.random.default_rng(2)
    ids = [p.id for p in parameters(somerset) if p.id.startswith(kind)]
    draw = Draw(1, {name: float(drawn.normal()) for name in ids})
    other = laws_under(somerset, few, laws, draw)
    assert ids
    totals = []
    for one in (laws, other):
        found, age = relative(few, one)
        lanes = np.arange(one.lanes.death + 1)
        at_risk = (few.conditions >> lanes[:, None].astype(np.uint32)) & np.uint32(1) == 0
        hazard = one.hazard[0, few.sex.astype(int), age][:, lanes].T
        totals.append((hazard * found[lanes] * at_risk).sum(axis=1))
    np.testing.assert_allclose(totals[1], totals[0], rtol=1e-4)


def test_deaths_by_deprivation_are_steeper_by_what_the_table_says_and_no_more(
    somerset: Place, few: People
) -> None:
    """What levels of risk factors carry of the gradient is taken from the quintiles' own."""
    sources = read_sources(somerset, few.condition_ids, few.risk_ids)
    carried = np.ones(5)
    for factor in sources.factors:
        if "death" in factor.effects:
            by_quintile = relative_by_quintile(factor, "death")
            carried *= by_quintile[:, 60:90].mean(axis=(0, 1))
    whole = sources.quintile_mortality * carried / carried.mean()
    lines = somerset.path("quintile_mortality.csv").read_text(encoding="utf-8").splitlines()
    stated = {
        (row["sex"], int(row["quintile"])): float(row["ratio"])
        for row in csv.DictReader(line for line in lines if not line.startswith("#"))
    }
    wanted = [[stated[sex, q] for q in range(1, 6)] for sex in SEXES]
    np.testing.assert_allclose(whole, wanted, rtol=1e-9)
    tables, death = tables_of(somerset, few), len(sources.diseases)
    np.testing.assert_allclose(tables.quintile[..., death], sources.quintile_mortality, rtol=1e-6)
    assert carried[0] > carried[4]


def test_laws_redrawn_one_after_the_other_are_those_drawn_alone(
    somerset: Place, few: People, laws: Laws
) -> None:
    redraw = Redraw(somerset, few, laws)
    draw = Draw(1, {"death/stroke": 1.0, "risk/smoking/copd": -0.5, "fertility": 1.0})
    redraw(Draw(2, {"death/stroke": -2.0}))
    one, other = redraw(draw), laws_under(somerset, few, laws, draw)
    np.testing.assert_array_equal(one.hazard, other.hazard)
    np.testing.assert_array_equal(one.expected.rate, other.expected.rate)


def test_lower_mortality_of_a_draw_is_the_official_low_variant(
    somerset: Place, few: People, laws: Laws
) -> None:
    low = laws_under(somerset, few, laws, Draw(1, {"mortality/improvement": 1.96}))
    death = laws.lanes.death
    ratio = low.hazard[..., death] / np.maximum(laws.hazard[..., death], 1e-12)
    assert (ratio[:, :, 40:90] < 1).all()
    assert ratio[0, 0, 60] > ratio[7, 0, 60]


def test_every_parameter_has_a_name_of_its_own(somerset: Place) -> None:
    ids = [p.id for p in parameters(somerset)]
    assert len(set(ids)) == len(ids)


def test_people_of_other_risk_factors_are_refused(somerset: Place, few: People) -> None:
    bare = replace(few, ranks=few.ranks[:0], risk_ids=())
    with pytest.raises(InputError, match="made with the current risk factors of the place"):
        fit_laws(somerset, bare)


def test_a_horizon_beyond_the_tables_or_twenty_years_is_refused(
    somerset: Place, few: People
) -> None:
    with pytest.raises(InputError, match="expected a horizon of at most 20 years"):
        fit_laws(somerset, few, steps=21)
