"""One search finds numbers as they are written, names, practices, organisations, words."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tripleaim.place import Place
from tripleaim.web.ui.matching import SearchEntry, found
from tripleaim.web.ui.names import figure_names

SOME = [
    SearchEntry(
        "figure", "Printed gap: NHS, 2020/21", "£174.6m short", "figures/gap/", "gap", (-174.62,)
    ),
    SearchEntry("figure", "Public health: grant", "£1,630,000", "figures/grant/", "", (1630000.0,)),
    SearchEntry("solution", "Hospital at home", "Care for people at home", "solutions/h/", "h"),
]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("174.6", ["Printed gap: NHS, 2020/21"]),
        ("£174.6m", ["Printed gap: NHS, 2020/21"]),
        ("(174.62)", ["Printed gap: NHS, 2020/21"]),
        ("174.7", []),
        ("1,630,000", ["Public health: grant"]),
        ("home", ["Hospital at home"]),
        ("PEOPLE care", ["Hospital at home"]),
        ("gap nowhere", []),
        ("", []),
    ],
)
def test_what_is_typed_finds_what_holds_it(text: str, names: list[str]) -> None:
    assert [one.name for one in found(SOME, text)] == names


def test_a_word_in_a_name_comes_before_one_in_what_is_said_of_it() -> None:
    there = [SearchEntry("page", "Staff", "of the gap", ""), SearchEntry("page", "The gap", "", "")]
    assert [one.name for one in found(there, "gap")] == ["The gap", "Staff"]


@given(st.text(max_size=30))
def test_any_text_is_searched_for_without_a_fault(text: str) -> None:
    assert all(one in SOME for one in found(SOME, text))


def test_every_figure_has_a_plain_name_of_its_own(somerset: Place) -> None:
    names = figure_names(somerset)

    assert set(names) == set(somerset.figures)
    assert len(set(names.values())) == len(names)
    assert names["gap.2020_21.providers"] == "Printed gap: providers, 2020/21"
    assert names["unit-cost.gp"] == "Price of a contact: General practice"
    assert names["skill-mix.gp-wte.2018_19"].endswith("GP whole-time equivalents, 2018/19")
    assert names["catchment.RA4"] == "Patients who live in the place: Yeovil"
    for name in names.values():
        assert "_" not in name
        assert ".20" not in name


def test_a_search_shows_what_it_found_by_kind_and_leads_there(client: Client) -> None:
    page = client.get("/places/somerset/search/", {"q": "hospital at home"}).content.decode()

    assert "Solutions (1)" in page
    assert 'href="/places/somerset/solutions/hospital-at-home/"' in page
    assert 'value="hospital at home"' in page


def test_a_search_in_a_scenario_stays_in_it(client: Client) -> None:
    base = "/places/somerset/s/hospital-at-home.x/"
    page = client.get(f"{base}search/", {"q": "hospital"}).content.decode()

    assert f'href="{base}solutions/hospital-at-home/"' in page
    assert f'action="{base}search/"' in page


@pytest.mark.parametrize("text", ["", "zzzz", "<script>", "%%%", "x" * 500])
def test_a_search_for_nothing_that_is_here_says_what_to_try(client: Client, text: str) -> None:
    answer = client.get("/places/somerset/search/", {"q": text})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert ("Type a number" if not text else "Nothing here contains") in page
    assert "<script>" not in page
