"""The verb for activity, as it is typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from tripleaim.cli.app import app
from tripleaim.place import InputError
from tripleaim.plan import Workspace


@pytest.fixture
def typed(somerset_run: Path):
    def run(*words: str) -> Result:
        command = ["activity", "somerset", "--data", str(somerset_run), *words]
        return CliRunner().invoke(app, command, env={"COLUMNS": "200"})

    return run


def rows(result: Result) -> list[dict]:
    assert result.exit_code == 0, result.output
    return json.loads(result.output)["rows"]


def test_activity_by_locality_and_point_of_delivery_adds_up_to_the_place(
    typed, somerset_workspace: Workspace
) -> None:
    by_both = rows(typed("--by", "locality,point_of_delivery", "--year", "2020/21", "--json"))
    ae = sum(row["quantity"] for row in by_both if row["point_of_delivery"] == "acute-ae")
    whole = somerset_workspace.nothing.activity.contacts["acute-ae"]["2020/21"]
    assert ae == pytest.approx(whole)


def test_the_table_names_what_is_shown_and_says_how_it_is_known(typed) -> None:
    shown = typed("--by", "point_of_delivery", "--year", "2020/21").output
    assert "A&E (acute-ae)" in shown
    assert "259,558" in shown
    assert "Known by people" in shown
    assert "Known by contract" in typed("--by", "provider", "--measure", "cost").output


def test_without_a_choice_of_years_each_is_shown(typed, somerset_workspace: Workspace) -> None:
    every = rows(typed("--by", "sex", "--where", "point_of_delivery=gp", "--json"))
    assert {row["year"] for row in every} == set(somerset_workspace.activity.years)


def test_two_scenarios_are_shown_with_their_difference(typed) -> None:
    where = ("--where", "point_of_delivery=acute-ae", "--where", "age_band=75-84,85+")
    compared = rows(
        typed("--by", "age_band", "--year", "2020/21", "--compare", "on_evidence", *where, "--json")
    )
    assert [row["age_band"] for row in compared] == ["75-84", "85+"]
    for row in compared:
        assert row["difference"] == pytest.approx(row["other_quantity"] - row["quantity"])
        assert row["difference"] < 0


def test_the_table_is_written_as_csv_and_parquet(typed, tmp_path: Path) -> None:
    files = ("--csv", str(tmp_path / "a.csv"), "--parquet", str(tmp_path / "a.parquet"))
    shown = rows(typed("--by", "quintile,sex", "--year", "2020/21", *files, "--json"))
    assert pq.read_table(tmp_path / "a.parquet").to_pylist() == shown
    with (tmp_path / "a.csv").open(encoding="utf-8") as file:
        written = list(csv.DictReader(file))
    assert [float(row["quantity"]) for row in written] == [row["quantity"] for row in shown]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--by", "localty"), 'Did you mean "locality"?'),
        (("--by", "sex,sex"), "each dimension once"),
        (("--by", "locality,provider"), "known only for the whole place: ask for them without loc"),
        (("--scenario", "do_nothin"), 'Did you mean "do_nothing"?'),
        (("--compare", "on_evidenc"), 'Did you mean "on_evidence"?'),
        (("--year", "2021/22"), 'Did you mean "2020/21"?'),
        (("--where", "point_of_delivery=acute-a"), 'Did you mean "acute-ae"?'),
        (("--where", "point_of_delivery"), "expected a filter such as"),
        (("--where", "scenario=do_nothing"), "expected a dimension"),
        (("--measure", "costs"), 'Did you mean "cost"?'),
        (("--csv", "no-such-folder/a.csv"), "the folder does not exist"),
    ],
)
def test_a_question_without_an_answer_is_refused_in_words(typed, words, message) -> None:
    fault = typed(*words).exception
    assert isinstance(fault, InputError)
    assert message in str(fault)


def test_the_output_says_what_is_added_up_or_left_out(typed) -> None:
    assert "add up different things" in typed("--by", "locality", "--year", "2020/21").output
    cost = typed("--by", "locality", "--year", "2020/21", "--measure", "cost").output
    assert "What Social care costs is not known" in " ".join(cost.split())


def test_rates_are_of_who_is_registered_in_the_run(typed, somerset_workspace: Workspace) -> None:
    where = ("--where", "point_of_delivery=acute-ae", "--year", "2020/21")
    rates = rows(typed("--by", "locality", *where, "--rates", "--json"))
    registered = somerset_workspace.nothing.registered["2020/21"]
    assert sum(row["people"] for row in rates) == registered
    for row in rates:
        assert row["crude"] == pytest.approx(1000 * row["quantity"] / row["people"])
        assert row["standardised_low"] < row["standardised"] < row["standardised_high"]
    shown = " ".join(typed("--by", "quintile", *where, "--rates").output.split())
    assert "a year per 1,000 people, 2020/21, do nothing" in shown
    assert "ages and sexes of all people of the place" in shown
