"""Long tables in a browser: a box of their own, whole on request, the first rows on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from printed_county import CountyPlans
from test_web_browser import browser, pytestmark, without_scripts

from tripleaim.web import plans
from tripleaim.web.ui.tables import FIRST_ROWS

__all__ = ["browser", "pytestmark", "without_scripts"]

SOLUTIONS = "/places/somerset/solutions/"
EVERY = 20
"""Rows of the table of solutions."""


@pytest.fixture(autouse=True)
def _county() -> None:
    plans.use(CountyPlans())


def test_a_long_table_scrolls_below_its_header_until_all_rows_are_asked_for_without_scripts(
    without_scripts: Page, site: str
) -> None:
    page = without_scripts
    page.goto(site + SOLUTIONS)
    box = page.get_by_role("region", name="Solutions: savings in 2020/21, £m")
    header, last = box.get_by_role("columnheader").first, box.get_by_role("row").last
    assert box.bounding_box()["height"] <= 0.75 * 844  # type: ignore[index]
    expect(last).not_to_be_in_viewport()

    box.focus()
    page.keyboard.press("End")
    expect(last).to_be_in_viewport()
    expect(header).to_be_in_viewport()

    page.get_by_label(f"Show all {EVERY} rows at once").focus()
    page.keyboard.press("Space")
    assert box.evaluate("e => e.scrollHeight <= e.clientHeight + 1")


def test_paper_has_the_first_rows_and_says_so_or_all_where_they_are_shown(
    browser: Browser, site: str
) -> None:
    page = browser.new_page()
    page.goto(site + SOLUTIONS)
    rows = page.get_by_role("region", name="Solutions: savings").locator("tbody tr")
    said = page.get_by_text(f"This paper has the first {FIRST_ROWS} of {EVERY} rows.")
    page.emulate_media(media="print")
    expect(rows.locator("visible=true")).to_have_count(FIRST_ROWS)
    expect(said).to_be_visible()

    page.emulate_media(media="screen")
    expect(said).to_be_hidden()
    page.get_by_label(f"Show all {EVERY} rows at once").check()
    page.emulate_media(media="print")
    expect(rows.locator("visible=true")).to_have_count(EVERY)
    expect(said).to_be_hidden()
    page.close()


def test_paper_names_what_is_folded(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + "/places/county/activity/")
    folded = page.locator("details:not([open])").first
    page.emulate_media(media="print")
    expect(folded.locator("summary")).to_be_visible()
    after = folded.locator("summary").evaluate("e => getComputedStyle(e, '::after').content")
    assert after == '" (folded on the page)"'
    page.close()
