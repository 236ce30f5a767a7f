"""The page of the pound by setting, over the county as its plan prints it."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from django.test import Client
from listed_pages import answer_under
from printed_county import CountyPlans

from tripleaim.web import plans
from tripleaim.wording import position_name

QUESTION = "Where does each pound go, and does it move as the plan promises?"


@pytest.fixture(autouse=True)
def _county() -> None:
    plans.use(CountyPlans())


def body_of(client: Client, path: str = "money/settings/") -> str:
    answer = client.get(f"/places/county/{path}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def table(client: Client, name: str) -> list[dict[str, str]]:
    text = body_of(client, f"download/{name}.csv")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_first_sentence_says_whether_money_moves(client: Client) -> None:
    answer = answer_under(QUESTION, body_of(client))
    assert answer.startswith("From bed to home: ")
    assert "From treatment to prevention: " in answer
    assert re.search(r"Of each pound in 2016/17, \d\d\.\dp goes on beds", answer)


def test_it_stands_under_money_and_in_its_menu(client: Client) -> None:
    body = body_of(client, "money/")
    assert "The pound by setting" in body
    assert "/places/county/money/settings/" in body


def test_pence_of_a_basis_add_up_to_a_pound(client: Client) -> None:
    rows = [
        r for r in table(client, "settings-pence") if r["basis"] == position_name("on_evidence")
    ]
    for year in ("2016/17", "2020/21"):
        assert sum(float(row[year]) for row in rows) == pytest.approx(100, abs=1e-3)


def test_claims_are_one_line_of_accounts_beside_what_is_left(client: Client) -> None:
    money = {
        (row["setting"], row["basis"]): float(row["2020/21"].lstrip("'"))
        for row in table(client, "settings-money")
    }
    assert money["Acute bed", "As claimed"] == money["Acute bed", "After overlap"]
    assert money["Claimed beyond the savings after overlap", "As claimed"] < 0
    assert money["Claimed beyond the savings after overlap", "After overlap"] == 0


def test_every_part_has_a_status_and_a_cause_where_it_is_assumed(client: Client) -> None:
    rows = table(client, "settings-shares")
    assert {row["status"] for row in rows} == {"assumed", "published"}
    assert all(row["cause"] for row in rows if row["status"] == "assumed")
    [bed] = [
        r for r in rows if (r["money"], r["setting"]) == ("Community services", "Community bed")
    ]
    assert bed["range"] == "30% to 70%"


def test_prevention_is_said_to_be_money_without_activity(client: Client) -> None:
    [grant] = [r for r in table(client, "settings-sums") if r["name"] == "Public health grant"]
    assert grant["known_from"] == "money without activity"
    assert float(grant["do_nothing"]) == pytest.approx(20.183296)


def test_the_aims_are_published_and_print_no_number(client: Client) -> None:
    body = body_of(client)
    assert body.count("The plan prints no number for it.") == 2
    assert "Priority 2, vision" in body


def test_the_basis_beside_do_nothing_is_chosen_in_the_address(client: Client) -> None:
    assert "the lower one is as claimed" in body_of(client)
    assert "the lower one is on evidence (untested savings at zero)" in body_of(
        client, "money/settings/?basis=on_evidence"
    )
    assert "the lower one is as claimed" in body_of(client, "money/settings/?basis=nonsense")


def test_a_scenario_is_shown_as_it_was_chosen(client: Client) -> None:
    body = body_of(client, "s/community-beds-reduced.e/money/settings/")
    assert "the lower one is as chosen" in body
