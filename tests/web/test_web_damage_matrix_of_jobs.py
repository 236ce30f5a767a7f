"""Every file of the jobs of prevention and of the back-test, damaged in every way.

Each page that shows what they left is as before, or is a refusal that names the file; none is 500.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from listed_pages import OF_PREVENTION
from prevention_county import PreventionPlans
from sample_runs import RunsPlans, backtest, finished
from tests.damages import DAMAGES, damaged

from tripleaim.jobs import Job
from tripleaim.web import plans


@dataclass(frozen=True)
class Shown:
    """A job, the pages of its place that show it, and the pages of its run alone."""

    job: Job
    home: str
    newest: tuple[str, ...]
    named: tuple[str, ...]


def of_prevention(folder: Path) -> Shown:
    source = PreventionPlans(folder)
    plans.use(source)
    newest = tuple(page for page in OF_PREVENTION if "?" not in page and "backtest" not in page)
    named = (f"outcomes/run/{source.job.order.id}/",)
    return Shown(source.job, "/places/county/", newest, named)


def of_the_backtest(folder: Path) -> Shown:
    plans.use(RunsPlans(folder))
    job = finished(folder, "backtest", backtest(), draws_of=100)
    return Shown(job, "/places/somerset/", ("outcomes/backtest/",), (f"runs/{job.order.id}/",))


UNFINISHED = ("report.json", "missing")
"""A job without a report has not begun: its run has no page yet."""

JOBS = {"prevention": of_prevention, "backtest": of_the_backtest}


@pytest.mark.parametrize("kind", JOBS)
def test_each_damage_of_a_job_is_told_where_its_result_was_shown(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = JOBS[kind](tmp_path / "data")
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    (tmp_path / "aside").mkdir()
    pages = [f"{shown.home}{page}" for page in (*shown.newest, *shown.named)]
    assert {client.get(page).status_code for page in pages} == {200}
    wrong: list[str] = []
    tried = told = 0
    for path in sorted(one for one in shown.job.folder.rglob("*") if one.is_file()):
        for damage in DAMAGES:
            with damaged(path, damage, other=b"{}", aside=tmp_path / "aside") as another:
                if not another:
                    continue
                tried += 1
                for page in pages:
                    answer = client.get(page)
                    body = answer.content.decode()
                    told += answer.status_code == 503
                    if answer.status_code not in (200, 404, 503):
                        wrong.append(f"{path.name}, {damage}: {page} is {answer.status_code}")
                    elif answer.status_code == 503 and path.name not in body:
                        wrong.append(f"{path.name}, {damage}: {page} does not name it")
                    elif (answer.status_code, (path.name, damage)) == (404, UNFINISHED):
                        assert page not in {shown.home + one for one in shown.newest}
                    elif answer.status_code == 404 and "/outcomes/" in page:
                        wrong.append(f"{path.name}, {damage}: {page} is not there")
    with capsys.disabled():
        print(f" {tried} damages, {told} answers of 503", end="")
    assert wrong == []
    assert tried > 20
    assert told > 0
    assert {client.get(page).status_code for page in pages} == {200}
