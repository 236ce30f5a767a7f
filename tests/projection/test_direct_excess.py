"""What risk factors do to death is solved so that all deaths meet what studies publish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tripleaim.people import (
    DEATH,
    SEXES,
    People,
    RiskFactor,
    calendar,
    read_diseases,
    read_risk_factors,
)
from tripleaim.place import Place
from tripleaim.place.estimate import CENTRAL, Draw
from tripleaim.projection import AllCauseFit, Laws, Redraw, all_cause_fit, fit_laws
from tripleaim.projection.direct_excess import (
    reckoned,
    with_direct_excess,
    with_direct_excess_of,
)
from tripleaim.projection.fit import _unfitted
from tripleaim.projection.relatives import Sources, read_sources, relatives_under
from tripleaim.projection.vitals import AGES, read_vitals

YEAR = "2015/16"


def sources_of(place: Place, people: People) -> Sources:
    return read_sources(place, people.condition_ids, people.risk_ids)


def acting(sources: Sources) -> list[RiskFactor]:
    """Those that do something to death beyond conditions."""
    return [factor for factor in sources.factors if DEATH in factor.effects]


@pytest.fixture(scope="module")
def county(somerset: Place, somerset_people: People) -> Laws:
    """What all of the county's deaths by level hang on; hazards by age and sex are official."""
    sources = with_direct_excess(sources_of(somerset, somerset_people), somerset_people, YEAR)
    vitals = read_vitals(somerset, 1)
    laws = _unfitted((YEAR, "2016/17"), relatives_under(sources, CENTRAL), vitals)
    laws.hazard[..., laws.lanes.death] = -np.log1p(-np.minimum(vitals.death, 0.99))
    return laws


@pytest.fixture(scope="module")
def rows(somerset: Place, somerset_people: People, county: Laws) -> tuple[AllCauseFit, ...]:
    return all_cause_fit(somerset, somerset_people, county)


def test_every_risk_factor_has_published_ratios_that_a_source_gives(somerset: Place) -> None:
    without = [f.id for f in read_risk_factors(somerset) if f.all_cause is None]
    assert without == ["raised_glucose"]  # what it does runs through diabetes
    for factor in read_risk_factors(somerset):
        for row in factor.all_cause.rows if factor.all_cause else ():
            assert row.ratio.source in somerset.sources
            assert row.where


def test_all_deaths_at_each_level_are_as_published(rows: tuple[AllCauseFit, ...]) -> None:
    seen = [row for row in rows if row.people >= 1000]

    assert len({row.risk for row in seen}) == 6
    for row in seen:
        # The last ages are few, and what conditions carry is smoothed over them.
        near = 0.06 if row.age_from < 85 else 0.10
        assert row.achieved == pytest.approx(row.published, rel=near), row


def test_the_published_ratio_is_what_conditions_carry_times_what_is_solved(
    rows: tuple[AllCauseFit, ...],
) -> None:
    for row in rows:
        if row.people >= 1000:
            near = 0.1 if row.age_from < 85 else 0.15
            assert row.through * row.direct == pytest.approx(row.published, rel=near), row


@pytest.mark.parametrize("sex", SEXES)
def test_smokers_die_as_often_as_cohorts_find(rows: tuple[AllCauseFit, ...], sex: str) -> None:
    """2.7 to 3.0 times as often as people who never smoked, where it was 1.4 to 1.9."""
    smokers = [r for r in rows if (r.risk, r.level, r.sex) == ("smoking", "current", sex)]

    for row in smokers:
        if 35 <= row.age_from <= 65:
            assert 2.7 <= row.achieved <= 3.1
            assert row.uncalibrated < 2.0
    # Each year since stopping takes some of it away.
    for level in ("ex_under_10", "ex_over_10"):
        ex = [r for r in rows if (r.risk, r.level, r.sex) == ("smoking", level, sex)]
        assert all(1 < e.achieved < s.achieved for e, s in zip(ex, smokers, strict=True))


def test_nothing_is_solved_by_luck(
    somerset: Place, somerset_people: People, some_of: Callable[..., People]
) -> None:
    whole = with_direct_excess(sources_of(somerset, somerset_people), somerset_people, YEAR)
    order = np.random.default_rng(7).permutation(len(somerset_people))
    shuffled = some_of(somerset_people, order)
    again = with_direct_excess(sources_of(somerset, shuffled), shuffled, YEAR)

    for one, other in zip(acting(whole), acting(again), strict=True):
        np.testing.assert_allclose(
            one.effects[DEATH].relative, other.effects[DEATH].relative, rtol=1e-9
        )


def test_few_people_lean_on_what_can_be_reckoned_without_them(
    somerset: Place, few: People, somerset_people: People
) -> None:
    whole = with_direct_excess(sources_of(somerset, somerset_people), somerset_people, YEAR)
    some = with_direct_excess(sources_of(somerset, few), few, YEAR)

    for one, other in zip(acting(whole), acting(some), strict=True):
        apart = np.log(other.effects[DEATH].relative / one.effects[DEATH].relative)[1:, :, 35:90]
        assert np.abs(apart).mean() < 0.15, one.id
        assert np.abs(apart).max() < 0.7, one.id


def test_a_ratio_is_reckoned_from_odds_alone_where_a_condition_comes_by_itself(
    somerset: Place,
) -> None:
    factor = next(f for f in read_risk_factors(somerset) if f.id == "loneliness")
    disease = next(d for d in read_diseases(somerset) if d.id == "chd")
    shares = np.moveaxis(factor.shares(calendar(YEAR)), -1, 0)
    having = np.full((1, 2, AGES), 0.10)

    ratio = reckoned(factor, (disease,), having, shares)

    # By hand at 60: p and p' with odds 1.29 apart and a mean of 10%.
    lonely = shares[1, 0, 60]
    low, high = 0.0, 1.0
    for _ in range(60):
        p = (low + high) / 2
        odds = 1.29 * p / (1 - p)
        short = (1 - lonely) * p + lonely * odds / (1 + odds) < 0.10
        low, high = (p, high) if short else (low, p)
    with_it = odds / (1 + odds)
    hazard = disease.death.value - 1
    assert ratio[1, 0, 60] == pytest.approx((1 + with_it * hazard) / (1 + p * hazard), rel=1e-6)
    assert (ratio[0] == 1).all()


def test_laws_hand_on_what_was_solved(somerset: Place, few: People) -> None:
    laws = fit_laws(somerset, few, steps=2)
    solved = with_direct_excess(sources_of(somerset, few), few, YEAR)
    again = with_direct_excess_of(sources_of(somerset, few), laws)

    for one, other in zip(acting(solved), acting(again), strict=True):
        np.testing.assert_allclose(
            one.effects[DEATH].relative, other.effects[DEATH].relative, rtol=1e-6
        )
        assert one.effects[DEATH].spread == pytest.approx(other.effects[DEATH].spread, rel=1e-5)


def test_a_draw_moves_all_deaths_by_the_published_interval(somerset: Place, few: People) -> None:
    laws = fit_laws(somerset, few, steps=2)
    r = [name for name, _ in laws.risk_levels].index("smoking")
    up = Redraw(somerset, few, laws)(Draw(1, {"risk/smoking/death": 1.959963984540054}))

    death = laws.lanes.death
    moved = (up.risk[r] / laws.risk[r])[-1, ..., death]
    published = next(f for f in read_risk_factors(somerset) if f.id == "smoking").all_cause
    assert published is not None
    wanted = float(np.exp(1.959963984540054 * published.deviation.mean()))
    assert np.exp(np.log(moved).mean()) == pytest.approx(wanted, rel=0.02)


def test_a_risk_factor_without_published_ratios_keeps_what_its_file_says(
    somerset: Place, few: People
) -> None:
    sources = sources_of(somerset, few)
    plain = replace(sources, factors=tuple(replace(f, all_cause=None) for f in sources.factors))

    after = with_direct_excess(plain, few, YEAR)

    for before, now in zip(plain.factors, after.factors, strict=True):
        assert before.effects.get(DEATH) is now.effects.get(DEATH)
