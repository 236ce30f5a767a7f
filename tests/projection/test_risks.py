"""Relative risks by person, looked up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.people import People, bodies_of, propensity
from tripleaim.place import Place
from tripleaim.projection.relative import ConditionFactors
from tripleaim.projection.risks import read_risks

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


def test_the_risk_of_an_onset_is_the_propensity_to_the_power_of_clustering(
    somerset: Place, few: People
) -> None:
    risks = read_risks(somerset, few)
    from_frailty = risks.from_frailty(few.frailty)
    bodies = bodies_of(few, somerset)
    bodies = replace(bodies, levels=np.zeros_like(bodies.levels))  # this room adds those itself
    assert risks.clustering > 1
    for k, name in enumerate(few.condition_ids):
        found = risks.of_onset(k, few.conditions, few.quintile, from_frailty)
        expected = propensity(bodies, risks.illness, name, few.conditions) ** risks.clustering
        np.testing.assert_allclose(found, expected, rtol=1e-4)


def test_a_condition_raises_the_hazard_of_death_by_its_ratio(somerset: Place, few: People) -> None:
    risks = read_risks(somerset, few)
    stroke = few.mask(("stroke",))
    without = risks.of_death(few.conditions & ~stroke, few.quintile)
    with_it = risks.of_death(few.conditions | stroke, few.quintile)
    np.testing.assert_allclose(with_it / without, 2.1, rtol=1e-5)
