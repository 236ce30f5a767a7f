"""What a plan assumes, what is not known of a place, and savings that come earlier."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from tripleaim.place import InputError, Place, load, not_known
from tripleaim.plan import assumption_register
from tripleaim.web.ui.registry import registry


def test_each_statement_of_the_appendix_is_shown_with_what_the_model_does(
    somerset: Place,
) -> None:
    register = assumption_register(somerset)
    areas = [one.area for one in register]
    # Appendix three: eleven and two of money, four of activity, three of workforce.
    assert {a: areas.count(a) for a in dict.fromkeys(areas)} == {
        "Financial modelling": 13,
        "Activity": 4,
        "Workforce": 3,
    }
    assert {one.where for one in register} == {"Appendix Three"}
    assert all(one.model for one in register)


@pytest.mark.parametrize("name", ["somerset", "northamptonshire"])
def test_a_register_leads_to_pages_that_exist(name: str) -> None:
    place = load(name)
    addresses = {entry.address for entry in registry().pages}
    addresses |= {f"solutions/{solution.id}/" for solution in place.solutions}
    assert {one.page for one in assumption_register(place)} <= addresses | {""}


def test_a_place_whose_plan_prints_no_assumptions_has_no_register(hamlet: object) -> None:
    assert assumption_register(load(str(hamlet))) == ()


def test_an_assumption_of_an_unknown_source_is_refused(
    somerset: Place, altered: Callable[[Place, str, str, str], Place]
) -> None:
    place = altered(somerset, "assumption_register.csv", "somerset-stp-2016", "nobody")
    with pytest.raises(InputError, match="expected an id from sources"):
        assumption_register(place)


def test_missing_data_is_listed_with_who_would_know(hamlet: object) -> None:
    lacking = {one.file: one for one in not_known(load(str(hamlet)))}
    assert lacking["registers.csv"].instead == "England's registers"
    assert "Quality and Outcomes Framework" in lacking["registers.csv"].who_would_know
    held = {one.file for one in not_known(load("somerset"))}
    assert "registers.csv" not in held


def test_northamptonshire_has_what_somerset_has_but_for_what_is_not_known() -> None:
    first, second = load("somerset"), load("northamptonshire")
    tables = {name for name in first.own.files if name.endswith(".csv") and "/" not in name}
    unknown = {one.file for one in not_known(second)}
    with_others = ("figures", "sources", "primary_care_measures", "reconciliation", "setting_aims")
    missing = {name for name in tables - set(second.own.files) if not name.startswith(with_others)}
    assert missing <= unknown


def test_the_pages_answer(client: Client) -> None:
    body = unescape(client.get("/places/somerset/not-known/").content.decode())
    assert "are missing for" in body or "The model has every file that it looks for" in body
    body = unescape(client.get("/places/somerset/money/acceleration/").content.decode())
    assert "As claimed, the NHS of" in body
    assert "year earlier" in body


def test_earlier_savings_come_as_many_years_earlier(client: Client) -> None:
    table = client.get("/places/somerset/download/acceleration.csv").content.decode().splitlines()
    assert table[0].startswith("name,2016/17")
    assert table[1].startswith("As printed,")
    assert table[2].startswith("1 year earlier,")
