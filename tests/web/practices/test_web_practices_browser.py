"""Pages of practices in a browser: accessible, within their width, the table sorts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from test_web_browser import browser, faults_of, pytestmark

from data_folders import linked
from tripleaim.web import plans
from tripleaim.web.plans import PlanFolder

__all__ = ["browser", "pytestmark"]

PRACTICES = "/places/northamptonshire/people/practices/"


@pytest.fixture(autouse=True)
def _northamptonshire(northamptonshire_run: Path, tmp_path: Path) -> None:
    linked(northamptonshire_run, tmp_path / "northamptonshire")
    plans.use(PlanFolder(tmp_path))


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_of_practices_are_accessible_and_within_their_width(
    browser: Browser, site: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    addresses = [site + PRACTICES, f"{site}{PRACTICES}K83002/"]
    faults = faults_of(page, [], addresses, width)
    page.close()
    assert faults == []


def test_the_largest_practice_comes_first_once_the_table_is_sorted_by_people(
    browser: Browser, site: str
) -> None:
    page = browser.new_page()
    page.goto(site + PRACTICES)
    people = page.get_by_role("columnheader", name="People on the list").get_by_role("button")
    people.click()
    expect(page.locator("tbody tr").first).to_contain_text("39,319")
    page.locator("tbody tr").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lakeside Healthcare")
    page.close()
