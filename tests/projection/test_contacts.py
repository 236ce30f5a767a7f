"""Expected contacts."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.place import Place
from tripleaim.projection import (
    Trajectory,
    condition_multipliers,
    contact_inputs,
    contacts,
    fit_contacts,
)
from tripleaim.projection.contact_rates import cells, totals
from tripleaim.projection.contact_tables import CELLS, england_rates


def test_in_the_base_year_each_age_sex_and_quintile_has_its_rate(
    somerset: Place, lives: Trajectory
) -> None:
    model = fit_contacts(contact_inputs(somerset), lives)
    found = contacts(lives, somerset.base_year, model)
    here = lives.present[0]
    cell = cells(lives.people, somerset.base_year)[here]
    heads = np.bincount(cell, minlength=CELLS)
    for p in range(found.shape[1]):
        by_cell = np.bincount(cell, weights=found[here, p], minlength=CELLS)
        np.testing.assert_allclose(by_cell, heads * model.rate[:, p], rtol=1e-4, atol=1e-9)


def test_who_is_not_registered_has_no_contacts(somerset: Place, lives: Trajectory) -> None:
    found = contacts(lives, "2018/19", fit_contacts(contact_inputs(somerset), lives))
    absent = ~lives.present[lives.years.index("2018/19")]
    assert absent.any()
    assert not found[absent].any()
    assert (found[~absent].sum(axis=1) > 0).all()
    assert found.dtype == np.float32


def test_to_take_a_condition_away_divides_contacts_by_its_multiplier(
    somerset: Place, lives: Trajectory
) -> None:
    model = fit_contacts(contact_inputs(somerset), lives)
    k = lives.people.condition_ids.index("copd")
    y = lives.years.index("2019/20")
    has = lives.present[y] & ((lives.conditions[y] >> np.uint32(k)) & np.uint32(1) == 1)
    before = contacts(lives, "2019/20", model)[has]
    lives_without = lives.conditions.copy()
    lives_without[y] &= ~lives.people.mask(("copd",))
    without = Trajectory(lives.people, lives.years, lives.present, lives_without)
    after = contacts(without, "2019/20", model)[has]
    assert has.sum() > 50
    np.testing.assert_allclose(
        before / after, np.tile(condition_multipliers(somerset)[k], (has.sum(), 1)), rtol=1e-4
    )


def test_a_printed_level_is_the_printed_first_year(somerset: Place, lives: Trajectory) -> None:
    model = fit_contacts(contact_inputs(somerset), lives)
    first = totals(contacts(lives, somerset.years[0], model))
    for p, point in enumerate(somerset.points_of_delivery):
        if model.level[p] != 1:
            assert first[p] == pytest.approx(somerset.value(point.printed_base), rel=1e-5)
    assert {
        p.id for p, at in zip(somerset.points_of_delivery, model.level, strict=True) if at != 1
    } == {
        "acute-other",
        "mental-health",
        "community",
        "continuing-health-care",
        "social-care",
        "other-programme",
    }


def test_england_at_its_own_rates_has_the_contacts_it_reports(somerset: Place) -> None:
    rates = england_rates(somerset).reshape(2, 5, -1, len(somerset.points_of_delivery))
    shares = np.array([0.20158, 0.20448, 0.20121, 0.19753, 0.19520])
    england = np.zeros((2, 96))
    lines = somerset.files.folders[-1].text("population.csv").splitlines()
    for line in lines:
        if line[:1].isdigit():
            age, sex, people = line.split(",")
            england[int(sex == "female"), int(age)] += float(people)
    total = np.einsum("sa,q,sqap->p", england, shares, rates) / england.sum()
    for p, point in enumerate(somerset.points_of_delivery):
        reported = somerset.value(f"england-contacts.{point.id}") / 1000
        assert total[p] == pytest.approx(reported, rel=0.002), point.id
