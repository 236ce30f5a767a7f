"""The running text of every public page can be read at the age of 12."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from prevention_county import PreventionPlans

from reading_age import reading_age, running_text, syllables_of
from tripleaim.web import plans
from tripleaim.web.ui.registry import registry

MOST = 12
LONGEST = 45
"""Words of one sentence, numbers and names counted."""
OF_PLACE = [
    entry.address
    for entry in registry().pages
    if entry.audience == "public" and "<" not in entry.address
]
OTHERS = [
    "/",
    "/accessibility/",
    "/boards/?measure=care_growth_pct&board=QSL",
    "/places/county/solutions/falls-prevention/",
]
OTHERS += ["/places/county/outcomes/programmes/falls-prevention/"]
OTHERS += ["/places/county/money/organisations/RBA/"]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> PreventionPlans:
    return PreventionPlans(tmp_path_factory.mktemp("data"))


def _page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("address", [*(f"/places/county/{a}" for a in OF_PLACE), *OTHERS])
def test_a_public_page_can_be_read_at_the_age_of_twelve(
    client: Client, county: PreventionPlans, address: str
) -> None:
    plans.use(county)
    blocks = running_text(_page(client, address))
    assert blocks, "a page without running text says nothing"
    hard = sorted(blocks, key=lambda block: -reading_age([block]))[:3]
    assert reading_age(blocks) <= MOST, hard
    assert [s for s in _sentences(blocks) if len(s.split()) > LONGEST] == []


def _sentences(blocks: list[str]) -> Iterator[str]:
    for block in blocks:
        yield from re.split(r"(?<=[.!?])\s+(?=[A-Z£“\d])", block)


def test_public_pages_are_read() -> None:
    assert len(OF_PLACE) > 30


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        *(("plan", 1), ("care", 1), ("people", 2), ("moved", 1), ("wanted", 2), ("nurses", 2)),
        *(("table", 2), ("rates", 1), ("organisation", 5), ("hospital", 3), ("whole", 1)),
    ],
)
def test_syllables_are_counted(word: str, syllables: int) -> None:
    assert syllables_of(word) == syllables


def test_a_hard_sentence_is_older_than_an_easy_one() -> None:
    easy = reading_age(["The nurse sees ten people a day. She then goes home."])
    hard = reading_age(
        [
            "Notwithstanding considerable uncertainty, commissioners reconfiguring acute provision "
            "must necessarily anticipate countervailing institutional consequences elsewhere."
        ]
    )
    assert easy < 8
    assert hard > 20


def test_numbers_names_and_terms_of_the_glossary_count_as_one_easy_word() -> None:
    with_names = reading_age(["The plan says that £1,204.5m goes to “Blood pressure treatment”."])
    assert with_names == reading_age(["The plan says that it goes to it."])
    term = reading_age(["We count the quality-adjusted life year here."])
    assert term < reading_age(["We count the carefully considered circumstances here."])


def test_tables_forms_and_closed_details_are_left_out() -> None:
    page = """<main><p>Read this.</p><table><tr><td><p>Not this</p></td></tr></table>
    <details><summary>Nor</summary><p>this</p></details><form><p>or this</p></form>
    <ul class="ta-links"><li>or this link</li></ul><ul><li>And <code>x</code> this.</li></ul></main>
    <footer><p>Nor this.</p></footer>"""
    assert running_text(page) == ["Read this.", "And this."]
