"""What figures cannot break together: draws keep to it, and say where they did."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from tripleaim.accounts import LIMITS, account, account_inputs, swings, within_limits
from tripleaim.activity import Activity
from tripleaim.place import Draw, Place, load
from tripleaim.plan.futures.uncertain_parameters import place_in

PEOPLE = {"somerset": 562_446, "northamptonshire": 723_000}
FAR = 3.0
"""Standard deviations: further than any of 256 draws."""


def growing(place: Place, people: float) -> tuple[Activity, dict[str, float]]:
    """Contacts and people of a place that grow by 1% a year, from a thousand contacts each."""
    years = (place.base_year, *place.years)
    contacts = {
        point.id: {year: 1000.0 * 1.01**i for i, year in enumerate(years)}
        for point in place.points_of_delivery
    }
    return Activity.of_totals(contacts), {y: people * 1.01**i for i, y in enumerate(years)}


def ranged(place: Place) -> dict[str, list[str]]:
    """Figures with a range, those of one family together."""
    families: dict[str, list[str]] = {}
    for figure in place.figures.values():
        if figure.low is not None and figure.high is not None:
            families.setdefault(figure.id.partition(".")[0], []).append(figure.id)
    return families


@pytest.mark.parametrize("name", PEOPLE)
def test_accounts_of_any_draw_however_far_can_be_made(name: str) -> None:
    """Every family of figures at either far end, and any two families at once."""
    place = load(name)
    activity, population = growing(place, PEOPLE[name])
    families = ranged(place)
    for one, other in product(families, repeat=2):
        for up, also in product((-FAR, FAR), repeat=2):
            z = dict.fromkeys((f"figure/{f}" for f in families[other]), also)
            z |= dict.fromkeys((f"figure/{f}" for f in families[one]), up)
            inputs, _ = within_limits(account_inputs(place_in(place, Draw(1, z))), population)
            assert account(inputs, activity, population).years == place.years


def test_trusts_are_paid_their_whole_income_where_they_would_be_paid_more() -> None:
    """Northamptonshire at the upper ends: £702m and more of an income near £690m."""
    place = load("northamptonshire")
    activity, population = growing(place, PEOPLE[place.id])
    shares = [f for f in place.figures if f.startswith("own-trusts-share.")]
    inputs = account_inputs(place_in(place, Draw(1, {f"figure/{f}": 2.0 for f in shares})))
    moved, kept_to = within_limits(inputs, population)
    assert kept_to == LIMITS == ("own-trusts-income",)
    accounts = account(moved, activity, population)
    first = place.years[0]
    lines = {
        line.line: line.amount(first)
        for line in accounts.lines
        if line.side == "providers" and line.kind == "income"
    }
    tariff = 1 + inputs.parameters.tariff(first)
    assert sum(lines.values()) == pytest.approx(681.755 * tariff * 1.01)
    assert lines["elsewhere"] == pytest.approx(0, abs=1e-6)
    kept = {line.id: line.own_share for line in moved.lines if line.own_share}
    ratios = {line: kept[line] / inputs.line(line).own_share for line in kept}
    assert len({round(r, 12) for r in ratios.values()}) == 1
    assert 0.9 < ratios["acute"] < 1


def test_possible_figures_do_not_change() -> None:
    place = load("northamptonshire")
    _, population = growing(place, PEOPLE[place.id])
    inputs = account_inputs(place)
    moved, kept_to = within_limits(inputs, population)
    assert moved is inputs
    assert kept_to == ()


def test_an_impossible_end_of_a_range_does_not_stop_the_table_of_swings() -> None:
    """Trusts that earn £39m less: 90% of acute care alone is then more than they could be paid."""
    place = load("northamptonshire")
    activity, population = growing(place, PEOPLE[place.id])
    figure = place.figure("trust-income.RNQ.2015_16")
    figures = {**place.figures, figure.id: replace(figure, value=180.0)}
    poorer = replace(place, figures=figures)
    ends = {swing.figure: swing for swing in swings(poorer, activity, population)}
    assert ends["own-trusts-share.acute"].size(place.last_year) > 0
