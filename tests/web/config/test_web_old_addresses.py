"""Addresses of before lead where their pages stand now; nothing that was published is lost."""

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from sample_runs import RunsPlans

from tripleaim.jobs import jobs_of
from tripleaim.web import plans

PUBLISHED = (
    "/somerset/",
    "/somerset/people/",
    "/somerset/figures/?q=list.practice&page=2",
    "/somerset/figures/?q=a%20b%26c",
    "/somerset/s/falls.x/",
    "/somerset/s/falls.e.u40.s2018/solutions/falls/",
    "/somerset/compare/?with=falls.x",
    "/somerset/download/plan.json",
    "/somerset/download/plan.xlsx",
    "/somerset/s/falls.x/download/gap.csv",
    "/somerset/runs/",
    "/somerset/outcomes/",
    "/somerset/outcomes/backtest/",
)
OURS = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}


@pytest.mark.parametrize("address", PUBLISHED)
def test_a_published_address_leads_for_good_to_its_page_of_now(
    client: Client, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/places{address}"
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.head(address).headers["Location"] == f"/places{address}"


def test_an_address_that_lacks_its_last_slash_still_arrives(client: Client) -> None:
    assert client.get("/somerset", follow=True).status_code == 200
    assert client.get("/somerset/money", follow=True).redirect_chain[-1][0].endswith("/money/")


def test_a_result_in_a_mail_still_opens(client: Client) -> None:
    for run in ("/somerset/runs/0123456789ab/result/", "/somerset/outcomes/run/0123456789ab/"):
        assert client.get(run).headers["Location"] == f"/places{run}"


@pytest.mark.parametrize("address", ["/nowhere/", "/nowhere/money/", "/places/nowhere/"])
def test_what_was_never_a_place_is_not_found(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "There is no plan of a place called “nowhere” here." in answer.content.decode()


def test_no_old_address_leads_to_another_site_or_makes_a_header(client: Client) -> None:
    answer = client.get("/somerset//evil.example/")
    assert answer.headers["Location"] == "/places/somerset//evil.example/"
    answer = client.get("/somerset/%0d%0aSet-Cookie:a/")
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def _start(client: Client, headers: dict[str, str]) -> HttpResponse:
    return client.post(
        "/somerset/runs/start/",
        "kind=backtest&draws=10000",
        content_type="application/x-www-form-urlencoded",
        headers=headers,
    )


def test_a_form_that_was_open_is_sent_again_with_all_its_fields(
    client: Client, tmp_path: Path
) -> None:
    plans.use(RunsPlans(tmp_path))
    with override_settings(TRIPLEAIM_RUNS="local"):
        answer = _start(client, OURS)
        assert answer.status_code == 308
        assert answer.headers["Location"] == "/places/somerset/runs/start/"
        assert _start(client, {"origin": "http://evil.example"}).status_code == 403
    assert jobs_of(tmp_path, "somerset") == ()
