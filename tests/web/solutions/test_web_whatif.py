"""A scenario is its address: the form makes one, nothing is stored, faults lose nothing typed."""

import re
from html import unescape

import pytest
from django.test import Client

FORM = "/places/somerset/solutions/falls/choose/"
PLAN = {"basis": "as_claimed", "uptake": "60", "start": "2017/18", "own": ""}


def test_a_changed_choice_leads_to_its_own_address(client: Client) -> None:
    answer = client.get(FORM, {**PLAN, "basis": "on_evidence", "uptake": "40", "start": "2018/19"})
    assert answer.status_code == 303
    plan = "/places/somerset/s/falls.e.u40.s2018/"
    assert answer.headers["Location"] == plan
    changed, printed = (
        unescape(client.get(address).content.decode()) for address in (plan, "/places/somerset/")
    )
    assert re.search(
        r'ta-answer">With “Preventing falls” on evidence \(untested savings at zero\), uptake '
        r"40%, from "
        r"2018/19, the NHS is £[\d.]+m (short|in surplus|over) in 2020/21, £[\d.]+m (better|worse) "
        r"than as printed\. ",
        changed,
    )
    assert "than as printed" not in printed
    page = client.get(plan + "solutions/falls/").content.decode()
    assert "1 solution changed" in page
    assert 'value="40"' in page
    assert 'href="/places/somerset/solutions/falls/">Back to as printed</a>' in page


def test_every_page_of_a_scenario_shows_its_warning(client: Client) -> None:
    where = client.get(FORM, {**PLAN, "uptake": "90"}).headers["Location"]
    base = where.removesuffix("solutions/falls/")

    for address in (where, base, f"{base}money/", f"{base}outcomes/"):
        page = client.get(address).content.decode()
        assert "<strong>Warning:</strong> falls is taken up by more than in the plan." in page
    assert "Warning:" not in client.get("/places/somerset/").content.decode()


def test_choosing_what_the_plan_has_leads_back_to_as_printed(client: Client) -> None:
    assert client.get(FORM, PLAN).headers["Location"] == "/places/somerset/"


def test_a_form_with_the_words_before_version_2_is_still_read(client: Client) -> None:
    answer = client.get(FORM, {**PLAN, "basis": "evidence", "uptake": "40"})
    assert answer.headers["Location"] == "/places/somerset/s/falls.e.u40/"


@pytest.mark.parametrize(
    ("typed", "token"),
    [
        ({"own": "5"}, "falls.o.v0-05"),
        ({"own": "5", "basis": ""}, "falls.o.v0-05"),
        ({"own": "5", "basis": "on_evidence"}, "falls.e"),
        ({"own": "", "basis": "on_evidence"}, "falls.e"),
    ],
)
def test_who_types_a_value_of_their_own_has_chosen_it(
    client: Client, typed: dict[str, str], token: str
) -> None:
    where = client.get(FORM, {**PLAN, **typed}).headers["Location"]
    assert where == f"/places/somerset/s/{token}/"


def test_who_goes_back_from_a_value_of_their_own_need_not_clear_it(client: Client) -> None:
    form = "/places/somerset/s/falls.o.v0-05/solutions/falls/choose/"
    where = client.get(form, {**PLAN, "own": "5"}).headers["Location"]
    assert where.partition("?")[0] == "/places/somerset/"
    other = client.get(form, {**PLAN, "basis": "own_value", "own": "6"}).headers["Location"]
    assert other.partition("?")[0] == "/places/somerset/s/falls.o.v0-06/"


def test_choices_add_up_from_page_to_page(client: Client) -> None:
    form = "/places/somerset/s/falls.x/solutions/smoking/choose/"
    where = client.get(form, {**PLAN, "basis": "own_value", "own": "5"}).headers["Location"]
    assert where == "/places/somerset/s/falls.x~smoking.o.v0-05/?was=falls.x"
    assert client.get(where).status_code == 200


@pytest.mark.parametrize(
    ("typed", "field", "fault"),
    [
        ({"uptake": "140"}, "uptake", "Uptake must be a number from 0 to 100, such as 40"),
        ({"uptake": "<b>"}, "uptake", "Uptake must be a number from 0 to 100, such as 40"),
        ({"uptake": "nan"}, "uptake", "Uptake must be a number from 0 to 100, such as 40"),
        ({"basis": ""}, "basis", "Choose what to believe"),
        ({"start": "2030/31"}, "start", "Start must be a year from 2016/17 to 2020/21"),
        (
            {"basis": "own_value", "own": "lots"},
            "own",
            "Your own value must be a number from 0 to 100",
        ),
    ],
)
def test_a_fault_is_said_at_the_top_and_beside_the_field_and_nothing_typed_is_lost(
    client: Client, typed: dict[str, str], field: str, fault: str
) -> None:
    answer = client.get(FORM, {**PLAN, **typed})
    body = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert body.count(fault) == 2
    assert f'href="#{field}"' in body
    assert "<title>Error: Preventing falls" in body
    if field in ("uptake", "own"):
        assert f'value="{typed[field]}"' in body


def test_every_page_of_a_scenario_keeps_to_it(client: Client) -> None:
    body = client.get("/places/somerset/s/falls.x/").content.decode()
    assert 'href="/places/somerset/s/falls.x/money/"' in body
    assert 'href="/places/somerset/">Back to as printed</a>' in body


def test_the_same_scenario_has_the_same_hash_on_every_page(client: Client) -> None:
    pages = [client.get(f"/places/somerset/s/falls.x/{p}").content.decode() for p in ("", "money/")]
    hashes = {page.split("Hash <code>")[1][:12] for page in pages}
    printed = client.get("/places/somerset/").content.decode().split("Hash <code>")[1][:12]
    assert len(hashes) == 1
    assert printed not in hashes


def test_another_scenario_can_be_given_by_its_whole_address(client: Client) -> None:
    body = client.get(
        "/places/somerset/s/falls.x/compare/",
        {"with": "http://localhost/places/somerset/s/smoking.x/money/"},
    ).content.decode()
    assert "Preventing falls" in body
    assert "Stopping smoking" in body
