"""In a browser: accessible on every page, wide and narrow; and every journey without scripts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from listed_pages import MISSING_DATA, OF_MONEY_AND_STAFF, OF_PREVENTION
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright
from prevention_county import PreventionPlans
from test_web_pages import PAGES

from tripleaim.web import plans
from waiting import LATEST

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser")) if p), None)
AUDITED = [
    *PAGES,
    *(f"/places/county/{path}" for path in OF_MONEY_AND_STAFF),
    "/places/county/activity/cut/",
    "/places/county/activity/cut/?by=provider&by=locality&year=2021/22&compare=do_nothing",
    *(f"/places/county/{path}" for path in OF_PREVENTION if "sort=" not in path),
    "/places/somerset/outcomes/",
    "/places/county/scenario/assumptions/",
    "/places/county/scenario/assumptions/set/?inflation.provider-cost=dear",
    "/places/somerset/s/falls.x/scenario/?name=Without+falls",
    "/places/county/search/?q=care",
    "/places/county/papers/",
    *(f"/places/somerset/{path}" for path in MISSING_DATA[:1]),
    "/nowhere/",
    "/places/somerset/solutions/falls/choose/?basis=own&uptake=140&start=2017/18&own=x",
]
TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map(one => one.id);
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}"""
"""A script that gives the ids that a page has more than once."""
LEFT = "net::ERR_ABORTED"
TALLEST = {1280: 7000, 390: 12000}
"""Pixels that no page is higher than, by the width of the window."""
A_TO_Z = "/glossary/"
"""A list in which one looks a word up by its letter may be longer."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: run make install"),
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> PreventionPlans:
    return PreventionPlans(tmp_path_factory.mktemp("data"))


@pytest.fixture(autouse=True)
def _both(both: PreventionPlans) -> None:
    plans.use(both)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        # A busy machine takes its time: what is waited for is a state, and it may come late.
        expect.set_options(timeout=LATEST * 1000)
        yield opened
        opened.close()


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def _failed(request: Request) -> list[str]:
    """What failed, but for what a browser drops itself when it goes on to another page."""
    return [] if request.failure == LEFT else [f"failed: {request.url} ({request.failure})"]


def _watched(context: BrowserContext) -> tuple[Page, list[str]]:
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda m: heard.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: heard.append(str(fault)))
    page.on("requestfailed", lambda request: heard.extend(_failed(request)))
    return page, heard


def violations(page: Page) -> list[str]:
    """What axe finds on a page as it is."""
    found: list[str] = page.evaluate(
        "async tags => {"
        + AXE.read_text("utf-8")
        + "; const r = await axe.run({runOnly: tags});"
        + "return r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')); }",
        TAGS,
    )
    return found


def faults_of(
    page: Page, heard: list[str], addresses: list[str], width: int
) -> list[tuple[str, str]]:
    """What axe finds on pages, what they say (it comes in `heard`), and which scroll sideways."""
    faults = []
    for address in addresses:
        heard.clear()
        page.goto(address)
        faults += faults_here(page, width)
        faults += [(address, said) for said in heard if "404" not in said]
    return faults


def faults_here(page: Page, width: int) -> list[tuple[str, str]]:
    """What axe finds on the page as it stands, and whether it scrolls sideways or is too long."""
    faults = [*violations(page), *(f"two have the id {one}" for one in page.evaluate(TWICE))]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        faults.append("scrolls sideways")
    height = page.evaluate("document.documentElement.scrollHeight")
    if height > TALLEST[width] and A_TO_Z not in page.url:
        faults.append(f"is {height} pixels high")
    return [(page.url, fault) for fault in faults]


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_accessible_quiet_and_within_its_width(
    browser: Browser, site: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page, heard = _watched(context)
    faults = faults_of(page, heard, [site + address for address in AUDITED], width)
    context.close()
    assert faults == []


def test_pages_use_a_sans_serif(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + "/places/somerset/")
    assert "Arial" in page.evaluate("getComputedStyle(document.body).fontFamily")
    page.close()


def test_a_reader_without_scripts_goes_from_the_plan_to_a_scenario_and_back(
    without_scripts: Page, site: str
) -> None:
    page = without_scripts
    page.goto(site + "/places/somerset/")
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Solutions").click()
    page.get_by_role("link", name="Preventing falls", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Preventing falls")
    page.get_by_label("Leave it out").check()
    page.get_by_role("button", name="See the plan with this change").click()
    expect(page).to_have_url(site + "/places/somerset/s/falls.x/")
    expect(page.get_by_label("Scenario")).to_contain_text("1 solution changed")
    page.get_by_role("link", name="Compare with the plan as printed").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("two scenarios")
    expect(page.get_by_role("cell", name="left out").first).to_be_visible()
    page.goto(site + "/places/somerset/s/falls.x/money/")
    page.get_by_role("link", name="Back to as printed").click()
    expect(page).to_have_url(site + "/places/somerset/money/")


def test_a_fault_in_the_form_is_summed_up_and_linked_to_its_field(
    browser: Browser, site: str
) -> None:
    page = browser.new_page()
    page.goto(site + "/places/somerset/solutions/falls/")
    page.get_by_label("Uptake", exact=True).fill("140")
    page.get_by_role("button", name="See the plan with this change").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("There is a problem")
    summary.get_by_role("link").click()
    expect(page.get_by_label("Uptake", exact=True)).to_be_focused()
    expect(page.get_by_label("Uptake", exact=True)).to_have_value("140")
    page.close()


def test_a_reader_without_scripts_finds_a_figure_and_its_source(
    without_scripts: Page, site: str
) -> None:
    page = without_scripts
    page.goto(site + "/places/somerset/figures/")
    main = page.get_by_role("main")
    main.get_by_label("Search").fill("opening")
    main.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Opening position: commissioner").click()
    expect(page.get_by_text("Solved so that the printed position is met.")).to_be_visible()


def test_a_reader_without_scripts_changes_the_payment_method(
    without_scripts: Page, site: str
) -> None:
    page = without_scripts
    page.goto(site + "/places/county/money/")
    page.get_by_role("navigation", name="Money").get_by_role("link", name="Incentives").click()
    page.get_by_label("Payment method").select_option("block")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".ta-answer")).to_contain_text("Under “Block”")
    expect(page.get_by_label("Payment method")).to_have_value("block")


def test_a_reader_without_scripts_follows_an_outcome_to_its_early_signs(
    without_scripts: Page, site: str
) -> None:
    page = without_scripts
    page.goto(site + "/places/county/outcomes/")
    page.get_by_role("navigation", name="Outcomes").get_by_role("link", name="Early signs").click()
    page.get_by_label("Outcome", exact=True).select_option("hip_fracture")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".ta-answer")).to_contain_text(
        "The first measure to change before hip fractures"
    )
    page.get_by_role("link", name="The lasting address of this page").click()
    expect(page).to_have_url(
        f"{site}/places/county/outcomes/run/{_run(page)}/leading/?outcome=hip_fracture"
    )
    page.get_by_role("navigation", name="Outcomes").get_by_role(
        "link", name="Effect by programme"
    ).click()
    expect(page).to_have_url(f"{site}/places/county/outcomes/run/{_run(page)}/attribution/")


def _run(page: Page) -> str:
    """The id of the run as the page says it."""
    return page.locator("#how-made + p code").first.inner_text()


def test_a_filter_acts_at_once_where_scripts_run(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page, heard = _watched(context)
    page.goto(site + "/places/somerset/solutions/")
    page.get_by_label("Priority").select_option("2")
    expect(page.get_by_text("These 5 of the plan's 20 solutions")).to_be_visible()
    expect(page).to_have_url(
        site
        + "/places/somerset/solutions/?priority=2&owner=&maturity="
        + "&class=&design=&directness=&bias=&sort=claim"
    )
    assert heard == []
    context.close()


def test_the_first_column_stays_while_a_table_scrolls(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(site + "/places/somerset/solutions/")
    box = page.get_by_role("region", name="Solutions: savings in 2020/21, £m")
    box.evaluate("e => { e.scrollLeft = 200 }")
    cell = box.get_by_role("rowheader").first
    left = cell.evaluate("e => e.getBoundingClientRect().left")
    assert left == pytest.approx(box.evaluate("e => e.getBoundingClientRect().left"), abs=2)
    page.close()


def test_the_plan_prints_on_a4(browser: Browser, site: str, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 680, "height": 1000})
    page.emulate_media(media="print")
    printed = ("solutions/", "activity/", "people/", "audit/", "")
    for address in (
        *(f"/places/county/{path}" for path in OF_MONEY_AND_STAFF),
        *(f"/places/county/{path}" for path in OF_PREVENTION if "?" not in path),
        *(f"/places/somerset/{path}" for path in printed),
    ):
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 680, address
    assert page.pdf(path=tmp_path / "plan.pdf", format="A4").startswith(b"%PDF")
    expect(page.get_by_role("navigation", name="Menu")).to_be_hidden()
    page.close()


def test_a_scenario_that_is_named_can_be_chosen_for_comparison(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page, heard = _watched(context)
    page.goto(site + "/places/somerset/s/falls.x/scenario/")
    page.get_by_label("Name", exact=True).fill("Without falls")
    page.get_by_role("button", name="Name it").click()
    expect(page.get_by_text("Download “Without falls”")).to_be_visible()

    page.goto(site + "/places/somerset/compare/")
    page.get_by_label("The other scenario").select_option(label="Without falls")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What differs")
    expect(page.get_by_role("link", name="1 solution changed")).to_be_visible()

    # Another browser knows nothing of it.
    other = browser.new_context().new_page()
    other.goto(site + "/places/somerset/compare/")
    expect(other.get_by_label("The other scenario")).not_to_contain_text("Without falls")
    assert heard == []
    context.close()
    other.context.close()
