"""The plan in other forms."""

import csv
import io
import json
import tomllib

import openpyxl
import pytest
from django.test import Client

from tripleaim.plan.publish.document import PlanDocument
from tripleaim.web.plans import open_plans


def test_plan_json_is_the_document(client: Client) -> None:
    answer = client.get("/places/somerset/download/plan.json")
    plan = PlanDocument.model_validate(json.loads(answer.content))
    assert plan.gap_gbp_m["do_nothing"]["2020/21"] == -174.6
    assert answer.headers["Content-Disposition"] == 'attachment; filename="somerset-plan.json"'


def test_plan_xlsx_opens(client: Client) -> None:
    answer = client.get("/places/somerset/download/plan.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) > 3


def test_a_scenarios_files_bear_its_hash(client: Client) -> None:
    answer = client.get("/places/somerset/s/falls.x/download/gap.csv")
    assert "somerset-" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"] != 'attachment; filename="somerset-gap.csv"'


@pytest.mark.parametrize(
    "name",
    [
        *("gap", "sides", "activity", "growth", "calibrated", "reconciliation", "savings"),
        *("solutions", "solutions-by-year", "accounts-commissioner", "accounts-providers"),
        *("figures", "audit", "solution-falls", "evidence-falls"),
    ],
)
def test_every_table_downloads_as_csv_with_as_many_cells_as_headers(
    client: Client, name: str
) -> None:
    answer = client.get(f"/places/somerset/download/{name}.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    header, *rows = list(csv.reader(io.StringIO(answer.content.decode(), newline="")))
    assert rows
    assert {len(row) for row in rows} == {len(header)}


def test_a_scenario_downloads_as_the_file_that_the_command_line_reads(client: Client) -> None:
    answer = client.get("/places/somerset/s/falls.e.u40/download/scenario.toml")
    told = tomllib.loads(answer.content.decode())
    assert told["place"] == "somerset"
    assert told["choices"] == {"falls": {"basis": "on_evidence", "uptake": 0.4}}


def test_a_files_tag_is_the_hash_of_its_inputs_so_that_it_is_not_made_again(
    client: Client,
) -> None:
    address = "/places/somerset/s/falls.e/download/gap.csv"
    first = client.get(address)
    other = client.get("/places/somerset/s/falls.x/download/gap.csv")
    assert first.headers["ETag"] != other.headers["ETag"]
    open_plans().kept.forget(lambda _key: True)
    kept = open_plans().kept.size
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert open_plans().kept.size == kept
    changed = client.get(address, headers={"if-none-match": other.headers["ETag"]})
    assert (changed.status_code, changed.content) == (200, first.content)
