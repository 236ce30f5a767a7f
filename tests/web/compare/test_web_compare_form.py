"""The form that asks for the other scenario, and what it says of what it cannot use."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

FALLS = "/places/somerset/s/falls.x/compare/"


def _compared(client: Client, address: str, typed: str) -> str:
    answer = client.get(address, {"with": typed})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.parametrize(
    "typed",
    [
        "smoking.x",
        "/places/somerset/s/smoking.x/",
        " http://localhost/places/somerset/s/smoking.x/money/?year=2020#top ",
        "localhost:8000/places/somerset/s/smoking.x",
        "places/somerset/s/smoking.x/",
        "/somerset/s/smoking.x/solutions/",
        "http://127.0.0.1:8000/places/somerset/s/smoking.x/",
    ],
)
def test_any_address_of_a_scenario_will_do(client: Client, typed: str) -> None:
    body = _compared(client, FALLS, typed)
    assert "What differs between the two scenarios?" in body
    assert 'There: <a href="/places/somerset/s/smoking.x/">' in body
    assert "There is a problem" not in body


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("https://plans.example/places/somerset/s/smoking.x/", "an address of another site"),
        ("plans.example/places/somerset/", "an address of another site, plans.example"),
        ("https://plans.example/", "an address of another site, https://plans.example"),
        ("http://localhost/places/northamptonshire/s/falls.x/", "There is no plan at this address"),
        ("/glossary/", "There is no plan at this address"),
        ("http://localhost/", "This is not the address of a plan"),
        ("nonesuch.x", "This is not a scenario of Somerset"),
        ("falls", "This is not a scenario of Somerset"),
        ("<script>alert(1)</script>", "There is no plan at this address"),
        ("what differs?", "This is not a scenario of Somerset"),
        ("/places/somerset/s/nonesuch.x/", "This is not a scenario of Somerset"),
    ],
)
@pytest.mark.parametrize("address", [FALLS, "/places/somerset/compare/"])
def test_a_scenario_of_another_place_is_reported_twice_and_the_text_is_kept(
    client: Client, address: str, typed: str, said: str
) -> None:
    body = _compared(client, address, typed)
    assert body.count(said) == 2
    assert 'href="#with"' in body
    assert f'value="{typed}"' in body
    assert "<title>Error: " in body
    assert "are the same" not in body


def test_an_address_of_another_place_is_named_as_such(client: Client) -> None:
    sample = _compared(client, FALLS, "/places/atlantis/s/falls.x/")
    assert (
        sample.count("This is an address of Atlantis: copy the address of a scenario of Somerset")
        == 2
    )


def test_the_comparison_is_mine_and_then_the_printed_plan(client: Client) -> None:
    page = unescape(client.get("/places/somerset/s/falls.x/money/").content.decode())
    assert f'href="{FALLS}?with=">Compare with the plan as printed</a>' in page
    body = _compared(client, FALLS, "")
    assert 'Here: <a href="/places/somerset/s/falls.x/">' in body
    assert 'There: <a href="/places/somerset/">' in body
    assert "worse off than the other scenario" in body


@pytest.mark.parametrize(
    ("address", "typed"), [(FALLS, "falls.x"), ("/places/somerset/compare/", "")]
)
def test_a_scenario_beside_itself_has_no_empty_picture(
    client: Client, address: str, typed: str
) -> None:
    body = _compared(client, address, typed)
    assert "Both are the same scenario: nothing differs." in body
    assert "ta-picture" not in body
    assert "Nothing: both choose the same." in body


def test_pages_of_a_scenario_bear_its_name_in_their_titles(client: Client) -> None:
    def title(address: str) -> str:
        body = unescape(client.get(address).content.decode())
        return body.partition("<title>")[2].partition("</title>")[0]

    assert title("/places/somerset/money/") == "Who is short of what? – Somerset – Triple Aim"
    assert title("/places/somerset/s/falls.x/money/") == (
        "Who is short of what? – 1 solution changed – Somerset – Triple Aim"
    )
