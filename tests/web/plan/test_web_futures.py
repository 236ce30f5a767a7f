"""The page of the plan's range, and its intervals on the plan's own page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from printed_county import printed_county
from sample_runs import DRAWS, RunsPlans, futures, with_futures

from tripleaim.jobs import Job
from tripleaim.uncertainty import KnownIntervalPart
from tripleaim.web import plans
from tripleaim.web.pages.plan.presenters import futures as words_of

PAGE = "/places/somerset/futures/"


@pytest.fixture
def job(tmp_path: Path) -> Job:
    plans.use(RunsPlans(tmp_path))
    return with_futures(tmp_path)


def _body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("p10", "p90", "said"),
    [
        (-208.5, -135.4, "£135m to £208m short"),
        (-88.6, 8.8, "from £89m short to £9m in surplus"),
        (1.2, 1_204.4, "£1m to £1,204m in surplus"),
        (-3.4, 0.3, "from £3m short to in balance"),
    ],
)
def test_an_interval_is_said_with_its_direction(p10: float, p90: float, said: str) -> None:
    assert words_of.span(KnownIntervalPart(central=0, p10=p10, p50=0, p90=p90)) == said


@pytest.mark.parametrize(
    ("of_one", "said"),
    [
        (0.0, "0% of draws"),
        (0.004, "fewer than 1% of draws"),
        (0.15, "15% of draws"),
        (1, "100% of draws"),
    ],
)
def test_a_share_of_draws_is_said_in_words(of_one: float, said: str) -> None:
    assert words_of.share(of_one) == said


def test_the_answer_gives_the_interval_on_every_basis(client: Client, job: Job) -> None:
    body, document = _body(client, PAGE), futures()
    last = document.years[-1]
    for name in words_of.POSITIONS:
        assert words_of.span(document.position_gbp_m[name]["nhs"][last]) in body
    assert f"{DRAWS} draws with seed 7" in body
    assert f'href="/places/somerset/runs/{job.order.id}/result/"' in body


@pytest.mark.usefixtures("job")
def test_every_headline_has_its_percentiles_in_the_table_and_the_file(client: Client) -> None:
    rows = (
        client.get("/places/somerset/download/futures-headlines.csv").content.decode().splitlines()
    )
    assert rows[0] == "name,central,p10,p50,p90,chance,driver"
    assert len(rows) == 1 + len(futures().headlines)
    first = futures().headlines[0].interval
    assert repr(round(first.p90, 6)) in rows[1]


@pytest.mark.usefixtures("job")
def test_what_drives_a_headline_is_asked_for_by_address(client: Client) -> None:
    body = _body(client, f"{PAGE}?headline=saved_on_evidence/cumulative")
    assert '<option value="saved_on_evidence/cumulative" selected>' in body
    headline = words_of.headline_shown(futures(), "saved_on_evidence/cumulative")
    assert words_of.drivers_sentence(headline) in body


def test_the_file_of_what_drives_a_headline_is_of_that_headline_and_of_that_run(
    client: Client, job: Job
) -> None:
    result = f"/places/somerset/runs/{job.order.id}/result/"
    for page, run in ((PAGE, ""), (result, f"&run={job.order.id}")):
        body = _body(client, f"{page}?headline=saved_on_evidence/cumulative")
        [address] = re.findall(r'href="([^"]+futures-drivers\.csv[^"]*)"', body)
        assert address.endswith(f"?headline=saved_on_evidence%2Fcumulative{run}")
        headline = words_of.headline_shown(futures(), "saved_on_evidence/cumulative")
        assert client.get(address).content.decode() == words_of.drivers(headline).csv()


@pytest.mark.usefixtures("job")
def test_the_plan_shows_intervals_beside_its_headlines_as_printed_alone(client: Client) -> None:
    document = futures()
    span = words_of.span(document.position_gbp_m["on_evidence"]["nhs"][document.years[-1]])
    assert span in _body(client, "/places/somerset/")
    changed = f"/places/somerset/s/{printed_county().place.solutions[0].id}.x/"
    assert span not in _body(client, changed)
    assert "it shows the plan as printed" in _body(client, f"{changed}futures/")


def test_without_draws_the_plan_links_to_where_they_can_be_made(
    client: Client, tmp_path: Path
) -> None:
    plans.use(RunsPlans(tmp_path))
    assert "These are single numbers." in _body(client, "/places/somerset/")
    answer = client.get(PAGE)
    assert "This has not been computed yet" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("text", ["{", '{"schema_version": "1"}', "[]"])
@pytest.mark.usefixtures("job")
def test_damaged_futures_are_told_on_their_page_and_left_out_of_others(
    client: Client, tmp_path: Path, text: str
) -> None:
    (tmp_path / "somerset" / "futures.json").write_text(text, encoding="utf-8")
    answer = client.get(PAGE)
    assert answer.status_code == 503
    assert "The result cannot be shown. futures.json: this file" in answer.content.decode()
    assert "These are single numbers." in _body(client, "/places/somerset/")
