"""Every page answers, says its answer, and links only to pages that answer too."""

import re
from html import unescape

import pytest
from django.test import Client
from listed_pages import is_new

from tripleaim.web import plans

PAGES = {
    "/": "Know a population",
    "/places/somerset/": "Will Somerset balance, and will its people be healthier?",
    "/places/somerset/people/": "Who are we?",
    "/places/somerset/activity/": "What will be needed if nothing changes?",
    "/places/somerset/money/": "Who is short of what?",
    "/places/somerset/solutions/": "What closes the gap, by how much, on what evidence?",
    "/places/somerset/solutions/falls/": "Preventing falls",
    "/places/somerset/compare/": "How much is claimed, how much overlaps",
    "/places/somerset/compare/?with=falls.x": "What differs between the two scenarios?",
    "/places/somerset/audit/": "Does the printed plan add up?",
    "/places/somerset/audit/?verdict=holds": "Does the printed plan add up?",
    "/places/somerset/figures/": "Where does this number come from?",
    "/places/somerset/figures/gap.2020_21/": "Printed gap, 2020/21",
    "/places/somerset/s/falls.x/": "Will Somerset balance",
    "/places/somerset/s/falls.x/solutions/falls/": "Preventing falls",
    "/glossary/": "What do the words mean?",
    "/boards/": "How do England’s health boards compare?",
    "/boards/?measure=care_growth_pct&board=QSL": "How do England’s health boards compare?",
    "/accessibility/": "Can everybody use these pages?",
}


@pytest.mark.parametrize(("address", "heading"), PAGES.items())
def test_a_page_answers_with_its_question_as_its_one_heading(
    client: Client, address: str, heading: str
) -> None:
    answer = client.get(address)
    body = answer.content.decode()
    assert answer.status_code == 200
    headings = re.findall(r"<h1.*?</h1>", body, re.DOTALL)
    assert len(headings) == 1
    assert heading in unescape(headings[0])
    assert 'class="nhsuk-lede-text ta-answer"' in body


def test_there_are_no_dead_links(client: Client) -> None:
    seen: dict[str, int] = {}
    for address in PAGES:
        body = client.get(address).content.decode()
        ids = set(re.findall(r'\sid="([^"]+)"', body))
        for href in map(unescape, re.findall(r'href="([^"]+)"', body)):
            path, _, anchor = href.partition("#")
            if not path and anchor:
                assert anchor in ids, (address, href)
            if path.startswith("?"):
                path = address.split("?")[0] + path
            ours = path.startswith("/") and not path.startswith("/assets/")
            if ours and is_new(path, seen):
                seen[path] = client.get(path).status_code
    assert len(seen) > 60
    assert {p: s for p, s in seen.items() if s not in (200, 404) or s == 404} == {
        p: s for p, s in seen.items() if p.endswith(".parquet") or p == "/places/atlantis/"
    }


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/places/atlantis/", "There is no plan of a place called “atlantis” here."),
        ("/places/somerset/solutions/nonesuch/", "The plan has no solution called “nonesuch”."),
        ("/places/somerset/figures/nonesuch/", "There is no figure called “nonesuch”"),
        ("/places/somerset/s/nonesuch.x/", "there is no solution of this name"),
        ("/places/somerset/s/falls.q/", "This scenario cannot be read"),
        ("/places/somerset/s/seed9/", "This scenario cannot be read"),
        ("/places/somerset/download/nonesuch.csv", "There is no table called “nonesuch”."),
        ("/no/such/page/", "There is nothing at this address."),
    ],
)
def test_an_address_that_leads_nowhere_says_so_and_what_to_do_next(
    client: Client, address: str, said: str
) -> None:
    answer = client.get(address)
    body = unescape(answer.content.decode())
    assert answer.status_code == 404
    assert said in body
    assert "Where you can go from here" in body
    assert "Traceback" not in body


def test_when_we_fail_the_page_says_so_without_a_traceback(client: Client) -> None:
    class Broken:
        def places(self) -> dict[str, str]:
            return {}

        def workspace(self, _: str) -> None:
            raise RuntimeError("secret detail")

    plans.use(Broken())
    client.raise_request_exception = False
    answer = client.get("/places/somerset/")
    body = answer.content.decode()
    assert answer.status_code == 500
    assert "Something went wrong" in body
    assert "secret detail" not in body


def test_without_a_plan_the_first_page_says_how_to_make_one(client: Client) -> None:
    class Empty:
        def places(self) -> dict[str, str]:
            return {}

        def workspace(self, _: str) -> None:
            return None

    plans.use(Empty())
    assert "tripleaim demo" in client.get("/").content.decode()


def test_synthetic_people_are_said_to_be_so_once_where_they_show(client: Client) -> None:
    for address in ("/places/somerset/people/", "/places/somerset/activity/"):
        assert client.get(address).content.decode().count("These people are synthetic.") == 1
    assert "synthetic" not in client.get("/places/somerset/audit/").content.decode()


def test_an_address_without_its_last_slash_is_mended(client: Client) -> None:
    assert client.get("/places/somerset/money").headers["Location"] == "/places/somerset/money/"


def test_filters_work_by_address_alone(client: Client) -> None:
    body = client.get("/places/somerset/solutions/?priority=2&sort=name").content.decode()
    assert "These 5 of the plan&#39;s 20 solutions" in body
    assert '<option value="2" selected>' in body
    assert "No solution of this plan is of that kind." in (
        client.get("/places/somerset/solutions/?owner=nobody").content.decode()
    )


def test_figures_are_searched_and_paged_by_address_alone(client: Client) -> None:
    body = client.get("/places/somerset/figures/?q=list.practice&page=3").content.decode()
    assert "60 figures" in body
    assert "list.practice-59" in body
    assert "list.practice-00" not in body


def test_what_a_reader_types_is_never_markup(client: Client) -> None:
    body = client.get("/places/somerset/figures/?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;" in body
