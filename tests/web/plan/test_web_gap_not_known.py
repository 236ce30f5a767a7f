"""Pages of a place whose gap is not known: none shows one, and each says what to enter."""

import re
from html import unescape
from pathlib import Path

import pytest
from crawl import pages_of
from django.test import Client

from asking_place import ENTERED, asking_hamlet
from tripleaim.core import RunContext
from tripleaim.place import load
from tripleaim.plan import run_plan
from tripleaim.web import plans

HOME = "/places/hamlet/"
A_POSITION = re.compile(r"£[\d.,]+m? (?:short|over)|in balance")


@pytest.fixture(scope="module")
def data(hamlet: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asking")
    run_plan(load(asking_hamlet(hamlet, folder)), RunContext(7), folder / "data" / "hamlet")
    return folder / "data"


@pytest.fixture(autouse=True)
def _used(data: Path) -> None:
    plans.use(plans.PlanFolder(data))


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def test_no_page_and_no_table_shows_a_gap_that_nobody_knows(client: Client) -> None:
    read = dict(pages_of(client, "hamlet"))
    # Causes of figures quote what other places printed.
    pages = {a: body for a, body in read.items() if not a.endswith("/figures.csv")}
    shown = [address for address, body in pages.items() if A_POSITION.search(body)]
    assert shown == []
    asking = sorted(a for a, body in read.items() if "The gap is not known" in body)
    for page in ("", "money/", "papers/", "futures/", "compare/", "money/acceleration/"):
        address = HOME + page
        if address in read:
            assert address in asking
    assert HOME in asking
    assert f"{HOME}money/" in asking


def test_the_plan_page_says_what_care_will_cost_and_asks_for_the_rest(client: Client) -> None:
    body = text(client, HOME)
    assert "If nothing changes, care will cost £" in body
    assert "Enter what is not public" in body
    for name in ENTERED:
        assert f'name="{name}"' in body
    assert "Who would know: the board. Until then: no gap is shown." in body
    table = text(client, f"{HOME}download/care.csv")
    assert table.splitlines()[1].startswith("Care paid for by the commissioner")


def test_what_is_typed_opens_a_scenario_with_its_gap(client: Client) -> None:
    where = f"{HOME}scenario/assumptions/set/"
    answer = client.get(where, {name: f"{value}" for name, value in ENTERED.items()}, follow=True)
    assert answer.status_code == 200
    here = answer.redirect_chain[-1][0].partition("?")[0]
    body = text(client, here)
    assert A_POSITION.search(body)
    assert "The gap is not known" not in body
    assert "not known" in text(client, f"{here}scenario/")
    for page in ("money/", "compare/", "papers/", "scenario/assumptions/"):
        assert client.get(here + page).status_code == 200
    against = text(client, f"{here}compare/?with=")
    assert "There is a problem" in against
    assert "The gap is not known" in against


def test_one_figure_at_a_time_keeps_what_was_entered_before(client: Client) -> None:
    where = f"{HOME}scenario/assumptions/set/"
    first = client.get(where, {"opening.commissioner": "-0.1"}, follow=True)
    here = first.redirect_chain[-1][0].partition("?")[0]
    body = text(client, here)
    assert 'type="hidden" name="opening.commissioner" value="-0.1"' in body
    assert 'id="growth.allocation"' in body
    assert "The gap is not known" in body


def test_files_that_show_a_gap_are_not_made(client: Client) -> None:
    for name in ("download/sides.csv", "download/paper.pdf"):
        answer = client.get(HOME + name)
        assert answer.status_code == 404, name
        assert "The gap is not known" in unescape(answer.content.decode()), name
    assert client.get(f"{HOME}download/plan.json").json()["gap_gbp_m"] == {}
    assert client.get(f"{HOME}download/plan.xlsx").status_code == 200


def test_the_list_of_places_says_that_the_gap_is_unknown_and_why(client: Client) -> None:
    body = text(client, "/")
    assert "opening position of the commissioner" in body
    assert not A_POSITION.search(body)
    row = text(client, "/download/places.csv").splitlines()[1]
    assert "unknown" in row
