"""Activity cut as one likes, as its page says it."""

import csv
import io
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from django.test import Client
from printed_county import CountyPlans, printed_county

from tripleaim.activity import (
    Activity,
    CellGrid,
    Origin,
    PeopleByCell,
    contract_rows,
    people_rows,
)
from tripleaim.plan import Basis, Choice, Workspace, choose
from tripleaim.web import plans

PAGE = "/places/county/activity/cut/"
GRID = CellGrid(("Exmoor", "Levels"))
HEADS = 100 * np.random.default_rng(8).integers(1, 6, len(GRID))


def _cut_county() -> Workspace:
    """The county with two localities and two providers, do nothing and on evidence."""
    county = printed_county()
    points = [p.id for p in county.place.points_of_delivery]
    stays = np.array([p.bed_days for p in county.place.points_of_delivery])
    pounds = np.array([np.nan if p == "social-care" else 50.0 for p in points])
    parts = []
    for scenario, left in (("do_nothing", 1.0), ("on_evidence", 0.9)):
        origin = Origin(False, scenario, "0")
        for year in county.place.years:
            quantity = left * np.outer(HEADS, np.arange(1, len(points) + 1) / 10)
            whole = zip(points, quantity.sum(axis=0), strict=True)
            shares = [
                (point, "11X", provider, n / 2, 0.0, 25 * n)
                for point, n in whole
                for provider in ("RA4", "RBA")
            ]
            rows = people_rows(
                GRID,
                points,
                year,
                quantity,
                origin,
                bed_days=quantity * stays,
                cost=quantity * pounds,
            )
            parts += [Activity(rows), Activity(contract_rows(year, shares, origin))]
    people = PeopleByCell.counted(
        GRID, county.place.years, np.stack([HEADS] * len(county.place.years))
    )
    return replace(county, activity=Activity.together(parts), people_by_cell=people)


COUNTY = _cut_county()
HEAD_COUNT = int(HEADS.sum())


class CutPlans(CountyPlans):
    """The county whose activity can be cut."""

    def workspace(self, place_id: str) -> Workspace | None:
        return COUNTY if place_id == "county" else super().workspace(place_id)


@pytest.fixture(autouse=True)
def _county() -> None:
    plans.use(CutPlans())


def _body(client: Client, query: str = "") -> str:
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def _answer(body: str) -> str:
    found = re.search(r'ta-answer">(.*?)</p>', body)
    assert found
    return found[1]


def test_without_a_question_one_kind_of_contact_is_shown_by_locality(client: Client) -> None:
    body = _body(client)
    ae = HEAD_COUNT // 10
    assert _answer(body).startswith(f"Do nothing, 2020/21: {ae:,} attendances. Largest by locality")
    assert "Attendances by locality, 2020/21" in body
    assert "Known by people" in body


def test_rates_are_shown_with_quantities(client: Client) -> None:
    body = _body(client)
    assert "A year per 1,000 people, 2020/21, do nothing" in body
    file = client.get("/places/county/download/activity-rates.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(file)))
    assert [row["locality"] for row in rows] == ["Exmoor", "Levels"]
    assert {row["crude"] for row in rows} == {"100.0"}
    assert {row["standardised"] for row in rows} == {"100.0"}
    assert "per 1,000 people" not in _body(client, "?by=sex&year=2020/21&point_of_delivery=gp")


def test_two_scenarios_are_set_side_by_side(client: Client) -> None:
    body = _body(client, "?by=sex&year=2020/21&point_of_delivery=acute-ae&compare=on_evidence")
    ten = HEAD_COUNT // 100
    assert _answer(body).endswith(f"{ten:,} attendances less.")
    assert (
        "On evidence (untested savings at zero) less do nothing, attendances by sex, 2020/21"
        in body
    )


def test_the_address_is_the_question_and_the_form_shows_it(client: Client) -> None:
    query = "?by=quintile&by=sex&by=&year=2019/20&year=2020/21&point_of_delivery=gp&sort=most"
    body = _body(client, query)
    assert '<form method="get"' in body
    for field, value in (("by", "quintile"), ("by-2", "sex"), ("sort", "most")):
        select = re.search(rf'<select[^>]*id="{field}".*?</select>', body, re.DOTALL)
        assert select
        assert re.search(rf'value="{value}" selected', select[0]), field
    assert len(re.findall(r'type="checkbox"[^>]*checked', body)) == 2
    link = re.search(r'href="([^"]*activity-cut\.csv[^"]*)"', body)
    assert link
    rows = list(csv.DictReader(io.StringIO(client.get(link[1]).content.decode())))
    assert len(rows) == 5 * 2 * 2
    sizes = [float(row["quantity"]) for row in rows]
    assert sizes == sorted(sizes, reverse=True)


def test_who_is_paid_is_answered_by_contract(client: Client) -> None:
    body = _body(client, "?by=provider&year=2020/21&measure=cost")
    assert "Known by contract" in body
    assert "Yeovil" in body


def test_different_units_are_named_and_not_drawn(client: Client) -> None:
    body = _body(client, "?by=point_of_delivery&year=2020/21")
    assert "There is no picture" in body
    assert "ta-picture__wide" not in body
    assert "add up different things" in _body(client, "?by=sex&year=2020/21")
    cost = _body(client, "?by=point_of_delivery&year=2020/21&measure=cost")
    assert "What Social care costs is not known" in cost
    assert "ta-picture__wide" in cost


@pytest.mark.parametrize(
    ("query", "message", "field"),
    [
        ("?by=provider&by=locality", "known only for the whole place: ask for them", "by"),
        ("?by=localty", 'Did you mean "locality"?', "by"),
        ("?by=", "expected at least one dimension", "by"),
        ("?by=sex&by=sex", "expected each dimension once", "by"),
        ("?by=sex&year=2021/22", 'Did you mean "2020/21"?', "year"),
        ("?by=sex&scenario=do_nothin", 'Did you mean "do_nothing"?', "scenario"),
        ("?by=sex&compare=on_evidenc", 'Did you mean "on_evidence"?', "compare"),
        ("?by=sex&measure=costs", 'Did you mean "cost"?', "measure"),
        ("?by=sex&locality=Exmor", 'Did you mean "Exmoor"?', "locality"),
        ("?by=sex&quintile=9", "expected a quintile: 1, 2, 3, 4, 5", "quintile"),
    ],
)
def test_a_question_without_an_answer_is_reported_at_the_top_and_at_its_field(
    client: Client, query: str, message: str, field: str
) -> None:
    body = _body(client, query)
    assert "<title>Error: " in body
    summary = re.search(
        r'href="#([a-z_]+)"[^>]*>([^<]*)</a>', body[body.index("There is a prob") :]
    )
    assert summary
    assert summary[1] == field
    assert message in summary[2]
    assert f'id="{field}-error"' in body
    assert client.get(f"/places/county/download/activity-cut.csv{query}").status_code == 404


def test_a_plan_without_its_run_says_that_nothing_can_be_cut(client: Client) -> None:
    answer = client.get("/places/somerset/activity/cut/")
    assert "the run of this plan was not kept; build the plan again" in unescape(
        answer.content.decode()
    )


@pytest.mark.slow
def test_a_scenarios_own_activity_is_cut_and_downloaded(
    client: Client, somerset_run: Path, tmp_path: Path
) -> None:
    plans.use(plans.PlanFolder(somerset_run.parent))
    workspace = plans.open_plans().workspace(somerset_run.name)
    assert isinstance(workspace, Workspace)
    largest = max(workspace.place.solutions, key=lambda s: s.uptake)
    scenario = choose(workspace.place, {largest.id: Choice(Basis.OFF)}, seed=workspace.seed)
    base = f"/places/{somerset_run.name}/s/{scenario.token}/"
    query = "activity/cut/?by=age_band&year=2020/21&measure=cost&compare=after_overlap"
    body = unescape(client.get(base + query).content.decode())
    outcome = workspace.do_something(scenario)
    saved = outcome.total("cost", scenario="do_nothing", year="2020/21") - outcome.total(
        "cost", scenario="after_overlap", year="2020/21"
    )
    assert f"£{saved / 1e6:,.1f}m less" in _answer(body)
    file = client.get(f"{base}download/contracts.parquet")
    (tmp_path / "contracts.parquet").write_bytes(b"".join(file))
    table = pq.read_table(tmp_path / "contracts.parquet")
    assert Activity(table).total("cost", scenario="after_overlap", year="2020/21") == pytest.approx(
        outcome.total("cost", scenario="after_overlap", year="2020/21", known_by="contract")
    )
