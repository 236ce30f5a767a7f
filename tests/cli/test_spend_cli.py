"""The verb for spend, as it is typed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tripleaim.cli.app import app
from tripleaim.place import InputError


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, ["spend", *words], env={"COLUMNS": "250"})


def told(result: Result) -> str:
    """What was printed, as one line."""
    assert result.exit_code == 0, result.output
    return re.sub(r"\s+", " ", result.output)


def test_a_year_outside_the_plan_is_refused_before_anything_is_built(tmp_path: Path) -> None:
    result = typed("somerset", "--data", str(tmp_path), "--year", "2021/22")
    assert isinstance(result.exception, InputError)
    assert "expected a year of the plan" in str(result.exception)
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def data(somerset_run: Path) -> str:
    return str(somerset_run)


def test_pence_of_the_first_and_last_year_and_the_aims(data: str) -> None:
    words = told(typed("somerset", "--data", data))
    assert "Somerset: pence of each pound by setting, 2016/17 and 2020/21" in words
    assert "Acute bed" in words
    assert "Prevention is to weigh as much as treatment" in words
    assert "(published; no number is printed.)" in words
    assert "As claimed, money moves, as a share of the pound" in words
    assert "In pounds, the money that leaves beds is saved and not spent at home." in words


def test_one_year_in_pounds_with_the_range_that_assumed_parts_leave(data: str) -> None:
    words = told(typed("somerset", "--data", data, "--year", "2016/17"))
    assert "Somerset: £m by setting, 2016/17" in words
    assert re.search(r"Community bed │ 4\d\.\d \(\d\d\.\d to \d\d\.\d\)", words)


def test_the_same_as_json(data: str) -> None:
    result = typed("somerset", "--data", data, "--json", "--year", "2020/21")
    document = json.loads(result.output)
    assert {a["year"] for a in document["amounts"]} == {"2020/21"}
    assert document["bases"] == ["do_nothing", "as_claimed", "after_overlap", "on_evidence"]
    for basis in ("do_nothing", "after_overlap", "on_evidence"):
        pence = [a["pence"]["value"] for a in document["amounts"] if a["basis"] == basis]
        assert sum(pence) == pytest.approx(100)
    assert {m["known_from"] for m in document["money"]} == {"activity", "accounts"}
