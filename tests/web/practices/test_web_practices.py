"""Practices: a table of all of them and a profile of each, with what is official and modelled."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from data_folders import linked
from tripleaim import __version__
from tripleaim.data_folder import result_folder
from tripleaim.measures import FEW_ALIKE, byars
from tripleaim.place import load
from tripleaim.plan import CareHere, ConditionHere, PracticesDocument, Workspace
from tripleaim.web import plans
from tripleaim.web.pages.practices import presenters as words_of
from tripleaim.web.pages.practices.practice_facts import PracticeFacts, nearest, practice_facts
from tripleaim.web.pages.search.entries import entries
from tripleaim.web.plans import PlanFolder
from tripleaim.wording import SMALL_NUMBERS_NOTE

HERE = "/places/northamptonshire/"
PRACTICES = f"{HERE}people/practices/"
LAKESIDE = "K83002"


@pytest.fixture(scope="module")
def document(northamptonshire_run: Path) -> PracticesDocument:
    text = (northamptonshire_run / "practices.json").read_text("utf-8")
    return PracticesDocument.model_validate_json(text)


@pytest.fixture
def both(northamptonshire_run: Path, hamlet_run: Path, tmp_path: Path) -> None:
    """Northamptonshire, which has practices, and the hamlet, which has none."""
    linked(northamptonshire_run, tmp_path / "northamptonshire")
    linked(hamlet_run, tmp_path / "hamlet")
    plans.use(PlanFolder(tmp_path))


def _table(client: Client, name: str) -> list[dict[str, str]]:
    answer = client.get(f"{HERE}download/{name}.csv")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_practices_add_up_to_the_place(
    document: PracticesDocument, northamptonshire_run: Path
) -> None:
    parts = document.practices.values()
    assert document.version == __version__
    people = json.loads((northamptonshire_run / "people.json").read_text("utf-8"))
    assert sum(part.people for part in parts) == people["people"] == 740_025
    assert all(sum(part.quintiles) == part.people for part in parts)
    for row in people["conditions"]:
        here = [part.conditions[row["id"]] for part in parts]
        assert sum(one.people for one in here) == row["people"]
        assert sum(one.expected for one in here) == pytest.approx(row["people"], rel=1e-9)
    activity = Workspace.open(northamptonshire_run).activity
    sums = activity.by("point_of_delivery", year=document.year, scenario="do nothing")
    for row in sums.to_pylist():
        of_kind = [part.contacts[row["point_of_delivery"]] for part in parts]
        assert sum(one.amount for one in of_kind) == pytest.approx(row["quantity"], rel=1e-4)
        assert sum(one.expected for one in of_kind) == pytest.approx(row["quantity"], rel=1e-4)


def test_people_alike_are_never_more_than_people(document: PracticesDocument) -> None:
    for part in document.practices.values():
        for care in (part.cost, *part.contacts.values()):
            assert 0 < care.alike <= part.people_then * (1 + 1e-9)
            interval = care.interval
            assert interval is not None
            assert 0 < interval.low < interval.value == care.amount < interval.high


@pytest.mark.usefixtures("both")
def test_the_list_of_a_practice_is_the_official_one_by_age_and_sex(client: Client) -> None:
    rows = _table(client, f"practice-ages-{LAKESIDE}")
    official = [
        row
        for row in load("northamptonshire").rows("registered.csv")
        if row["practice"] == LAKESIDE
    ]
    assert {(row["band"], sex): int(row[sex]) for row in rows for sex in ("male", "female")} == {
        (row["age_band"], row["sex"]): row["patients"] for row in official
    }
    assert sum(float(row["pct"]) for row in rows) == pytest.approx(100, abs=1e-4)


@pytest.mark.usefixtures("both")
def test_conditions_are_compared_with_what_is_expected_with_byars_limits(
    client: Client, document: PracticesDocument
) -> None:
    rows = {row["name"]: row for row in _table(client, f"practice-conditions-{LAKESIDE}")}
    here = document.practices[LAKESIDE].conditions["copd"]
    row, limits = rows[document.condition_names["copd"]], byars(here.people)
    assert int(row["people"]) == here.people
    for key, of_count in (("", limits.value), ("_low", limits.low), ("_high", limits.high)):
        wanted = 100 * of_count / here.expected
        assert float(row[f"ratio_pct{key}"]) == pytest.approx(wanted, abs=1e-5)
    beyond = limits.low > here.expected
    assert (row["verdict"] == "more than expected") == beyond


def test_the_meaning_of_beyond_chance() -> None:
    assert words_of.verdict(ConditionHere(people=100, expected=70.0).ratio) == "more than expected"
    assert words_of.verdict(ConditionHere(people=50, expected=70.0).ratio) == "fewer than expected"
    assert words_of.verdict(ConditionHere(people=70, expected=70.0).ratio) == "no clear difference"
    assert words_of.verdict(ConditionHere(people=0, expected=2.0).ratio) == "no clear difference"
    assert words_of.verdict(ConditionHere(people=0, expected=0.0).ratio) == "no people are expected"


@pytest.mark.usefixtures("both")
def test_the_page_of_a_practice_says_what_is_official_and_what_is_modelled(
    client: Client, document: PracticesDocument
) -> None:
    page = unescape(client.get(f"{PRACTICES}{LAKESIDE}/").content.decode())
    assert "Lakeside Healthcare</h1>" in page
    assert "has 39,319 people on its list." in page
    assert "The list is official" in page
    assert "Their conditions and their care are modelled" in page
    assert "These people are synthetic." in page
    assert "People on the list by age and sex (official)" in page
    assert "and how many are expected (modelled)" in page
    part = document.practices[LAKESIDE]
    assert f"£{part.cost.amount / part.people_then:,.0f} per person" in page
    for href in re.findall(r'href="([^"#?]+people/practices/[^"#]*)"', page):
        assert client.get(href).status_code == 200, href


def test_small_numbers_are_marked_and_only_where_there_are_any() -> None:
    few = CareHere(amount=10, expected=9, alike=FEW_ALIKE - 1)
    many = CareHere(amount=10, expected=9, alike=FEW_ALIKE)
    assert words_of.luck_note([many, few]) == SMALL_NUMBERS_NOTE
    assert words_of.luck_note([many]) != SMALL_NUMBERS_NOTE


@pytest.mark.usefixtures("both")
def test_a_small_practice_says_that_its_numbers_are_small(
    client: Client, document: PracticesDocument
) -> None:
    def least(code: str) -> float:
        return min(care.alike for care in document.practices[code].contacts.values())

    smallest = min(document.practices, key=least)
    assert least(smallest) < FEW_ALIKE
    page = client.get(f"{PRACTICES}{smallest}/").content.decode()
    assert SMALL_NUMBERS_NOTE in unescape(page)


@pytest.mark.usefixtures("both")
def test_the_table_has_every_practice_and_leads_to_each(
    client: Client, document: PracticesDocument
) -> None:
    rows = _table(client, "practices")
    assert [row["code"] for row in rows] == list(document.practices)
    page = client.get(PRACTICES).content.decode()
    assert all(f'href="{PRACTICES}{code}/"' in page for code in document.practices)
    for row in rows:
        assert float(row["cost_a_head_low"]) < float(row["cost_a_head"])
        assert float(row["cost_a_head"]) < float(row["cost_a_head_high"])
    answer = re.search(r'ta-answer">(.*?)</p>', page)
    assert answer is not None
    assert "74 practices, with 1,292 to 39,319 people each" in answer[1]
    assert "Practices</a>" in client.get(f"{HERE}people/").content.decode()


@pytest.mark.usefixtures("both")
def test_a_place_without_practices_has_no_page_of_them_and_no_link(client: Client) -> None:
    people = client.get("/places/hamlet/people/").content.decode()
    assert "people/practices/" not in people
    page = unescape(client.get("/places/hamlet/people/practices/").content.decode())
    assert "registered.csv" in page
    assert client.get("/places/hamlet/people/practices/hamlet/").status_code == 200
    hamlet = plans.open_plans().workspace("hamlet")
    assert hamlet is not None
    found = entries(hamlet.place, plans.open_plans().printed("hamlet"))
    assert [one for one in found if one.kind == "practice"] == []


@pytest.mark.parametrize(
    "address", ["people/practices/nonesuch/", "download/practice-ages-nonesuch.csv"]
)
@pytest.mark.usefixtures("both")
def test_a_code_of_no_practice_is_not_found(client: Client, address: str) -> None:
    answer = client.get(HERE + address)
    assert answer.status_code == 404
    assert "no practice with the code “nonesuch”" in unescape(answer.content.decode())


@pytest.mark.usefixtures("both")
def test_the_search_opens_the_page_of_a_practice(client: Client) -> None:
    for text in ("lakeside healthcare", LAKESIDE.lower(), "NN17 2UR"):
        page = client.get(f"{HERE}search/", {"q": text}).content.decode()
        assert f'href="{PRACTICES}{LAKESIDE}/"' in page


def test_a_run_without_practices_says_to_build_it_again(
    client: Client, northamptonshire_run: Path, tmp_path: Path
) -> None:
    linked(northamptonshire_run, tmp_path / "northamptonshire")
    (result_folder(tmp_path / "northamptonshire") / "practices.json").unlink()
    plans.use(PlanFolder(tmp_path))
    page = client.get(PRACTICES)
    assert page.status_code == 503
    assert (
        "practices.json: this file is missing; run tripleaim plan northamptonshire again"
        in page.content.decode()
    )
    assert client.get(f"{HERE}people/").status_code == 200


def test_neighbours_are_the_nearest_in_kilometres() -> None:
    facts = practice_facts(load("northamptonshire"))
    here = facts[LAKESIDE]
    found = nearest(here, facts, 5)
    assert [one.code for _, one in found if one.code == LAKESIDE] == []
    assert [km for km, _ in found] == sorted(km for km, _ in found)
    farther = (here.km_to(one) for one in facts.values() if one not in [o for _, o in found])
    assert found[-1][0] <= min(km for km in farther if km > 0)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    def at(lat: float, lon: float) -> PracticeFacts:
        return PracticeFacts("x", "X", "", "", lat, lon, True, {})

    assert at(51, 0).km_to(at(52, 0)) == pytest.approx(math.pi * 6371 / 180)
    assert at(0, 0).km_to(at(0, 90)) == pytest.approx(math.pi * 6371 / 2)
    assert at(52.1, -0.3).km_to(at(52.1, -0.3)) == 0
