"""Money of prevention: who pays, what is released, when it breaks even."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tripleaim.accounts import cost_structure
from tripleaim.accounts import released as released_exactly
from tripleaim.place import InputError, Place, load
from tripleaim.place.estimate import CENTRAL
from tripleaim.prevention.money import (
    MOST_LAG,
    Flows,
    Prices,
    Reached,
    break_even,
    calibration,
    discount,
    discount_rates,
    flows,
    payer_of,
    price_multiples,
    prices,
    programme_cost,
    released,
)
from tripleaim.prevention.programmes import Cost, Prevention

Floats = npt.NDArray[np.float64]


@pytest.fixture
def place(hamlet: Path) -> Place:
    return load(hamlet)


def held(place: Place) -> Prices:
    years = (place.base_year, *place.years, "2021/22", "2022/23")
    contacts = np.full((len(years), len(place.points_of_delivery)), 1000.0)
    return prices(place, years, contacts, np.full(len(years), 2000.0))


def some_flows(place: Place, draws: int = 3, seed: int = 1) -> Flows:
    rng = np.random.default_rng(seed)
    found = held(place)
    years = len(found.factor) - 1
    avoided = rng.normal(5, 5, (draws, years, len(found.points)))
    cost = rng.random((draws, years, len(found.payers))) * 1000
    return flows(found, avoided, cost, np.ones((draws, len(found.points))))


def test_money_by_payer_adds_up_to_the_whole(place: Place) -> None:
    found = some_flows(place)

    np.testing.assert_allclose(found.net_by_payer.sum(axis=-1), found.net)
    np.testing.assert_allclose(found.avoided_by_payer.sum(axis=-1), found.avoided.sum(axis=-1))


def test_every_contact_is_paid_for_once(place: Place) -> None:
    found = held(place)

    np.testing.assert_allclose(found.payer_share.sum(axis=1), 1.0)
    points = dict(zip(found.points, found.payer_share, strict=True))
    assert points["social-care"][found.payers.index("council")] == 1.0
    assert points["acute-ae"][found.payers.index("commissioner")] == 1.0


def test_contacts_of_a_line_at_their_price_add_up_to_what_is_spent_on_it(place: Place) -> None:
    found = held(place)
    per_head = place.value("spend-per-head.prescribing")

    price = found.unit_cost[found.points.index("prescribing")]

    # 1,000 items for 2,000 people, at the prices of the first year of the plan.
    inflation = 1 + place.value("inflation.prescribing") / 100
    assert price * 1000 == pytest.approx(2000 * per_head * inflation)


def test_without_a_programme_nothing_changes(place: Place) -> None:
    found = held(place)
    years, points = len(found.factor) - 1, len(found.points)

    nothing = flows(
        found,
        np.zeros((1, years, points)),
        np.zeros((1, years, len(found.payers))),
        price_multiples(place, [CENTRAL]),
    )

    assert not nothing.net.any()
    assert not nothing.net_cash.any()
    assert break_even(nothing.net, 0.035)[0] == years


def test_what_is_released_is_the_rule_of_the_accounts(place: Place) -> None:
    structure = cost_structure(place, "providers")
    release = np.zeros((1, MOST_LAG + 1))
    for part in structure.parts:
        if part.lag is not None:
            release[0, part.lag] += part.share / 100
    levels = [100_000, 250_000, 180_000, -40_000, 60_000, 90_000, 90_000]

    found = released(np.array(levels, dtype=float)[None, :, None], release)

    exactly = released_exactly(structure, {str(y): Decimal(v) for y, v in enumerate(levels)})
    np.testing.assert_allclose(found[0], [float(v) for v in exactly.values()], atol=0.1)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_never_more_is_released_than_avoided(seed: int) -> None:
    rng = np.random.default_rng(seed)
    avoided = rng.random((2, 8, 3)) * 100
    release = rng.dirichlet(np.ones(MOST_LAG + 2), 3)[:, :-1]

    assert (released(avoided, release) <= avoided.sum(axis=-1) + 1e-9).all()


def test_undiscounted_is_discounted_at_nothing() -> None:
    np.testing.assert_array_equal(discount(20, 0.0), np.ones(20))
    np.testing.assert_allclose(discount(3, 0.035), [1, 1 / 1.035, 1 / 1.035**2])


@pytest.mark.parametrize(
    ("net", "year"),
    [
        ([10.0, -4, -4, -4, -4], 3),
        ([10.0, -20, 15, -4, -4], 4),  # below zero once, and not to stay: 10, -10, 5, 1, -3
        ([-1.0, -1, -1, -1, -1], 0),
        ([10.0, -1, -1, -1, -1], 5),
        ([10.0, -20, 0, 0, 20], 5),
        ([0.0, 0, 0, 0, 0], 5),
    ],
)
def test_it_breaks_even_in_the_first_year_from_which_it_stays_below_zero(
    net: list[float], year: int
) -> None:
    assert break_even(np.array([net]), 0.0)[0] == year


def test_discounting_never_brings_a_break_even_forward() -> None:
    net = np.array([[10.0, -4, -4, -2.5, -2, -2]])

    assert break_even(net, 0.0)[0] <= break_even(net, 0.035)[0] <= break_even(net, 0.3)[0]


def a_programme(*costs: Cost) -> Prevention:
    return Prevention(
        id="p",
        name="P",
        summary="",
        who="age >= 18",
        clauses=(),
        start="2017/18",
        years_to_full=1,
        uptake_a_year=(0.1,) * 5,
        uptake_full=(1.0,) * 5,
        uptake_range=(0.5, 2.0),
        uptake_status="assumed",
        uptake_source="tripleaim",
        uptake_cause="a test",
        effects=(),
        costs=costs,
        file=Path("p.toml"),
    )


def test_each_kind_of_cost_follows_what_it_is_for(place: Place) -> None:
    one = Cost("per person reached", 100.0, 80.0, 120.0, "council", "assumed", "tripleaim", "x")
    costs = (
        one,
        replace(one, kind="per member a year", value=10.0, payer="commissioner"),
        replace(one, kind="set-up", value=2.0, payer="national commissioner"),
        replace(one, kind="recurrent", value=0.5, payer="national commissioner"),
    )
    years = ("2016/17", "2017/18", "2018/19")
    reached = Reached(
        joined=np.array([[0.0, 5, 7]]),
        members=np.array([[0.0, 5, 11]]),
        registered=np.full((1, 3), 1000.0),
        cost_multiple=np.array([2.0]),
    )
    payers = ("council", "commissioner", payer_of(place, "national commissioner"))

    found = programme_cost(place, a_programme(*costs), years, reached, payers)

    np.testing.assert_allclose(found[0, :, 0], [0, 1000, 1400])
    np.testing.assert_allclose(found[0, :, 1], [0, 100, 220])
    np.testing.assert_allclose(found[0, :, 2], [0, 2 * 2500, 2 * 500])


def test_later_years_take_the_factor_of_the_last_year_of_the_plan(somerset: Place) -> None:
    years = (somerset.base_year, *somerset.years, "2021/22", "2022/23")
    contacts = np.full((len(years), len(somerset.points_of_delivery)), 50_000.0)

    factor = calibration(somerset, years, contacts)

    first, last = years.index(somerset.years[0]), years.index(somerset.last_year)
    for p, point in enumerate(somerset.points_of_delivery):
        assert contacts[first, p] * factor[first, p] == pytest.approx(
            somerset.value(point.printed_base)
        )
        assert contacts[last, p] * factor[last, p] == pytest.approx(
            somerset.value(point.printed_last)
        )
    np.testing.assert_array_equal(factor[last + 1 :], factor[[last, last]])


def test_payers_are_the_places_own_organisations(somerset: Place) -> None:
    assert payer_of(somerset, "council") == "E10000027"
    assert payer_of(somerset, "commissioner") == "11X"
    assert payer_of(somerset, "national commissioner") == "nhs-england"


def with_rate(place: Place, name: str, value: float) -> Place:
    figure = replace(place.figure(name), value=value)
    return replace(place, figures={**place.figures, name: figure})


def test_discount_rates_are_those_of_the_figures(place: Place) -> None:
    own = with_rate(place, "health.discount-rate", 5.0)

    assert discount_rates(place) == (0.0, 3.5, 1.5)
    assert discount_rates(own) == (0.0, 5.0, 1.5)
    assert discount_rates(with_rate(place, "health.discount-rate.lower", 3.5)) == (0.0, 3.5)


@pytest.mark.parametrize("value", [0.0, -1.0])
def test_the_rate_of_headlines_is_above_zero(place: Place, value: float) -> None:
    with pytest.raises(InputError, match=r"health\.discount-rate"):
        discount_rates(with_rate(place, "health.discount-rate", value))
