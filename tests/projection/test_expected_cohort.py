"""A cohort of each level of a risk factor, followed in expectation, beside sums done by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tripleaim.people import DEATH, People, RiskEffect, RiskFactor
from tripleaim.place import Place
from tripleaim.projection.condition_shares import shares_by_age
from tripleaim.projection.expected_cohort import follow
from tripleaim.projection.relatives import Sources, read_sources
from tripleaim.projection.vitals import AGES, read_vitals

YEAR = "2015/16"
SHARE, RISK = 0.25, 3.0
"""Of people at the upper level, and what it multiplies onsets of the one condition by."""


@pytest.fixture(scope="module")
def all_sources(somerset: Place, somerset_people: People) -> Sources:
    return read_sources(somerset, somerset_people.condition_ids, somerset_people.risk_ids)


@pytest.fixture(scope="module")
def one_condition(all_sources: Sources) -> Sources:
    """Coronary heart disease alone, neither raised by others nor by frailty, nor left."""
    chd = next(d for d in all_sources.diseases if d.id == "chd")
    alone = replace(chd, raised_by=(), can_be_left=False, register_loses=False)
    return replace(all_sources, diseases=(alone,), loading=0.0)


@pytest.fixture(scope="module")
def two_levels(all_sources: Sources) -> RiskFactor:
    """The same quarter of people of every age at the upper level of loneliness."""
    lonely = next(f for f in all_sources.factors if f.id == "loneliness")
    base = np.empty_like(lonely.base)
    base[..., 0], base[..., 1] = 1 - SHARE, SHARE
    relative = np.ones_like(lonely.effects["chd"].relative)
    relative[1] = RISK
    risk: RiskEffect = replace(lonely.effects["chd"], relative=relative)
    return replace(
        lonely,
        base=base,
        trend=np.zeros_like(lonely.trend),
        effects={"chd": risk, DEATH: lonely.effects[DEATH]},
    )


def test_where_nobody_dies_each_level_falls_ill_at_its_own_rate(
    two_levels: RiskFactor, one_condition: Sources
) -> None:
    """Shares without it are exp(-H) and exp(-3 H), H growing by 0.4% a year of age."""
    hazard = 0.004 * np.arange(AGES)
    low, high = -np.expm1(-hazard), -np.expm1(-RISK * hazard)
    shares = np.broadcast_to((1 - SHARE) * low + SHARE * high, (1, 2, AGES))

    found = follow(two_levels, one_condition, shares, np.zeros((2, AGES)), YEAR)

    more = one_condition.diseases[0].death.value - 1
    wanted = (1 + high * more) / (1 + low * more)
    for sex in (0, 1):
        np.testing.assert_allclose(found.through[1, sex], wanted, rtol=1e-4)
    np.testing.assert_array_equal(found.through[0], 1)


def test_those_who_fall_ill_die_first(two_levels: RiskFactor, one_condition: Sources) -> None:
    """Nobody falls ill after 60; who has it then dies twice as often, by hand year by year."""
    hazard = 0.002 * np.minimum(np.arange(AGES), 60)
    low, high = -np.expm1(-hazard), -np.expm1(-RISK * hazard)
    shares = np.zeros((1, 2, AGES))
    shares[:, :, :61] = ((1 - SHARE) * low + SHARE * high)[:61]
    death = np.zeros((2, AGES))
    death[:, 60:] = 0.05
    direct = np.ones((2, 2, AGES))
    direct[1] = 1.5

    found = follow(two_levels, one_condition, shares, death, YEAR, direct=direct)

    times = one_condition.diseases[0].death.value
    people, ill = np.array([1 - SHARE, SHARE]), np.array([low[60], high[60]])
    for age in range(60, 80):
        mean = (1 + ill * (times - 1)) * [1.0, 1.5]
        ratio = (1 + ill * (times - 1))[1] / (1 + ill * (times - 1))[0]
        assert found.through[1, 0, age] == pytest.approx(ratio, rel=1e-6)
        dying = -np.log(0.95) * mean / ((people * mean).sum() / people.sum())
        without = dying / (1 + ill * (times - 1))
        with_it, free = ill * np.exp(-without * times), (1 - ill) * np.exp(-without)
        people, ill = people * np.exp(-dying), with_it / (with_it + free)
    assert found.through[1, 0, 79] < found.through[1, 0, 60]


def test_what_is_direct_is_the_rest_of_what_is_published(
    all_sources: Sources, somerset: Place, somerset_people: People
) -> None:
    shares = shares_by_age(somerset_people, YEAR, all_sources.diseases)
    death = read_vitals(somerset, 1).death[0]
    for factor in all_sources.factors:
        if factor.all_cause is None:
            continue
        found = follow(factor, all_sources, shares, death, YEAR)
        again = follow(factor, all_sources, shares, death, YEAR, direct=found.direct)

        np.testing.assert_allclose(
            found.through * found.direct, factor.all_cause.relative, rtol=1e-9
        )
        np.testing.assert_allclose(again.through, found.through, rtol=1e-9)


def test_a_factor_without_published_ratios_has_nothing_to_solve(
    two_levels: RiskFactor, one_condition: Sources
) -> None:
    shares, death = np.zeros((1, 2, AGES)), np.zeros((2, AGES))

    with pytest.raises(ValueError, match="loneliness has no published ratios"):
        follow(replace(two_levels, all_cause=None), one_condition, shares, death, YEAR)
