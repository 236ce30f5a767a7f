"""The what-if and the assumptions while a value is changed, in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from printed_county import CountyPlans
from test_web_browser import browser, faults_of, pytestmark, violations

from tripleaim.web import plans

__all__ = ["browser", "pytestmark"]

SOLUTION = "/places/county/solutions/falls-prevention/"
ASSUMPTIONS = "/places/county/scenario/assumptions/"
AT_40 = "/places/county/s/falls-prevention.c.u40/solutions/falls-prevention/?was="


@pytest.fixture(autouse=True)
def _county(_sample_plans: None) -> None:
    plans.use(CountyPlans())


def _opened(browser: Browser, address: str, width: int = 1280) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 844}, has_touch=True).new_page()
    page.goto(address)
    return page


def test_a_typed_value_shows_the_new_gap_and_its_address_without_leaving_the_page(
    browser: Browser, site: str
) -> None:
    page = _opened(browser, site + SOLUTION)
    page.evaluate("() => { document.body.dataset.stayed = 'yes' }")
    page.get_by_label("Uptake", exact=True).fill("40")
    panel = page.locator(".ta-live")
    expect(panel).to_contain_text(re.compile(r"Gap in 2020/21: £[\d.]+m short, was £[\d.]+m short"))
    expect(panel).to_contain_text("What changed: solutions save")
    expect(page).to_have_url(site + AT_40)
    expect(page).to_have_title(re.compile("1 solution changed"))
    expect(page.locator("#this-scenario")).to_contain_text("Undo the last change")
    gap = panel.locator("p").first.inner_text()
    expect(page.locator("form + [role=status]")).to_have_text(gap)
    assert page.evaluate("document.body.dataset.stayed") == "yes"
    # The menu leads on with the change, and the page that it stands for says the same.
    money = page.get_by_role("navigation", name="Menu").get_by_role("link", name="Money")
    expect(money).to_have_attribute("href", "/places/county/s/falls-prevention.c.u40/money/")
    panel.get_by_role("link", name="See the whole plan with this change").click()
    expect(page).to_have_url(site + "/places/county/s/falls-prevention.c.u40/")
    page.goto(site + AT_40)
    strong = re.findall(r"Gap in [^.]*\.\d[^.]*\.\dm short\.", gap)
    expect(page.locator("#gap-now")).to_contain_text(strong[0])
    page.context.close()


def test_a_slider_moves_by_keyboard_and_one_step_back_undoes_one_change(
    browser: Browser, site: str
) -> None:
    page = _opened(browser, site + SOLUTION)
    field = page.get_by_label("Uptake", exact=True)
    given = int(field.input_value())
    slider = page.get_by_role("slider", name="Uptake, slider")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(field).to_have_value(str(given + 3))
    expect(page).to_have_url(re.compile(rf"falls-prevention\.c\.u{given + 3}/"))
    expect(page.locator("form + [role=status]")).to_contain_text("Gap in 2020/21")
    page.get_by_label("Start", exact=True).select_option("2019/20")
    expect(page).to_have_url(re.compile(r"\.s2019/"))
    page.go_back()
    expect(page).to_have_url(re.compile(rf"falls-prevention\.c\.u{given + 3}/"))
    expect(page.get_by_label("Uptake", exact=True)).to_have_value(str(given + 3))
    expect(page.get_by_label("Start", exact=True)).not_to_have_value("2019/20")
    page.go_back()
    expect(page).to_have_url(site + SOLUTION)
    expect(page.get_by_label("Uptake", exact=True)).to_have_value(str(given))
    page.context.close()


def test_the_result_follows_a_slider_before_it_is_let_go(browser: Browser, site: str) -> None:
    page = _opened(browser, site + SOLUTION)
    slider = page.get_by_role("slider", name="Uptake, slider")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, y, steps=4)
    panel = page.locator(".ta-live")
    expect(panel).to_contain_text("Gap in 2020/21")
    held = int(page.get_by_label("Uptake", exact=True).input_value())
    assert held == pytest.approx(50, abs=5)
    expect(page).to_have_url(re.compile(rf"\.u{held}/"))
    page.mouse.up()
    page.context.close()


def test_a_wrong_value_is_said_beside_its_field_and_the_last_result_stays(
    browser: Browser, site: str
) -> None:
    page = _opened(browser, site + SOLUTION)
    field = page.get_by_label("Uptake", exact=True)
    field.fill("40")
    panel = page.locator(".ta-live")
    expect(panel).to_contain_text("Gap in")
    last = panel.inner_text()
    field.fill("140")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        re.compile("Uptake must be a number from 0 to 100")
    )
    expect(page.locator("form + [role=status]")).to_contain_text("Uptake must be a number")
    assert panel.inner_text() == last
    assert page.url == site + AT_40
    field.fill("41")
    expect(page.locator(".nhsuk-error-message")).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(page).to_have_url(re.compile(r"\.u41/"))
    page.context.close()


def test_who_types_a_value_of_their_own_has_chosen_it_and_may_choose_otherwise(
    browser: Browser, site: str
) -> None:
    page = _opened(browser, site + SOLUTION)
    own = page.get_by_label("A value of your own", exact=True).last
    own.fill("5")
    expect(page.get_by_role("radio", name="A value of your own")).to_be_checked()
    expect(page).to_have_url(re.compile(r"\.o\.v0-05/"))
    page.get_by_label("Leave it out").check()
    expect(own).to_have_value("")
    expect(page).to_have_url(re.compile(r"falls-prevention\.x/"))
    page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_an_assumption_moves_the_gap_at_once_and_the_panel_hides_no_field(
    browser: Browser, site: str, width: int
) -> None:
    page = _opened(browser, site + ASSUMPTIONS, width)
    field = page.locator('[id="inflation.provider-cost"]')
    field.fill("3.3")
    panel = page.locator(".ta-live")
    expect(panel).to_contain_text("if nothing is done the gap is")
    expect(page).to_have_url(
        re.compile(r"s/set\.inflation\.provider-cost\.3-3/scenario/assumptions/")
    )
    at, over = field.bounding_box(), panel.bounding_box()
    assert at
    assert over
    assert at["y"] + at["height"] <= over["y"]
    slider = page.get_by_role("slider", name="Inflation of providers’ costs, slider").or_(
        field.locator("xpath=../..").get_by_role("slider")
    )
    slider.first.tap()
    expect(page).not_to_have_url(re.compile(r"provider-cost\.3-3/"))
    assert faults_of(page, [], [page.url], width) == []
    page.context.close()


def test_the_page_with_its_panel_is_accessible(browser: Browser, site: str) -> None:
    page = _opened(browser, site + SOLUTION)
    page.get_by_label("Uptake", exact=True).fill("40")
    expect(page.locator(".ta-live")).to_be_visible()
    page.get_by_label("Uptake", exact=True).fill("x")
    expect(page.locator(".nhsuk-error-message")).to_be_visible()
    assert violations(page) == []
    page.context.close()


def test_without_scripts_the_form_and_its_button_do_it(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + ASSUMPTIONS)
    expect(page.get_by_role("slider")).to_have_count(0)
    page.locator('[id="inflation.provider-cost"]').fill("3.3")
    page.get_by_role("button", name="See the plan with these assumptions").click()
    expect(page).to_have_url(re.compile(r"s/set\.inflation\.provider-cost\.3-3/\?was="))
    expect(page.locator("#gap-now")).to_contain_text("Gap in 2020/21")
    context.close()
