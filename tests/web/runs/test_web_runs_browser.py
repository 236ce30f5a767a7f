"""Long jobs, the back-test and the plan's range in a browser: accessible, and without scripts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Error, Page, expect
from sample_runs import RunsPlans, backtest, finished, with_futures
from test_web_browser import browser, faults_of, pytestmark

from tripleaim.jobs import Job, jobs_of, order, start, stop
from tripleaim.jobs.folder import Report
from tripleaim.place import load
from tripleaim.web import plans
from waiting import paused, wait

__all__ = ["browser", "pytestmark"]

HOME = "/places/somerset/"
LONGEST_STEP = "building the people of the first year"
"""What a back-test says that it is at for two thirds of its time."""


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    plans.use(RunsPlans(tmp_path))
    with override_settings(TRIPLEAIM_RUNS="local"):
        yield tmp_path
    for job in jobs_of(tmp_path, "somerset"):
        stop(job)


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_of_long_jobs_are_accessible_quiet_and_within_their_width(
    browser: Browser, site: str, data: Path, width: int
) -> None:
    runs = f"{HOME}runs/"
    before = [f"{HOME}futures/", f"{HOME}outcomes/backtest/", runs]
    faults = _faults(browser, site, before, width)
    tested = finished(data, "backtest", backtest(), draws_of=100)
    failed = finished(data, "backtest", backtest(), draws_of=200)
    failed.write(Report("failed", "counting", 0.3, 0.0, 1.0, 0, "expected a year"))
    with_futures(data)
    at_work = Job.of(data, order(load("somerset"), "backtest", 7, {"draws": 10_000}))
    at_work.place_order()
    after = [
        *(HOME, f"{HOME}futures/", f"{HOME}outcomes/backtest/", runs),
        *(f"{runs}{job.order.id}/" for job in (tested, failed, at_work)),
        f"{runs}{tested.order.id}/result/",
    ]
    with at_work.locked():  # as its worker does as long as it is at work
        at_work.write(Report("running", "counting", 0.4, 0.0, 1.0, os.getpid()))
        assert at_work.report.state == "running"
        faults += _faults(browser, site, after, width)
    assert faults == []
    (failed.folder / "order.json").write_text("{", encoding="utf-8")
    damaged = f"{runs}{failed.order.id}/"
    (of_its_answer,) = _faults(browser, site, [damaged], width)  # else the page is without fault
    assert of_its_answer[0] == site + damaged
    assert "the server responded with a status of 503" in of_its_answer[1]


def _faults(browser: Browser, site: str, addresses: list[str], width: int) -> list[tuple[str, str]]:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page, heard = context.new_page(), list[str]()
    page.on("console", lambda m: heard.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: heard.append(str(fault)))
    faults = faults_of(page, heard, [site + address for address in addresses], width)
    context.close()
    return faults


def test_a_reader_without_scripts_starts_a_job_watches_stops_and_starts_it_again(
    browser: Browser, site: str, data: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{site}{HOME}outcomes/backtest/")
    page.get_by_label("Draws of each forecast").fill("7")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("alert")).to_contain_text("whole number from 100 to 10,000")
    draws = page.locator("#backtest-draws")
    expect(draws).to_have_value("7")
    draws.fill("10000")
    page.locator("form", has=draws).get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("compared with what followed")
    expect(page.get_by_role("progressbar")).to_be_visible()
    (job,) = jobs_of(data, "somerset")
    wait(lambda: job.report.what == LONGEST_STEP)
    with paused(job.report.process):
        # The page comes again by itself, with what is done by then, and may swallow a press.
        expect(page.get_by_text(LONGEST_STEP, exact=False)).to_be_visible()
    _press(page, "Stop", lambda: job.report.state == "stopped")
    page.goto(f"{site}{HOME}runs/{job.order.id}/")
    expect(page.get_by_text("It was stopped")).to_be_visible()
    _press(page, "Start again", lambda: job.report.state == "running")
    page.goto(f"{site}{HOME}runs/{job.order.id}/")
    expect(page.get_by_role("progressbar")).to_be_visible()
    context.close()
    assert [job.order.settings["draws"] for job in jobs_of(data, "somerset")] == [10_000]


def _press(page: Page, button: str, so: Callable[[], bool]) -> None:
    """Press a button until what it asks for is so."""

    def is_so() -> bool:
        if not so():
            with suppress(Error):
                page.get_by_role("button", name=button).click(timeout=1000)
        return so()

    wait(is_so)


def test_where_scripts_run_progress_moves_alone_and_the_result_follows(
    browser: Browser, site: str, data: Path
) -> None:
    job = start(data, order(load("somerset"), "backtest", 7, {"draws": 10_000}))
    context = browser.new_context()
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda m: heard.append(m.text) if m.type in ("error", "warning") else None)
    page.goto(f"{site}{HOME}runs/{job.order.id}/")
    stopping = page.get_by_role("button", name="Stop")
    stopping.focus()
    wait(lambda: job.report.what == LONGEST_STEP)
    with paused(job.report.process):
        expect(page.get_by_text(LONGEST_STEP, exact=False)).to_be_visible()
    expect(stopping).to_be_focused()
    stop(job)
    expect(page.get_by_text("It was stopped")).to_be_visible()
    # As if it had gone on to its end while somebody looked.
    with job.locked():
        job.write(Report("running", "counting", 0.9, 0.0, 1.0, 0))
        page.reload()
        expect(page.get_by_role("progressbar")).to_be_visible()
        job.result.write_text(backtest().model_dump_json(), encoding="utf-8")
        job.write(Report("done", "counting", 1.0, 0.0, 1.0, 0))
        expect(page).to_have_url(re.compile(f"runs/{job.order.id}/result/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("predicted what happened")
    assert heard == []
    context.close()


def test_they_print_on_a4(browser: Browser, site: str, data: Path, tmp_path: Path) -> None:
    with_futures(data)
    finished(data, "backtest", backtest(), draws_of=100)
    page = browser.new_page(viewport={"width": 680, "height": 1000})
    page.emulate_media(media="print")
    for path in ("futures/", "outcomes/backtest/", "runs/"):
        page.goto(f"{site}{HOME}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 680, path
    assert page.pdf(path=tmp_path / "page.pdf", format="A4").startswith(b"%PDF")
    page.close()
