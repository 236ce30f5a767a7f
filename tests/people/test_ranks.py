"""Ranks for life: uniform within age and sex, correlated, higher where people are deprived."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.people import (
    Bodies,
    People,
    RiskFactor,
    bodies_of,
    check_people,
    draw_ranks,
    fit_copula,
    level_columns,
    levels,
    profile,
    read_risk_factors,
)
from tripleaim.people.ranks import HIGHEST
from tripleaim.people.risk_files import correlation_matrix
from tripleaim.place import Place, parse, person_kinds

Factors = tuple[RiskFactor, ...]


@pytest.fixture(scope="module")
def factors(somerset: Place) -> Factors:
    return read_risk_factors(somerset)


@pytest.fixture(scope="module")
def bodies(somerset: Place, somerset_people: People) -> Bodies:
    return bodies_of(somerset_people, somerset)


def test_ranks_are_uniform_in_every_age_and_sex(somerset_people: People, bodies: Bodies) -> None:
    assert somerset_people.ranks.shape == (7, len(somerset_people))
    assert somerset_people.ranks.max() <= HIGHEST
    for sex in (0, 1):
        for low, high in ((0, 17), (35, 44), (75, 84)):
            rows = (bodies.sex == sex) & (bodies.age >= low) & (bodies.age <= high)
            shares = somerset_people.ranks[:, rows] / 65536
            # The standard error of a tenth, in a few ten thousand people, times four.
            error = 4 * (0.1 * 0.9 / rows.sum()) ** 0.5
            for rank in shares:
                tenths = np.histogram(rank, bins=10, range=(0, 1))[0] / rows.sum()
                assert np.abs(tenths - 0.1).max() < error


def test_ranks_go_together_as_the_files_say_and_deprivation_adds_to_it(
    somerset_people: People, factors: Factors
) -> None:
    found = np.corrcoef(somerset_people.ranks)
    wanted = 6 / np.pi * np.arcsin(correlation_matrix(factors) / 2)  # Pearson 1907, of ranks
    np.fill_diagonal(wanted, 1)
    assert np.abs(found - wanted).max() < 0.04
    deprived, others = (somerset_people.quintile == q for q in (1, 5))
    for r, factor in enumerate(factors):
        higher = somerset_people.ranks[r][deprived].mean() > somerset_people.ranks[r][others].mean()
        assert higher == (factor.gradient[0] > factor.gradient[4]), factor.id


def test_a_shard_has_the_ranks_that_it_has_in_the_whole(
    somerset_people: People, bodies: Bodies, factors: Factors
) -> None:
    copula = fit_copula(factors, bodies.sex, bodies.age, bodies.quintile)
    rows = np.arange(3, len(somerset_people), 97)[::-1]
    shard = bodies.take(rows)
    found = draw_ranks(copula, shard, somerset_people.seed, 2016)
    assert (found == somerset_people.ranks[:, rows]).all()


def test_another_risk_factor_leaves_earlier_ones_as_they_are(
    bodies: Bodies, factors: Factors
) -> None:
    part = bodies.take(np.arange(2_000))
    two, three = (
        draw_ranks(fit_copula(some, bodies.sex, bodies.age, bodies.quintile), part, 1, 2016)
        for some in (factors[:2], factors[:3])
    )
    assert (two[0] == three[0]).all()
    assert np.corrcoef(two[1], three[1])[0, 1] > 0.999


def test_a_rank_stays_and_its_level_moves_with_age_and_trend(
    somerset_people: People, factors: Factors
) -> None:
    smoking = [f for f in factors if f.id == "smoking"]
    now = levels(somerset_people, smoking, "2015/16")[0]
    later = levels(somerset_people, smoking, "2035/36")[0]
    child = somerset_people.age_in("2015/16") < 16
    grown = child & (somerset_people.age_in("2035/36") >= 25)
    assert (now[child] == 0).all()
    assert (later[grown] == 3).mean() > 0.05
    middle = (somerset_people.age_in("2015/16") >= 30) & (somerset_people.age_in("2015/16") < 45)
    assert (later[middle] == 3).mean() < (now[middle] == 3).mean()


def test_a_level_is_a_text_that_expressions_may_name(
    somerset_people: People, factors: Factors
) -> None:
    named = level_columns(somerset_people, factors, "2015/16")
    columns = somerset_people.columns("2015/16", None, named)
    kinds = person_kinds(somerset_people.condition_ids, tuple(named))
    assert set(columns) == set(kinds)
    who = parse("smoking = 'current' and bmi in ('from_30', 'from_35')", kinds).on(columns)
    at = levels(somerset_people, factors, "2015/16")
    ids = [f.id for f in factors]
    expected = (at[ids.index("smoking")] == 3) & (at[ids.index("bmi")] >= 2)
    assert (np.asarray(who) == expected).all()


def test_people_at_each_level_are_as_many_as_in_the_tables(
    somerset: Place, somerset_people: People, factors: Factors
) -> None:
    rows = {(row.id, row.level): row for row in profile(somerset_people, somerset).risks}
    assert len(rows) == sum(len(f.levels) for f in factors)
    for row in rows.values():
        assert row.people == pytest.approx(row.expected, abs=4 * row.expected**0.5)
        assert row.source in somerset.sources
    current = rows["smoking", "current"]
    assert current.most_deprived_pct > 2 * current.least_deprived_pct
    names = {check.name for check in check_people(somerset_people, somerset)}
    assert "Smoking: Smokes" in names


def test_without_risk_factors_people_have_no_ranks(bodies: Bodies) -> None:
    copula = fit_copula((), bodies.sex, bodies.age, bodies.quintile)
    assert copula.ids == ()
    assert draw_ranks(copula, bodies, 1, 2016).shape == (0, len(bodies.person))
