"""Pages of money and staff by organisation, over the county as its plan prints it."""

import csv
import io
import re
import time
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from listed_pages import MISSING_DATA, OF_MONEY_AND_STAFF, answer_under, is_new
from printed_county import CountyPlans, printed_county

from tripleaim.plan.incentive.incentives import payment_rules
from tripleaim.web import plans, server


@pytest.fixture(autouse=True)
def _county() -> None:
    plans.use(CountyPlans())


def _body(client: Client, path: str, place: str = "county") -> str:
    answer = client.get(f"/places/{place}/{path}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.parametrize(("path", "heading"), OF_MONEY_AND_STAFF.items())
def test_a_page_answers_its_question_and_all_its_tables_can_be_had(
    client: Client, path: str, heading: str
) -> None:
    body = _body(client, path)
    assert "We cannot answer" not in answer_under(heading, body)
    for name in set(re.findall(r"/places/county/(download/[A-Za-z0-9_-]+\.csv)", body)):
        header, *rows = list(csv.reader(io.StringIO(_body(client, name), newline="")))
        assert rows, name
        assert {len(row) for row in rows} == {len(header)}, name


def test_no_link_of_a_page_is_dead(client: Client) -> None:
    seen: dict[str, int] = {}
    for path in OF_MONEY_AND_STAFF:
        body = _body(client, path)
        ids = set(re.findall(r'\sid="([^"]+)"', body))
        for href in set(re.findall(r'\shref="([^"]+)"', body)):
            to, _, anchor = href.partition("#")
            assert to or anchor in ids, href
            # Solutions, figures and tables are tested for themselves.
            of_here = to.startswith("/places/county/") and not re.search(
                r"csv$|/solutions/.|/figures/\w", to
            )
            if of_here and is_new(to, seen):
                seen[to] = client.get(to).status_code
    assert len(seen) > 30
    assert set(seen.values()) == {200}


def test_words_of_the_field_are_in_the_glossary(client: Client) -> None:
    known = set(re.findall(r'\sid="([^"]+)"', unescape(client.get("/glossary/").content.decode())))
    for path in OF_MONEY_AND_STAFF:
        assert set(re.findall(r'href="/glossary/#([^"]+)"', _body(client, path))) <= known


def test_a_change_of_the_payment_rule_answers_within_a_second(client: Client) -> None:
    _body(client, "money/incentives/")
    for rule in payment_rules(printed_county().place).ids:
        before = time.process_time()
        body = _body(client, f"money/incentives/?rule={rule}")
        assert time.process_time() - before < 1
        assert f'<option value="{rule}" selected>' in body


def test_a_rule_or_a_year_that_is_not_there_is_the_usual_one(client: Client) -> None:
    asked = "?rule=nonesuch&basis=x"
    # The files of its pictures are asked for as the page was.
    assert _body(client, f"money/incentives/{asked}").replace(asked, "") == (
        _body(client, "money/incentives/")
    )
    assert '<option value="2016/17" selected>' in _body(
        client, "money/organisations/?year=1066&line=x"
    )


def test_flows_of_a_table_add_up_to_its_total(client: Client) -> None:
    [header, *rows] = list(csv.reader(io.StringIO(_body(client, "download/flows.csv"), newline="")))
    year, pounds = header.index("year"), header.index("pounds")
    of_first = sum(float(r[pounds]) for r in rows if r[year] == "2016/17")
    body = _body(client, "money/organisations/")
    assert f"Of £{of_first / 1e6:,.0f}m paid between organisations" in body


def test_savings_of_organisations_follow_the_scenario(client: Client) -> None:
    one = printed_county().place.solutions[0].id
    assert "with savings claimed" in _body(client, "money/organisations/")
    assert "with this scenario's savings" in _body(client, f"s/{one}.x/money/organisations/")
    assert "as this scenario chooses them" in _body(client, f"s/{one}.x/money/organisations/RBA/")
    assert "What this scenario chooses" in _body(client, f"s/{one}.x/money/incentives/")


def test_an_organisation_without_a_book_is_not_found(client: Client) -> None:
    answer = client.get("/places/county/money/organisations/XYZ/")
    assert answer.status_code == 404
    assert "no accounts of an organisation called “XYZ”" in unescape(answer.content.decode())


@pytest.mark.parametrize("path", MISSING_DATA)
def test_a_place_without_the_files_says_so_plainly(client: Client, path: str) -> None:
    body = _body(client, path, "somerset")
    assert "We cannot answer this for Somerset yet: this place has no " in body
    assert "Traceback" not in body


def test_pages_that_a_place_cannot_show_are_not_in_its_menus(client: Client) -> None:
    assert "money/benchmarks/" not in _body(client, "money/", "somerset")
    assert "money/benchmarks/" in _body(client, "money/")
    assert _body(client, "money/").count('aria-current="page"') == 2


def test_a_demonstration_of_returns_is_said_to_be_one(client: Client) -> None:
    assert _body(client, "money/open-book/").count("These months are a demonstration.") == 1


def test_every_rule_gives_the_system_the_same(client: Client) -> None:
    [header, *rows] = list(
        csv.reader(io.StringIO(_body(client, "download/payment-rules.csv"), newline=""))
    )
    assert header[1:] == list(payment_rules(printed_county().place).ids)
    assert rows[-1][0] == "All together"
    assert len(set(rows[-1][1:])) == 1


def test_the_slowest_pages_are_asked_for_before_a_reader_comes(tmp_path: Path) -> None:
    asked = []

    def pages(environ: dict[str, str], _start: object) -> list[bytes]:
        asked.append((environ["HTTP_HOST"], environ["PATH_INFO"]))
        return [b""]

    (tmp_path / "somerset").mkdir()
    (tmp_path / "somerset" / "run.json").touch()
    server.warm(pages, tmp_path)
    assert asked == [
        ("localhost", f"/places/somerset/{path}")
        for path in ("", "money/incentives/rules/", "money/benchmarks/", "staff/")
    ]
