from __future__ import annotations

import numpy as np
import pytest

from tripleaim.core import RunContext
from tripleaim.place import Place
from tripleaim.place.estimate import CENTRAL, Z_95, Draw
from tripleaim.plan.futures.lives import Lives, parameters
from tripleaim.projection.vitals import drawn_vitals


@pytest.fixture(scope="module")
def lives(somerset: Place) -> Lives:
    return Lives.of_place(somerset, RunContext(7), most=6_000)


def test_the_central_draw_changes_nothing(lives: Lives) -> None:
    contacts, people = lives.ratios_of(CENTRAL)
    assert (contacts == 1.0).all()
    assert (people == 1.0).all()
    assert contacts.shape == (len(lives.place.points_of_delivery), len(lives.place.years))


def test_only_part_of_a_large_place_is_simulated(lives: Lives) -> None:
    assert 5_500 < len(lives.people) <= 6_000
    assert lives.of > 500_000


@pytest.mark.parametrize("z", [-1.3, 0.4, 2.0])
def test_vital_rates_of_a_draw_are_those_of_the_projection(lives: Lives, z: float) -> None:
    draw = Draw(1, {"mortality/improvement": z, "fertility": -z, "migration/net": z / 2})
    ours, theirs = lives.vitals_in(draw), drawn_vitals(lives.place, lives.laws.steps, draw)
    for name in ("death", "newborn_death", "birth", "net_migration"):
        assert getattr(ours, name) == pytest.approx(getattr(theirs, name), rel=1e-9)


def test_lower_mortality_leaves_more_people_and_higher_mortality_fewer(lives: Lives) -> None:
    _, more = lives.ratios_of(Draw(1, {"mortality/improvement": Z_95}))
    _, fewer = lives.ratios_of(Draw(1, {"mortality/improvement": -Z_95}))
    assert more[-1] > 1 > fewer[-1]


def test_more_net_migration_brings_more_people_every_year(lives: Lives) -> None:
    _, people = lives.ratios_of(Draw(1, {"migration/net": Z_95}))
    assert (np.diff(people) > 0).all()
    assert people[0] > 1


def test_a_steeper_trend_of_a_condition_brings_more_care(lives: Lives) -> None:
    """All trends two standard deviations up: more people with conditions, more contacts."""
    steeper = {p.id: 2.0 for p in parameters(lives.place) if p.id.startswith("trend/")}
    contacts, people = lives.ratios_of(Draw(1, steeper))
    assert people[-1] == pytest.approx(1.0, abs=0.005)
    points = [p.id for p in lives.place.points_of_delivery]
    for point in ("acute-non-elective", "prescribing", "acute-outpatient"):
        assert contacts[points.index(point), -1] > 1.005


def test_other_luck_is_a_small_change_beside_other_rates(lives: Lives) -> None:
    _, people = lives.ratios_of(CENTRAL, seed=1)
    assert 0 < np.abs(people - 1).max() < 0.02


def test_every_parameter_of_lives_has_a_cause(somerset: Place) -> None:
    assert all(p.estimate.cause for p in parameters(somerset))
