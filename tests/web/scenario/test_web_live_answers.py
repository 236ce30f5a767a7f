"""What a form would do, answered while it is filled in: in the words of the whole page."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from printed_county import CountyPlans

from tripleaim.web import plans

HOME = "/places/county/"
SOLUTION = f"{HOME}solutions/falls-prevention/choose/"
ASSUMPTIONS = f"{HOME}scenario/assumptions/set/"
CHOICE = {"basis": "as_claimed", "uptake": "40", "start": "2017/18", "own": ""}


@pytest.fixture(autouse=True)
def _county(_sample_plans: None) -> None:
    plans.use(CountyPlans())


def _body(client: Client, address: str, query: dict[str, str] | None = None) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def _strip(body: str) -> str:
    return body.split('id="gap-now"')[1].split("</p>", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("form", "query", "path"),
    [
        (SOLUTION, CHOICE, "solutions/falls-prevention/"),
        (ASSUMPTIONS, {"inflation.provider-cost": "3.3"}, "scenario/assumptions/"),
        (ASSUMPTIONS, {"demand.acute-ae": "1"}, "scenario/assumptions/"),
    ],
)
def test_the_answer_says_what_the_page_at_its_address_says(
    client: Client, form: str, query: dict[str, str], path: str
) -> None:
    part = _body(client, f"{form}live/", query)
    [address] = re.findall(r'data-address="([^"]*)"', part)
    [base] = re.findall(r'data-base="([^"]*)"', part)
    assert address == f"{base}{path}?was="
    whole = _body(client, address)
    assert _strip(part) == _strip(whole)
    assert re.findall("<title>(.*)</title>", part) == re.findall("<title>(.*)</title>", whole)
    [gap] = re.findall(r"<p><strong>(Gap in [^<]*)</strong>", part)
    assert gap in _strip(whole)
    assert len(part) < 3000


def test_the_answer_is_of_the_scenario_that_the_form_leads_to(client: Client) -> None:
    sent = client.get(SOLUTION, CHOICE).headers["Location"]
    assert f'data-base="{sent}"' in _body(client, f"{SOLUTION}live/", CHOICE)


def test_a_form_that_changes_nothing_is_told_so(client: Client) -> None:
    own = _body(client, f"{HOME}solutions/falls-prevention/")
    [uptake] = re.findall(r'id="uptake"[^>]*value="([^"]*)"', own)
    [start] = re.findall(r'<option value="([^"]*)" selected', own)
    as_is = {"basis": "as_claimed", "uptake": uptake, "start": start, "own": ""}
    part = _body(client, f"{SOLUTION}live/", as_is)
    assert f'data-address="{HOME}solutions/falls-prevention/"' in part
    assert re.search(r"Nothing is changed\. Gap in 2020/21: £[\d.]+m short\.", part)


@pytest.mark.parametrize(
    ("form", "query", "field", "fault"),
    [
        (SOLUTION, {**CHOICE, "uptake": "140"}, "uptake", "Uptake must be a number from 0 to 100"),
        (
            ASSUMPTIONS,
            {"inflation.provider-cost": "<b>"},
            "inflation.provider-cost",
            "must be a number from",
        ),
    ],
)
def test_a_wrong_value_is_answered_with_what_is_wrong_alone(
    client: Client, form: str, query: dict[str, str], field: str, fault: str
) -> None:
    part = _body(client, f"{form}live/", query)
    [(name, text)] = re.findall(r'<li data-field="([^"]*)">([^<]*)</li>', part)
    assert name == field
    assert fault in text
    assert "data-address" not in part
    assert "Gap in" not in part


def test_every_field_of_a_form_with_all_assumptions_is_taken(client: Client) -> None:
    page = _body(client, f"{HOME}scenario/assumptions/")
    typed = dict(
        re.findall(r'<input[^>]* name="([a-z][^"]*)" type="text"[^>]* value="([^"]*)"', page)
    )
    assert len(typed) > 40
    answer = client.get(ASSUMPTIONS, {**typed, "inflation.provider-cost": "3.3"})
    assert answer.status_code == 303
    there = "s/set.inflation.provider-cost.3-3/"
    assert answer.headers["Location"].startswith(HOME + there)
