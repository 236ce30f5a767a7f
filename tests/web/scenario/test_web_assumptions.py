"""What is assumed otherwise, by the form: a new address, the gap beside what it was, and back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client
from sample_plan import SamplePlans

from tripleaim.place import Place
from tripleaim.web import plans

FORM = "/places/somerset/scenario/assumptions/"
SET = f"{FORM}set/"
DEARER = "/places/somerset/s/set.inflation.provider-cost.3-3/"


@pytest.fixture(autouse=True)
def _with_figures(_sample_plans: None, somerset: Place) -> None:
    """The sample plan, of a place with Somerset's own figures."""
    sample = SamplePlans()
    workspace = sample.workspace("somerset")
    assert workspace is not None
    place = workspace.place
    workspace.place = replace(
        place,
        figures={**somerset.figures, **place.figures},
        sources={**somerset.sources, **place.sources},
    )
    plans.use(sample)


def row_of(page: str, name: str) -> str:
    """The row of an assumption in the form."""
    return page.split(f'for="{name}"')[1].split("</tr>", maxsplit=1)[0]


def strip_of(page: str) -> str:
    """The strip that says what a scenario does to the gap."""
    return page.split('id="gap-now"')[1].split("</p>", maxsplit=1)[0]


def test_every_assumption_shows_its_value_status_range_and_source(client: Client) -> None:
    page = client.get(FORM).content.decode()

    row = row_of(page, "inflation.provider-cost")
    assert 'value="2.3"' in row
    assert "2 to 2.9" in row
    assert "figures/inflation.provider-cost/" in row
    assert 'name="demand.acute-ae"' in page
    assert "Put back" not in page


def test_a_value_that_is_typed_makes_an_address_that_keeps_it(client: Client) -> None:
    answer = client.get(SET, {"inflation.provider-cost": " 3.3 % ", "demand.acute-ae": "0"})

    assert answer.status_code == 303
    assert answer["Location"] == f"{DEARER}?was="
    page = client.get(f"{DEARER}scenario/assumptions/")
    row = row_of(page.content.decode(), "inflation.provider-cost")
    assert 'value="3.3"' in row
    assert "Outside its credible range" in row
    assert f'href="{FORM}"' in row


def test_what_is_typed_beside_another_change_keeps_that_change(client: Client) -> None:
    there = "/places/somerset/s/hospital-at-home.x/scenario/assumptions/set/"
    answer = client.get(there, {"efficiency.tariff.2017_18": "1.5"})

    assert answer["Location"].startswith(
        "/places/somerset/s/set.efficiency.tariff.2017_18.1-5~hospital-at-home.x/"
    )
    assert answer["Location"].endswith("?was=hospital-at-home.x")


@pytest.mark.parametrize("text", ["three", "1e999", "nan", "-51", "3.3.3"])
def test_an_unusable_value_is_reported_and_kept(client: Client, text: str) -> None:
    answer = client.get(SET, {"inflation.provider-cost": text, "demand.acute-ae": "1"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in page
    assert 'href="#inflation.provider-cost"' in page
    assert f'value="{text}"' in page
    assert 'value="1"' in row_of(page, "demand.acute-ae")


def test_the_strip_says_the_gap_what_it_was_and_leads_back(client: Client) -> None:
    strip = strip_of(client.get(f"{DEARER}money/?was=hospital-at-home.x").content.decode())

    assert re.search(r"Gap in 2020/21: £[\d.]+m (short|in surplus), was £[\d.]+m", strip)
    assert "Undo the last change" in strip
    assert 'href="/places/somerset/s/hospital-at-home.x/money/"' in strip
    assert "Name it" in strip
    assert 'data-copy="/places/somerset/s/set.inflation.provider-cost.3-3/"' in strip
    assert "as printed" in strip_of(client.get(DEARER).content.decode())
    assert 'id="gap-now"' not in client.get("/places/somerset/").content.decode()


@pytest.mark.parametrize("was", ["nonsense", "set.inflation.provider-cost.3-3", "seed9", "a/b"])
def test_a_strip_asked_for_something_else_falls_back_to_as_printed(
    client: Client, was: str
) -> None:
    page = client.get(DEARER, {"was": was})

    assert page.status_code == 200
    assert "was £" in strip_of(page.content.decode())


def test_a_scenario_says_all_that_it_changes_and_how_to_put_each_back(client: Client) -> None:
    there = "/places/somerset/s/set.inflation.provider-cost.3-3~hospital-at-home.x/scenario/"
    page = client.get(there, {"name": "Dear  care"}).content.decode()

    assert "It changes 1 solution and 1 assumption" in page
    assert 'href="/places/somerset/s/hospital-at-home.x/scenario/"' in page
    assert f'href="{DEARER}scenario/"' in page
    assert "Download “Dear care”" in page
    assert "my-scenario.toml?name=Dear++care" in page
    assert "Nothing: this is" in client.get("/places/somerset/scenario/").content.decode()


def test_the_file_of_a_named_scenario_bears_its_name(client: Client) -> None:
    answer = client.get(f"{DEARER}download/my-scenario.toml", {"name": 'Dear "care"'})

    text = answer.content.decode()
    assert 'name = "Dear \\"care\\""' in text
    assert '"inflation.provider-cost" = 3.3' in text


def test_all_assumptions_can_be_downloaded_as_a_file(client: Client) -> None:
    rows = client.get(f"{DEARER}download/scenario-assumptions.csv").content.decode().splitlines()

    assert rows[0] == "id,name,group,value,own,low,high,unit,status,source,reason"
    row = next(r for r in rows if r.startswith("inflation.provider-cost,"))
    assert ",3.3,2.3,2.0,2.9,%," in row


def test_scenarios_are_compared_by_choosing_and_say_what_each_assumes(client: Client) -> None:
    page = client.get(f"{DEARER}compare/").content.decode()
    assert '<option value="">The plan as printed</option>' in page

    both = client.get(f"{DEARER}compare/", {"chosen": "", "with": " "}).content.decode()
    row = both.split("Inflation of providers’ costs, any other year")[1].split("</tr>")[0]
    assert "3.3%" in row
    assert "2.3%" in row
    assert row.index("3.3%") < row.index("2.3%")


def test_an_address_that_is_typed_is_taken_before_the_list(client: Client) -> None:
    there = {"chosen": "hospital-at-home.x", "with": "set.inflation.provider-cost.2-9"}
    page = client.get(f"{DEARER}compare/", there).content.decode()

    assert "2.9%" in page
    assert "Left out" not in page
