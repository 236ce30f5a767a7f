"""Tables sorted in a browser: by pointer and by key, and as they were without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from printed_county import CountyPlans
from test_web_browser import browser, faults_of, pytestmark

from tripleaim.web import plans
from tripleaim.web.ui.sort_keys import sort_keys

__all__ = ["browser", "pytestmark"]

SOLUTIONS = "/places/somerset/solutions/"
LINES = "/places/county/money/"


@pytest.fixture(autouse=True)
def _county() -> None:
    plans.use(CountyPlans())


def _column(table: Locator, at: int) -> list[str]:
    return table.locator("tbody tr").evaluate_all(
        "(rows, at) => rows.map(row => row.cells[at].innerText)", at
    )


def _amount(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-").strip())


def test_a_header_sorts_up_down_and_back_by_keyboard_alone(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + SOLUTIONS)
    table = page.locator(".ta-table").first
    given = _column(table, 0)
    header = table.get_by_role("columnheader", name="Solution")
    header.get_by_role("button").focus()

    page.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "ascending")
    assert _column(table, 0) == sorted(given, key=str.casefold)
    expect(page.locator(".ta-table + [role=status]").first).to_have_text(
        "Sorted by Solution, A to Z"
    )
    page.keyboard.press("Space")
    expect(header).to_have_attribute("aria-sort", "descending")
    assert _column(table, 0) == sorted(given, key=str.casefold, reverse=True)
    page.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") is None
    assert _column(table, 0) == given
    expect(header.get_by_role("button")).to_be_focused()
    page.close()


def test_amounts_sort_as_amounts_and_only_one_column_says_that_it_is_sorted(
    browser: Browser, site: str
) -> None:
    page = browser.new_page()
    page.goto(site + SOLUTIONS)
    table = page.locator(".ta-table").first
    headers = table.get_by_role("columnheader").all_inner_texts()
    claimed = headers.index("As claimed")
    table.get_by_role("button", name="Solution").click()
    table.get_by_role("button", name="As claimed").click()
    amounts = [_amount(text) for text in _column(table, claimed) if text[-1].isdigit()]
    assert len(amounts) > 10
    assert amounts == sorted(amounts, reverse=True)
    assert table.locator("[aria-sort]").all_inner_texts() == [headers[claimed]]
    page.close()


def test_totals_stay_at_the_foot(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + LINES)
    table = page.locator(".ta-table", has=page.locator(".ta-total")).first
    table.evaluate("e => { e.closest('details')?.setAttribute('open', '') }")
    total = _column(table, 0)[-1]
    button = table.get_by_role("button").last
    for _ in range(3):
        button.click()
        assert _column(table, 0)[-1] == total
    page.close()


def test_what_is_not_known_comes_last_both_ways(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + SOLUTIONS + "?priority=2")
    table = page.locator(".ta-table").first
    # Amounts as pages write them, with the keys that the server gives them.
    texts = ["£1.2m", "not known", "under £50,000", "−£0.3m", "£300,000"]
    table.evaluate(
        """(box, cells) => [...box.querySelectorAll("tbody tr")].forEach((row, at) => {
          [row.cells[5].textContent, row.cells[5].dataset.sort] = cells[at];
        })""",
        list(zip(texts, sort_keys(texts, texts), strict=True)),
    )
    button = table.get_by_role("button", name="As claimed")
    button.click()
    assert _column(table, 5) == ["£1.2m", "£300,000", "under £50,000", "−£0.3m", "not known"]
    button.click()
    assert _column(table, 5) == ["−£0.3m", "under £50,000", "£300,000", "£1.2m", "not known"]
    page.close()


def test_a_filtered_table_can_be_sorted_too(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + SOLUTIONS)
    page.get_by_label("Priority").select_option("2")
    expect(page.get_by_text("These 5 of the plan's 20 solutions")).to_be_visible()
    table = page.locator(".ta-table").first
    expect(table.get_by_role("button", name="Solution")).to_have_count(1)
    table.get_by_role("button", name="Solution").click()
    names = _column(table, 0)
    assert names == sorted(names, key=str.casefold)
    page.close()


def test_without_scripts_a_table_has_no_buttons(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + SOLUTIONS)
    table = page.locator(".ta-table").first
    expect(table.get_by_role("button")).to_have_count(0)
    expect(table.get_by_role("columnheader", name="Solution")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_sorted_table_is_accessible_and_within_its_width(
    browser: Browser, site: str, width: int
) -> None:
    page: Page = browser.new_context(viewport={"width": width, "height": 844}).new_page()
    page.goto(site + SOLUTIONS)
    button = page.locator(".ta-table").first.get_by_role("button", name="Solution")
    button.click()
    assert (button.bounding_box() or {"height": 0})["height"] >= 24
    assert faults_of(page, [], [site + SOLUTIONS], width) == []
    page.context.close()
