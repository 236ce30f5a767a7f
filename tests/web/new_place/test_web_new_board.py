"""The place of an English board from a page: found, looked at, built, watched."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from playwright.sync_api import Browser, expect
from test_web_browser import browser, faults_of, pytestmark

from tripleaim.jobs import jobs_of, stop
from tripleaim.place import load
from tripleaim.web import plans
from tripleaim.web.plans import PlanFolder
from waiting import wait

__all__ = ["browser", "pytestmark"]

OURS = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
FORM = "application/x-www-form-urlencoded"
CHOSEN = "/new/board/?board=QSL"


@pytest.fixture(autouse=True)
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder without a place, on a server that listens to this machine alone."""
    plans.use(PlanFolder(tmp_path))
    with override_settings(TRIPLEAIM_RUNS="local", TRIPLEAIM_UPLOADS="local"):
        yield tmp_path
    for folder in (tmp_path / "footprints").glob("*"):
        for job in jobs_of(tmp_path, folder.name):
            stop(job)


def _body(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def _build(client: Client, board: str) -> HttpResponse:
    return client.post("/new/board/build/", f"board={board}", content_type=FORM, headers=OURS)


def test_a_board_is_built_once_and_watched_where_it_is_built(client: Client, data: Path) -> None:
    assert 'name="board" value="QSL"' in _body(client.get(CHOSEN))
    answer = _build(client, "QSL")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/building/nhs-somerset/")
    place = load(data / "footprints" / "nhs-somerset")
    assert place.name == "NHS Somerset"
    (job,) = jobs_of(data, place.id)
    stop(job)
    wait(lambda: job.report.state == "stopped")
    made = (place.folder / "registered.csv").stat().st_mtime_ns
    body = _body(client.get("/building/nhs-somerset/"))
    assert "What to check first" in body
    assert "Build the plan" in body
    again = _body(client.get(CHOSEN))
    assert '<a href="/building/nhs-somerset/">See the place of NHS Somerset</a>' in again
    assert "<button" not in again.split("<main")[1].split("What it will have")[0]
    assert _build(client, "QSL").headers["Location"] == "/building/nhs-somerset/"
    assert (place.folder / "registered.csv").stat().st_mtime_ns == made


@pytest.mark.parametrize(
    ("board", "message"),
    [
        ("QNQ", "NHS Frimley Integrated Care Board was split on 1 April 2026"),
        ("Q9Z", "expected an integrated care board by its code"),
        ("", "expected an integrated care board by its code"),
        ("E5400038", "zeros were lost"),
    ],
)
def test_a_board_that_is_none_is_refused_and_nothing_is_made(
    client: Client, data: Path, board: str, message: str
) -> None:
    for answer in (client.get("/new/board/", {"board": board or " "}), _build(client, board)):
        body = _body(answer)
        assert "There is a problem" in body
        assert message in body
        assert body.count('href="/new/board/?board=') >= 36
    assert not (data / "footprints").exists()


def test_a_server_that_takes_no_files_builds_none_and_says_what_to_type(
    client: Client, data: Path
) -> None:
    with override_settings(TRIPLEAIM_UPLOADS=""):
        body = _body(client.get(CHOSEN))
        assert "tripleaim place make nhs-somerset --board QSL" in body
        assert "<button" not in body.split("<main")[1].split("What it will have")[0]
        assert _build(client, "QSL").headers["Location"] == "/new/board/"
    other = client.post(
        "/new/board/build/",
        "board=QSL",
        content_type=FORM,
        headers={"origin": "http://elsewhere"},
    )
    assert other.status_code == 403
    assert not (data / "footprints").exists()


def test_a_reader_chooses_a_board_on_the_map(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 844})
    page.goto(f"{site}/new/board/?q=norwich")
    page.locator("svg").get_by_role("link", name="NHS Norfolk and Suffolk").focus()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Is NHS Norfolk and Suffolk your board?")
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_somebody_finds_their_board_from_the_first_page(
    browser: Browser, site: str, width: int
) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 844}
    )
    page = context.new_page()
    page.goto(f"{site}/")
    page.get_by_label("Your board, council, practice or postcode").fill("TA6")
    page.get_by_role("button", name="Find the board").click()
    page.get_by_role("link", name="NHS Somerset").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Is NHS Somerset your board?")
    expect(page.get_by_text("604,843 people")).to_be_visible()
    expect(page.get_by_role("button", name="Make the place and build its plan")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_its_pages_are_accessible_and_within_their_width(
    browser: Browser, site: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    addresses = ["/", "/new/board/", "/new/board/?q=essex", "/new/board/?q=zz9", CHOSEN]
    faults = faults_of(context.new_page(), [], [site + one for one in addresses], width)
    context.close()
    assert faults == []
