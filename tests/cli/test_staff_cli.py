"""The verbs for staff and primary care, as they are typed."""

from __future__ import annotations

import json
import re
from pathlib import Path

from typer.testing import CliRunner, Result

from tripleaim.cli.app import app


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})


def told(result: Result) -> str:
    """What was printed, as one line."""
    return re.sub(r"\s+", " ", result.output)


def test_staff_says_whether_the_printed_table_holds_and_which_cells_come_out(
    tmp_path: Path,
) -> None:
    result = typed("staff", "somerset", "--data", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert "The printed table does not hold" in told(result)
    assert "we can reproduce 115 from staff, hours and minutes" in told(result)
    assert "From the printed activity, not from synthetic people." in told(result)


def test_staff_as_json_has_money_as_text_and_every_part(tmp_path: Path) -> None:
    document = json.loads(typed("staff", "somerset", "--data", str(tmp_path), "--json").output)
    parts = {"basis", "workforce", "skill_mix", "supply_tests", "by_solution"}
    assert set(document) == {"version", *parts}
    assert all(re.fullmatch(r"\d+\.\d\d", g["cost"]) for g in document["workforce"]["groups"])
    assert document["supply_tests"][0]["holds"] is False


def test_primary_care_tells_roll_out_and_cost() -> None:
    said = told(typed("primary-care", "somerset"))
    assert "reaches 19 of 20 practices in 2016/17" in said
    assert "£14.82 for each person, does not agree with the table" in said


def test_primary_care_as_json() -> None:
    document = json.loads(typed("primary-care", "somerset", "--json").output)
    assert document["extra_cost"]["printed"] == "8300000.00"
    assert document["practices"]["2016/17"] == 74


def test_staff_of_a_run_shows_whose_work_each_solution_moves(somerset_run: Path) -> None:
    result = typed("staff", "somerset", "--data", str(somerset_run.parent), "--json")
    document = json.loads(result.output)
    after, evidence = document["by_solution"]
    assert (after["basis"], evidence["basis"]) == ("after_overlap", "on_evidence")
    assert after["freed"] > evidence["freed"] > 0
    at_home = next(s for s in after["solutions"] if s["solution"] == "hospital-at-home")
    assert next(iter(at_home["freed_by_organisation"])) == "RBA"
    assert next(iter(at_home["needed_by_organisation"])) == "RH5"
