"""Long jobs on pages: started by a form, watched, stopped, gone on with; and by nobody else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from sample_runs import RunsPlans, backtest, finished

from tripleaim.jobs import Job, jobs_of, order, start, stop
from tripleaim.jobs.folder import Report
from tripleaim.place import load
from tripleaim.web import plans
from tripleaim.web.pages.runs import presenters as words_of
from tripleaim.web.plans import PlanFolder
from tripleaim.web.ui.long_jobs import job_words
from waiting import wait

RUNS = "/places/somerset/runs/"
START = "/places/somerset/runs/start/"
OURS = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
LONG = {"kind": "backtest", "draws": "10000", "seed": "7"}


@pytest.fixture(autouse=True)
def _here() -> Iterator[None]:
    """The server listens to this machine alone."""
    with override_settings(TRIPLEAIM_RUNS="local"):
        yield


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    plans.use(RunsPlans(tmp_path))
    yield tmp_path
    for job in jobs_of(tmp_path, "somerset"):
        stop(job)


def _post(client: Client, address: str, **form: str) -> HttpResponse:
    text = "&".join(f"{name}={value}" for name, value in form.items())
    return client.post(
        address, text, content_type="application/x-www-form-urlencoded", headers=OURS
    )


def _body(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


@pytest.mark.usefixtures("data")
def test_a_job_is_started_watched_stopped_and_started_again(client: Client) -> None:
    answer = _post(client, START, **LONG)
    assert answer.status_code == 303
    address = urlsplit(answer.headers["Location"]).path
    assert re.fullmatch(r"/places/somerset/runs/[0-9a-f]{12}/", address)
    page = client.get(address)
    assert page.headers["Cache-Control"] == "no-store"
    assert "It is running." in _body(page)
    assert '<noscript><meta http-equiv="refresh"' in _body(page)
    part = client.get(address, headers={"hx-request": "true"})
    assert part.headers["Cache-Control"] == "no-store"
    assert "<progress" in _body(part)
    assert "<html" not in _body(part)
    assert "Running" in _body(client.get(RUNS))
    assert _post(client, f"{address}stop/", stop="1").status_code == 303
    wait(lambda: "It was stopped" in _body(client.get(address)))
    assert client.get(address, headers={"hx-request": "true"}).headers["HX-Redirect"] == address
    assert "Start again" in _body(client.get(address))
    again = _post(client, START, **LONG)
    assert urlsplit(again.headers["Location"]).path == address
    assert "It is running." in _body(client.get(address))


@pytest.mark.usefixtures("data")
def test_one_job_at_a_time_and_the_page_says_which(client: Client) -> None:
    _post(client, START, **LONG)
    answer = _post(client, START, kind="futures", draws="32", seed="7")
    assert answer.status_code == 200
    body = _body(answer)
    assert body.count("“The model compared with what followed” is running; wait for it") == 2
    assert 'value="32"' in body
    # The very same job is not refused: one is led to it.
    assert _post(client, START, **LONG).status_code == 303


@pytest.mark.parametrize(
    ("typed", "field", "fault"),
    [
        ({"draws": "7"}, "futures-draws", "Draws must be a whole number from 16 to 1,024"),
        ({"draws": "many"}, "futures-draws", "Draws must be a whole number from 16 to 1,024"),
        ({"draws": "-32"}, "futures-draws", "Draws must be a whole number from 16 to 1,024"),
        ({"draws": ""}, "futures-draws", "Draws must be a whole number from 16 to 1,024"),
        ({"seed": "1.5"}, "futures-seed", "Seed must be a whole number from 0 to 4,294,967,295"),
    ],
)
def test_a_fault_is_said_at_the_top_and_beside_the_field_and_nothing_typed_is_lost(
    client: Client, data: Path, typed: dict[str, str], field: str, fault: str
) -> None:
    answer = _post(client, START, **{"kind": "futures", "draws": "64", "seed": "5"} | typed)
    body = _body(answer)
    assert answer.status_code == 200
    assert body.count(fault) == 2
    assert f'href="#{field}"' in body
    assert f'id="{field}"' in body
    assert "<title>Error: Long jobs" in body
    for value in ({"draws": "64", "seed": "5"} | typed).values():
        assert f'value="{value}"' in body or not value
    assert jobs_of(data, "somerset") == ()


@pytest.mark.usefixtures("data")
def test_an_unknown_kind_of_job_is_refused_in_words(client: Client) -> None:
    body = _body(_post(client, START, kind="<b>mischief</b>"))
    assert "Choose what to start" in body
    assert "<b>mischief" not in body


def test_what_a_job_was_asked_for_stands_on_its_page(client: Client, data: Path) -> None:
    job = finished(data, "backtest", backtest(), draws_of=100)
    body = _body(client.get(f"{RUNS}{job.order.id}/"))
    for said in ("100", job.order.inputs_sha256[:12], job.order.version, "2 minutes 5 seconds"):
        assert said in body
    assert job.report.result_sha256[:12] in body
    assert "tripleaim backtest somerset --seed 7 --draws 100" in body
    assert "runs/start" not in body
    followed = client.get(f"{RUNS}{job.order.id}/?follow=1")
    assert followed.headers["Location"] == f"{RUNS}{job.order.id}/result/"
    assert client.get(followed.headers["Location"]).status_code == 200


def test_a_job_that_failed_says_why_in_words(client: Client, data: Path) -> None:
    job = finished(data, "backtest", backtest(), draws_of=100)
    job.write(Report("failed", "counting", 0.3, 0.0, 1.0, 0, "expected a year, found 13"))
    body = _body(client.get(f"{RUNS}{job.order.id}/"))
    assert "Expected a year, found 13" in body
    assert "Start again" in body


@pytest.mark.parametrize("file", ["order.json", "report.json", "backtest.json"])
@pytest.mark.parametrize("held", ["", "{", '{"state": "done"}', "\x00\xff"])
def test_a_folder_that_was_damaged_by_hand_has_a_clear_page(
    client: Client, data: Path, file: str, held: str
) -> None:
    job = finished(data, "backtest", backtest(), draws_of=100)
    (job.folder / file).write_text(held, encoding="utf-8")
    answer = client.get(f"{RUNS}{job.order.id}/")
    assert answer.status_code == (503 if file == "order.json" else 200)
    assert file != "order.json" or "order.json: this file" in _body(answer)
    said = {
        "order.json": "files in its folder were changed or lost",
        "report.json": "its progress cannot be read",
        "backtest.json": "Its result has been changed since it was made",
    }
    assert said[file] in _body(answer)
    assert client.get(RUNS).status_code == 200
    assert client.get(f"{RUNS}{job.order.id}/result/").status_code in (303, 404)


@pytest.mark.usefixtures("data")
def test_an_address_of_no_job_says_so(client: Client) -> None:
    answer = client.get(f"{RUNS}0123456789ab/")
    assert answer.status_code == 404
    assert "No long job of Somerset has the address “0123456789ab”." in _body(answer)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://localhost"},
        {"sec-fetch-site": "none", "origin": "http://localhost"},
        {"origin": "http://localhost:1"},
    ],
)
def test_a_form_of_another_site_starts_nothing(
    client: Client, data: Path, headers: dict[str, str]
) -> None:
    answer = client.post(
        START, "kind=backtest", content_type="application/x-www-form-urlencoded", headers=headers
    )
    assert answer.status_code == 403
    assert (
        "This request did not come from a form of this site. Go back to the page and send the "
        "form again."
    ) in _body(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert jobs_of(data, "somerset") == ()


@pytest.mark.usefixtures("data")
def test_another_type_than_a_form_starts_nothing(client: Client) -> None:
    answer = client.post(START, "{}", content_type="application/json", headers=OURS)
    assert answer.status_code == 403


@pytest.mark.usefixtures("data")
def test_who_asks_through_another_server_or_where_it_is_off_starts_nothing(client: Client) -> None:
    with override_settings(ALLOWED_HOSTS=["plan.example"]):
        outside = {"host": "plan.example", "origin": "http://plan.example"}
        for told, status in (("local", 403), ("", 403), ("open", 200)):
            with override_settings(TRIPLEAIM_RUNS=told):
                answer = client.post(
                    START,
                    "kind=nothing",
                    content_type="application/x-www-form-urlencoded",
                    headers=outside,
                )
                assert answer.status_code == status
    with override_settings(TRIPLEAIM_RUNS=""):
        assert "These pages cannot start long jobs" in _body(client.get(RUNS))
        assert 'method="post"' not in _body(client.get(RUNS))


@pytest.mark.usefixtures("data")
def test_a_name_that_is_not_ours_is_refused_before_anything_is_read(client: Client) -> None:
    rebound = {"host": "rebound.example", "origin": "http://rebound.example"}
    answer = client.post(
        START, "kind=backtest", content_type="application/x-www-form-urlencoded", headers=rebound
    )
    assert answer.status_code == 400


def test_reading_a_form_s_address_starts_and_stops_nothing(client: Client, data: Path) -> None:
    assert client.get(START).headers["Location"] == RUNS
    job = start(data, order(load("somerset"), "backtest", 7, {"draws": 10_000}))
    client.get(f"{RUNS}{job.order.id}/stop/")
    assert job.report.state == "running"


@pytest.mark.slow
def test_a_small_place_is_drawn_from_form_to_page(
    client: Client, hamlet_run: Path, tmp_path: Path
) -> None:
    shutil.copytree(hamlet_run, tmp_path / "hamlet")
    plans.use(PlanFolder(tmp_path))
    answer = _post(client, "/places/hamlet/runs/start/", kind="futures", draws="16")
    address = urlsplit(answer.headers["Location"]).path
    job = Job.open(tmp_path / address.removeprefix("/places/"))
    assert job is not None
    wait(lambda: job.report.state != "running")
    assert job.report.state == "done", (job.folder / "worker.log").read_text(encoding="utf-8")
    where = client.get(f"{address}?follow=1").headers["Location"]
    assert where == f"{address}result/"
    for shown in (where, "/places/hamlet/futures/", "/places/hamlet/", "/places/hamlet/runs/"):
        assert client.get(shown).status_code == 200
    assert "16 draws with seed 7" in _body(client.get("/places/hamlet/futures/"))
    # A place without a history is not offered what it cannot have.
    assert "compared with what followed" not in _body(client.get("/places/hamlet/runs/"))
    refused = _post(client, "/places/hamlet/runs/start/", kind="backtest")
    assert "This place has no backtest/backtest.toml" in _body(refused)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "less than a second"),
        (1, "1 second"),
        (125, "2 minutes 5 seconds"),
        (3780, "1 hour 3 minutes"),
    ],
)
def test_how_long_it_took_is_said_in_words(seconds: float, said: str) -> None:
    assert words_of.duration(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0, "10 seconds"),
        (31, "40 seconds"),
        (58, "a minute"),
        (100, "2 minutes"),
        (599, "10 minutes"),
    ],
)
def test_the_remaining_time_is_approximate(seconds: float, said: str) -> None:
    assert job_words.rough(seconds) == said
