"""The page of the back-test: what is bad first, every number from the document."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from sample_runs import RunsPlans, backtest, finished

from tripleaim.backtest import LaterPart, PlanScorePart
from tripleaim.backtest.document import Backtest
from tripleaim.backtest.score import scores
from tripleaim.jobs import Job
from tripleaim.web import plans
from tripleaim.web.pages.outcomes.presenters import backtest as words_of
from tripleaim.web.pages.outcomes.presenters import backtest_later

PAGE = "/places/somerset/outcomes/backtest/"


@pytest.fixture
def job(tmp_path: Path) -> Job:
    plans.use(RunsPlans(tmp_path))
    return finished(tmp_path, "backtest", backtest(), draws_of=100)


def _body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_the_answer_says_first_where_a_naive_forecast_came_nearer() -> None:
    answer = words_of.answer(backtest())
    assert answer.startswith(
        "No: taken together, a straight line was nearer; for deaths and A&E a naive forecast was "
        "nearer; its 80% intervals contain too few values of deaths (0%) and A&E (50%)."
    )
    # By hand: (0.483 + 0.488 + 7.692 + 5.825 + 0.962 + 4.265 + 2.392) / 7 = 3.158.
    assert (
        "the error of 7 forecasts was 3.2% on average. The error of the last known value was"
        in answer
    )
    assert "What happened fell within the 80% interval in 57% of them" in answer


def test_a_good_result_is_never_described_as_bad() -> None:
    forecasts = tuple(f for f in backtest().forecasts if f.group == "people")
    good = backtest().model_copy(update={"forecasts": forecasts, "scores": scores(forecasts)})
    assert words_of.answer(good).startswith(
        "From 2013/14 on, without later data, the error of 2 forecasts"
    )


def test_the_line_is_set_against_the_same_forecasts_as_have_one() -> None:
    document = backtest()
    lined = [f for f in document.forecasts if f.straight_line is not None]
    ours = 100 * sum(abs(f.interval.central / (f.actual or 1) - 1) for f in lined) / len(lined)
    assert f"Where a straight line can be drawn, {ours:.1f}% against" in words_of.answer(document)


@pytest.mark.usefixtures("job")
def test_the_group_with_the_worst_result_is_shown_by_default(client: Client) -> None:
    assert '<option value="deaths" selected>' in _body(client, PAGE)
    body = _body(client, f"{PAGE}?group=registers")
    assert "Somerset CCG: CHD" in body
    assert "Male 0-4" not in body
    assert "Male 0-4" in _body(client, f"{PAGE}?group=all")


def test_series_are_sorted_as_asked() -> None:
    document = backtest()
    errors = [abs(r["error_pct"]) for r in words_of.series(document).rows]
    assert errors == sorted(errors, reverse=True)
    names = [r["name"] for r in words_of.series(document, "name").rows]
    assert names == sorted(names)
    inside = [r["inside"] for r in words_of.series(document, "outside").rows]
    assert inside == sorted(inside, reverse=True)
    assert len(words_of.series(document, "nonsense").rows) == 7


def test_every_table_downloads_and_keeps_to_its_job(client: Client, job: Job) -> None:
    for name in ("backtest-groups", "backtest-series", "backtest-elsewhere"):
        answer = client.get(f"/places/somerset/download/{name}.csv?run={job.order.id}")
        assert answer.status_code == 200
    assert (
        client.get("/places/somerset/download/backtest-series.csv?run=0123456789ab").status_code
        == 404
    )
    rows = client.get("/places/somerset/download/backtest-series.csv").content.decode().splitlines()
    assert len(rows) == 8
    assert rows[0].startswith("name,group,period,ours,low,high,actual,error_pct")


def test_a_job_has_the_same_page_at_an_address_that_lasts(client: Client, job: Job) -> None:
    body = _body(client, f"/places/somerset/runs/{job.order.id}/result/")
    assert "How well would it have predicted what happened?" in body
    assert f"download/backtest-series.csv?run={job.order.id}" in body
    assert f'href="/places/somerset/runs/{job.order.id}/"' in body
    assert job.order.inputs_sha256[:12] in body


def test_before_a_run_the_page_says_so_and_is_not_kept(client: Client, tmp_path: Path) -> None:
    plans.use(RunsPlans(tmp_path))
    answer = client.get(PAGE)
    assert "This has not been computed yet" in answer.content.decode()
    assert "tripleaim backtest somerset --seed 7 --draws 2000" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_result_changed_by_hand_is_not_shown(client: Client, job: Job) -> None:
    job.result.write_text(
        job.result.read_text(encoding="utf-8").replace("0", "1"), encoding="utf-8"
    )
    answer = client.get(PAGE)
    assert answer.status_code == 503
    assert "The result cannot be shown" in answer.content.decode()
    assert "start the work again" in answer.content.decode()


def with_later_figures() -> Backtest:
    """The sample with the plan's own run compared with two later figures of its trusts.

    By hand: 110 for 105.5 is 4.265% too high, 103 for 104.5 is 1.435% too low.
    """
    of_ae = [f for f in backtest().forecasts if f.group == "A&E"]
    held = tuple(
        f.model_copy(update={"plan": plan, "period": "2016/17"})
        for f, plan in zip(of_ae, (110.0, 103.0), strict=True)
    )
    later = LaterPart(
        base="2015/16",
        printed_growth_pct_a_year={},
        forecasts=(*held, held[0].model_copy(update={"plan": None, "series": "unsaid"})),
        scores=scores(held),
        printed_error_pct=None,
        plan_scores=(
            PlanScorePart(group="A&E", forecasts=2, plan_error_pct=2.86, rule_error_pct=3.33),
        ),
        unused=(),
    )
    return backtest().model_copy(update={"later": later})


def test_the_plans_own_run_stands_by_table_beside_what_came(client: Client, tmp_path: Path) -> None:
    plans.use(RunsPlans(tmp_path))
    finished(tmp_path, "backtest", with_later_figures(), draws_of=100)
    body = _body(client, PAGE)
    assert "A&E: 2.9% against 3.3% (2 values)" in body
    for name in ("backtest-plan-groups", "backtest-plan-values"):
        assert f"download/{name}.csv" in body
        answer = client.get(f"/places/somerset/download/{name}.csv")
        assert answer.status_code == 200
    [group] = backtest_later.by_group(with_later_figures()).rows
    assert (group["plan"], group["rule"], group["values"]) == (2.86, 3.33, 2)
    # By hand: 100 for 105.5 is 5.213% too low and 100 for 104.5 4.306%.
    assert group["last_value"] == pytest.approx((5.213 + 4.306) / 2, abs=5e-4)
    rows = backtest_later.every_value(with_later_figures()).rows
    assert [row["plan"] for row in rows] == [110.0, 103.0]
    assert [row["error_pct"] for row in rows] == pytest.approx([4.265, -1.435], abs=5e-4)


@pytest.mark.usefixtures("job")
def test_without_later_figures_nothing_is_said_of_the_plans_run(client: Client) -> None:
    assert "The plan's own run compared with" not in _body(client, PAGE)
    assert not backtest_later.every_value(backtest()).rows
