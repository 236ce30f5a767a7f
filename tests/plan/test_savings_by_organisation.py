"""Savings followed to who makes them: nothing lost between solution and organisation."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.place import InputError, load
from tripleaim.plan import choose, evaluate
from tripleaim.plan.as_printed import printed_activity
from tripleaim.plan.by_organisation.organisation_books import claims, organisation_books
from tripleaim.plan.by_organisation.savings_by_organisation import (
    CAP,
    net_of,
    savings_by_organisation,
)
from tripleaim.wording import position, sentence

MILLIONS = st.integers(-(10**6), 10**6).map(lambda thousands: thousands / 1000)
SIDES = ("commissioner", "providers")


@pytest.fixture(scope="module")
def books(somerset_workspace):
    return somerset_workspace.organisation_books()


def test_the_claims_of_all_organisations_are_the_printed_total(somerset, books):
    last = books.savings.by_release("2020/21")
    printed = somerset.value("solutions.2020_21.nhs")
    assert float(sum(last.values())) / 1e6 == pytest.approx(printed, abs=0.002)
    assert sum(books.savings.by_release("2016/17").values()) == Decimal("42400000.00")


def test_savings_are_separated_by_how_their_money_is_released(books):
    last = books.savings.by_release("2020/21")
    assert set(last) == {"cash-releasing", "cost-avoiding", "capacity only"}
    assert books.savings.cash("2020/21") == sum(last.values()) - last["capacity only"]


def test_a_trusts_own_programme_stays_with_the_trusts(books):
    bodies = {
        e.organisation
        for e in books.savings.in_year.entries
        if e.solution == "internal-cost-improvement"
    }
    assert bodies == {"RBA", "RA4", "RH5"}


@given(st.lists(MILLIONS, min_size=10, max_size=10))
def test_parts_add_up_to_each_solution_side_and_year(somerset, books, amounts):
    years = somerset.years
    net = {
        "complex-care-hubs": {
            side: dict(zip(years, amounts[5 * i : 5 * i + 5], strict=True))
            for i, side in enumerate(SIDES)
        }
    }
    found = savings_by_organisation(somerset, books.ledger, net).in_year
    sides = {"commissioner": {"11X", "nhs-england"}, "providers": {"RBA", "RA4", "RH5"}}
    for side, bodies in sides.items():
        for year in years:
            booked = [
                e.amount for e in found.entries if e.period == year and e.organisation in bodies
            ]
            stated = Decimal(str(net["complex-care-hubs"][side][year])) * 1_000_000
            assert sum(booked, Decimal(0)) == stated


def test_double_running_is_not_recurrent(somerset, books):
    once = [e for e in books.savings.in_year.entries if not e.recurrent]
    assert {e.solution for e in once} == {
        s.id for s in somerset.solutions if any(s.double_running.values())
    }
    beds = [e.amount for e in once if e.solution == "community-beds-reduced"]
    assert sum(beds) == Decimal("-2500000.00")


def test_half_of_next_years_growth_runs_at_the_end_of_a_year(somerset, books):
    flat = dict.fromkeys(somerset.years, 0.0)
    rising = dict(zip(somerset.years, (0.0, 2.0, 6.0, 6.0, 6.0), strict=True))
    net = {"internal-cost-improvement": {"commissioner": flat, "providers": rising}}
    later = savings_by_organisation(somerset, books.ledger, net).full_year
    by_year = [later.total(period=year) for year in somerset.years]
    assert by_year == [1_000_000, 2_000_000, 0, 0, 0]


def test_what_nobody_receives_is_shared_by_everybody(somerset, books):
    held = {CAP: {side: dict.fromkeys(somerset.years, -1.0) for side in SIDES}}
    found = savings_by_organisation(somerset, books.ledger, held)
    assert found.by_release("2018/19") == {"held back": Decimal("-2000000.00")}
    bodies = {e.organisation for e in found.in_year.entries}
    assert bodies == {"11X", "RBA", "RA4", "RH5"}


def test_the_books_say_in_a_sentence_who_is_short_and_what_is_counted_twice(books):
    assert sentence(books.finding).startswith(
        "If nothing is done, 6 of 6 organisations would be short"
    )
    assert "plan to receive £11.0m more from one another" in sentence(books.finding)
    assert sum(m.difference for m in books.mismatches) == Decimal("11000000.00")
    assert books.organisation("RBA").short_name == "Taunton & Somerset"
    with pytest.raises(InputError, match="there are no accounts of an organisation of this name"):
        books.organisation("RBX")


def test_the_system_is_its_organisations_less_what_they_pay_one_another(books):
    for year, system in books.consolidations.items():
        positions = [held.position[year] for held in books.organisations if held.whole]
        assert system.position == sum(positions)
        assert system.unmatched == 0
        assert system.income_of_members - system.eliminated_income == system.income


def test_points_of_delivery_are_followed_in_every_year_with_contacts(somerset, books):
    assert tuple(books.points) == somerset.years
    emergencies = books.points["2016/17"]["acute-non-elective"]
    assert emergencies["11X", "RBA"] > emergencies["11X", "RYF"] > 0


def test_a_place_without_printed_activity_asks_for_a_run():
    place = load("northamptonshire")
    assert set(claims(place)) == {s.id for s in place.solutions}
    with pytest.raises(InputError, match="run tripleaim plan northamptonshire"):
        printed_activity(place)


def test_what_evidence_supports_is_followed_with_what_is_held_back(somerset_workspace):
    space = somerset_workspace
    outcome = evaluate(space.place, space.groups, space.money.costs, choose(space.place))
    made = organisation_books(
        space.place,
        space.money.calibrated,
        net=net_of(outcome, outcome.on_evidence),
        residents=space.nothing.residents,
    )
    for y, year in enumerate(space.place.years):
        booked = float(sum(made.savings.by_release(year).values())) / 1e6
        assert booked == pytest.approx(float(outcome.on_evidence.total[y]), abs=1e-6)


def test_the_sentence_of_the_books_sets_the_nhs_apart_from_the_council(somerset_workspace, books):
    """The printed gap is the NHS's alone: the books hold the council's beside it."""
    finding = books.finding
    nhs = somerset_workspace.money.calibrated.nhs["2020/21"]
    assert float(finding.nhs) / 1e6 == pytest.approx(nhs, abs=1e-6)
    assert finding.nhs + sum(finding.others.values()) == -finding.shortfall
    assert list(finding.others) == ["County Council"]
    said = f"(the NHS {position(float(finding.nhs) / 1e6)} and County Council "
    assert said in sentence(finding)
