"""The value of each mark of a picture, read in a browser: by pointer, finger and arrow keys."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from printed_county import CountyPlans
from test_web_browser import browser, faults_of, pytestmark

from tripleaim.web import plans
from tripleaim.web.pages.people.pictures import MapArea, deprivation_map

__all__ = ["browser", "pytestmark"]

PLAN = "/places/somerset/"
FIRST = "Values in this picture"


@pytest.fixture(autouse=True)
def _county() -> None:
    plans.use(CountyPlans())


def _readout(page: Page, at: int = 0) -> Locator:
    return page.get_by_role("slider", name=FIRST).nth(at)


def test_arrow_keys_lead_along_a_line_and_between_lines(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + PLAN)
    readout = _readout(page)
    expect(readout).to_contain_text("press arrow keys")
    readout.focus()
    heard = []
    for key in ("Home", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        heard.append(readout.inner_text())
        expect(readout).to_have_attribute("aria-valuetext", heard[-1])
    names = [text.partition(", 20")[0] for text in heard]
    assert names[0] == names[1] == names[3]
    assert names[2] != names[1]
    assert [re.findall(r"20\d\d/\d\d", text)[0] for text in heard] == [
        "2016/17", "2017/18", "2017/18", "2017/18", "2016/17", "2016/17",
    ]  # fmt: skip
    page.keyboard.press("End")
    expect(readout).to_have_attribute("aria-valuenow", readout.get_attribute("aria-valuemax") or "")
    # A chart is one stop of the tabulator: the next is no mark of it.
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('svg, .ta-readout')")
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_value_is_read_under_pointer_and_finger(browser: Browser, site: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(site + PLAN)
    group = page.locator('svg:visible [data-name="Do nothing"]').first
    group.scroll_into_view_if_needed()
    mark = group.locator("path").last.bounding_box()
    assert mark
    x, y = mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2
    expected = "Do nothing, 2020/21: £174.6m short"
    page.mouse.move(x + 1, y + 1)
    expect(_readout(page)).to_have_text(expected)
    expect(page.locator(".ta-mark")).to_have_count(1)
    page.mouse.move(0, 0)
    page.reload()
    group.scroll_into_view_if_needed()
    mark = group.locator("path").last.bounding_box()
    assert mark
    x, y = mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2
    expect(_readout(page)).to_contain_text("press arrow keys")
    page.touchscreen.tap(x, y)
    expect(_readout(page)).to_have_text(expected)
    assert faults_of(page, [], [site + PLAN], width) == []
    context.close()


def test_the_inner_bar_is_read_where_bars_lie_on_each_other(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + PLAN + "solutions/")
    for basis in ("As claimed", "After overlap"):
        bars = page.locator(f'svg:visible [data-name="{basis}"]').first
        bars.scroll_into_view_if_needed()
        box = bars.locator("path").first.bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2)
        expect(_readout(page)).to_contain_text(f"{basis}, ")
    page.close()


def test_without_scripts_and_on_paper_there_is_no_readout(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + PLAN)
    expect(page.locator("svg [data-values]").first).to_be_attached()
    expect(page.locator(".ta-readout")).to_have_count(0)
    context.close()
    page = browser.new_page()
    page.goto(site + PLAN)
    page.emulate_media(media="print")
    expect(_readout(page)).to_be_hidden()
    page.close()


SQUARES = {
    "lsoas": {
        f"E0{i}": [[[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]]
        for i, (x, y) in enumerate([(0, 0), (1, 0), (0, 1), (1, 1)])
    }
}
"""Four areas: south-west, south-east, north-west, north-east."""


def test_a_map_is_read_in_the_direction_of_the_arrow_keys(browser: Browser, site: str) -> None:
    shown = {
        code: MapArea(i + 1, f"{code}: fifth {i + 1}") for i, code in enumerate(SQUARES["lsoas"])
    }
    picture = deprivation_map(json.dumps(SQUARES), shown, "Map", "d")
    assert picture.narrow == ""
    page = browser.new_page()
    page.route(
        "**/places/somerset/people/",
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            body=answer.text().replace(
                "</main>", f'<figure class="ta-picture"><div>{picture.wide}</div></figure></main>'
            ),
        ),
    )
    page.goto(site + PLAN + "people/")
    readout = page.get_by_role("slider", name=FIRST).last
    readout.focus()
    heard = []
    for key in ("Home", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "ArrowDown", "PageDown"):
        page.keyboard.press(key)
        heard.append(readout.inner_text()[:3])
    assert heard == ["E00", "E01", "E03", "E02", "E00", "E00", "E01"]
    expect(page.locator("svg path.ta-mark")).to_have_count(1)
    area = page.locator("[data-areas] path").nth(3)
    area.hover()
    expect(readout).to_have_text("E03: fifth 4")
    assert page.locator("path.ta-mark").get_attribute("d") == area.get_attribute("d")
    page.close()
