"""England's boards compared on a page: said in words, on a map, in a table."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tripleaim.board_comparison import MEASURES, ComparisonDocument, shipped_comparison
from tripleaim.web.pages.boards import presenters, views

PAGE = "/boards/"


@pytest.fixture(scope="module")
def document() -> ComparisonDocument:
    found = shipped_comparison()
    assert found is not None
    return found


def body_of(client: Client, query: str = "") -> str:
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_the_answer_names_both_ends_and_how_many_can_be_told_apart(client: Client) -> None:
    body = body_of(client)
    assert "How do England’s health boards compare?" in body
    [answer] = re.findall(r'<p class="nhsuk-lede-text ta-answer">(.*?)</p>', body, re.DOTALL)
    assert "from 88.2 in NHS Thames Valley to 112.3 in NHS Cheshire and Merseyside." in answer
    assert re.search(r"We can say which of two boards is higher for \d+% of all pairs\.", answer)


@pytest.mark.parametrize("measure", [measure.id for measure in MEASURES])
def test_each_measure_has_a_map_a_table_and_no_bare_rank(client: Client, measure: str) -> None:
    body = body_of(client, f"?measure={measure}")
    assert body.count("<svg") >= 1
    [table] = re.findall(r'<div id="table">(.*?)</table>', body, re.DOTALL)
    assert table.count('<th scope="row"') == 36
    ranks = re.findall(r">(\d+ \([^<]*\))<", table)
    ranked = next(one.ranked for one in MEASURES if one.id == measure)
    assert ("Rank (range)" in table) == ranked
    assert len(ranks) == (36 if ranked else 0)
    assert all(re.fullmatch(r"\d+ \(\d+ to \d+\)|\d+ \(in all draws\)", one) for one in ranks)


def test_boards_on_the_map_are_links_in_the_order_of_the_table(client: Client) -> None:
    body = body_of(client, "?measure=care_growth_pct")
    labels = re.findall(r'<a href="[^"]+" aria-label="([^:"]+):', body)
    [table] = re.findall(r'<div id="table">(.*?)</table>', body, re.DOTALL)
    assert labels == re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]+)</a>', table)


def test_a_board_that_is_chosen_shows_all_its_numbers(client: Client) -> None:
    body = body_of(client, "?measure=care_growth_pct&board=QSL")
    [board] = re.findall(r'<div id="board">(.*?)</table>', body, re.DOTALL)
    assert "NHS Somerset" in board
    assert board.count('<th scope="row"') == len(MEASURES)
    assert "asks for the opening position and the growth of the allocation" in board
    assert 'aria-current="true"' in body


def test_the_gap_is_said_to_be_unknown(client: Client) -> None:
    body = body_of(client, "?measure=gap_gbp_m")
    assert "The gap before savings is not known: no board publishes its opening position" in body
    assert "No board’s number is known." in body


def test_what_is_asked_for_and_not_there_shows_the_first_measure(client: Client) -> None:
    assert body_of(client, "?measure=nothing&board=QH8") == body_of(client)


def test_all_numbers_come_as_a_file(client: Client) -> None:
    answer = client.get("/download/boards.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 36 * len(MEASURES)
    assert all(row["rank_low"] and row["rank_high"] for row in rows if row["rank"])


def test_without_a_comparison_the_page_says_how_to_make_one(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    missing = tmp_path / "nothing.json"
    monkeypatch.setattr(views, "shipped_comparison", lambda: shipped_comparison(missing))
    body = client.get(PAGE).content.decode()
    assert "tripleaim compare-places --out DIR" in body
    assert client.get("/download/boards.csv").status_code == 404


def test_the_shades_are_fifths_of_the_boards(document: ComparisonDocument) -> None:
    choice = presenters.chosen(document, "need_index", None)
    groups = presenters.groups(choice)
    assert [len(group) for group in groups] == [7, 7, 8, 7, 7]
    assert [board for group in groups for board in group] == list(choice.known)
