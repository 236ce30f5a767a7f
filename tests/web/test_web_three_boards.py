"""Three boards of different kinds, rural, city and merged, go through every verb and page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from crawl import pages_of
from django.test import Client

from command_line import tripleaim
from small_boards import small_board
from tripleaim.place import Place
from tripleaim.web import plans
from tripleaim.web.plans import PlanFolder

WORDS = re.compile(
    r"\bCCGs?\b|\bSTFs?\b|\bSTPs?\b|[aA]s printed|[Cc]ontrol totals?\b"
    r"|[Cc]linical [Cc]ommissioning|Northampton|Yeovil District"
)
PAGES = 100
"""A made place has more pages than this."""


@dataclass(frozen=True)
class BoardRun:
    """A board's place with one in a hundred of its people, and the folder of its plan."""

    place: Place
    data: Path


@pytest.fixture(
    scope="module", params=[("QSL", "rural"), ("QHL", "city"), ("T6Y0W", "merged")], ids=str
)
def board(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BoardRun:
    """Each of the three, planned by the verb that a person types."""
    code, name = request.param
    root = tmp_path_factory.mktemp(name)
    place = small_board(root, code, name)
    planned = tripleaim("plan", place.folder, "--out", root / "data" / place.id, cwd=root)
    assert planned.returncode == 0, planned.stderr
    return BoardRun(place, root / "data")


@pytest.mark.slow
def test_every_verb_that_a_place_has_ends_well(board: BoardRun, tmp_path: Path) -> None:
    place, kept = board.place.folder, ("--data", board.data)
    for words in (
        ("place", "check", place),
        ("people", place),
        ("activity", place, "--by", "locality", "--year", board.place.years[-1]),
        ("accounts", place),
        ("spend", place),
        ("staff", place),
        ("incentives", place),
        ("futures", place, *kept, "--draws", "20"),
        ("prevention", place, *kept, "--draws", "4", "--people", "2000", "--years", "6"),
        ("place", "export", place, "--out", tmp_path / "book.xlsx"),
        ("doctor", board.data),
    ):
        ended = tripleaim(*words, cwd=tmp_path)
        assert ended.returncode == 0, (words, ended.stdout[-500:], ended.stderr[-500:])


@pytest.mark.slow
def test_a_paper_asks_for_what_nobody_publishes(board: BoardRun, tmp_path: Path) -> None:
    for verb, name in (("paper", "plan.docx"), ("board-pack", "plan.pptx")):
        run = board.data / board.place.id
        refused = tripleaim(verb, run, "--out", tmp_path / name)
        assert refused.returncode == 2
        assert "The gap is not known" in refused.stderr
        assert "--scenario FILE" in refused.stderr
        assert not (tmp_path / name).exists()


@pytest.mark.slow
def test_every_page_opens_and_has_no_words_of_2016(client: Client, board: BoardRun) -> None:
    plans.use(PlanFolder(board.data))
    pages = list(pages_of(client, board.place.id))
    assert len(pages) > PAGES
    found = [
        f"{address}: …{text[max(0, hit.start() - 60) : hit.end() + 60]}…"
        for address, text in pages
        for hit in WORDS.finditer(text)
        if "/people/since/" not in address  # it names the plan of then
    ]
    assert found == []


@pytest.mark.slow
def test_a_place_with_an_earlier_footprint_shows_then_and_now(
    client: Client, board: BoardRun
) -> None:
    plans.use(PlanFolder(board.data))
    page = unescape(client.get(f"/places/{board.place.id}/people/since/").content.decode())
    people = unescape(client.get(f"/places/{board.place.id}/people/").content.decode())
    if board.place.id != "rural":
        assert "No earlier footprint of this place comes with the product." in page
        assert "people/since/" not in people
        return
    assert "people/since/" in people
    assert "259,558 in 2020/21" in page
    assert "562,446" in page


@pytest.mark.slow
def test_the_pound_by_setting_measures_two_of_the_three_shifts(
    client: Client, board: BoardRun
) -> None:
    plans.use(PlanFolder(board.data))
    page = unescape(client.get(f"/places/{board.place.id}/money/settings/").content.decode())
    measured, _, not_known = page.partition("What is not known")
    assert "Care is to move from hospitals to the community." in measured
    assert "Care is to move from sickness to prevention." in measured
    assert "No number is set for it." in measured
    third = "Care is to move from analogue to digital. No official number measures this here."
    assert third in not_known
    assert third not in measured
