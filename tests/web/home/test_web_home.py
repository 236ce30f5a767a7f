"""The first page: what the product is, where each reader starts, the places side by side."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from data_folders import linked, restated
from tripleaim import __version__
from tripleaim.plan import PlanDocument
from tripleaim.web import plans
from tripleaim.web.pages.home.places_table import fullest, places_table
from tripleaim.web.plans import PlanFolder


@pytest.fixture
def somerset_and_hamlet(somerset_run: Path, hamlet_run: Path, tmp_path: Path) -> Path:
    """A data folder with two whole runs; nobody writes into them."""
    linked(somerset_run, tmp_path / "somerset")
    linked(hamlet_run, tmp_path / "hamlet")
    plans.use(PlanFolder(tmp_path))
    return tmp_path


def _rows(client: Client) -> dict[str, dict[str, str]]:
    answer = client.get("/download/places.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="places.csv"'
    return {row["name"]: row for row in csv.DictReader(io.StringIO(answer.content.decode()))}


@pytest.mark.usefixtures("somerset_and_hamlet")
def test_places_are_shown_side_by_side_with_their_own_numbers(
    client: Client, somerset_run: Path
) -> None:
    rows, plan = _rows(client), json.loads((somerset_run / "plan.json").read_text("utf-8"))
    somerset, last = rows["Somerset"], plan["years"][-1]
    assert float(somerset["people"]) == plan["population"][plan["base_year"]] == 562_446
    assert float(somerset["do_nothing"]) == pytest.approx(-174.625)
    overlap = plan["gap_gbp_m"]["after_overlap"][last]
    assert float(somerset["after_overlap"]) == pytest.approx(overlap)
    low, high = plan["evidence"]["range_gbp_m"]
    assert float(somerset["evidence_low"]) == pytest.approx(low)
    assert float(somerset["evidence_high"]) == pytest.approx(high)
    assert (somerset["life_men"], somerset["life_women"], somerset["why"]) == ("80.0", "83.8", "")


@pytest.mark.usefixtures("somerset_and_hamlet")
def test_what_a_place_lacks_is_unknown_with_the_reason_and_never_zero(client: Client) -> None:
    hamlet = _rows(client)["Hamlet"]
    lacking = ("after_overlap", "evidence_low", "evidence_high", "life_men", "life_women")
    assert {hamlet[key] for key in lacking} == {"unknown"}
    assert "the gap with the plan: it has no solutions yet" in hamlet["why"]
    assert "life expectancy: its plan gives no life expectancy" in hamlet["why"]
    page = unescape(client.get("/").content.decode())
    assert f"<li>Hamlet: {hamlet['why']}.</li>" in page


@pytest.mark.usefixtures("somerset_and_hamlet")
def test_the_home_page_uses_the_fullest_plan_and_every_number_has_a_link(
    client: Client,
) -> None:
    page = unescape(client.get("/").content.decode())
    told = re.search(r'<div class="ta-told">(.*?)</div>', page, re.DOTALL)
    assert told is not None
    paragraphs = re.findall(r"<p>(.*?)</p>", told[1], re.DOTALL)
    assert len(paragraphs) == 3
    said = re.sub(r"<[^>]+>", "", told[1])
    assert "Somerset has 562,446 people." in said
    assert "If nothing changes, the NHS there will be £174.6m short in 2020/21." in said
    linked = dict(map(reversed, re.findall(r'<a href="([^"]+)">([^<]+)</a>', told[1])))
    assert linked["£174.6m short"] == "/places/somerset/figures/gap.2020_21.nhs/"
    assert linked["562,446 people"] == "/places/somerset/people/"
    numbers = re.findall(r"£[\d.]+m|[\d,]{5,}|\d+(?:\.\d+)?%|\d+ solutions", said)
    assert len(numbers) >= 9
    assert [n for n in numbers if not any(n in text for text in linked)] == []
    for href in linked.values():
        assert client.get(href.partition("#")[0]).status_code == 200


@pytest.mark.usefixtures("somerset_and_hamlet")
def test_three_readers_each_find_questions_that_pages_answer(client: Client) -> None:
    page = unescape(client.get("/").content.decode())
    cards = re.findall(r'<li class="ta-card">(.*?)</ul>', page, re.DOTALL)
    assert len(cards) == 3
    for card in cards:
        links = re.findall(r'<a href="([^"]+)">([^<]+)</a>', card)
        assert 3 <= len(links) <= 4
        for href, question in links:
            assert f"{question}</h1>" in unescape(client.get(href).content.decode())


def test_a_single_place_without_solutions_is_described_as_it_is(
    client: Client, hamlet_run: Path, tmp_path: Path
) -> None:
    linked(hamlet_run, tmp_path / "hamlet")
    plans.use(PlanFolder(tmp_path))
    page = unescape(client.get("/").content.decode())
    assert "Nobody has entered yet what would close this gap." in page
    for href in re.findall(r'href="(/places/[^"#]+)', page):
        assert client.get(href).status_code == 200, href


def test_without_a_place_the_page_says_what_to_do(client: Client, tmp_path: Path) -> None:
    plans.use(PlanFolder(tmp_path))
    page = client.get("/").content.decode()
    assert "No plan has been made here yet." in page
    assert "<table" not in page
    assert client.get("/download/places.csv").content.decode().count("\n") == 1


def test_a_run_of_another_version_is_unknown_and_says_to_build_it_again(
    client: Client, hamlet_run: Path, tmp_path: Path
) -> None:
    shutil.copytree(hamlet_run, tmp_path / "hamlet")
    restated(tmp_path / "hamlet", version="0.0.1")
    plans.use(PlanFolder(tmp_path))
    row = _rows(client)["Hamlet"]
    assert row["people"] == "unknown"
    assert row["why"] == (
        f"everything: run.json: this file says version 0.0.1 of Triple Aim made this run, and this "
        f"is {__version__}; run tripleaim plan hamlet again"
    )
    assert client.get("/").status_code == 200


def test_the_fullest_plan_is_the_one_with_most_solutions(printed: PlanDocument) -> None:
    bare = printed.model_copy(update={"solutions": []})
    assert fullest({"a": bare, "b": printed, "c": None}) == "b"
    assert fullest({"a": None}) == ""
    assert fullest({}) == ""
    row = places_table({"a": bare}, {"a": "A"}).rows[0]
    assert row["after_overlap"] == "unknown"
    assert row["do_nothing"] == printed.gap_gbp_m["do_nothing"]["2020/21"]
