"""The audit's list is filtered, shown in pages, and found again by whoever links to an identity."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from sample_plan import FINDINGS

from tripleaim.web.pages.figures.presenters import audit
from tripleaim.web.ui.paging import list_page

AUDIT = "/places/somerset/audit/"


def _shown(client: Client, query: str) -> list[str]:
    body = client.get(f"{AUDIT}{query}").content.decode()
    return re.findall(r'<li class="ta-audit__item" id="([^"]+)"', body)


def test_the_pages_of_a_verdict_together_show_each_identity_once(client: Client) -> None:
    holding = [item.id for item in audit.items(FINDINGS, "holds")]
    last = -(-len(holding) // audit.ITEMS)
    assert last > 1
    pages = [_shown(client, f"?verdict=holds&page={n}") for n in range(1, last + 1)]
    assert [one for page in pages for one in page] == holding
    assert max(map(len, pages)) == audit.ITEMS


def test_a_page_says_which_it_is_and_leads_to_the_next_with_the_same_filters(
    client: Client,
) -> None:
    body = client.get(f"{AUDIT}?verdict=holds").content.decode()
    assert "This is page 1 of 2." in body
    assert 'href="?verdict=holds&amp;page=2" rel="next"' in body


def test_a_severity_keeps_its_own(client: Client) -> None:
    graves = {f.id for f in FINDINGS if f.severity == "high" and audit.contradicts(f)}
    assert graves
    assert set(_shown(client, "?severity=high")) == graves
    assert len(_shown(client, "?severity=nonsense")) == min(audit.ITEMS, len(audit.items(FINDINGS)))


def test_nothing_found_says_what_to_do(client: Client) -> None:
    body = client.get(f"{AUDIT}?verdict=holds&severity=high").content.decode()
    assert "0 of " in body
    assert "Choose another verdict or severity" in body


def test_an_address_of_an_identity_opens_the_page_that_shows_it(client: Client) -> None:
    for finding in FINDINGS:
        query, _, anchor = audit.address(finding).removeprefix("audit/").partition("#")
        assert anchor == finding.id
        assert finding.id in _shown(client, query)


def test_paper_begins_with_a_summary_and_screens_do_not_show_it(client: Client) -> None:
    body = client.get(AUDIT).content.decode()
    summary = body[body.index("ta-print-only") : body.index('id="list"')]
    assert "Identities by verdict" in summary
    assert "The whole list is the file audit.csv." in summary


@pytest.mark.parametrize(
    ("asked", "now"), [("2", 2), ("0", 1), ("99", 3), ("-1", 1), ("", 1), ("²", 1), ("9" * 400, 3)]
)
def test_any_text_for_a_page_gives_the_nearest_page(asked: str, now: int) -> None:
    page = list_page(range(7), asked, 3)
    assert (page.now, page.last) == (now, 3)
    assert list(page.items) == list(range(7))[3 * (now - 1) : 3 * now]
