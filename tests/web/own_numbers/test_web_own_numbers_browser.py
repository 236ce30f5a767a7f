"""Set, build, undo in a browser on a phone, without scripts; and accessible, wide and narrow."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect
from test_web_browser import browser, faults_here, faults_of, pytestmark

from tripleaim.core import RunContext
from tripleaim.data_folder import FOOTPRINTS
from tripleaim.jobs import jobs_of, stop
from tripleaim.place import entries_of, load
from tripleaim.plan import run_plan
from tripleaim.web import plans
from tripleaim.web.plans import PlanFolder

__all__ = ["browser", "pytestmark"]

HOME = "/places/hamlet/"
FIGURE = "figures/spend-per-head.acute/"


@pytest.fixture
def data(hamlet: Path, tmp_path: Path) -> Iterator[Path]:
    """A data folder with a place that a page has made, and its plan."""
    data = tmp_path / "data"
    footprint = Path(shutil.copytree(hamlet, data / FOOTPRINTS / "hamlet"))
    run_plan(load(footprint), RunContext(7), data / "hamlet")
    plans.use(PlanFolder(data))
    with override_settings(TRIPLEAIM_RUNS="local", TRIPLEAIM_UPLOADS="local"):
        yield data
    for job in jobs_of(data, "hamlet"):
        stop(job)


def reader(browser: Browser) -> Page:
    """A new reader on a phone, without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    return context.new_page()


def test_a_number_is_set_built_and_undone_without_scripts(
    browser: Browser, site: str, data: Path
) -> None:
    page = reader(browser)
    page.goto(f"{site}{HOME}{FIGURE}")
    page.get_by_role("link", name="Use your own number").click()
    page.get_by_role("button", name="Use this number").click()
    expect(page.get_by_text("Type your number").first).to_be_visible()
    for label, text in (
        ("Your number", "650"),
        ("Where it comes from", "the finance team"),
        ("Your name", "A. Analyst"),
        ("Why it is better than the official number", "the year has ended"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Use this number").click()
    expect(page).to_have_url(f"{site}{HOME}own-numbers/")
    expect(page.get_by_role("cell", name="630")).to_be_visible()
    expect(page.get_by_text("have changed since this plan was made")).to_be_visible()
    page.get_by_role("button", name="Build the plan again").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The plan of Hamlet")
    page.context.close()  # the page comes again by itself every two seconds
    for job in jobs_of(data, "hamlet"):  # what a page starts takes turns; the same is built here
        stop(job)
    run_plan(load(data / FOOTPRINTS / "hamlet"), RunContext(7), data / "hamlet")
    page = reader(browser)  # who has kept no page
    page.goto(f"{site}{HOME}{FIGURE}")
    expect(page.get_by_text("have changed since this plan was made")).to_have_count(0)
    expect(page.get_by_text("the official value is 630")).to_be_visible()
    page.goto(f"{site}{HOME}own-numbers/")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone 20")).to_be_visible()
    expect(page.get_by_role("button", name="Build the plan again")).to_be_visible()
    page.context.close()
    (entry,) = entries_of(load(data / FOOTPRINTS / "hamlet").files)
    assert (entry.value, entry.replaces, bool(entry.undone)) == ("650", "630", True)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_own_numbers_are_accessible(
    browser: Browser, site: str, data: Path, width: int
) -> None:
    assert data.is_dir()
    page = browser.new_page(viewport={"width": width, "height": 844})
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    form = "own-numbers/set/?file=population.csv&row=age%3D5%3B+sex%3Dmale&column=population"
    pages = ("own-numbers/", "own-numbers/set/", "own-numbers/set/?file=population.csv", form)
    faults = faults_of(page, heard, [f"{site}{HOME}{one}" for one in pages], width)
    page.get_by_role("button", name="Use this number").click()
    faults += faults_here(page, width)
    for label, text in (
        ("Your number", "20"),
        ("Where it comes from", "the list"),
        ("Your name", "A. Analyst"),
        ("Why it is better than the official number", "counted"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Use this number").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    faults += faults_here(page, width)
    page.close()
    assert faults == []
