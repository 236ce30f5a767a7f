"""From a file to a plan in a browser: accessible, quiet, on a phone too; and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import new_place_files as files
import pytest
from django.test import Client, override_settings
from playwright.sync_api import Browser, Error, Page, expect
from test_web_browser import browser, faults_here, faults_of, pytestmark

from tripleaim.core import USUAL_SEED
from tripleaim.jobs import jobs_of, stop
from tripleaim.web import plans
from tripleaim.web.plans import PlanFolder
from waiting import wait

__all__ = ["browser", "pytestmark"]


@pytest.fixture(autouse=True)
def data(tmp_path: Path) -> Iterator[Path]:
    plans.use(PlanFolder(tmp_path / "data"))
    with override_settings(TRIPLEAIM_RUNS="local", TRIPLEAIM_UPLOADS="local"):
        yield tmp_path / "data"
    for job in jobs_of(tmp_path / "data", "northvale"):
        stop(job)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.xlsx"
    file.write_bytes(files.as_workbook(files.hamlet_rows()))
    return file


def _send(page: Page, site: str, name: str, file: Path | None) -> None:
    page.goto(f"{site}/new/")
    page.get_by_label("Name of the place").fill(name)
    if file:
        page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="See what is understood").click()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_form_and_what_was_understood_are_accessible(
    browser: Browser, site: str, people: Path, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    faults = faults_of(page, [], [f"{site}/new/", f"{site}/"], width)
    _send(page, site, "7", None)
    expect(page.get_by_role("alert")).to_contain_text("begin the name with a letter")
    faults += faults_here(page, width)
    _send(page, site, "Northvale", people)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Is this Northvale?")
    faults += faults_here(page, width)
    page.close()
    assert faults == []


def test_from_a_file_to_the_plan_on_a_phone(
    browser: Browser, site: str, data: Path, people: Path, client: Client
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    _send(page, site, "Northvale", people)
    page.get_by_role("button", name="Build the plan").click()
    expect(page).to_have_url(re.compile("/building/northvale/|/places/northvale/"))
    # The page follows how far it is by itself, and goes to the plan at the end.
    expect(page).to_have_url(f"{site}/places/northvale/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Will Northvale balance")
    assert faults_of(page, [], [f"{site}/"], 390) == []
    page.close()
    assert list((data / ".uploads").iterdir()) == []
    (job,) = jobs_of(data, "northvale")
    assert (job.order.kind, job.order.seed, job.report.state) == ("plan", USUAL_SEED, "done")
    assert job.result.read_bytes() == (data / "northvale" / "plan.json").read_bytes()
    there = "/places/northvale/"
    watched = client.get("/building/northvale/", headers={"hx-request": "true"})
    assert watched.headers["HX-Redirect"] == there
    listed = client.get(f"{there}runs/").content.decode()
    assert "The plan of a place" in listed
    assert 'name="kind" value="plan"' not in listed
    assert client.get(f"{there}runs/{job.order.id}/").status_code == 200
    assert client.get(f"{there}runs/{job.order.id}/result/").headers["Location"] == there


def test_without_scripts_the_building_is_watched_and_stopped(
    browser: Browser, site: str, data: Path, people: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    _send(page, site, "Northvale", people)
    page.get_by_role("button", name="Build the plan").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    (job,) = jobs_of(data, "northvale")

    def stopped() -> bool:
        # The page comes again by itself every two seconds, and may swallow a press.
        with suppress(Error):
            page.get_by_role("button", name="Stop").click(timeout=1000)
        return job.report.state == "stopped"

    wait(stopped)
    page.goto(f"{site}/building/northvale/")
    expect(page.get_by_text("It was stopped")).to_be_visible()
    expect(page.get_by_role("button", name="Build the plan")).to_be_visible()
    _send(page, site, "Northvale", people)
    expect(page.get_by_role("alert")).to_contain_text("build it at /building/northvale/")
    context.close()
