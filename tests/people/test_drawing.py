from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tripleaim.people import (
    Bodies,
    Frailty,
    People,
    draw_each,
    draw_frailty,
    fit_illness,
    propensity,
    read_illness,
    uniform,
)
from tripleaim.people.drawing import draw_conditions, expected_by_age, heads_by_age
from tripleaim.people.illness import Illness
from tripleaim.people.synthesis import bodies_of
from tripleaim.place import Place

SOME = 40_000


@pytest.fixture(scope="module")
def illness(somerset: Place) -> Illness:
    return read_illness(somerset)


@pytest.fixture(scope="module")
def bodies() -> Bodies:
    person = np.arange(SOME, dtype=np.uint64)
    return Bodies(
        person=person,
        sex=(person % 2).astype(np.int8),
        age=(person // 2 % 95).astype(np.int16),
        quintile=(1 + person // 200 % 5).astype(np.int8),
        frailty=draw_frailty(person, 3, 2016),
        levels=np.stack(
            [
                (most * uniform(3, person, 2016, f"level {r}")).astype(np.uint8)
                for r, most in enumerate((4, 4, 3, 2, 3, 4, 5))
            ]
        ),
    )


def has(illness: Illness, bits: np.ndarray, condition: str) -> np.ndarray:
    return np.asarray((bits >> np.uint32(illness.ids.index(condition))) & 1 == 1)


def test_frailty_is_standard_normal(somerset_people: People) -> None:
    z = somerset_people.frailty.astype(float)
    assert abs(z.mean()) < 0.006
    assert abs(z.std() - 1) < 0.004
    assert np.allclose(
        np.percentile(z, [2.5, 16, 84, 97.5]), [-1.96, -0.9945, 0.9945, 1.96], atol=0.02
    )


def test_people_on_a_register_are_as_many_as_it_expects(illness: Illness, bodies: Bodies) -> None:
    bits = draw_conditions(bodies, illness, 3, 2016)
    for condition, register in illness.registers.items():
        counted = bodies.age >= register.minimum_age
        wanted = counted.sum() * register.count / register.list_size
        assert abs((has(illness, bits, condition) & counted).sum() - wanted) <= 1, condition


def test_links_frailty_and_deprivation_leave_each_age_and_sex_its_number(
    illness: Illness, bodies: Bodies
) -> None:
    k = illness.ids.index("hypertension")
    heads = heads_by_age(bodies)
    expected = (expected_by_age(illness, k, heads) * heads).reshape(2, -1)
    bits = draw_conditions(bodies, illness, 3, 2016)
    found = has(illness, bits, "hypertension")
    for sex in (0, 1):
        for first, last in ((45, 54), (65, 74), (75, 84)):
            inside = (bodies.sex == sex) & (bodies.age >= first) & (bodies.age <= last)
            wanted = expected[sex, first : last + 1].sum()
            assert found[inside].sum() == pytest.approx(wanted, abs=4 * wanted**0.5)


def test_the_deprived_the_frail_and_the_diabetic_have_more_heart_disease(
    illness: Illness, bodies: Bodies
) -> None:
    bits = draw_conditions(bodies, illness, 3, 2016)
    chd, old = has(illness, bits, "chd"), bodies.age >= 60

    def share(who: np.ndarray) -> float:
        return float(chd[old & who].mean())

    # 1.15 times the odds; what deprivation does through risk factors is left out here.
    assert share(bodies.quintile == 1) > 1.05 * share(bodies.quintile == 5)
    assert share(bodies.frailty > 1) > 1.3 * share(bodies.frailty < -1)
    diabetic = has(illness, bits, "diabetes")
    assert share(diabetic) > 1.5 * share(~diabetic)


def test_more_loading_moves_conditions_to_frail_people_and_not_their_number(
    illness: Illness, bodies: Bodies
) -> None:
    weak, strong = (
        draw_conditions(bodies, replace(illness, frailty=Frailty(loading)), 3, 2016)
        for loading in (0.0, 0.8)
    )
    counts = [np.bitwise_count(bits) for bits in (weak, strong)]
    frail = bodies.frailty > 1.5
    assert counts[1][frail].mean() > 1.5 * counts[0][frail].mean()
    assert counts[1].mean() == pytest.approx(counts[0].mean(), rel=0.01)


def test_a_condition_of_a_person_depends_on_nobody_elses_luck(
    illness: Illness, bodies: Bodies
) -> None:
    other_seed = draw_conditions(bodies, illness, 4, 2016)
    again = draw_conditions(bodies, illness, 3, 2016)
    first = draw_conditions(bodies, illness, 3, 2016)
    assert (first == again).all()
    assert (first != other_seed).mean() > 0.2


def test_conditions_are_drawn_after_what_raises_their_odds(illness: Illness) -> None:
    place = {k: n for n, k in enumerate(illness.order)}
    assert sorted(place) == list(range(len(illness.ids)))
    for effect, causes in illness.links.items():
        assert all(place[cause] < place[effect] for cause in causes)


def test_propensity_multiplies_links_frailty_deprivation_and_risk_factors(
    illness: Illness, bodies: Bodies
) -> None:
    bits = draw_conditions(bodies, illness, 3, 2016)
    odds = propensity(bodies, illness, "dementia", bits)
    k = illness.ids.index("dementia")
    for i in range(0, SOME, 100):
        expected = np.exp(
            illness.frailty.loading * float(bodies.frailty[i])
            + illness.deprivation[k][bodies.quintile[i] - 1]
            + sum(x for cause, x in illness.links[k].items() if int(bits[i]) >> cause & 1)
        )
        for r, factor in enumerate(illness.risks):
            if "dementia" in factor.effects:
                effect = factor.effects["dementia"].relative
                expected *= effect[bodies.levels[r, i], bodies.sex[i], bodies.age[i]]
        assert odds[i] == pytest.approx(expected, rel=1e-6)


def test_propensity_follows_conditions_that_a_projection_has_moved_on(
    illness: Illness, bodies: Bodies
) -> None:
    nobody_has = np.zeros(SOME, dtype=np.uint32)
    all_depressed = nobody_has | np.uint32(1 << illness.ids.index("depression"))
    without = propensity(bodies, illness, "dementia", nobody_has)
    depressed = propensity(bodies, illness, "dementia", all_depressed)
    assert np.allclose(depressed / without, 1.9)


def test_a_shard_drawn_alone_is_the_same_as_in_the_whole(illness: Illness, bodies: Bodies) -> None:
    fitted = fit_illness(bodies.take(np.arange(0, SOME, 4)), illness, 3, 2016, heads_by_age(bodies))
    everybody = draw_each(fitted, bodies, illness, 3, 2016)
    shards = [
        draw_each(fitted, bodies.take(np.arange(first, min(first + 7_000, SOME))), illness, 3, 2016)
        for first in range(0, SOME, 7_000)
    ]
    assert (np.concatenate(shards) == everybody).all()


def test_levels_solved_on_a_sample_draw_what_registers_expect_but_for_chance(
    illness: Illness, bodies: Bodies
) -> None:
    fitted = fit_illness(bodies, illness, 3, 2016)
    each = draw_each(fitted, bodies, illness, 3, 2016)
    together = draw_conditions(bodies, illness, 3, 2016)
    assert (each != together).mean() < 0.02
    for condition in illness.registers:
        wanted = int(has(illness, together, condition).sum())
        found = int(has(illness, each, condition).sum())
        assert abs(found - wanted) < 4 * wanted**0.5, condition


def test_smokers_have_more_copd_and_their_age_and_sex_no_more_of_it(
    illness: Illness, bodies: Bodies
) -> None:
    smoking = [f.id for f in illness.risks].index("smoking")
    old = bodies.age >= 55
    copd = has(illness, draw_conditions(bodies, illness, 3, 2016), "copd")
    smokes = bodies.levels[smoking] == 3
    never = bodies.levels[smoking] == 0
    # 3.51 times the odds; three standard errors of the ratio of about 80 and 320 people.
    assert 2.3 < copd[old & smokes].mean() / copd[old & never].mean() < 5.0
    nobody = replace(bodies, levels=np.zeros_like(bodies.levels))
    without = has(illness, draw_conditions(nobody, illness, 3, 2016), "copd")
    assert abs(int(copd.sum()) - int(without.sum())) <= 2


def test_bodies_of_people_are_what_they_were_drawn_from(
    somerset: Place, somerset_people: People, illness: Illness
) -> None:
    again = draw_conditions(bodies_of(somerset_people, somerset), illness, 7, 2016)
    assert (again == somerset_people.conditions).all()
