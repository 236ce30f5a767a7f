"""Own numbers on pages: beside the official ones, set, refused, undone; and who may do so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from sample_plan import SamplePlans

from tripleaim.core import RunContext
from tripleaim.data_folder import FOOTPRINTS
from tripleaim.place import OWN_NUMBERS, entries_of, load
from tripleaim.plan import run_plan
from tripleaim.web import plans
from tripleaim.web.plans import PlanFolder

HOME = "/places/hamlet/"
OURS = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
CELL = {"file": "population.csv", "row": "age=5; sex=male", "column": "population"}
TYPED = {"value": "20", "source": "the list", "who": "A. Analyst", "why": "counted"}


@pytest.fixture(scope="module")
def data(hamlet: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a place that a page has made, and its plan."""
    data = tmp_path_factory.mktemp("own") / "data"
    footprint = Path(shutil.copytree(hamlet, data / FOOTPRINTS / "hamlet"))
    run_plan(load(footprint), RunContext(7), data / "hamlet")
    return data


@pytest.fixture
def place(data: Path) -> Iterator[Path]:
    """The place's folder, put back afterwards."""
    plans.use(PlanFolder(data))
    with override_settings(TRIPLEAIM_RUNS="local", TRIPLEAIM_UPLOADS="local"):
        yield data / FOOTPRINTS / "hamlet"
    (data / FOOTPRINTS / "hamlet" / OWN_NUMBERS).unlink(missing_ok=True)


def post(client: Client, address: str, texts: dict[str, str]) -> HttpResponse:
    form = "application/x-www-form-urlencoded"
    return client.post(HOME + address, urlencode(texts), content_type=form, headers=OURS)


def body(answer: HttpResponse) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def see(client: Client, address: str = "own-numbers/") -> str:
    answer = client.get(HOME + address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return body(answer)


def test_a_number_is_set_beside_the_official_one_and_undone(client: Client, place: Path) -> None:
    assert "uses official numbers and our defaults only" in see(client)
    form = see(client, f"own-numbers/set/?{urlencode(CELL)}")
    assert "Official number 14 (people)" in form
    answer = post(client, "own-numbers/set/", CELL | TYPED)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{HOME}own-numbers/")
    page = see(client)
    assert "uses 1 own number in place of official ones" in page
    assert "age=5; sex=male: population (population.csv) 14 20 assumed the list A. Analyst" in page
    assert "have changed since this plan was made (own_numbers.csv)" in page
    assert 'action="/building/hamlet/start/"' in client.get(f"{HOME}own-numbers/").content.decode()
    assert "Yours until now 20 (the list" in see(client, f"own-numbers/set/?{urlencode(CELL)}")
    rows = client.get(f"{HOME}download/own-numbers.csv").content.decode().splitlines()
    assert rows[1].startswith("1,population.csv,age=5; sex=male,population,14,20,assumed,the list,")
    answer = post(client, "own-numbers/undo/", {"number": "1"})
    assert answer.status_code == 303
    page = see(client)
    assert "uses official numbers and our defaults only. 1 were used before" in page
    assert "have changed since" not in page
    assert len(entries_of(load(place).files)) == 1


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    client: Client, place: Path
) -> None:
    answer = post(client, "own-numbers/set/", CELL | TYPED | {"value": "many", "who": ""})
    page = answer.content.decode()
    assert "Say who enters it" in page
    assert 'value="the list"' in page
    answer = post(client, "own-numbers/set/", CELL | TYPED | {"value": "many"})
    assert 'column "value": "many": expected a number such as 1234.5' in body(answer)
    assert str(place.parent) not in answer.content.decode()
    missing = see(client, f"own-numbers/set/?{urlencode(CELL | {'row': 'age=200; sex=male'})}")
    assert "expected one row of population.csv" in missing
    assert "no own number is in use" not in missing
    undo = post(client, "own-numbers/undo/", {"number": "9"})
    assert "expected the number of an own number that is in use (none is in use)" in body(undo)
    assert not (place / OWN_NUMBERS).exists()


def test_tables_and_rows_are_chosen_by_links(client: Client, place: Path) -> None:
    assert place.is_dir()
    tables = see(client, "own-numbers/set/")
    assert "population.csv : " in tables
    rows = see(client, "own-numbers/set/?file=population.csv&q=90")
    assert "population.csv: 2 rows" in rows
    wrong = see(client, "own-numbers/set/?file=../place.toml")
    assert "choose one of these" in wrong
    figure = client.get(f"{HOME}figures/spend-per-head.acute/").content.decode()
    address = re.search(r'href="([^"]+own-numbers/set/[^"]+)"', figure)
    assert address is not None
    assert "Official number 630 (£/head)" in body(client.get(unescape(address[1])))


def test_an_official_number_that_changed_is_shown(client: Client, place: Path) -> None:
    post(client, "own-numbers/set/", CELL | TYPED)
    text = (place / OWN_NUMBERS).read_text(encoding="utf-8")
    (place / OWN_NUMBERS).write_text(text.replace("20,14,", "20,13,"), encoding="utf-8")
    page = see(client)
    assert "The official number under 1 of them has changed since." in page
    assert "It was 13 when yours was written." in page


@pytest.mark.parametrize("raw", [b"", b"number\n1\n", b"\x00", b"PK\x03\x04"])
def test_a_damaged_file_is_named_and_the_plan_is_shown_as_it_was(
    client: Client, place: Path, raw: bytes
) -> None:
    (place / OWN_NUMBERS).write_bytes(raw)
    assert OWN_NUMBERS in see(client)
    assert "have changed since this plan was made" in body(client.get(HOME))
    assert "Its files cannot be read" in see(client, "own-numbers/set/")
    rows = client.get(f"{HOME}download/own-numbers.csv").content.decode().splitlines()
    assert rows == ["number,file,row,column,official,value,status,source,who,when,why,undone"]


def test_a_server_that_accepts_no_files_changes_none(client: Client, place: Path) -> None:
    with override_settings(TRIPLEAIM_UPLOADS="closed"):
        assert "These pages accept no changes here" in see(client)
        answer = post(client, "own-numbers/set/", CELL | TYPED)
        assert "accept no changes here" in body(answer)
        assert post(client, "own-numbers/undo/", {"number": "1"}).status_code == 303
    with override_settings(TRIPLEAIM_RUNS="closed"):
        assert post(client, "own-numbers/set/", CELL | TYPED).status_code == 403
    elsewhere = {"origin": "http://elsewhere.example", "sec-fetch-site": "cross-site"}
    answer = client.post(f"{HOME}own-numbers/set/", CELL | TYPED, headers=elsewhere)
    assert answer.status_code == 403
    assert not (place / OWN_NUMBERS).exists()


def test_a_place_of_the_product_says_how_to_copy_it(client: Client) -> None:
    shipped = SamplePlans()
    workspace = shipped.workspace("somerset")
    assert workspace is not None
    workspace.place = replace(workspace.place, files=load("somerset").files)
    plans.use(shipped)
    page = body(client.get("/places/somerset/own-numbers/"))
    assert "This place comes with the product" in page
    assert "tripleaim place export somerset --out my-somerset" in page
